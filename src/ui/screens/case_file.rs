//! The file of a case: its letters, and what stands at each, read as a record and ready for paper.

use super::change::title_of;
use super::opening::{door, kept, needs_reason, openings};
use super::reading::{Discretion, Manner, answers};
use super::start;
use super::worker::role_key;
use crate::app::casework::{FilePart, FileState, FileView, Source};
use crate::app::view::{record, withholds};
use crate::app::{Part, Record, Recorded, Screen, Topic};
use crate::domain::{CaseId, DocumentId};
use crate::form::Sensitivity;
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, heading, line};
use crate::ui::paper::{Choices, Running, made, paper_head, print_button, print_choices, run_along, seal_line};
use crate::ui::reactive::*;
use std::rc::Rc;

/// The file of a case, or a part of it.
#[inline(never)] // An entry of tools/parts.json.
pub fn case_file(ui: Ui, case: CaseId, part: Part) -> El {
    if !ui.read(|model| model.cases.contains(case)) {
        return start::missing(ui);
    }
    match part {
        Part::Contents => contents(ui, case),
        _ => opened(ui, case, part),
    }
}

fn parts(ui: Ui, case: CaseId) -> Vec<FilePart> {
    ui.read(|model| FileView::of(model, case).parts)
}

/// The letters, each with what it is built from and how far it is.
fn contents(ui: Ui, case: CaseId) -> El {
    let name = ui.read(|model| model.cases.get(case).map(|case| case.name.clone())).unwrap_or_default();
    let changed = distinct(move || {
        ui.watch(Topic::Cases);
        let line = |part: &FilePart| format!("{:?} {} {:?} ", part.state, part.drafts, part.touched);
        parts(ui, case).iter().map(line).collect()
    });
    let list = el("ul").class("rows file-parts").live(move |list| {
        changed.get();
        for part in parts(ui, case) {
            list.append(&el("li").child(part_row(ui, case, &part)));
        }
    });
    let what = ui.t(Key::CaseFile).to_owned();
    let foot = ui.t(Key::Confidential).to_owned();
    run_along(ui, Choices::new(), Running { case, what, day: stamp().now, foot });
    let whole = button("button", "whole-file", Some(Icon::Printer), ui.t(Key::WholeFile));
    let whole = whole.on_click(move || ui.go(Screen::CaseFile(case, Part::Whole)));
    el("div")
        .class("page")
        .child(back(ui, Screen::Case(case), Key::Tasks))
        .child(el("div").class("page-head").child(heading(&ui.tf(Key::CaseFileOf, &[&name]))).child(whole))
        .child(notes(ui))
        .child(list)
        .child(kept(ui))
        .child(openings(ui))
}

/// Whose eyes the file is for, and what it is: one person's picture of another (R6, R15).
fn notes(ui: Ui) -> El {
    let note = |sign: Icon, key: Key| {
        el("p").class("display display-marked").child(icon(sign)).child(el("span").text(ui.t(key)))
    };
    el("div")
        .class("file-notes")
        .child(note(Icon::Lock, Key::FileConfidential))
        .child(note(Icon::Person, Key::FilePicture))
}

fn part_title(ui: Ui, part: &FilePart) -> String {
    let title = part.letter.as_ref().map(|letter| letter.title.in_locale(ui.locale()));
    title.unwrap_or_else(|| ui.t(Key::FileOthers)).to_owned()
}

/// The name of a source: its instrument, and whether only some of it counts.
fn source_words(ui: Ui, source: &Source) -> Option<String> {
    let title = ui.read(|model| {
        let mut listed = model.catalogue.as_ref().ok()?.instruments.iter();
        let entry = listed.find(|entry| entry.url.rsplit('/').next() == Some(&source.instrument))?;
        Some(entry.title.in_locale(model.locale()).to_owned())
    })?;
    Some(if source.items.is_empty() { title } else { ui.tf(Key::FilePartOf, &[&title]) })
}

fn part_row(ui: Ui, case: CaseId, part: &FilePart) -> El {
    let sources = part.letter.iter().flat_map(|letter| &letter.from);
    let mut sources: Vec<String> = sources.filter_map(|source| source_words(ui, source)).collect();
    if part.letter.as_ref().is_some_and(|letter| letter.contacts) {
        sources.push(ui.t(Key::FileContacts).to_owned());
    }
    let from = (!sources.is_empty()).then(|| ui.tf(Key::FileFrom, &[&sources.join(", ")]));
    let touched = part.touched.map(|at| ui.tf(Key::FileTouched, &[&format::date(ui.locale(), at)]));
    let drafts = (part.drafts > 0).then(|| ui.tf(Key::FileDrafts, &[&part.drafts.to_string()]));
    let reason =
        (!part.documents.is_empty() && needs_reason(ui, case, part.part)).then(|| ui.t(Key::OpeningNeeded).to_owned());
    let detail: Vec<String> = touched.into_iter().chain(drafts).chain(reason).collect();
    let words = el("span")
        .class("row-words")
        .child(el("span").class("row-title").text(&part_title(ui, part)))
        .maybe(from.map(|from| el("span").class("row-detail").text(&from)))
        .child(el("span").class("row-detail").text(&detail.join(" · ")))
        .child(el("span").class("row-detail").text(&openers(ui, part.mark())));
    let letter = part.letter.as_ref().map_or_else(|| "–".to_owned(), |letter| letter.letter.to_string());
    let (opens, empty) = (part.part, part.documents.is_empty());
    el("button")
        .class("row")
        .attr("data-part", &letter)
        .flag("disabled", empty)
        .child(el("span").class("phase-number").attr("aria-hidden", "true").text(&letter))
        .child(words)
        .child(state_mark(ui, part.state))
        .maybe((!empty).then(|| icon(Icon::Next)))
        .on_click(move || ui.go(Screen::CaseFile(case, opens)))
}

/// How private what stands at a letter is, and who may open it (R6).
pub fn openers(ui: Ui, mark: Sensitivity) -> String {
    let key = match mark {
        Sensitivity::P => Key::FilePersonal,
        Sensitivity::S => Key::FileSpecific,
        Sensitivity::X => Key::FileStrictest,
    };
    let roles: Vec<&str> =
        ui.read(|model| model.rules.openers(mark).iter().map(|role| ui.t(role_key(*role))).collect());
    ui.tf(Key::FileOpens, &[ui.t(key), &roles.join(", ")])
}

fn state_mark(ui: Ui, state: FileState) -> El {
    let (class, mark, key) = match state {
        FileState::Empty => ("state state-new", Icon::Circle, Key::FileEmpty),
        FileState::Partly => ("state state-open", Icon::Half, Key::FilePartly),
        FileState::Complete => ("state state-done", Icon::Tick, Key::FileComplete),
    };
    el("span").class(class).child(icon(mark)).child(el("span").text(ui.t(key)))
}

/// What stands in a part, or in all of them.
fn opened(ui: Ui, case: CaseId, part: Part) -> El {
    let own: Vec<FilePart> =
        parts(ui, case).into_iter().filter(|own| part == Part::Whole || own.part == part).collect();
    let title = match &own[..] {
        [only] if part != Part::Whole => lettered(ui, only),
        _ => ui.t(Key::CaseFile).to_owned(),
    };
    let page = el("div").class("page file-page");
    let page = page.child(back(ui, Screen::CaseFile(case, Part::Contents), Key::CaseFile));
    if let Some(door) = door(ui, case, part) {
        return page.child(heading(&title)).child(door);
    }
    let page = page.child(el("div").class("page-head").child(heading(&title)).child(print_button(ui)));
    let Some(read) = ui.read(|model| model.record.clone()) else {
        return page.child(line("loading", ui.t(Key::Opening)).attr("role", "status"));
    };
    let choices = Choices::new();
    let withheld = read.documents.iter().map(|document| withholds(&document.response));
    let withheld = withheld.fold((false, false), |all, one| (all.0 || one.0, all.1 || one.1));
    let now = stamp().now;
    run_along(ui, choices, Running { case, what: title, day: now, foot: ui.t(Key::Confidential).to_owned() });
    let printed = ui.tf(Key::PrintedOn, &[&format::date_time(ui.locale(), now)]);
    let facts = vec![(ui.t(Key::PrintedFrom), printed)];
    let read = Rc::new(read);
    let body = el("div").class("file").live(move |place| {
        // Where the whole file is read, a document that stands at several letters is read once.
        let mut read_at: Vec<(DocumentId, char)> = Vec::new();
        for part in &own {
            place.append(&part_body(ui, part, &read, choices, (own.len() > 1).then_some(&mut read_at)));
        }
    });
    page.child(paper_head(ui, choices, case, facts))
        .child(notes(ui))
        .child(kept(ui))
        .child(print_choices(ui, choices, withheld))
        .child(body)
}

fn lettered(ui: Ui, part: &FilePart) -> String {
    let letter = part.letter.as_ref().map(|letter| format!("{}. ", letter.letter)).unwrap_or_default();
    format!("{letter}{}", part_title(ui, part))
}

fn part_body(
    ui: Ui,
    part: &FilePart,
    read: &Record,
    choices: Choices,
    mut read_at: Option<&mut Vec<(DocumentId, char)>>,
) -> El {
    let head = read_at.is_some().then(|| el("h2").class("file-letter").text(&lettered(ui, part)));
    let is_in = |document: &&Recorded| part.documents.iter().any(|own| own.id == document.head.id);
    let documents: Vec<&Recorded> = read.documents.iter().filter(is_in).collect();
    let letter = part.letter.as_ref();
    let contacts = letter.filter(|letter| letter.contacts).map(|_| contacts(ui, &documents));
    let mut shown: Vec<El> = Vec::new();
    for document in &documents {
        let items = match letter.map(|letter| letter.source(&document.head)) {
            Some(None) => continue,
            Some(Some(source)) => source.items.clone(),
            None => Vec::new(),
        };
        let id = document.head.id;
        let before = read_at.as_ref().and_then(|list| list.iter().find(|(own, _)| *own == id)).map(|(_, at)| *at);
        match before.filter(|_| items.is_empty()) {
            Some(at) => shown.push(elsewhere(ui, document, at)),
            None => shown.extend(document_body(ui, document, &items, choices)),
        }
        if let (Some(list), Some(letter), true) = (&mut read_at, letter, items.is_empty()) {
            list.push((id, letter.letter));
        }
    }
    let none = shown.is_empty() && contacts.is_none();
    let unread = part.documents.iter().filter(|document| read.unread.contains(&document.id)).map(|document| {
        let day = format::date(ui.locale(), document.seal.map_or(document.begun, |seal| seal.at));
        line("problem", &ui.tf(Key::RecordUnread, &[&format!("{}, {day}", title_of(ui, document))]))
    });
    el("section")
        .class("file-part")
        .maybe(head)
        .maybe(none.then(|| line("display", ui.t(Key::FileEmpty))))
        .maybe(contacts)
        .all(shown)
        .all(unread)
}

/// A document that was read at an earlier letter.
fn elsewhere(ui: Ui, document: &Recorded, at: char) -> El {
    let title = format!("{}, {}", title_of(ui, &document.head), format::date(ui.locale(), document.at()));
    let there = line("", &ui.tf(Key::SeeLetter, &[&at.to_string()]));
    el("article").class("file-document").child(el("h3").text(&title)).child(there)
}

/// The meetings that documents tell of, in the order of time.
fn contacts(ui: Ui, documents: &[&Recorded]) -> El {
    let row = |document: &&Recorded| {
        let at = document.contact?;
        let cell = |words: &str| el("td").text(words);
        let day = el("th").attr("scope", "row").text(&format::date_time(ui.locale(), at));
        Some(el("tr").child(day).child(cell(&title_of(ui, &document.head))).child(cell(&document.author[0])))
    };
    let head = |key: Key| el("th").attr("scope", "col").text(ui.t(key));
    let heads = el("tr").all([Key::MetAt, Key::DocumentOf, Key::SealedBy].map(head));
    let table = el("table").class("file-contacts");
    table.child(el("thead").child(heads)).child(el("tbody").all(documents.iter().filter_map(row)))
}

/// One document as a record, with what identifies it; nothing where it says nothing at this letter.
fn document_body(ui: Ui, document: &Recorded, items: &[String], choices: Choices) -> Option<El> {
    let (sensitive, numbers) = (choices.sensitive.get(), choices.numbers.get());
    let view = record(&document.response, items, sensitive).answered(&document.response);
    if view.sections.is_empty() && view.left_out == 0 {
        return None;
    }
    let open = |choice: bool| if choice { Discretion::Open } else { Discretion::Masked };
    let day = document.at().date();
    let manner = Manner { sensitive: open(sensitive), numbers: open(numbers), heading: "h4", day };
    let title = title_of(ui, &document.head);
    let title = if items.is_empty() { title } else { ui.tf(Key::FilePartOf, &[&title]) };
    let facts: Vec<String> = made(ui, document).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let left_out = (view.left_out > 0).then(|| ui.tf(Key::LeftOut, &[&view.left_out.to_string()]));
    let article = el("article")
        .class("file-document")
        .child(el("h3").text(&title))
        .child(line("row-detail", &facts.join(" · ")))
        .child(answers(ui, &document.response, &view.sections, manner))
        .maybe(left_out.map(|words| line("file-left-out", &words)));
    Some(article.child(line("paper-foot", &seal_line(ui, document))))
}
