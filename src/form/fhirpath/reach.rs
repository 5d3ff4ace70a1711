//! How steps of an expression reach items of a form, on the way to finding out which items it reads.

use super::evaluate::{link_ids, reach_of};
use super::expression::Step;
use super::function::{Function, Iterate};
use super::item_set::Items;
use super::reads::{Shape, Survey};
use super::tree::Reach;
use crate::form::{ItemIx, Kind};

impl Survey<'_, '_> {
    /// What a step to a member yields.
    pub fn member(&mut self, focus: &Shape, name: &str) -> Shape {
        let mut parts = Shape { other: focus.other, ..Shape::default() };
        match name {
            "item" => {
                for root in self.form.roots.iter().filter(|_| focus.resource) {
                    parts.items.insert(*root, 0);
                }
                let groups = focus.items.iter().filter(|(item, _)| !self.is_question(*item));
                for (above, shared) in groups.chain(focus.answers.iter()) {
                    self.item(above).children.iter().for_each(|child| _ = parts.items.insert(*child, shared));
                }
            }
            "answer" => parts.answers = self.questions(&focus.items),
            name if name.starts_with("value") => parts.answers = focus.answers.clone(),
            _ => {
                let known = "linkId text code system display unit contentType title size url extension";
                if !focus.other && !known.split(' ').any(|known| known == name) && self.stranger.is_none() {
                    self.stranger = Some(name.to_owned());
                }
                // The item at which the expression stands is there whenever the expression counts for anything.
                if !(matches!(name, "linkId" | "text") && *focus == self.context) {
                    self.observe(focus);
                }
                parts.other = true;
            }
        }
        parts
    }

    /// Those of some items that are questions.
    pub fn questions(&self, items: &Items) -> Items {
        let mut questions = Items::default();
        for (item, shared) in items.iter().filter(|(item, _)| self.is_question(*item)) {
            questions.insert(item, shared);
        }
        questions
    }

    /// Everything below, through groups or through answers as well.
    pub fn below(&mut self, focus: &Shape, reach: Reach) -> Shape {
        let mut all = Shape { other: focus.other, ..Shape::default() };
        let mut open: Vec<(ItemIx, u8)> = Vec::new();
        let mut push = |items: &[ItemIx], shared: u8| open.extend(items.iter().rev().map(|item| (*item, shared)));
        for (item, shared) in focus.answers.iter().chain(focus.items.iter()) {
            if reach == Reach::Anywhere || !self.is_question(item) || focus.answers.shared(item).is_some() {
                push(&self.item(item).children, shared);
            }
        }
        if focus.resource {
            push(&self.form.roots, 0);
        }
        while let Some((item, shared)) = open.pop() {
            let passes = reach == Reach::Anywhere || self.item(item).kind == Kind::Group;
            if all.items.insert(item, shared) && passes {
                open.extend(self.form.item(item).children.iter().rev().map(|child| (*child, shared)));
            }
        }
        if reach == Reach::Anywhere {
            all.answers = self.questions(&all.items);
            all.answers.extend(&self.questions(&focus.items));
            all.answers.extend(&focus.answers);
            all.other = true;
        }
        all
    }

    /// Where a step to items is followed by a criterion that confines their linkIds: those, without looking at others.
    pub fn look_up(&self, focus: &Shape, step: &Step, next: Option<&Step>) -> Option<Shape> {
        let reach = reach_of(step)?;
        let Some(Step::Call(Function::Iterate(Iterate::Where), criteria)) = next else { return None };
        let names = criteria.first().filter(|_| !self.counts).and_then(link_ids)?;
        let mut found = Shape { other: focus.other, ..Shape::default() };
        for item in names.into_iter().filter_map(|name| self.form.find(name)) {
            if let Some(shared) = self.reached(focus, item, reach) {
                found.items.insert(item, shared);
            }
        }
        Some(found)
    }

    /// What is left where only these linkIds are wanted; nothing but items has any.
    pub fn narrowed(&self, focus: &Shape, names: &[&str]) -> Shape {
        let mut left = Shape { other: focus.other, ..Shape::default() };
        // To look one up is to compare about ten, so where only a few are left these are compared at once.
        if focus.items.len() * names.len() <= 8 {
            for (item, shared) in focus.items.iter().filter(|(item, _)| names.contains(&&*self.item(*item).link_id)) {
                left.items.insert(item, shared);
            }
            return left;
        }
        for item in names.iter().filter_map(|name| self.form.find(name)) {
            if let Some(shared) = focus.items.shared(item) {
                left.items.insert(item, shared);
            }
        }
        left
    }

    /// Whether an item is reached from what a part yields, and how many lists are shared on the widest way.
    fn reached(&self, focus: &Shape, item: ItemIx, reach: Reach) -> Option<u8> {
        let (mut at, mut least) = (item, None);
        loop {
            let Some(above) = self.item(at).parent else {
                return if focus.resource { Some(0) } else { least };
            };
            let as_item = focus.items.shared(above).filter(|_| reach == Reach::Anywhere || !self.is_question(above));
            least = least.into_iter().chain(as_item).chain(focus.answers.shared(above)).min();
            if reach == Reach::Direct || reach == Reach::Groups && self.item(above).kind != Kind::Group {
                return least;
            }
            at = above;
        }
    }
}
