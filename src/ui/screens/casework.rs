//! Where a case stands: what is to be done and by when, its phases, and what holds up the seal of a document.

use super::start;
use crate::app::casework::{OpenRule, Phase, PhaseView, Strength, gates, open_rules, phases};
use crate::app::{Event, Topic};
use crate::domain::{CaseId, DocumentId};
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::{Key, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, trouble};
use crate::ui::reactive::*;

/// What is to be done in a case, each with its day and why.
pub fn due(ui: Ui, case: CaseId) -> El {
    let open = move || ui.read(|model| open_rules(model, case, stamp().now));
    let read = distinct(move || {
        ui.watch(Topic::Cases);
        open().iter().map(OpenRule::mark).collect()
    });
    el("div").live(move |place| {
        if !read.get().is_empty() {
            place.append(&el("h2").text(ui.t(Key::ToDo)));
            place.append(&rows(ui, case, &open()).attr("aria-label", ui.t(Key::ToDo)));
        }
    })
}

#[inline(never)] // An entry of tools/parts.json.
fn rows(ui: Ui, case: CaseId, open: &[OpenRule]) -> El {
    el("ul").class("due").all(open.iter().map(|open| el("li").class("due-row").all(row(ui, case, open))))
}

fn row(ui: Ui, case: CaseId, open: &OpenRule) -> [El; 2] {
    let locale = ui.locale();
    let (class, mark) = match (open.rule.strength, open.overdue) {
        (Strength::Hard | Strength::Warning, _) | (_, true) => ("due-words due-now", Icon::Alert),
        _ => ("due-words", Icon::Circle),
    };
    let day = open.due.map(|day| {
        let key = if open.overdue { Key::WasDue } else { Key::DueBy };
        line("row-detail", &ui.tf(key, &[&format::calendar(locale, day)]))
    });
    let why = el("details")
        .class("help")
        .child(el("summary").child(icon(Icon::Help)).child(el("span").text(ui.t(Key::WhyThis))))
        .child(line("", open.rule.why.in_locale(locale)))
        .child(line("row-detail", &strength_words(ui, open)));
    let words = el("div")
        .class(class)
        .child(el("p").class("due-says").child(icon(mark)).child(el("span").text(open.rule.says.in_locale(locale))))
        .maybe(day)
        .child(why);
    [words, el("div").class("due-act").all(acts(ui, case, open))]
}

fn strength_words(ui: Ui, open: &OpenRule) -> String {
    let key = match open.rule.strength {
        Strength::Hard => Key::RuleHard,
        Strength::Warning => Key::RuleWarning,
        Strength::Reminder => Key::RuleReminder,
    };
    ui.tf(key, &[&open.rule.id])
}

/// The document with which a rule is kept, and for rules that may be set aside the one that records why.
fn acts(ui: Ui, case: CaseId, open: &OpenRule) -> Vec<El> {
    let exception = (open.rule.strength == Strength::Warning).then(|| "pengecualian".to_owned());
    let wanted = [(open.leads_to.clone(), None), (exception, Some(Key::WriteReason))];
    let act = |(name, key): (Option<String>, Option<Key>)| {
        let name = name?;
        let (url, title) = ui.read(|model| {
            let listed = model.catalogue.as_ref().ok()?.instruments.iter();
            let entry = listed.into_iter().find(|entry| entry.url.rsplit('/').next() == Some(&name))?;
            Some((entry.url.clone(), entry.title.in_locale(model.locale()).to_owned()))
        })?;
        let words = key.map_or(title, |key| ui.t(key).to_owned());
        let act = button("button button-quiet", "due", Some(Icon::Next), &words);
        Some(act.on_click(move || ui.send(Event::InstrumentChosen(case, url.clone()))))
    };
    wanted.into_iter().filter_map(act).collect()
}

/// The words of a phase.
pub fn phase_key(phase: Phase) -> Key {
    const KEYS: [Key; 9] = [
        Key::PhaseApproach,
        Key::PhaseIntake,
        Key::PhaseAssessment,
        Key::PhasePlan,
        Key::PhaseDelivery,
        Key::PhaseMonitoring,
        Key::PhasePlacement,
        Key::PhaseEnding,
        Key::PhaseAftercare,
    ];
    KEYS[phase.place()]
}

/// The phases of a case as they stand.
pub fn phase_views(ui: Ui, case: CaseId) -> Vec<PhaseView> {
    ui.read(|model| phases(model, case))
}

/// How far a phase is, in words.
pub fn phase_words(ui: Ui, view: &PhaseView) -> String {
    match (view.sealed, view.drafts, view.touched) {
        (_, _, None) => ui.t(Key::PhaseEmpty).to_owned(),
        (sealed, drafts, Some(touched)) => {
            let counts = ui.tf(Key::CaseCounts, &[&drafts.to_string(), &sealed.to_string()]);
            format!("{counts} · {}", format::date(ui.locale(), touched))
        }
    }
}

/// What holds up the seal of a document, if anything does.
pub fn held_up(ui: Ui, id: DocumentId) -> El {
    let open = move || {
        ui.read(|model| {
            let document = model.documents.get(id)?;
            let open = gates(model, document, stamp().now);
            (!open.is_empty()).then_some((document.case, open))
        })
    };
    // What is answered in the draft itself may keep a rule as well.
    let read = distinct(move || {
        ui.watch(Topic::Cases);
        ui.watch_later(Topic::Sections);
        let unknown = ui.read(|model| model.rules_problem.is_some()).then(|| "?".to_owned());
        unknown.into_iter().chain(open().iter().flat_map(|(_, open)| open).map(OpenRule::mark)).collect()
    });
    el("div").live(move |place| {
        if read.get().is_empty() {
            return;
        }
        if let Some(problem) = ui.read(|model| model.rules_problem.clone()) {
            // What the rules say of the document is not known, so it cannot be sealed yet.
            place.append(&trouble(ui, words::instrument(ui, &problem), [start::retry(ui)]));
        }
        if let Some((case, open)) = open() {
            let words = line("gate-title", ui.t(Key::SealHeldUp));
            place.append(&el("div").class("gate").child(words).child(rows(ui, case, &open)));
        }
    })
}
