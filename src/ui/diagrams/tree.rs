//! The content of a drawing as a nested list: the same people, by descent.

use super::people::Told;
use super::words::{Said, said, term};
use crate::diagram::{ChildKind, Parents, PersonId, kin};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use std::collections::HashSet;

/// The family as a list in which children stand below their parents. Who stands in several places is told in full at the
/// first.
pub fn tree(ui: Ui, told: &Told, choose: &dyn Fn(El, &PersonId) -> El) -> El {
    let mut branch = Branch { ui, told, choose, seen: HashSet::new() };
    let genogram = &told.family.genogram;
    let has_parents = |id: &PersonId| !kin::parents(genogram, id).is_empty();
    // Partners stand with those who have parents in the drawing.
    let leads = |id: &PersonId| !has_parents(id) && !kin::partners(genogram, id).iter().any(has_parents);
    let list = el("ul").class("family-tree").attr("aria-label", said(ui, Said::FamilyTree));
    let people = || genogram.people.iter().map(|person| &person.id);
    for id in people().filter(|id| leads(id)).chain(people()) {
        if !branch.seen.contains(id) {
            list.append(&branch.person(id));
        }
    }
    list
}

struct Branch<'a> {
    ui: Ui,
    told: &'a Told,
    choose: &'a dyn Fn(El, &PersonId) -> El,
    seen: HashSet<PersonId>,
}

impl Branch<'_> {
    fn link(&self, id: &PersonId) -> El {
        let link = el("button").class("link").attr("type", "button").text(&self.told.line(self.ui, id));
        (self.choose)(link, id)
    }

    fn person(&mut self, id: &PersonId) -> El {
        let row = el("li").child(self.link(id));
        if !self.seen.insert(id.clone()) {
            return row;
        }
        let below = el("ul");
        let (genogram, mut is_empty) = (&self.told.family.genogram, true);
        for couple in
            genogram.couples.iter().filter(|couple| [&couple.a, &couple.b].into_iter().flatten().any(|own| own == id))
        {
            let partner = [&couple.a, &couple.b].into_iter().flatten().find(|other| *other != id);
            let kind = term(self.ui, couple.kind).to_lowercase();
            let union = el("li").child(el("span").class("row-detail").text(&format!("{kind}: ")));
            let union = match partner {
                Some(partner) => union.child(self.link(partner)),
                None => union.text(said(self.ui, Said::NobodyKnown)),
            };
            if let Some(partner) = partner {
                self.seen.insert(partner.clone());
            }
            below.append(&union.maybe(self.children(&Parents::Couple(couple.id.clone()))));
            is_empty = false;
        }
        let alone = self.children(&Parents::One(id.clone()));
        is_empty &= alone.is_none();
        let alone = alone.map(|children| el("li").child(children));
        row.maybe((!is_empty).then(|| below.maybe(alone)))
    }

    fn children(&mut self, parents: &Parents) -> Option<El> {
        let ties = self.told.family.genogram.children.iter().filter(|tie| tie.parents == *parents);
        let rows: Vec<El> = ties
            .map(|tie| {
                let row = self.person(&tie.child);
                match tie.kind {
                    ChildKind::Birth => row,
                    kind => row.child(
                        el("span").class("row-detail").text(&format!(" ({})", term(self.ui, kind).to_lowercase())),
                    ),
                }
            })
            .collect();
        (!rows.is_empty()).then(|| el("ul").all(rows))
    }
}
