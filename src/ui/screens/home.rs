//! The caseload.

use super::casework;
use crate::app::casework::{OpenRule, Phase};
use crate::app::outbox::unsent;
use crate::app::passage::given;
use crate::app::view::{CaseView, cases, cases_without_record};
use crate::app::{CaseSearch, Event, Model, Screen, StorageProblem, Topic};
use crate::domain::{Case, CaseId, DocumentId, Initials};
use crate::form::Over;
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, checked, el, folded, value};
use crate::ui::i18n::{self, Key, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line, trouble};
use crate::ui::reactive::*;
use std::cell::{OnceCell, RefCell};

/// The cases on this tablet.
pub fn home(ui: Ui) -> El {
    let new = button("button button-main", "new-case", Some(Icon::Plus), ui.t(Key::NewCase));
    let unpack = button("button", "unpack", Some(Icon::Sheet), ui.t(Key::UnpackTitle));
    let unpack = unpack.on_click(move || ui.go(Screen::Unpack));
    let head = el("div")
        .class("page-head")
        .child(heading(ui.t(Key::Cases)))
        .child(el("div").class("actions").child(unpack).child(new.on_click(move || ui.go(Screen::NewCase))));
    let list = el("div").class("caseload").live(move |place| {
        ui.watch(Topic::Cases);
        let (cases, others) = ui.read(|model| (cases(model), cases_without_record(model)));
        if cases.is_empty() && others.is_empty() {
            return place.append(&empty(ui));
        }
        // What a hand does reaches the rows through a handle: they go when the screen goes.
        let handle = StoredValue::new_local(Rows::new(ui, cases, &others));
        handle.with_value(|rows| {
            rows.show();
            let search = (rows.cases.len() > FEW).then(|| search(ui, rows, handle));
            let more = rows.more.clone().on_click(move || {
                handle.try_with_value(Rows::show_more);
            });
            place.clone().maybe(search).child(rows.list.clone()).child(more).child(rows.none.clone());
        });
    });
    el("div").class("page").child(head).maybe(unreadable(ui)).child(unsent_line(ui)).child(list)
}

/// What nobody has received yet, and the way to send it.
fn unsent_line(ui: Ui) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::Outbox);
        if let Some(open) = ui.read(unsent) {
            let words = i18n::outbox::unsent(ui, &open);
            let to = button("button button-quiet", "outbox", Some(Icon::Sheet), &words);
            place.append(&to.on_click(move || ui.go(Screen::Outbox)));
        }
    })
}

/// With so few cases one sees them all.
const FEW: usize = 5;
/// What a case is found by, and its row once it was drawn.
struct Found {
    view: CaseView,
    words: String,
    due: OnceCell<Option<OpenRule>>,
    row: OnceCell<El>,
}

/// The rows of the caseload. Made for hundreds of cases: only rows that are shown are drawn, and only of them, or where
/// that is asked, it is reckoned what is due.
struct Rows {
    ui: Ui,
    over: Over,
    cases: Vec<Found>,
    others: Vec<El>,
    asked: RefCell<CaseSearch>,
    /// The places of the cases whose rows are shown, and whether there are more; nothing before the first time.
    shown: RefCell<Option<(Vec<usize>, bool)>>,
    list: El,
    more: El,
    none: El,
}

impl Rows {
    fn new(ui: Ui, cases: Vec<CaseView>, others: &[CaseId]) -> Self {
        // Where there is nothing to search with, nothing is left out.
        let asked = if cases.len() > FEW { ui.read(|model| model.case_search.clone()) } else { CaseSearch::default() };
        let found = cases.into_iter().map(|view| {
            let number = view.case.register_number.as_deref().unwrap_or_default();
            let words = folded(&[&view.case.name, " ", number].concat());
            Found { view, words, due: OnceCell::new(), row: OnceCell::new() }
        });
        Self {
            ui,
            over: Over::at(stamp().now),
            cases: found.collect(),
            others: others.iter().map(|id| el("li").child(row_without_record(ui, *id))).collect(),
            asked: RefCell::new(asked),
            shown: RefCell::default(),
            list: el("ul").class("rows"),
            more: button("button", "more-cases", None, ui.t(Key::MoreCases)),
            none: line("display", ui.t(Key::NoneFound)).flag("hidden", true).attr("role", "status"),
        }
    }

    fn due<'a>(&self, found: &'a Found) -> Option<&'a OpenRule> {
        // What is due in a case that is with somebody else is due there.
        let due = |model: &Model| {
            let is_here = given(model, found.view.case.id).is_none();
            if is_here { found.view.due(model, &self.over) } else { None }
        };
        found.due.get_or_init(|| self.ui.read(due)).as_ref()
    }

    /// Whether a case has every word of the search, is in the phase, and has something due, as far as that is asked.
    fn fits(&self, asked: &CaseSearch, words: &str, found: &Found) -> bool {
        words.split_whitespace().all(|part| found.words.contains(part))
            && asked.phase.is_none_or(|phase| phase == found.view.phase)
            && (!asked.due || self.due(found).is_some())
    }

    fn show(&self) {
        let asked = self.asked.borrow();
        let words = folded(&asked.words);
        let mut fitting = (0..self.cases.len()).filter(|at| self.fits(&asked, &words, &self.cases[*at]));
        let shown: Vec<usize> = fitting.by_ref().take(asked.most).collect();
        let more = fitting.next().is_some();
        // While a word is typed to its end, mostly the same rows stay.
        if self.shown.borrow().as_ref().is_some_and(|(same, rest)| *same == shown && *rest == more) {
            return;
        }
        // What cannot be read fits no search and is never out of reach.
        let others = self.others.iter().filter(|_| !more);
        self.more.set_attr("hidden", (!more).then_some(""));
        self.none.set_attr("hidden", (!shown.is_empty() || self.cases.is_empty()).then_some(""));
        self.list.clear();
        for found in shown.iter().map(|at| &self.cases[*at]) {
            self.list.append(found.row.get_or_init(|| el("li").child(row(self.ui, &found.view, self.due(found)))));
        }
        others.for_each(|other| self.list.append(other));
        self.shown.replace(Some((shown, more)));
    }

    /// Looks for something else, from the top.
    fn look_for(&self, change: &dyn Fn(&mut CaseSearch)) {
        {
            let mut asked = self.asked.borrow_mut();
            change(&mut asked);
            asked.most = CaseSearch::SOME;
        }
        self.show();
        self.keep();
    }

    /// Whoever comes back finds the list as it is now.
    fn keep(&self) {
        self.ui.send(Event::CasesSearched(self.asked.borrow().clone()));
    }

    /// Shows more rows; the hand goes on at the first of them.
    fn show_more(&self) {
        let before = self.asked.borrow().most;
        self.asked.borrow_mut().most = before * 2;
        self.show();
        self.keep();
        if let Some(next) = self.list.find(&format!("li:nth-child({}) > button", before + 1)) {
            next.focus();
        }
    }
}

/// Search by name and number, by phase, and by what is due.
fn search(ui: Ui, rows: &Rows, handle: StoredValue<Rows, LocalStorage>) -> El {
    let look_for = move |change: &dyn Fn(&mut CaseSearch)| {
        handle.try_with_value(|rows| rows.look_for(change));
    };
    let input =
        el("input").class("input").attr("type", "search").attr("name", "case-search").attr("autocomplete", "off");
    let asked = rows.asked.borrow().clone();
    input.set_value(&asked.words);
    let input = input.on("input", move |event| look_for(&|asked| asked.words = value(&event)));
    let option = |code: &str, words: &str| {
        let chosen = asked.phase.is_some_and(|phase| phase.code() == code);
        el("option").attr("value", code).flag("selected", chosen).text(words)
    };
    let present =
        |phase: &Phase| asked.phase == Some(*phase) || rows.cases.iter().any(|found| found.view.phase == *phase);
    let phases = Phase::ALL.into_iter().filter(present);
    let phases = phases.map(|phase| option(phase.code(), ui.t(casework::phase_key(phase))));
    let phase = el("select").class("input").attr("name", "case-phase").child(option("", ui.t(Key::AllPhases)));
    let phase = phase.all(phases).on("change", move |event| {
        look_for(&|asked| asked.phase = Phase::from_code(&value(&event)));
    });
    let due = el("input").attr("type", "checkbox").attr("name", "case-due");
    due.set_checked(asked.due);
    let due = due.on("change", move |event| look_for(&|asked| asked.due = checked(&event)));
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

fn row(ui: Ui, view: &CaseView, due: Option<&OpenRule>) -> El {
    let id = view.case.id;
    let phase = ui.t(casework::phase_key(view.phase));
    let due = due.and_then(|open| {
        let key = if open.overdue { Key::WasDue } else { Key::DueBy };
        let day = ui.tf(key, &[&format::calendar(ui.locale(), open.due?)]);
        let words = format!("{} · {day}", open.rule.says.in_locale(ui.locale()));
        let class = if open.overdue { "row-detail row-due row-overdue" } else { "row-detail row-due" };
        Some(el("span").class(class).text(&words))
    });
    let elsewhere = ui
        .read(|model| given(model, id).cloned())
        .map(|passage| el("span").class("row-detail").text(&super::passage::words_of(ui, &passage)));
    let words = el("span")
        .class("row-words")
        .child(el("span").class("row-title").text(&view.case.name))
        .child(el("span").class("row-detail").text(&details(ui, &view.case).join(" · ")))
        .maybe(elsewhere)
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
