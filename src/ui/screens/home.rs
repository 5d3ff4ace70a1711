//! The caseload.

use crate::app::view::{CaseView, cases, cases_without_record};
use crate::app::{Event, Screen, StorageProblem, Topic};
use crate::domain::{Case, CaseId, DocumentId, Initials};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line, trouble};

/// The cases on this tablet.
pub fn home(ui: Ui) -> El {
    let new = button("button button-main", "new-case", Some(Icon::Plus), ui.t(Key::NewCase));
    let head = el("div")
        .class("page-head")
        .child(heading(ui.t(Key::Cases)))
        .child(new.on_click(move || ui.go(Screen::NewCase)));
    let list = el("div").live(move |place| {
        ui.watch(Topic::Cases);
        let (cases, others) = ui.read(|model| (cases(model), cases_without_record(model)));
        place.append(&if cases.is_empty() && others.is_empty() { empty(ui) } else { rows(ui, cases, others) });
    });
    el("div").class("page").child(head).maybe(unreadable(ui)).child(list)
}

fn rows(ui: Ui, cases: Vec<CaseView>, others: Vec<CaseId>) -> El {
    let cases = cases.into_iter().map(|case| el("li").child(row(ui, &case)));
    let others = others.into_iter().map(|id| el("li").child(row_without_record(ui, id)));
    el("ul").class("rows").all(cases.chain(others))
}

/// A case whose record cannot be read: its documents stay within reach.
fn row_without_record(ui: Ui, id: CaseId) -> El {
    let words = el("span")
        .class("row-words")
        .child(el("span").class("row-title").text(ui.t(Key::CaseUnreadable)))
        .child(el("span").class("row-detail").text(ui.t(Key::CaseUnreadableWhy)));
    el("button")
        .class("row")
        .attr("data-case", &id.to_string())
        .child(icon(Icon::Alert))
        .child(words)
        .child(icon(Icon::Next))
        .on_click(move || ui.go(Screen::Case(id)))
}

fn row(ui: Ui, view: &CaseView) -> El {
    let id = view.case.id;
    let counts = ui.tf(Key::CaseCounts, &[&view.drafts.to_string(), &view.sealed.to_string()]);
    let words = el("span")
        .class("row-words")
        .child(el("span").class("row-title").text(&view.case.name))
        .child(el("span").class("row-detail").text(&details(ui, &view.case).join(" · ")));
    let aside = el("span")
        .class("row-aside")
        .child(el("span").text(&counts))
        .child(el("span").class("row-detail").text(&format::date_time(ui.locale(), view.touched)));
    el("button")
        .class("row")
        .attr("data-case", &id.to_string())
        .child(initials("initials", &view.case.name))
        .child(words)
        .child(aside)
        .child(icon(Icon::Next))
        .on_click(move || ui.go(Screen::Case(id)))
}

/// A case's register number and birth, as far as they are known.
pub fn details(ui: Ui, case: &Case) -> Vec<String> {
    let number = case.register_number.as_ref().map(|number| ui.tf(Key::RegisterNumberIs, &[number]));
    let birth = case.birth.as_ref().map(|birth| ui.tf(Key::BornIs, &[&format::partial_date(ui, birth)]));
    number.into_iter().chain(birth).collect()
}

/// The initials of a name in a ring.
pub fn initials(class: &str, name: &str) -> El {
    let Initials(initials) = Initials::of(name);
    el("span").class(class).attr("aria-hidden", "true").text(&initials)
}

/// An empty screen teaches the next step.
fn empty(ui: Ui) -> El {
    let steps = [("1", Key::EmptyStepCase), ("2", Key::EmptyStepFill), ("3", Key::EmptyStepSeal)];
    let step = |(number, key)| {
        el("li")
            .child(el("span").class("step").attr("aria-hidden", "true").text(number))
            .child(el("span").text(ui.t(key)))
    };
    let no_worker = ui.read(|model| model.worker.is_none());
    let enter =
        || button("button", "enter-worker", None, ui.t(Key::EnterWorker)).on_click(move || ui.go(Screen::Worker));
    el("section")
        .class("empty")
        .child(el("h2").text(ui.t(Key::EmptyTitle)))
        .child(el("ol").class("steps").all(steps.map(step)))
        .child(line("", ui.t(Key::EmptySafe)))
        .maybe(no_worker.then(enter))
}

/// Records that could not be read are told of, never silently left out; what is stored of a document can be saved as it is.
fn unreadable(ui: Ui) -> Option<El> {
    let problems = ui.read(|model| model.unreadable.clone());
    let names: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let copies = problems.iter().filter_map(|problem| {
        let StorageProblem::Unreadable(name) = problem else { return None };
        let id = DocumentId::parse(name.strip_prefix("documents/")?).ok()?;
        let copy = button("button", "raw-copy", Some(Icon::Download), ui.t(Key::SaveRawCopy));
        Some(copy.on_click(move || ui.send(Event::RawCopyAsked(id))))
    });
    (!names.is_empty()).then(|| trouble(ui, words::records_unreadable(ui, names.len(), names.join("; ")), copies))
}
