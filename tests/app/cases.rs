//! Opening a case and changing its details.

use super::tablet::Tablet;
use asesmen::app::{CaseField, CaseSearch, DateForm, Effect, Event, Locale, Records, Screen, StorageProblem};
use asesmen::domain::{CaseRefusal, PartialDateRefusal};
use asesmen::form::DateParts;

fn by_age(age: &str) -> DateForm {
    DateForm { age: age.to_owned(), by_age: true, ..DateForm::default() }
}

fn typed(tablet: &mut Tablet, field: CaseField, words: &str) {
    tablet.act(Event::CaseTyped(field, words.to_owned()));
}

#[test]
fn a_case_is_kept_and_its_tasks_are_shown() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::NewCase));
    typed(&mut tablet, CaseField::Name, "  Sekar Ayu ");
    typed(&mut tablet, CaseField::RegisterNumber, "014/2026");
    tablet.act(Event::CaseBirthChanged(by_age("30")));
    tablet.act(Event::CaseSubmitted);
    let case = tablet.storage.cases.values().next().expect("kept").clone();
    assert_eq!((case.name.as_str(), case.register_number.as_deref()), ("Sekar Ayu", Some("014/2026")));
    assert_eq!(case.birth.as_ref().and_then(|birth| birth.told_age), Some(30));
    assert_eq!((tablet.model.screen, tablet.model.cases.get(case.id)), (Screen::Case(case.id), Some(&case)));
    assert_eq!(tablet.model.case_form, asesmen::app::CaseForm::default(), "ready for the next case");
}

#[test]
fn a_case_without_a_name_is_refused_and_what_was_typed_stays() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::NewCase));
    typed(&mut tablet, CaseField::Name, "   ");
    typed(&mut tablet, CaseField::RegisterNumber, "014/2026");
    let effects = tablet.send(Event::CaseSubmitted);
    assert!(effects.is_empty(), "{effects:?}");
    let form = &tablet.model.case_form;
    assert_eq!((form.name_refusal, form.register_number.as_str()), (Some(CaseRefusal::NameMissing), "014/2026"));
    assert!(!form.saving);
}

#[test]
fn an_impossible_birth_is_refused() {
    let gap = DateForm { parts: DateParts { day: "3".to_owned(), ..DateParts::default() }, ..DateForm::default() };
    for (birth, refusal) in [(by_age("131"), PartialDateRefusal::Age), (gap, PartialDateRefusal::Gap)] {
        let mut tablet = Tablet::new();
        tablet.act(Event::ScreenRequested(Screen::NewCase));
        typed(&mut tablet, CaseField::Name, "Sekar");
        tablet.act(Event::CaseBirthChanged(birth));
        assert!(tablet.send(Event::CaseSubmitted).is_empty());
        assert_eq!(tablet.model.case_form.birth_refusal, Some(refusal));
        tablet.act(Event::CaseBirthChanged(by_age("")));
        tablet.act(Event::CaseSubmitted);
        assert_eq!(tablet.storage.cases.len(), 1, "an unknown birth is no obstacle");
    }
}

#[test]
fn submitting_twice_keeps_one_case() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::NewCase));
    typed(&mut tablet, CaseField::Name, "Sekar");
    assert_eq!(tablet.send(Event::CaseSubmitted).len(), 1);
    assert!(tablet.send(Event::CaseSubmitted).is_empty(), "it is being kept already");
}

#[test]
fn a_case_that_could_not_be_kept_can_be_submitted_again() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::NewCase));
    typed(&mut tablet, CaseField::Name, "Sekar");
    tablet.send(Event::CaseSubmitted);
    tablet.act(Event::CaseSaved(Err(StorageProblem::Full)));
    assert_eq!(tablet.model.case_form.problem, Some(StorageProblem::Full));
    assert_eq!((tablet.model.screen, tablet.model.case_form.name.as_str()), (Screen::NewCase, "Sekar"));
    assert!(tablet.model.cases.iter().next().is_none(), "it is not shown as if it were there");
    tablet.act(Event::CaseSubmitted);
    assert_eq!(tablet.storage.cases.len(), 1);
}

#[test]
fn changing_details_keeps_the_case_and_its_opening() {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar");
    let before = tablet.storage.cases.values().next().expect("kept").clone();
    tablet.act(Event::ScreenRequested(Screen::EditCase(before.id)));
    assert_eq!(tablet.model.case_form.name, "Sekar");
    typed(&mut tablet, CaseField::Name, "Sekar Ayu");
    let effects = tablet.send(Event::CaseSubmitted);
    assert!(matches!(&effects[..], [Effect::Records(Records::SaveCase(_))]));
    assert_eq!(tablet.model.cases.get(before.id), Some(&before), "nothing changes before storage has it");
    tablet.run(effects);
    let after = tablet.model.cases.get(before.id).expect("kept").clone();
    assert_eq!((after.id, after.opened, after.name.as_str()), (before.id, before.opened, "Sekar Ayu"));
    assert!(after.changed > before.changed);
}

#[test]
fn another_language_keeps_what_stands_in_the_form() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::NewCase));
    typed(&mut tablet, CaseField::Name, "Sekar");
    tablet.act(Event::LocaleChosen(Locale::En));
    assert_eq!((tablet.model.screen, tablet.model.case_form.name.as_str()), (Screen::NewCase, "Sekar"));
}

#[test]
fn what_is_looked_for_in_the_caseload_stays_while_the_app_is_open() {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar Ayu");
    let search = CaseSearch { words: "sekar".to_owned(), due: true, ..CaseSearch::default() };
    assert!(tablet.send(Event::CasesSearched(search.clone())).is_empty(), "it is stored nowhere");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    for screen in [Screen::Case(case), Screen::NewCase, Screen::Home] {
        tablet.act(Event::ScreenRequested(screen));
    }
    assert_eq!(tablet.model.case_search, search);
}
