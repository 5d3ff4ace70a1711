//! Going on through a document: what is asked before a page is left, and forms that are filled in page by page.

use super::tablet::{Tablet, URL};
use asesmen::app::view::{open, open_here, reach, review, told_open, whole};
use asesmen::app::{Event, Notice, Screen, Wish};
use asesmen::domain::DocumentId;
use asesmen::form::{Basis, DataAbsentReason, Edit, NodeIx, Operation};
use serde_json::{Value, json};

/// A tablet on which this form was begun.
fn with_form(form: Value) -> (Tablet, DocumentId) {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar Ayu Lestari");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    let form = form.to_string().into_bytes();
    tablet.send(Event::InstrumentChosen(case, URL.to_owned()));
    tablet.act(Event::InstrumentFetched { wish: Wish::Begin(case), file: "uji.json".to_owned(), outcome: Ok(form) });
    let id = *tablet.storage.heads.keys().next().expect("a draft");
    (tablet, id)
}

fn form(mode: Option<&str>, items: Value) -> Value {
    let mode = mode.map(|code| {
        json!({"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode", "valueCode": code})
    });
    json!({"resourceType": "Questionnaire", "url": URL, "version": "1.0.0", "title": "Uji", "language": "id",
        "status": "active", "extension": mode.into_iter().collect::<Vec<_>>(), "item": items})
}

fn page(name: &str) -> Value {
    json!({"linkId": name, "type": "group", "text": name, "item": [
        {"linkId": format!("{name}.a"), "type": "string"}, {"linkId": format!("{name}.b"), "type": "boolean"}]})
}

fn pages(mode: Option<&str>) -> Value {
    form(mode, json!([page("p0"), page("p1"), page("p2")]))
}

fn reason(tablet: &Tablet, link_id: &str) -> Option<DataAbsentReason> {
    let node = tablet.node(link_id, &[]);
    tablet.filling().response.node(node).content.absent
}

#[test]
fn open_questions_are_asked_about_once_for_each_page() {
    let (mut tablet, id) = with_form(pages(None));
    let (here, next) = (Screen::Section(id, 0), Screen::Section(id, 1));
    tablet.act(Event::OnwardRequested(next));
    assert_eq!((tablet.model.screen, tablet.model.asking), (here, true));
    assert_eq!(told_open(&tablet.model).len(), 2);
    tablet.act(Event::OnwardRequested(next));
    assert_eq!((tablet.model.screen, tablet.model.asking), (next, false), "nothing stands in the way twice");
    assert_eq!(reason(&tablet, "p0.a"), None, "nothing is recorded that the worker did not say");
    tablet.act(Event::OnwardRequested(Screen::Section(id, 2)));
    assert!(tablet.model.asking, "the next page has open questions of its own");
    tablet.act(Event::ScreenRequested(here));
    assert!(!tablet.model.asking);
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::ScreenRequested(here));
    tablet.act(Event::OnwardRequested(next));
    assert_eq!(tablet.model.screen, next, "also after the document was closed and opened");
    let other = with_form(pages(None)).0;
    assert!(told_open(&other.model).is_empty());
}

#[test]
fn other_ways_off_a_page_ask_nothing() {
    let (mut tablet, id) = with_form(pages(None));
    for screen in [Screen::Section(id, 1), Screen::Section(id, 0), Screen::Review(id), Screen::Home] {
        tablet.act(Event::ScreenRequested(screen));
        assert_eq!((tablet.model.screen, tablet.model.asking), (screen, false));
    }
    let (mut tablet, id) = with_form(pages(None));
    for (question, edit) in [("p0.a", Edit::Typed("a".to_owned())), ("p0.b", Edit::Decided(false))] {
        let node = tablet.node(question, &[]);
        tablet.act(Event::Edited(node, edit));
    }
    tablet.act(Event::OnwardRequested(Screen::Section(id, 1)));
    assert_eq!(tablet.model.screen, Screen::Section(id, 1), "a page without open questions is simply left");
}

#[test]
fn what_is_open_is_recorded_at_once_and_taken_back_at_once() {
    let (mut tablet, id) = with_form(pages(None));
    let a = tablet.node("p0.a", &[]);
    tablet.act(Event::Edited(a, Edit::Basis(Basis::Informant)));
    let next = Screen::Section(id, 1);
    tablet.act(Event::OnwardRequested(next));
    tablet.act(Event::OpenRecorded(next));
    assert_eq!((tablet.model.screen, &tablet.model.notice), (next, &Some(Notice::OpenRecorded(2))));
    let not_asked = Some(DataAbsentReason::NotAsked);
    assert_eq!([reason(&tablet, "p0.a"), reason(&tablet, "p0.b")], [not_asked; 2]);
    assert_eq!(tablet.filling().response.basis(a), Basis::Informant, "what was said of it stays");
    let kept = tablet.storage.operations[&id]
        .iter()
        .filter(|stored| matches!(&stored.operation, Operation::Set { content, .. } if content.absent == not_asked));
    assert_eq!(kept.count(), 2, "each is an operation of its own, kept like any other");
    // One of them gets its answer meanwhile; taking back leaves it alone.
    let b = tablet.node("p0.b", &[]);
    tablet.act(Event::Edited(b, Edit::Decided(true)));
    tablet.act(Event::ActUndone);
    assert_eq!(reason(&tablet, "p0.a"), None);
    assert!(!tablet.filling().response.node(b).content.is_empty());
    assert_eq!(tablet.model.notice, None);
}

#[test]
fn only_what_may_have_a_reason_counts_as_open() {
    let own =
        json!([{"url": "https://asesmen.id/fhir/StructureDefinition/answer-basis", "valueCode": "administrative"}]);
    let calculated = json!([{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": "1 + 1"}}]);
    let hidden = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true}]);
    let when = json!([{"question": "open", "operator": "=", "answerString": "ya"}]);
    let (mut tablet, _) = with_form(form(
        None,
        json!([{"linkId": "p", "type": "group", "text": "p", "item": [
        {"linkId": "own", "type": "string", "extension": own},
        {"linkId": "fixed", "type": "string", "readOnly": true},
        {"linkId": "sum", "type": "integer", "extension": calculated},
        {"linkId": "unseen", "type": "string", "extension": hidden},
        {"linkId": "later", "type": "string", "enableWhen": when},
        {"linkId": "note", "type": "display", "text": "a"},
        {"linkId": "visits", "type": "group", "repeats": true, "item": [{"linkId": "when", "type": "string"}]},
        {"linkId": "names", "type": "string", "repeats": true},
        {"linkId": "open", "type": "string", "item": [{"linkId": "below", "type": "string"}]}]}]),
    ));
    let names = |tablet: &Tablet| {
        let response = &tablet.filling().response;
        let open = open(response, response.roots()).into_iter();
        open.map(|node: NodeIx| response.item(node).link_id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&tablet), ["names", "open"]);
    tablet.type_into("open", "ya");
    assert_eq!(names(&tablet), ["later", "names", "below"]);
    tablet.act(Event::InstanceAdded(Some(tablet.node("p", &[])), "names".to_owned()));
    assert_eq!(names(&tablet), ["later", "below"], "a list with several entries lacks nothing");
    assert_eq!(open_here(&tablet.model).map(|(_, open)| open.len()), Some(2));
}

/// Where one may go now: first page, last page, review.
fn where_to(tablet: &Tablet) -> (usize, usize, bool) {
    let reach = reach(&tablet.model).expect("a document is open");
    (reach.first, reach.last, reach.review)
}

/// Goes on behind the page on the screen, whatever is open on it.
fn go_on(tablet: &mut Tablet, screen: Screen) {
    tablet.act(Event::OnwardRequested(screen));
    if tablet.model.screen != screen {
        tablet.act(Event::OnwardRequested(screen));
    }
}

#[test]
fn with_prior_edit_one_goes_back_but_not_ahead() {
    let (mut tablet, id) = with_form(pages(Some("prior-edit")));
    let page = |position| Screen::Section(id, position);
    assert_eq!(where_to(&tablet), (0, 0, false));
    for ahead in [page(1), page(2), Screen::Review(id)] {
        tablet.act(Event::ScreenRequested(ahead));
        assert_eq!(tablet.model.screen, page(0));
        tablet.act(Event::LocationChanged(ahead));
        assert_eq!(tablet.model.screen, page(0), "not by the address either");
    }
    go_on(&mut tablet, page(1));
    assert_eq!((tablet.model.screen, where_to(&tablet)), (page(1), (0, 1, false)));
    tablet.act(Event::ScreenRequested(page(0)));
    assert_eq!(tablet.model.screen, page(0));
    go_on(&mut tablet, page(1));
    go_on(&mut tablet, page(2));
    assert_eq!(where_to(&tablet), (0, 2, true));
    go_on(&mut tablet, Screen::Review(id));
    assert_eq!(tablet.model.screen, Screen::Review(id));
}

#[test]
fn a_sequential_form_has_no_way_back_but_to_what_has_to_be_mended() {
    let (mut tablet, id) = with_form(pages(Some("sequential")));
    let page = |position| Screen::Section(id, position);
    go_on(&mut tablet, page(1));
    assert_eq!(where_to(&tablet), (1, 1, false));
    tablet.act(Event::ScreenRequested(page(0)));
    assert_eq!(tablet.model.screen, page(1));
    tablet.act(Event::FirstOpenRequested);
    assert_eq!(tablet.model.screen, page(1));
    go_on(&mut tablet, page(2));
    go_on(&mut tablet, Screen::Review(id));
    assert_eq!(tablet.model.screen, Screen::Review(id));
    let question = tablet.node("p0.a", &[]);
    tablet.act(Event::QuestionRequested(page(0), question));
    assert_eq!(tablet.model.screen, page(0), "a seal may wait for it");
    go_on(&mut tablet, page(1));
    assert_eq!(tablet.model.screen, page(2), "and then one is where one was");
}

#[test]
fn how_far_one_was_outlives_a_crash_as_far_as_something_was_said() {
    for (mode, first) in [("prior-edit", 0), ("sequential", 1)] {
        let (mut tablet, id) = with_form(pages(Some(mode)));
        tablet.type_into("p0.a", "ya");
        go_on(&mut tablet, Screen::Section(id, 1));
        tablet.type_into("p1.a", "ya");
        tablet.act(Event::PageHidden);
        tablet.model.reached.clear();
        tablet.model.fillings.clear();
        tablet.act(Event::ScreenRequested(Screen::Section(id, 2)));
        assert_eq!((tablet.model.screen, where_to(&tablet)), (Screen::Section(id, 1), (first, 1, false)), "{mode}");
    }
}

#[test]
fn a_form_without_an_order_and_a_correction_go_anywhere() {
    for mode in [None, Some("random")] {
        let (mut tablet, id) = with_form(pages(mode));
        tablet.act(Event::ScreenRequested(Screen::Section(id, 2)));
        assert_eq!(tablet.model.screen, Screen::Section(id, 2));
    }
    let (mut tablet, id) = with_form(pages(Some("sequential")));
    go_on(&mut tablet, Screen::Section(id, 1));
    go_on(&mut tablet, Screen::Section(id, 2));
    go_on(&mut tablet, Screen::Review(id));
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
    tablet.act(Event::CorrectionAsked);
    let correction = tablet.filling().document.id;
    for position in [0, 2, 1] {
        tablet.act(Event::ScreenRequested(Screen::Section(correction, position)));
        assert_eq!(tablet.model.screen, Screen::Section(correction, position));
    }
}

#[test]
fn what_is_wrong_with_the_whole_form_leads_to_the_first_question_it_looks_at() {
    let constraint = |key: &str, text: &str| {
        let parts = json!([{"url": "key", "valueId": key}, {"url": "severity", "valueCode": "error"},
            {"url": "human", "valueString": key}, {"url": "expression", "valueString": text}]);
        json!({"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint", "extension": parts})
    };
    let hidden = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true}]);
    let mut form = form(
        None,
        json!([page("p0"), page("p1"),
        {"linkId": "unseen", "type": "integer", "extension": hidden, "initial": [{"valueInteger": 1}]}]),
    );
    let at = |link: &str| format!("%resource.descendants().where(linkId = '{link}').answer.value");
    form["extension"] = json!([
        constraint("satu", &format!("%resource.item.item.where(linkId = 'p1.b').answer.value = {}", "true")),
        constraint("dua", "%resource.item.where(linkId = 'unseen').answer.value = 2"),
        constraint("tiga", &format!("{} = 'tidak'", at("p0.a"))),
    ]);
    let (mut tablet, _) = with_form(form);
    tablet.type_into("p0.a", "ya");
    let node = tablet.node("p1.b", &[]);
    tablet.act(Event::Edited(node, Edit::Decided(false)));
    let response = &tablet.filling().response;
    let found = whole(response, &review(response)).into_iter();
    let found: Vec<_> =
        found.map(|whole| whole.at.map(|(page, node)| (page, response.item(node).link_id.clone()))).collect();
    assert_eq!(found.len(), 3);
    assert_eq!(found[0].as_ref().map(|(page, link)| (*page, link.as_str())), Some((1, "p1.b")));
    assert_eq!(found[1], None, "what nobody sees cannot be gone to");
    assert_eq!(found[2].as_ref().map(|(page, link)| (*page, link.as_str())), Some((0, "p0.a")));
}
