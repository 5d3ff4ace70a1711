//! The orders of a list's entries: shown as they stand, changed by moving an entry up or down.

use super::frame::{help, reason_choice, title};
use super::list::List;
use super::{Field, answer_words};
use crate::app::{Event, Topic};
use crate::form::{Basis, DataAbsentReason, Edit, ItemIx, NodeIx, Ranking, Response, Sensitivity};
use crate::platform::{Part, spawn};
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, named_set};
use crate::ui::parts::parted;
use crate::ui::reactive::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// One order of a list.
#[derive(Clone)]
struct Order {
    list: List,
    question: ItemIx,
    /// What was last said of a move, for those who do not see it.
    said: RwSignal<String>,
}

/// The orders of a list, side by side where there is room; nothing where the form asks for none.
pub fn rankings(list: &List) -> Option<El> {
    let asks = !list.of.form.rankings(list.of.item).is_empty();
    asks.then(|| {
        let list = list.clone();
        parted(list.of.ui, Part::Fields, move || orders(&list), |_| {})
    })
}

#[inline(never)] // An entry of tools/parts.json.
fn orders(list: &List) -> El {
    let questions = list.of.form.rankings(list.of.item).into_iter();
    let order = |question| Order { list: list.clone(), question, said: RwSignal::new(String::new()) };
    el("div").class("rankings").all(questions.map(|question| order(question).panel()))
}

impl Order {
    fn read<R: Default>(&self, read: impl FnOnce(&Response) -> R) -> R {
        self.list.of.ui.read(|model| model.filling().map(|filling| read(&filling.response)).unwrap_or_default())
    }

    /// The order as it stands.
    fn ranking(&self) -> Ranking {
        self.read(|response| response.ranking(self.list.parent, self.question))
    }

    /// The order, watched: whether an entry was begun, and what it is called, may change with any answer in it.
    fn watched(&self) -> Ranking {
        self.list.of.ui.watch(Topic::Sections);
        self.list.of.ui.watch_list(self.list.parent);
        self.ranking()
    }

    fn field(&self, node: NodeIx) -> Field {
        Field { item: self.question, ..self.list.of.at(node) }
    }

    /// Why nobody put the entries in order, where that is said of all of them.
    fn absent(&self, ranking: &Ranking) -> Option<DataAbsentReason> {
        let mut reasons = ranking.order.iter().map(|node| self.read(|response| response.node(*node).content.absent));
        let first = reasons.next().flatten();
        first.filter(|_| reasons.all(|reason| reason == first))
    }

    /// What an entry is called: its first answer that is for everybody's eyes, or else its number in the list.
    fn name(&self, node: NodeIx) -> String {
        let ui = self.list.of.ui;
        let entry = self.read(|response| response.node(node).parent);
        let first = self.read(|response| {
            let mut below = response.walk(entry.as_slice()).into_iter().filter(|node| {
                let item = response.item(*node);
                item.sensitivity != Some(Sensitivity::X) && response.node(*node).item != self.question
            });
            below.find_map(|node| answer_words(ui, response.item(node), &response.node(node).content))
        });
        let number = || entry.map(|entry| self.list.number(entry)).unwrap_or_default();
        first.unwrap_or_else(|| format!("{} {}", self.list.of.text(), number()))
    }

    fn panel(&self) -> El {
        let (watched, inner, drawn) = (self.clone(), self.clone(), Cell::new(String::new()));
        let shape = distinct(move || {
            let ranking = watched.watched();
            let absent = watched.absent(&ranking).map(DataAbsentReason::code);
            ranking.order.first().map_or_else(String::new, |_| absent.unwrap_or("order").to_owned())
        });
        el("div").class("ranking-place").live(move |place| {
            let shape = shape.get();
            let before = drawn.replace(shape.clone());
            let first = inner.ranking().order.first().map(|node| inner.field(*node));
            let Some(first) = first.filter(|_| !shape.is_empty()) else { return };
            let name = first.id("-order");
            let panel = named_set(&name).class("ranking").attr("data-linkid", &first.item().link_id);
            let panel = panel.child(title(&first, "question-text", el("p").attr("id", &name))).maybe(help(&first));
            place.append(&match DataAbsentReason::from_code(&shape) {
                Some(reason) => panel.child(inner.missing(&first, reason)),
                None => inner.rows(panel, &first),
            });
            // What the hand was on is gone when a reason takes the place of the order, or the other way round.
            if !before.is_empty() {
                place.focus_within();
            }
        })
    }

    /// The entries in their order, and what may be said of the order as a whole.
    fn rows(&self, panel: El, first: &Field) -> El {
        let (keys, made, unsettled, said) = (self.clone(), self.clone(), self.clone(), self.said);
        let list = el("ol").class("ranks").live_list(
            move || keys.watched().order.into_iter().map(NodeIx::number).collect(),
            move |number| {
                let node = made.ranking().order.into_iter().find(|node| node.number() == number);
                node.map_or_else(|| el("li"), |node| made.row(node))
            },
        );
        let status =
            el("p").class("rank-said").attr("role", "status").live(move |place| place.append_text(&said.get()));
        let confirm = el("div").live(move |place| {
            let ranking = unsettled.watched();
            if let Some(last) = ranking.order.last().copied().filter(|_| !ranking.is_settled) {
                let (ui, all) = (unsettled.list.of.ui, ranking.order.len());
                let confirm = button("button button-quiet", "rank-as-it-is", Some(Icon::Tick), ui.t(Key::RankAsItIs));
                place.append(&confirm.on_click(move || ui.send(Event::EntryRanked(last, all - 1))));
            }
        });
        let whole = self.clone();
        let asked = first.item().basis != Basis::Administrative;
        let missing = asked.then(|| reason_choice(first, None, move |edit| whole.edit(&edit)));
        let foot = el("div").class("foot").child(confirm).maybe(missing);
        panel.child(list).child(status).child(foot)
    }

    /// Says the same of all entries.
    fn edit(&self, edit: &Edit) {
        for node in self.ranking().order {
            self.field(node).edit(edit.clone());
        }
    }

    /// Why nobody put the entries in order, and the way back.
    fn missing(&self, first: &Field, reason: DataAbsentReason) -> El {
        let (ui, whole, back) = (first.ui, self.clone(), self.clone());
        let choice = reason_choice(first, Some(reason), move |edit| whole.edit(&edit));
        let answer = button("button button-quiet", "answer-after-all", None, ui.t(Key::AnswerAfterAll));
        let answer = answer.on_click(move || back.edit(&Edit::Missing(None)));
        el("div").class("absent").child(choice).child(answer)
    }

    fn row(&self, node: NodeIx) -> El {
        let (numbered, named, other) = (self.clone(), self.clone(), self.clone());
        let place =
            distinct(move || place_of(&numbered.watched(), node).map(|place| place.to_string()).unwrap_or_default());
        let name = distinct(move || {
            named.watched();
            named.name(node)
        });
        let differs = distinct(move || {
            other.watched();
            other.differences(node)
        });
        let ui = self.list.of.ui;
        let number = el("span").class("rank-number").live(move |at| {
            let place = place.get();
            at.append_text(if place.is_empty() { "–" } else { &place });
        });
        let words = el("span").class("rank-words").live(move |words| {
            words.append(&el("span").text(&name.get()));
            let differs = differs.get();
            if place.get().is_empty() {
                words.append(&el("span").class("row-detail").text(ui.t(Key::NotRanked)));
            } else if !differs.is_empty() {
                words.append(&el("span").class("rank-differs").text(&differs));
            }
        });
        // The id is what a link from the review looks for.
        let row = el("li").class("rank").attr("id", &format!("q{}-row", node.number())).attr("tabindex", "-1");
        row.child(number).child(words).child(self.step(node, name, true)).child(self.step(node, name, false))
    }

    /// Moves an entry one place up or down. At the ends the button stays where it is, so that the focus does.
    fn step(&self, node: NodeIx, name: Memo<String>, up: bool) -> El {
        let (ui, act, sign, key) = match up {
            true => (self.list.of.ui, "rank-up", Icon::Up, Key::RankUp),
            false => (self.list.of.ui, "rank-down", Icon::Down, Key::RankDown),
        };
        let target = move |ranking: &Ranking| {
            let at = ranking.order.iter().position(|other| *other == node)?;
            let to = if up { at.checked_sub(1) } else { at.checked_add(1) };
            to.filter(|to| *to < ranking.order.len())
        };
        let (ends, moved) = (self.clone(), self.clone());
        el("button")
            .class("button rank-step")
            .attr("type", "button")
            .attr("data-act", act)
            .child(icon(sign))
            .live_attr("aria-label", move || Some(ui.tf(key, &[&name.get()])))
            .live_attr("aria-disabled", move || target(&ends.watched()).is_none().then(|| "true".to_owned()))
            .on("click", move |event| {
                let Some(to) = target(&moved.ranking()) else { return };
                ui.send(Event::EntryRanked(node, to));
                let all = moved.ranking().order.len().to_string();
                moved.said.set(ui.tf(Key::RankMoved, &[&moved.name(node), &(to + 1).to_string(), &all]));
                // Its row was taken to another place of the page, and the focus is lost on the way.
                let pressed = event.current_target().and_then(|pressed| pressed.dyn_into::<HtmlElement>().ok());
                spawn(Box::pin(async move {
                    // Focusing fails only for elements that were removed meanwhile.
                    let _ = pressed.map(|pressed| pressed.focus());
                }));
            })
    }

    /// The places of an entry in the other orders, where they are not the one in this order.
    fn differences(&self, node: NodeIx) -> String {
        let ui = self.list.of.ui;
        let form = &self.list.of.form;
        let own = place_of(&self.ranking(), node);
        let entry = self.read(|response| response.node(node).parent);
        let others = form.rankings(self.list.of.item).into_iter().filter(|question| *question != self.question);
        let differing = others.filter_map(|question| {
            let ranking = self.read(|response| response.ranking(self.list.parent, question));
            let there =
                ranking.order.iter().find(|other| self.read(|response| response.node(**other).parent) == entry)?;
            let place = place_of(&ranking, *there).filter(|place| own.is_some_and(|own| own != *place))?;
            let item = form.item(question);
            let name = item.short_text.as_ref().unwrap_or(&item.text).in_language(ui.locale().tag());
            Some(ui.tf(Key::RankElsewhere, &[name, &place.to_string()]))
        });
        differing.collect::<Vec<_>>().join(" · ")
    }
}

/// The place of an entry in an order, from 1; none where nobody put it in order.
fn place_of(ranking: &Ranking, node: NodeIx) -> Option<usize> {
    ranking.order[..ranking.ranked].iter().position(|other| *other == node).map(|place| place + 1)
}
