//! The caseload.

use super::casework;
use crate::app::casework::Phase;
use crate::app::view::{CaseView, cases, cases_without_record};
use crate::app::{Event, Screen, StorageProblem, Topic};
use crate::domain::{Case, CaseId, DocumentId, Initials};
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, checked, el, value};
use crate::ui::i18n::{Key, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line, trouble};
use std::cell::RefCell;
use std::rc::Rc;

/// The cases on this tablet.
pub fn home(ui: Ui) -> El {
    let new = button("button button-main", "new-case", Some(Icon::Plus), ui.t(Key::NewCase));
    let head = el("div")
        .class("page-head")
        .child(heading(ui.t(Key::Cases)))
        .child(new.on_click(move || ui.go(Screen::NewCase)));
    let list = el("div").class("caseload").live(move |place| {
        ui.watch(Topic::Cases);
        let (cases, others) = ui.read(|model| (cases(model, stamp().now), cases_without_record(model)));
        if cases.is_empty() && others.is_empty() {
            return place.append(&empty(ui));
        }
        let rows = Rows::new(ui, &cases, others);
        if cases.len() > FEW {
            place.append(&search(ui, &cases, &rows));
        }
        place.append(&rows.list);
        place.append(&rows.none);
    });
    el("div").class("page").child(head).maybe(unreadable(ui)).child(list)
}

/// With so few cases one sees them all.
const FEW: usize = 5;

/// The rows of the caseload, each with what it is found by. A search hides rows and makes none, so that typing stays
/// quick with hundreds of cases.
#[derive(Clone)]
struct Rows {
    list: El,
    none: El,
    cases: Rc<[(String, Phase, bool, El)]>,
}

impl Rows {
    fn new(ui: Ui, cases: &[CaseView], others: Vec<CaseId>) -> Self {
        let made = cases.iter().map(|view| {
            let number = view.case.register_number.as_deref().unwrap_or_default();
            let words = format!("{} {number}", view.case.name).to_lowercase();
            (words, view.phase, view.due.is_some(), el("li").child(row(ui, view)))
        });
        let cases: Rc<[_]> = made.collect();
        let others = others.into_iter().map(|id| el("li").child(row_without_record(ui, id)));
        let list = el("ul").class("rows").all(cases.iter().map(|(.., row)| row.clone()).chain(others));
        let none = line("display", ui.t(Key::NoneFound)).flag("hidden", true).attr("role", "status");
        Self { list, none, cases }
    }

    /// Shows the rows whose words hold every word of a search, in one phase or all, and due ones only or all.
    fn narrow(&self, search: &str, phase: Option<Phase>, due: bool) {
        let search = search.to_lowercase();
        let mut any = false;
        for (words, own, is_due, row) in &*self.cases {
            let fits = search.split_whitespace().all(|part| words.contains(part))
                && phase.is_none_or(|phase| phase == *own)
                && (!due || *is_due);
            any |= fits;
            row.set_attr("hidden", (!fits).then_some(""));
        }
        self.none.set_attr("hidden", any.then_some(""));
    }
}

/// Search by name and number, by phase, and by what is due.
fn search(ui: Ui, cases: &[CaseView], rows: &Rows) -> El {
    let asked: Rc<RefCell<(String, Option<Phase>, bool)>> = Rc::default();
    let narrow = {
        let (asked, rows) = (Rc::clone(&asked), rows.clone());
        move || {
            let asked = asked.borrow();
            rows.narrow(&asked.0, asked.1, asked.2);
        }
    };
    let (typed, again) = (Rc::clone(&asked), narrow.clone());
    let input =
        el("input").class("input").attr("type", "search").attr("name", "case-search").attr("autocomplete", "off");
    let input = input.on("input", move |event| {
        typed.borrow_mut().0 = value(&event);
        again();
    });
    let option = |code: &str, words: &str| el("option").attr("value", code).text(words);
    let present = |phase: &Phase| cases.iter().any(|view| view.phase == *phase);
    let phases = Phase::ALL.into_iter().filter(present);
    let phases = phases.map(|phase| option(phase.code(), ui.t(casework::phase_key(phase))));
    let (chosen, again) = (Rc::clone(&asked), narrow.clone());
    let phase =
        el("select").class("input").attr("name", "case-phase").child(option("", ui.t(Key::AllPhases))).all(phases).on(
            "change",
            move |event| {
                chosen.borrow_mut().1 = Phase::from_code(&value(&event));
                narrow();
            },
        );
    let due = el("input").attr("type", "checkbox").attr("name", "case-due").on("change", move |event| {
        asked.borrow_mut().2 = checked(&event);
        again();
    });
    let labelled = |key: Key, control: El| el("label").child(el("span").text(ui.t(key))).child(control);
    el("div")
        .class("caseload-search")
        .attr("role", "search")
        .child(labelled(Key::SearchCases, input))
        .child(labelled(Key::Phase, phase))
        .child(el("label").class("caseload-due").child(due).child(el("span").text(ui.t(Key::OnlyDue))))
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
    let phase = ui.t(casework::phase_key(view.phase));
    let due = view.due.as_ref().and_then(|open| {
        let key = if open.overdue { Key::WasDue } else { Key::DueBy };
        let day = ui.tf(key, &[&format::calendar(ui.locale(), open.due?)]);
        let words = format!("{} · {day}", open.rule.says.in_locale(ui.locale()));
        let class = if open.overdue { "row-detail row-due row-overdue" } else { "row-detail row-due" };
        Some(el("span").class(class).text(&words))
    });
    let words = el("span")
        .class("row-words")
        .child(el("span").class("row-title").text(&view.case.name))
        .child(el("span").class("row-detail").text(&details(ui, &view.case).join(" · ")))
        .maybe(due);
    let aside = el("span")
        .class("row-aside")
        .child(el("span").text(phase))
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
