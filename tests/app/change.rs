//! What changed over time, read from sealed files.

use super::story::{Story, sekar};
use asesmen::app::view::{ChangeRow, RowKind, change_counts, changes, totals};
use asesmen::app::{Event, Incomparable, Record, Recorded, Screen, occasions, repeated};
use asesmen::domain::DocumentId;
use asesmen::form::{Change, Response};

fn sealed(story: &Story, name: &str) -> Vec<DocumentId> {
    let of = |id: &DocumentId| {
        let head = &story.tablet.storage.heads[id];
        head.instrument.url().ends_with(&format!("/{name}")) && head.seal.is_some()
    };
    story.tablet.storage.heads.keys().copied().filter(of).collect()
}

fn read(story: &mut Story, id: DocumentId) -> Record {
    story.tablet.act(Event::ScreenRequested(Screen::Change(id)));
    story.tablet.model.record.clone().expect("a record")
}

/// The rows of a comparison by linkId.
fn rows(before: &Response, after: &Response) -> Vec<(String, ChangeRow)> {
    let link_id = |row: &ChangeRow| match (row.after, row.before) {
        (Some(node), _) => after.item(node).link_id.clone(),
        (None, Some(node)) => before.item(node).link_id.clone(),
        _ => String::new(),
    };
    let rows = changes(before, after).into_iter().flat_map(|section| section.rows);
    rows.map(|row| (link_id(&row), row)).collect()
}

#[test]
fn two_assessments_stand_beside_each_other_question_by_question() {
    let mut story = sekar();
    let ids = sealed(&story, "fisik");
    let record = read(&mut story, ids[1]);
    let [before, after] = &record.documents[..] else { panic!("two documents") };
    assert!(before.at() < after.at());
    let rows = rows(&before.response, &after.response);
    let kind = |link_id: &str| rows.iter().find(|(own, _)| own == link_id).map(|(_, row)| row.kind.clone());
    assert_eq!(kind("weight"), Some(RowKind::Question(Change::Up)));
    assert_eq!(kind("height"), Some(RowKind::Question(Change::Same)));
    assert_eq!(kind("sleep"), Some(RowKind::Question(Change::Up)), "by the score of the options");
    assert_eq!(kind("food"), Some(RowKind::Question(Change::NotComparable)), "it was declined before");
    assert_eq!(kind("substance.tobacco"), Some(RowKind::Question(Change::NotComparable)), "it was not asked again");
    assert!(matches!(kind("limits.note"), Some(RowKind::Question(Change::Words(_)))));
    assert_eq!(kind("contact_at"), None, "the time of the meeting is no change of the client's");
    let entries: Vec<RowKind> =
        rows.iter().filter(|(link_id, _)| link_id == "current_complaints").map(|(_, row)| row.kind.clone()).collect();
    assert_eq!(entries, [RowKind::Heading, RowKind::Entry, RowKind::New, RowKind::Gone], "the cough stayed");
    assert!(matches!(kind("current_complaints.effect"), Some(RowKind::Question(Change::Words(_)))));
    let counts = change_counts(&changes(&before.response, &after.response));
    assert!(counts.up >= 3 && counts.down == 0 && counts.not_comparable == 2, "{counts:?}");
}

#[test]
fn a_total_over_time_has_gaps_where_it_could_not_be_reckoned() {
    let mut story = sekar();
    let ids = sealed(&story, "phq-9");
    let record = read(&mut story, ids[0]);
    let all: Vec<&Recorded> = record.documents.iter().collect();
    let series = totals(&all);
    let values: Vec<Option<String>> = series[0]
        .points
        .iter()
        .map(|point| point.value.as_ref().map(|(number, _)| number.lexeme().to_owned()))
        .collect();
    assert_eq!(values, [Some("27".to_owned()), None, Some("9".to_owned())], "eight answers of nine make no total");
    let heights: Vec<Option<u16>> =
        series[0].points.iter().map(|point| point.value.as_ref().map(|(_, height)| *height)).collect();
    assert_eq!(heights, [Some(1000), None, Some(333)]);
    assert_eq!(series.len(), 1, "words are no total");
}

#[test]
fn a_corrected_document_stands_once_and_in_its_newest_revision() {
    let mut story = sekar();
    let ids = sealed(&story, "fisik");
    story.tablet.act(Event::ScreenRequested(Screen::Sealed(ids[0])));
    story.tablet.act(Event::CorrectionAsked);
    story.answer("weight", "44,9");
    story.tablet.act(Event::FlushDue);
    story.tablet.act(Event::SealAsked);
    let standing = occasions(&story.tablet.model, ids[1]).same;
    assert_eq!(standing.iter().map(|head| head.revision).collect::<Vec<_>>(), [1, 2], "listed as they were begun");
    let record = read(&mut story, ids[1]);
    assert_eq!(
        record.documents.iter().map(|one| one.head.revision).collect::<Vec<_>>(),
        [2, 1],
        "read as they happened"
    );
}

#[test]
fn another_version_of_the_form_is_not_compared() {
    let mut story = sekar();
    let ids = sealed(&story, "phq-9");
    let mut head = story.tablet.storage.heads[&ids[1]].clone();
    head.instrument.canonical = head.instrument.canonical.replace("|1.0.0", "|0.9.0");
    story.tablet.model.documents.put(head);
    let mut head = story.tablet.storage.heads[&ids[2]].clone();
    head.instrument.digest = "sha-256:other".to_owned();
    story.tablet.model.documents.put(head);
    let found = occasions(&story.tablet.model, ids[0]);
    assert_eq!(found.same.iter().map(|head| head.id).collect::<Vec<_>>(), [ids[0]]);
    let why: Vec<Incomparable> = found.others.iter().map(|(_, why)| *why).collect();
    assert_eq!(why, [Incomparable::OtherVersion, Incomparable::OtherForm]);
}

#[test]
fn instruments_that_were_answered_again_are_offered() {
    let story = sekar();
    let newest = |name: &str| *sealed(&story, name).last().expect("a document");
    assert_eq!(repeated(&story.tablet.model, story.case), [newest("fisik"), newest("phq-9")]);
}

#[test]
fn what_is_shown_is_what_was_sealed() {
    let mut story = sekar();
    let ids = sealed(&story, "perkembangan");
    // The name is reckoned from the case, and what kind of case it is from another document.
    story.tablet.act(Event::ScreenRequested(Screen::EditCase(story.case)));
    story.tablet.act(Event::CaseTyped(asesmen::app::CaseField::Name, "Nama lain".to_owned()));
    story.tablet.act(Event::CaseSubmitted);
    story.tablet.act(Event::ScreenRequested(Screen::Sealed(ids[0])));
    let filling = story.tablet.filling();
    let recorded = asesmen::app::recorded(&story.tablet.model, filling, story.tablet.now()).expect("a sealed file");
    let answer = |link_id: &str| {
        let response = &recorded.response;
        let item = response.questionnaire().find(link_id).expect("an item");
        let node = response.nodes_of(item).next().expect("a node");
        format!("{:?}", response.node(node).content.answers)
    };
    assert!(answer("client_name").contains("Sekar Ayu Lestari"), "{}", answer("client_name"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_shown() {
    let mut story = sekar();
    let ids = sealed(&story, "fisik");
    let seal = story.tablet.storage.heads[&ids[0]].seal.expect("sealed").id;
    story.tablet.storage.seals.insert(seal, b"torn".to_vec());
    let record = read(&mut story, ids[1]);
    assert_eq!(record.unread, [ids[0]]);
    assert_eq!(record.documents.len(), 1);
}

#[test]
fn reading_lets_go_when_it_ends_and_knows_the_way_back() {
    let mut story = sekar();
    let draft = story.begin("asesmen-ulang", &[]);
    let section = Screen::Section(draft, 1);
    story.tablet.act(Event::ScreenRequested(section));
    let ids = sealed(&story, "fisik");
    read(&mut story, ids[1]);
    assert_eq!(story.tablet.model.record_from, section);
    read(&mut story, ids[0]);
    assert_eq!(story.tablet.model.record_from, section, "another document is no other way in");
    story.tablet.act(Event::ScreenRequested(section));
    assert!(story.tablet.model.record.is_none());
}
