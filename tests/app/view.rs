//! View models: what is counted, listed and reviewed is what the document holds.

use super::tablet::Tablet;
use crate::form::replay::{acts, session};
use crate::form::sheet::{Sheet, extended, group, item, list, text};
use asesmen::app::view::{State, cases, progress, review, sections, tasks};
use asesmen::app::{Event, Screen};
use asesmen::form::{DataAbsentReason, Edit, NodeIx, issues};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

fn state(tablet: &Tablet, section: usize) -> State {
    sections(&tablet.filling().response)[section].progress.state()
}

#[test]
fn a_section_goes_from_not_started_to_done() {
    let (mut tablet, _) = Tablet::with_draft();
    assert_eq!((state(&tablet, 0), state(&tablet, 1)), (State::NotStarted, State::NotStarted));
    tablet.type_into("note", "a");
    assert_eq!(state(&tablet, 0), State::InProgress, "a required question that still waits is no mistake");
    tablet.type_into("name", "Sekar");
    tablet.type_into("contact", "besok");
    assert_eq!(state(&tablet, 0), State::NeedsCheck);
    tablet.type_into("contact", "2026-11-20T08:30");
    assert_eq!((state(&tablet, 0), state(&tablet, 1)), (State::Done, State::NotStarted));
}

#[test]
fn a_reason_counts_as_missing_not_as_answered() {
    let (mut tablet, _) = Tablet::with_draft();
    let ill = tablet.node("ill", &[]);
    tablet.send(Event::Edited(ill, Edit::Missing(Some(DataAbsentReason::AskedDeclined))));
    let counts = sections(&tablet.filling().response)[1].progress;
    assert_eq!((counts.asked, counts.answered, counts.missing, counts.open()), (1, 0, 1, 0));
    assert_eq!(counts.state(), State::Done);
    tablet.send(Event::Edited(ill, Edit::Decided(true)));
    let counts = sections(&tablet.filling().response)[1].progress;
    assert_eq!((counts.asked, counts.answered, counts.required), (2, 1, 1), "an answer may ask for more");
}

#[test]
fn a_task_follows_its_newest_document() {
    let (mut tablet, id) = super::sealing::ready();
    let case = tablet.filling().document.case;
    let task = |tablet: &Tablet| tasks(&tablet.model, case)[0].state;
    assert_eq!(task(&tablet), State::InProgress);
    tablet.act(Event::SealAsked);
    assert_eq!(task(&tablet), State::Done);
    let view = cases(&tablet.model)[0].clone();
    assert_eq!((view.drafts, view.sealed), (0, 1));
    tablet.act(Event::CorrectionAsked);
    assert_eq!(task(&tablet), State::InProgress);
    let documents: Vec<_> = tasks(&tablet.model, case)[0].documents.iter().map(|document| document.id).collect();
    assert_eq!(documents, [tablet.filling().document.id, id], "newest first");
}

#[test]
fn a_document_of_a_form_that_is_not_listed_any_more_is_still_a_task() {
    let (mut tablet, _) = Tablet::with_draft();
    let case = tablet.filling().document.case;
    tablet.model.catalogue = Ok(asesmen::app::Catalogue::default());
    let tasks = tasks(&tablet.model, case);
    assert_eq!((tasks.len(), tasks[0].entry.is_none(), tasks[0].documents.len()), (1, true, 1));
}

#[test]
fn the_case_touched_last_stands_first() {
    let mut tablet = Tablet::new();
    for name in ["Satu", "Dua", "Tiga"] {
        tablet.open_case(name);
    }
    let names = |tablet: &Tablet| cases(&tablet.model).iter().map(|view| view.case.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&tablet), ["Tiga", "Dua", "Satu"]);
    let first = *tablet.storage.cases.keys().next().expect("a case");
    tablet.act(Event::InstrumentChosen(first, super::tablet::URL.to_owned()));
    tablet.act(Event::ScreenRequested(Screen::Home));
    assert_eq!(names(&tablet), ["Satu", "Tiga", "Dua"]);
}

#[test]
fn a_case_that_cannot_be_read_hides_none_of_its_documents() {
    let (mut tablet, id) = Tablet::with_draft();
    let case = tablet.filling().document.case;
    assert!(asesmen::app::view::cases_without_record(&tablet.model).is_empty());
    tablet.model.cases.remove(case);
    assert_eq!(asesmen::app::view::cases_without_record(&tablet.model), [case]);
    assert_eq!(tasks(&tablet.model, case)[0].documents[0].id, id);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever keeps a document from being sealed stands on its review, and nothing else is said to.
    #[test]
    fn the_review_shows_everything_that_blocks_sealing(acts in acts()) {
        let (response, _) = session(&acts);
        let found: BTreeSet<NodeIx> = issues(&response).iter().filter_map(|issue| issue.node).collect();
        let rows = review(&response).into_iter().flat_map(|section| section.rows);
        let shown: BTreeSet<NodeIx> = rows.filter(|row| !row.problems.is_empty()).map(|row| row.node).collect();
        prop_assert_eq!(&shown, &found);
        let total = progress(&response, response.roots());
        prop_assert_eq!(total.problems, found.len());
        prop_assert!(total.answered + total.missing <= total.asked);
    }

    /// The counts of the sections add up to those of the document.
    #[test]
    fn sections_add_up(acts in acts()) {
        let (response, _) = session(&acts);
        let total = progress(&response, response.roots());
        let parts = sections(&response);
        let sum = |count: fn(&asesmen::app::view::Progress) -> usize| parts.iter().map(|part| count(&part.progress)).sum::<usize>();
        prop_assert_eq!(sum(|part| part.asked), total.asked);
        prop_assert_eq!(sum(|part| part.answered), total.answered);
        prop_assert_eq!(sum(|part| part.missing), total.missing);
        prop_assert_eq!(sum(|part| part.problems), total.problems);
    }
}

#[test]
fn the_first_open_question_is_the_first_that_somebody_can_answer() {
    use asesmen::app::view::first_open;
    let (mut tablet, _) = Tablet::with_draft();
    let open = |tablet: &Tablet| {
        let found = first_open(&tablet.filling().response);
        found.map(|(section, node)| (section, tablet.filling().response.item(node).link_id.clone()))
    };
    assert_eq!(open(&tablet), Some((0, "contact".to_owned())));
    for (link_id, words) in [("contact", "2026-11-22T10:00"), ("name", "Sekar"), ("note", "-")] {
        tablet.type_into(link_id, words);
    }
    assert_eq!(open(&tablet), Some((1, "ill".to_owned())), "on the next page");
    let node = tablet.node("ill", &[]);
    tablet.act(Event::Edited(node, Edit::Decided(false)));
    assert_eq!(open(&tablet), None, "neither what is not asked nor an entry that nobody began");
    tablet.act(Event::Edited(node, Edit::Decided(true)));
    tablet.act(Event::FirstOpenRequested);
    let since = tablet.node("since", &[]);
    assert_eq!(tablet.model.focus, Some(since));
}

#[test]
fn a_page_of_lists_that_nobody_has_to_begin_is_not_done_by_itself() {
    let page = |link_id: &str, items: serde_json::Value| {
        let control = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
        let page = json!({"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "page"}]});
        extended(group(link_id, items), control, "valueCodeableConcept", page)
    };
    let form = json!([
        page("lists", json!([list("entry", json!([item("what", "string")]))])),
        page("said", json!([item("only", "string")]))
    ]);
    let mut sheet = Sheet::new(&form);
    let state = |sheet: &Sheet, at: usize| sections(&sheet.response)[at].progress.state();
    assert_eq!((state(&sheet, 0), state(&sheet, 1)), (State::Optional, State::NotStarted));
    sheet.answer("only", &[], &[text("a")]);
    assert_eq!((state(&sheet, 0), state(&sheet, 1)), (State::Optional, State::Done));
    assert_eq!(progress(&sheet.response, sheet.response.roots()).state(), State::Done, "nothing is left to do");
    sheet.answer("what", &[0], &[text("b")]);
    assert_eq!(state(&sheet, 0), State::Done);
}
