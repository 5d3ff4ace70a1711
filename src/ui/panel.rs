//! Parts that many screens use: buttons, facts, and messages that say what happened, what is safe and what to do.

use super::diagrams;
use super::dispatch::Ui;
use super::dom::{El, el};
use super::i18n::{Key, Words, host, words};
use super::icon::{Icon, icon};
use crate::app::{Event, HostRefusal, Notice, Screen, StorageProblem};
use crate::domain::DocumentId;

/// A button; `act` names it for tests and host pages, the icon stands before the words.
pub fn button(class: &str, act: &str, mark: Option<Icon>, words: &str) -> El {
    el("button").class(class).attr("type", "button").attr("data-act", act).maybe(mark.map(icon)).text(words)
}

/// The way back to another screen.
pub fn back(ui: Ui, to: Screen, key: Key) -> El {
    button("back", "back", Some(Icon::Back), ui.t(key)).on_click(move || ui.go(to))
}

/// The heading of a screen; it takes the focus when the screen is shown.
pub fn heading(words: &str) -> El {
    el("h1").attr("tabindex", "-1").text(words)
}

/// Controls that belong together, named by the element with this id. Engines draw the borders of a `fieldset` through the
/// middle of its legend, each in its own way, so it is not used.
pub fn named_set(named_by: &str) -> El {
    el("div").attr("role", "group").attr("aria-labelledby", named_by)
}

/// A paragraph.
pub fn line(class: &str, words: &str) -> El {
    el("p").class(class).text(words)
}

/// A list of facts, each with its name.
pub fn facts(list: impl IntoIterator<Item = (&'static str, String)>) -> El {
    let fact = |(name, value): (&str, String)| el("div").child(el("dt").text(name)).child(el("dd").text(&value));
    el("dl").class("facts").all(list.into_iter().map(fact))
}

/// What is wrong with a field; empty when nothing is.
pub fn problem(id: &str) -> El {
    el("p").class("problem").attr("id", id).attr("role", "status")
}

/// Says what is wrong with a field.
pub fn say_problem(place: &El, words: &str) {
    place.append(&icon(Icon::Alert));
    place.append(&el("span").text(words));
}

/// A panel that says what went wrong, what is safe and what to do.
pub fn trouble(ui: Ui, words: Words, actions: impl IntoIterator<Item = El>) -> El {
    let body = el("div")
        .class("trouble-words")
        .child(line("trouble-happened", &words.happened))
        .child(line("", ui.t(words.safe)))
        .child(line("", ui.t(words.todo)))
        .maybe(words.detail.map(|detail| line("trouble-detail", &detail)))
        .child(el("div").class("actions").all(actions));
    el("div").class("trouble").attr("role", "alert").child(icon(Icon::Alert)).child(body)
}

/// The message above the screen, if there is one.
pub fn notice(ui: Ui) -> Option<El> {
    let elsewhere = ui.read(|model| model.unsaved_elsewhere().map(|filling| filling.document.id));
    if let Some(id) = elsewhere {
        let open = button("button", "open-unsaved", None, ui.t(Key::OpenDocument));
        let open = open.on_click(move || ui.go(Screen::Section(id, 0)));
        return Some(trouble(ui, words::unsaved_elsewhere(ui), [open]));
    }
    Some(match ui.read(|model| model.notice.clone())? {
        Notice::InstanceRemoved => calm(ui, ui.t(Key::EntryRemoved), Some(undo(ui))),
        Notice::OpenRecorded(many) => calm(ui, &ui.tf(Key::OpenRecorded, &[&many.to_string()]), Some(undo(ui))),
        Notice::CorrectionBegun => calm(ui, ui.t(Key::CorrectionBegun), None),
        Notice::FileNotAttached(name) => calm(ui, &ui.tf(Key::FileNotAttached, &[&name]), None),
        Notice::CaseGiven => calm(ui, ui.t(Key::CaseGivenNotice), None),
        Notice::NoRoom => calm(ui, ui.t(Key::NoRoom), None),
        Notice::NotHandedOver(detail) => trouble(ui, words::not_handed_over(ui, &detail), [dismiss(ui)]),
        Notice::ChangedElsewhere => calm(ui, ui.t(Key::ChangedElsewhere), None),
        Notice::Moved { back, from, to } => moved(ui, back, &from, &to),
        Notice::MovedElsewhere(version) => {
            let words = line("", &ui.tf(Key::DraftMovedElsewhere, &[number(ui, &version)]));
            el("div").class("notice").child(words).child(dismiss(ui))
        }
        Notice::LanguageMissing(detail) => {
            let again = button("button", "retry", None, ui.t(Key::TryAgain)).on_click(move || {
                ui.send(Event::NoticeDismissed);
                ui.redraw();
            });
            trouble(ui, words::language_missing(ui, &detail), [again, dismiss(ui)])
        }
        Notice::DocumentUnreadable(_, problem @ StorageProblem::PartMissing(_)) => {
            let again = button("button", "retry", None, ui.t(Key::TryAgain));
            let again = again.on_click(move || ui.go(ui.read(|model| model.screen)));
            trouble(ui, words::storage(ui, &problem), [again, dismiss(ui)])
        }
        Notice::DocumentUnreadable(id, problem) => trouble(ui, words::storage(ui, &problem), raw_copy(ui, id)),
        Notice::FormUnusable(Some(id), problem) => trouble(ui, words::instrument(ui, &problem), raw_copy(ui, id)),
        Notice::FormUnusable(None, problem) => trouble(ui, words::instrument(ui, &problem), [dismiss(ui)]),
        Notice::NotCreated(problem) | Notice::NoCopy(problem) => {
            trouble(ui, words::storage(ui, &problem), [dismiss(ui)])
        }
        Notice::FamilyRefused(refusal, names) => diagrams::refused(ui, &refusal, &names),
        Notice::NotTaken(refusal) => not_taken(ui, &refusal),
        Notice::PartUnreadable(id, count) => trouble(ui, words::part_unreadable(ui, count), raw_copy(ui, id)),
    })
}

#[inline(never)] // An entry of tools/parts.json.
fn moved(ui: Ui, back: Screen, from: &str, to: &str) -> El {
    let undo = ui.tf(Key::EarlierVersion, &[number(ui, from)]);
    let undo = button("button button-quiet", "undo-move", None, &undo);
    let words = line("", &ui.tf(Key::DraftMoved, &[number(ui, to)]));
    let undo = undo.on_click(move || ui.go(back));
    el("div").class("notice").child(words).child(undo).child(dismiss(ui))
}

#[inline(never)] // As `moved`.
fn not_taken(ui: Ui, refusal: &HostRefusal) -> El {
    let words = host::not_taken(ui, refusal);
    el("div").child(trouble(ui, words, [dismiss(ui)])).child(reasons(host::reasons(ui, refusal)))
}

/// A list of reasons.
pub fn reasons(reasons: Vec<String>) -> El {
    el("ul").class("findings").all(reasons.iter().map(|reason| el("li").text(reason)))
}

/// The number of a version of a form, or that it has none.
pub fn number(ui: Ui, version: &str) -> &str {
    if version.is_empty() { ui.t(Key::NoVersionNumber) } else { version }
}

fn calm(ui: Ui, words: &str, act: Option<El>) -> El {
    el("div").class("notice").child(line("", words)).maybe(act).child(dismiss(ui))
}

fn undo(ui: Ui) -> El {
    let undo = button("button button-quiet", "undo", None, ui.t(Key::Undo));
    undo.on_click(move || ui.send(Event::ActUndone))
}

fn dismiss(ui: Ui) -> El {
    button("button button-quiet", "dismiss", None, ui.t(Key::Close)).on_click(move || ui.send(Event::NoticeDismissed))
}

fn raw_copy(ui: Ui, id: DocumentId) -> [El; 2] {
    let copy = button("button", "raw-copy", Some(Icon::Download), ui.t(Key::SaveRawCopy));
    [copy.on_click(move || ui.send(Event::RawCopyAsked(id))), dismiss(ui)]
}
