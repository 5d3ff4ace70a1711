//! What changed between two answers to one form: each question beside itself, and the totals of all.

use super::start;
use crate::app::view::{ChangeCounts, ChangeRow, ChangeSection, RowKind, change_counts, changes, totals};
use crate::app::{Event, Incomparable, Occasions, Record, Recorded, Screen, Topic, occasions, repeated};
use crate::domain::{CaseId, Document, DocumentId};
use crate::form::{Answer, Change, Content, Control, Item, NodeIx, Response, Sensitivity, Stretch};
use crate::platform::Part;
use crate::ui::chart::chart;
use crate::ui::diagrams;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, checked, el, value};
use crate::ui::fields::{answer_words, words_at};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, heading, line};
use crate::ui::paper::{Choices, Running, paper_head, print_button, print_choices, run_along};
use crate::ui::parts::parted;
use crate::ui::reactive::*;

/// What changed up to a document since the first one that answers its form.
#[inline(never)] // An entry of tools/parts.json.
pub fn change(ui: Ui, id: DocumentId) -> El {
    let Some(document) = ui.read(|model| model.documents.get(id).cloned()) else { return start::missing(ui) };
    let from = ui.read(|model| model.record_from);
    let (out, key) = match from {
        Screen::Section(..) => (from, Key::BackToFilling),
        _ => (Screen::Case(document.case), Key::Tasks),
    };
    let title = ui.tf(Key::ChangeOf, &[&title_of(ui, &document)]);
    let head = el("div").class("page-head").child(heading(&title)).child(print_button(ui));
    let page = el("div").class("page").child(back(ui, out, key)).child(head);
    let Some(record) = ui.read(|model| model.record.clone()) else {
        return page.child(line("loading", ui.t(Key::Opening)).attr("role", "status"));
    };
    let occasions = ui.read(|model| occasions(model, id));
    let page = match pair(&record, id) {
        Some((first, other)) => compared(ui, page, &record, first, other),
        None => page.child(line("lead", ui.t(Key::NothingToCompare))),
    };
    page.maybe(not_compared(ui, &occasions, &record))
}

/// The name of the instrument that a document answers.
pub fn title_of(ui: Ui, document: &Document) -> String {
    ui.read(|model| {
        let entry = model.instrument(document.instrument.url());
        entry.map(|entry| entry.title.in_locale(model.locale()).to_owned())
    })
    .unwrap_or_else(|| document.instrument.url().to_owned())
}

/// The first document, and the one that is compared with it: the one asked for, or else the newest.
fn pair(record: &Record, id: DocumentId) -> Option<(&Recorded, &Recorded)> {
    let first = record.documents.first()?;
    let other = record.get(id).filter(|other| other.head.id != first.head.id).or_else(|| record.documents.last())?;
    (first.head.id != other.head.id).then_some((first, other))
}

fn compared(ui: Ui, page: El, record: &Record, first: &Recorded, other: &Recorded) -> El {
    let sections = changes(&first.response, &other.response);
    let all: Vec<&Recorded> = record.documents.iter().collect();
    let form = first.response.questionnaire();
    let charts = totals(&all).into_iter().map(|series| chart(ui, form.item(series.item), &series));
    let charts = el("div").class("charts").all(charts);
    let choices = Choices::new();
    let days = [first, other].map(|document| format::date(ui.locale(), document.at()));
    let foot = ui.tf(Key::ChangeBetween, &[&days[0], &days[1]]);
    let what = title_of(ui, &other.head);
    run_along(ui, choices, Running { case: other.head.case, what, day: other.at(), foot });
    let facts = vec![(ui.t(Key::Baseline), days[0].clone()), (ui.t(Key::Compared), days[1].clone())];
    page.child(paper_head(ui, choices, other.head.case, facts))
        .child(chosen(ui, record, first, other))
        .child(line("lead", &counts(ui, change_counts(&sections))))
        .child(line("hint", ui.t(Key::ChangeHint)))
        .child(print_choices(ui, choices, (false, false)))
        .child(charts)
        .child(drawings(ui, first, other))
        .child(table(ui, sections, first.response.clone(), other.response.clone(), days))
}

/// Drawings before and after, side by side where there is room. What needs most privacy stays out of them.
fn drawings(ui: Ui, first: &Recorded, other: &Recorded) -> El {
    let form = first.response.questionnaire();
    let is_drawn = |item: &Item| matches!(item.control, Some(Control::Genogram | Control::Ecomap));
    let drawn: Vec<&Item> = form.items().filter(|item| is_drawn(item)).collect();
    let side = |document: &Recorded, item: &Item| {
        let form = document.response.questionnaire();
        let group = form.find(&item.link_id).and_then(|item| document.response.nodes_of(item).next());
        let (response, day) = (document.response.clone(), document.at().date());
        let still = move || {
            let still = group.and_then(|group| diagrams::still(ui, &response, group, day, false));
            still.unwrap_or_else(|| el("div"))
        };
        let day = el("p").class("row-detail").text(&format::date(ui.locale(), document.at()));
        el("div").child(day).child(parted(ui, Part::Drawing, still, |_| {}))
    };
    let pair = |item: &&Item| el("div").class("drawing-pair").child(side(first, item)).child(side(other, item));
    el("div").all(drawn.iter().map(pair))
}

/// Which documents are compared; another than the newest may be chosen.
fn chosen(ui: Ui, record: &Record, first: &Recorded, other: &Recorded) -> El {
    let name = |document: &Recorded| {
        let day = format::date(ui.locale(), document.at());
        format!("{day} · {}", document.author[0])
    };
    let option = |document: &Recorded| {
        let option = el("option").attr("value", &document.head.id.to_string());
        option.flag("selected", document.head.id == other.head.id).text(&name(document))
    };
    let later = record.documents.iter().filter(|document| document.head.id != first.head.id);
    let select = el("select").class("input").attr("name", "compared").all(later.map(option));
    let select = select.on("change", move |event| {
        if let Ok(id) = DocumentId::parse(&value(&event)) {
            ui.go(Screen::Change(id));
        }
    });
    let part = |key: Key, content: El| el("div").child(el("span").class("row-detail").text(ui.t(key))).child(content);
    el("div")
        .class("change-pair")
        .child(part(Key::Baseline, el("span").text(&name(first))))
        .child(el("label").child(el("span").class("row-detail").text(ui.t(Key::Compared))).child(select))
}

fn counts(ui: Ui, counts: ChangeCounts) -> String {
    let numbers = [
        (counts.up, Key::CountUp),
        (counts.down, Key::CountDown),
        (counts.other, Key::CountOther),
        (counts.same, Key::CountSame),
        (counts.not_comparable, Key::CountNotComparable),
    ];
    let said = numbers.into_iter().filter(|(count, _)| *count > 0);
    let said = said.map(|(count, key)| ui.tf(key, &[&count.to_string()]));
    said.collect::<Vec<_>>().join(" · ")
}

/// The comparison, at first without what stayed the same.
fn table(ui: Ui, sections: Vec<ChangeSection>, before: Response, after: Response, days: [String; 2]) -> El {
    let all = RwSignal::new(false);
    let input = el("input").attr("type", "checkbox").attr("name", "all-rows");
    let input = input.on("change", move |event| all.set(checked(&event)));
    let toggle = el("label").class("option option-small").child(input).child(el("span").text(ui.t(Key::AlsoSame)));
    let list = el("div").class("changes").live(move |place| {
        let all = all.get();
        for section in &sections {
            let rows = shown(&section.rows, all);
            if rows.is_empty() {
                continue;
            }
            let title = section.title.as_ref().map(|title| title.in_language(ui.locale().tag()));
            let title = el("h2").text(title.unwrap_or_else(|| ui.t(Key::OtherQuestions)));
            let rows = rows.into_iter().map(|change| row(ui, change, &before, &after, &days));
            place.append(&el("section").child(title).child(heads(ui, &days)).child(el("ul").all(rows)));
        }
    });
    el("div").child(toggle).child(list)
}

/// The rows that say something, under their headings.
fn shown(rows: &[ChangeRow], all: bool) -> Vec<&ChangeRow> {
    let mut kept: Vec<&ChangeRow> = Vec::new();
    for row in rows.iter().rev() {
        let heads = kept.last().is_some_and(|next| next.depth > row.depth);
        let is_heading = matches!(row.kind, RowKind::Heading | RowKind::Entry);
        if if is_heading { heads } else { all || row.is_change() } {
            kept.push(row);
        }
    }
    kept.reverse();
    kept
}

/// The heads of the columns, where there are columns; each cell names its day to those who do not see them.
fn heads(ui: Ui, days: &[String; 2]) -> El {
    let cell = |words: &str| el("span").text(words);
    el("div").class("change change-heads").attr("aria-hidden", "true").all([
        cell(ui.t(Key::Question)),
        cell(&days[0]),
        cell(&days[1]),
        cell(ui.t(Key::ChangeColumn)),
    ])
}

fn row(ui: Ui, change: &ChangeRow, before: &Response, after: &Response, days: &[String; 2]) -> El {
    let known = change.after.map(|node| (after, node)).or_else(|| change.before.map(|node| (before, node)));
    let place = el("li").class("change").attr("data-depth", &change.depth.min(3).to_string());
    let Some((response, node)) = known else { return place };
    let item = response.item(node);
    let text = item.text.in_language(ui.locale().tag());
    let name = el("span").class("change-question");
    let Some((sign, key)) = mark(&change.kind) else {
        let words = entry_words(ui, response, node);
        let words =
            if change.kind == RowKind::Entry { words.into_iter().next().unwrap_or_default() } else { text.to_owned() };
        return place.class("change change-heading").child(name.text(&words));
    };
    let sides = [(change.before, before, &days[0], false), (change.after, after, &days[1], true)];
    let cell = |(node, response, day, is_later): (Option<NodeIx>, &Response, &String, bool)| {
        let answer = match change.kind {
            RowKind::Question(ref change) => answer(ui, item, node.map(|node| (response, node)), change, is_later),
            _ => el("span").text(&node.map(|node| entry_words(ui, response, node).join(" · ")).unwrap_or_default()),
        };
        el("div").class("change-side").child(el("span").class("change-day").text(day)).child(answer)
    };
    let said = el("span").class("change-mark").child(icon(sign)).child(el("span").text(ui.t(key)));
    let parts: Vec<El> = sides.map(cell).into_iter().chain([said]).collect();
    let place = place.attr("data-linkid", &item.link_id).child(name.text(text));
    if item.sensitivity == Some(Sensitivity::X) {
        return place.child(covered(ui, parts));
    }
    place.attr("data-change", code(&change.kind)).all(parts)
}

/// What needs privacy, even whether it is more or less: shown when asked for.
fn covered(ui: Ui, parts: Vec<El>) -> El {
    let place = el("div").class("change-covered").attr("data-veiled", ui.t(Key::Veiled));
    let shown = place.clone();
    let reveal = button("link", "reveal", Some(Icon::Veil), ui.t(Key::Reveal)).on_click(move || {
        shown.set_attr("data-veiled", None);
        shown.clear();
        for part in &parts {
            shown.append(part);
        }
    });
    place.child(reveal)
}

/// What is said of a row, as sign and words; none for headings.
const fn mark(kind: &RowKind) -> Option<(Icon, Key)> {
    Some(match kind {
        RowKind::Heading | RowKind::Entry => return None,
        RowKind::Gone => (Icon::Bin, Key::ChangeGone),
        RowKind::New => (Icon::Plus, Key::ChangeNew),
        RowKind::Question(Change::Up) => (Icon::Up, Key::ChangeUp),
        RowKind::Question(Change::Down) => (Icon::Down, Key::ChangeDown),
        RowKind::Question(Change::Same) => (Icon::Same, Key::ChangeSame),
        RowKind::Question(Change::NotComparable | Change::Unanswered) => (Icon::Help, Key::ChangeNotComparable),
        RowKind::Question(_) => (Icon::Other, Key::ChangeOther),
    })
}

/// The same for tests and host pages.
const fn code(kind: &RowKind) -> &'static str {
    match kind {
        RowKind::Heading | RowKind::Entry => "",
        RowKind::Gone => "gone",
        RowKind::New => "new",
        RowKind::Question(Change::Up) => "up",
        RowKind::Question(Change::Down) => "down",
        RowKind::Question(Change::Same) => "same",
        RowKind::Question(Change::NotComparable | Change::Unanswered) => "not-comparable",
        RowKind::Question(_) => "other",
    }
}

/// One side of a question: the answer, its changed parts marked, or why there is none.
fn answer(ui: Ui, item: &Item, at: Option<(&Response, NodeIx)>, change: &Change, is_later: bool) -> El {
    let Some((response, node)) = at else { return el("em").text(ui.t(Key::WasNotAsked)) };
    let content = whole(response, node);
    if item.is_calculated() && content.answers.is_empty() {
        return el("em").text(ui.t(Key::Incomplete));
    }
    let named = || words_at(ui, response, node);
    let words = if item.names.is_empty() { answer_words(ui, item, &content) } else { named() };
    let Some(words) = words else { return el("em").text(ui.t(Key::NotAnswered)) };
    if content.absent.is_some() {
        return el("em").text(&words);
    }
    let place = el("span");
    match change {
        Change::Words(pieces) => {
            for piece in pieces {
                let (tag, words) = match (piece, is_later) {
                    (Stretch::Kept(words), _) => ("span", words),
                    (Stretch::Gone(words), false) => ("del", words),
                    (Stretch::New(words), true) => ("ins", words),
                    _ => continue,
                };
                place.append(&el(tag).text(words));
                place.append_text(" ");
            }
            place
        }
        Change::Several { kept, gone, new } => {
            let said = |tag: &str, answers: &[Answer]| {
                let content = Content { answers: answers.to_vec(), ..Content::default() };
                answer_words(ui, item, &content).map(|words| el(tag).text(&words))
            };
            let own = if is_later { said("ins", new) } else { said("del", gone) };
            place.maybe(said("span", kept)).text(" ").maybe(own)
        }
        _ => place.text(&words),
    }
}

/// All answers to a question, also where they were given one by one.
fn whole(response: &Response, node: NodeIx) -> Content {
    let mut content = response.node(node).content.clone();
    let others = response.entries(node).iter().filter(|entry| **entry != node);
    content.answers.extend(others.flat_map(|entry| response.node(*entry).content.answers.clone()));
    content
}

/// The answers in an entry of a list, one after the other.
fn entry_words(ui: Ui, response: &Response, entry: NodeIx) -> Vec<String> {
    let nodes = response.walk(&[entry]).into_iter();
    let open = nodes.filter(|node| {
        let item = response.item(*node);
        response.is_enabled(*node) && !item.hidden && item.sensitivity != Some(Sensitivity::X)
    });
    let words = open.filter_map(|node| {
        let content = &response.node(node).content;
        let given = content.absent.is_none() && !content.is_empty();
        given.then(|| words_at(ui, response, node)).flatten()
    });
    words.collect()
}

/// Documents of the same instrument that are not compared, and why.
fn not_compared(ui: Ui, occasions: &Occasions, record: &Record) -> Option<El> {
    let title = |document: &Document| format::date(ui.locale(), document.seal.map_or(document.begun, |seal| seal.at));
    let other = occasions.others.iter().map(|(document, why)| {
        let version = document.instrument.canonical.split_once('|').map_or("", |(_, version)| version);
        match why {
            Incomparable::OtherVersion => ui.tf(Key::OtherVersionThere, &[&title(document), version]),
            Incomparable::OtherForm => ui.tf(Key::OtherFormThere, &[&title(document)]),
        }
    });
    let unread = occasions.same.iter().filter(|document| record.unread.contains(&document.id));
    let unread = unread.map(|document| ui.tf(Key::RecordUnread, &[&title(document)]));
    let rows: Vec<El> = other.chain(unread).map(|words| el("li").text(&words)).collect();
    let title = || el("h2").text(ui.t(Key::NotCompared));
    (!rows.is_empty()).then(|| el("section").child(title()).child(el("ul").class("findings").all(rows)))
}

/// The ways to what changed in a case, beside a form that asks about it.
pub fn change_links(ui: Ui, case: CaseId) -> El {
    el("div").class("change-links").live(move |place| {
        ui.watch(Topic::Cases);
        let found = ui.read(|model| {
            let documents = repeated(model, case).into_iter();
            documents.filter_map(|id| model.documents.get(id).cloned()).collect::<Vec<_>>()
        });
        place.append(&el("h2").class("list-title").text(ui.t(Key::ChangeSoFar)));
        if found.is_empty() {
            return place.append(&line("hint", ui.t(Key::NothingRepeated)));
        }
        place.append(&el("div").class("actions").all(found.iter().map(|document| {
            let id = document.id;
            let link = button("button", "change", Some(Icon::Other), &title_of(ui, document));
            link.on_click(move || ui.send(Event::ScreenRequested(Screen::Change(id))))
        })));
    })
}
