//! The door of a case's file: who may open a part, the reason of whoever may not by role, and the list of who did (R6).

use super::case_file::openers;
use super::worker::role_key;
use crate::app::openings::{access, is_entitled, mark};
use crate::app::{Access, Event, Opening, Part, Topic};
use crate::domain::CaseId;
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::{Key, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, problem, say_problem, trouble};

/// What stands in place of a part that may not be read, or not yet; nothing where it may.
pub fn door(ui: Ui, case: CaseId, part: Part) -> Option<El> {
    match ui.read(|model| access(model, case, part, stamp().now)) {
        Access::Open => None,
        Access::Reading => Some(waiting(ui)),
        Access::Reason => Some(reason(ui, case, part)),
        Access::Nobody => {
            let enter = button("button button-main", "enter-worker", None, ui.t(Key::WorkerTitle));
            let enter = enter.on_click(move || ui.send(Event::WorkerAsked));
            Some(el("div").child(line("lead", ui.t(Key::OpeningNobody))).child(el("div").class("actions").child(enter)))
        }
    }
}

fn waiting(ui: Ui) -> El {
    match ui.read(|model| model.rules_problem.clone()) {
        Some(problem) => trouble(ui, words::instrument(ui, &problem), []),
        None => line("loading", ui.t(Key::Opening)).attr("role", "status"),
    }
}

/// Whether a part opens without a reason, as far as that is known.
pub fn needs_reason(ui: Ui, case: CaseId, part: Part) -> bool {
    ui.read(|model| {
        let role = model.worker.as_ref().map(|worker| worker.role);
        role.is_some_and(|role| !model.rules.access.is_empty() && !is_entitled(model, case, part, role))
    })
}

fn reason(ui: Ui, case: CaseId, part: Part) -> El {
    let (role, mark, typed) = ui.read(|model| {
        let role = model.worker.as_ref().map(|worker| ui.t(role_key(worker.role)));
        let typed = model.openings.as_ref().map(|openings| openings.typed.clone()).unwrap_or_default();
        (role.unwrap_or_default(), mark(model, case, part), typed)
    });
    let refused = move || {
        ui.watch(Topic::Openings);
        ui.read(|model| model.openings.as_ref().is_some_and(|openings| openings.is_refused))
    };
    let area = el("textarea")
        .class("input")
        .attr("id", "opening-reason")
        .attr("rows", "3")
        .attr("aria-describedby", "opening-hint opening-problem")
        .text(&typed)
        .live_attr("aria-invalid", move || refused().then(|| "true".to_owned()))
        .on("input", move |event| ui.send(Event::OpeningReasonTyped(value(&event))));
    let told = problem("opening-problem").live(move |place| {
        if refused() {
            say_problem(place, ui.t(Key::OpeningReasonMissing));
        }
    });
    let label = el("label").class("question-text").attr("for", "opening-reason").text(ui.t(Key::OpeningReason));
    let open = button("button button-main", "open-part", None, ui.t(Key::OpeningGo)).attr("type", "submit");
    let form = el("form").class("opening-form").flag("novalidate", true);
    let sent = form.clone();
    let form = form.on("submit", move |event| {
        event.prevent_default();
        ui.send(Event::OpeningReasonGiven);
        sent.focus_refused();
    });
    form.child(line("lead", &openers(ui, mark)))
        .child(line("", &ui.tf(Key::OpeningRole, &[role])))
        .child(el("div").class("question").child(label).child(hint(ui)).child(area).child(told))
        .child(kept(ui))
        .child(el("div").class("actions").child(open))
}

fn hint(ui: Ui) -> El {
    line("hint", ui.t(Key::OpeningHint)).attr("id", "opening-hint")
}

/// That a note could not be kept, or is being kept.
pub fn kept(ui: Ui) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::Openings);
        let state = ui.read(|model| model.openings.as_ref().map(|own| (own.problem.clone(), own.is_writing)));
        let Some((problem, is_writing)) = state else { return };
        if let Some(problem) = problem {
            place.append(&trouble(ui, words::not_noted(ui, &problem), []));
        }
        if is_writing {
            place.append(&line("", ui.t(Key::Saving)).attr("role", "status"));
        }
    })
}

/// Who opened the file, the newest first.
pub fn openings(ui: Ui) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::Openings);
        let read = ui.read(|model| model.openings.as_ref().map(|own| (own.notes.clone(), own.unreadable)));
        let Some((notes, unreadable)) = read else { return };
        if notes.is_empty() && unreadable == 0 {
            return;
        }
        let title = ui.tf(Key::Openings, &[&(notes.len() + unreadable).to_string()]);
        let summary = el("summary").child(icon(Icon::Lock)).child(el("span").text(&title));
        let details = el("details").class("help openings").child(summary);
        let head = |key: Key| el("th").attr("scope", "col").text(ui.t(key));
        let heads = [Key::OpeningAt, Key::OpeningBy, Key::OpeningPart, Key::OpeningWhy].map(head);
        let table = el("table").class("file-contacts").child(el("thead").child(el("tr").all(heads)));
        let table = table.child(el("tbody").all(notes.iter().rev().map(|note| row(ui, note))));
        let lost = (unreadable > 0).then(|| line("problem", &ui.tf(Key::OpeningsLost, &[&unreadable.to_string()])));
        place.append(&details.child(table).maybe(lost));
    })
}

fn row(ui: Ui, note: &Opening) -> El {
    let cell = |words: &str| el("td").text(words);
    let part = match note.part {
        Part::Letter(letter) => letter.to_string(),
        Part::Others => ui.t(Key::FileOthers).to_owned(),
        Part::Whole | Part::Contents => ui.t(Key::OpeningWhole).to_owned(),
    };
    let at = el("th").attr("scope", "row").text(&format::date_time(ui.locale(), note.at));
    let who = format!("{}, {}", note.name, ui.t(role_key(note.role)));
    let why = note.reason.as_deref().unwrap_or_else(|| ui.t(Key::OpeningEntitled));
    el("tr").child(at).child(cell(&who)).child(cell(&part)).child(cell(why))
}
