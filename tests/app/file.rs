//! The case file: letters from documents, and what is left out of them.

use super::story::{Story, instrument, sekar};
use super::tablet::Tablet;
use asesmen::app::casework::{FileState, FileView, Rulebook};
use asesmen::app::view::{RecordSection, record};
use asesmen::app::{Catalogue, Event, Part, Screen};
use asesmen::domain::Role;
use asesmen::form::{DataAbsentReason, Edit, Questionnaire, Sensitivity};

fn view(story: &Story) -> FileView {
    FileView::of(&story.tablet.model, story.case)
}

fn names(story: &Story, part: Part) -> Vec<String> {
    let view = view(story);
    let part = view.parts.iter().find(|own| own.part == part).expect("a part");
    let name = |url: &str| url.rsplit('/').next().unwrap_or_default().to_owned();
    part.documents.iter().map(|head| name(head.instrument.url())).collect()
}

#[test]
fn every_letter_is_built_from_what_is_there() {
    let rules = Rulebook::read(&instrument("rules.json")).expect("the rules");
    let list = Catalogue::read(&instrument("index.json")).expect("a catalogue");
    let letters: String = rules.file.iter().map(|letter| letter.letter).collect();
    assert_eq!(letters, "abcdefghijklm");
    for letter in &rules.file {
        assert!(!letter.title.id.is_empty() && !letter.title.en.is_empty());
        for source in &letter.from {
            let file = format!("{}.json", source.instrument);
            assert!(list.instruments.iter().any(|entry| entry.file == file), "{file}");
            let form = Questionnaire::load(&instrument(&file)).expect("loads");
            assert!(source.items.iter().all(|item| form.find(item).is_some()), "{file}: {:?}", source.items);
        }
    }
}

#[test]
fn letters_are_complete_in_part_or_empty() {
    let story = sekar();
    let states: Vec<(Part, FileState)> = view(&story).parts.iter().map(|part| (part.part, part.state)).collect();
    let state = |letter: char| states.iter().find(|(part, _)| *part == Part::Letter(letter)).map(|(_, state)| *state);
    assert_eq!(state('a'), Some(FileState::Complete));
    assert_eq!(state('b'), Some(FileState::Partly), "the particulars are still to come");
    assert_eq!(state('d'), Some(FileState::Partly));
    assert_eq!(state('e'), Some(FileState::Empty));
    assert_eq!(state('f'), Some(FileState::Complete));
    let evaluation = view(&story).parts.into_iter().find(|part| part.part == Part::Letter('h')).expect("h");
    assert_eq!((evaluation.state, evaluation.drafts), (FileState::Partly, 1), "a draft is not in the file yet");
}

#[test]
fn nothing_of_the_case_is_missing_from_its_file() {
    let story = sekar();
    assert_eq!(names(&story, Part::Others), ["persetujuan"]);
    let mut all: Vec<_> = view(&story).parts.into_iter().flat_map(|part| part.documents).map(|head| head.id).collect();
    all.sort_unstable();
    all.dedup();
    let sealed = story.tablet.storage.heads.values().filter(|head| head.seal.is_some()).map(|head| head.id);
    assert_eq!(all, sealed.collect::<Vec<_>>());
}

#[test]
fn a_part_reads_its_documents_in_the_order_of_time() {
    let mut story = sekar();
    story.tablet.act(Event::ScreenRequested(Screen::CaseFile(story.case, Part::Letter('d'))));
    let record = story.tablet.model.record.clone().expect("a record");
    assert_eq!(record.documents.len(), 7);
    assert!(record.documents.is_sorted_by_key(|document| document.at()));
    story.tablet.act(Event::ScreenRequested(Screen::CaseFile(story.case, Part::Whole)));
    assert_eq!(story.tablet.model.record.as_ref().map(|record| record.documents.len()), Some(12));
}

#[test]
fn meetings_are_listed_from_all_documents() {
    assert_eq!(names(&sekar(), Part::Letter('i')).len(), 12);
}

#[test]
fn answers_that_need_privacy_are_left_out_and_counted() {
    let mut story = sekar();
    story.tablet.act(Event::ScreenRequested(Screen::CaseFile(story.case, Part::Letter('d'))));
    let read = story.tablet.model.record.clone().expect("a record");
    let social = read.documents.iter().find(|document| document.head.instrument.url().ends_with("sosial"));
    let response = &social.expect("the social assessment").response;
    let link_ids = |sensitive: bool| {
        let view = record(response, &[], sensitive);
        let rows = view.sections.iter().flat_map(|section| &section.rows);
        let ids: Vec<String> = rows.map(|row| response.item(row.node).link_id.clone()).collect();
        (ids, view.left_out)
    };
    let (without, left_out) = link_ids(false);
    assert!(!without.iter().any(|id| id.starts_with("violence") || id == "coerced"), "{without:?}");
    assert!(left_out >= 3, "{left_out}");
    let (with, none) = link_ids(true);
    assert!(with.contains(&"violence.detail".to_owned()) && none == 0);
}

#[test]
fn a_letter_may_take_some_questions_of_a_document() {
    let mut story = sekar();
    story.tablet.act(Event::ScreenRequested(Screen::CaseFile(story.case, Part::Letter('c'))));
    let read = story.tablet.model.record.clone().expect("a record");
    let intake = read.documents.iter().find(|document| document.head.instrument.url().ends_with("penerimaan"));
    let response = &intake.expect("the intake").response;
    let items = ["has_documents".to_owned(), "documents_received".to_owned()];
    let view = record(response, &items, false);
    let rows: Vec<&str> = view
        .sections
        .iter()
        .flat_map(|section| &section.rows)
        .map(|row| response.item(row.node).link_id.as_str())
        .collect();
    assert!(rows.contains(&"documents_received.from") && !rows.contains(&"request"), "{rows:?}");
}

#[test]
fn locations_of_the_file_lead_back_to_it() {
    let story = sekar();
    for part in [Part::Contents, Part::Whole, Part::Letter('a'), Part::Letter('m'), Part::Others] {
        let screen = Screen::CaseFile(story.case, part);
        assert_eq!(Screen::from_location(&screen.location()), screen);
    }
    assert_eq!(Screen::from_location(&format!("/kasus/{}/berkas/zz", story.case)), Screen::Home);
}

#[test]
fn what_nobody_answered_is_counted_and_not_listed() {
    let mut story = sekar();
    story.tablet.act(Event::ScreenRequested(Screen::CaseFile(story.case, Part::Letter('d'))));
    let read = story.tablet.model.record.clone().expect("a record");
    let (mut told, mut counted) = (0, 0);
    for document in &read.documents {
        let response = &document.response;
        let whole = record(response, &[], true);
        let questions = |sections: &[RecordSection]| {
            let rows = sections.iter().flat_map(|section| &section.rows);
            rows.filter(|row| response.item(row.node).kind.is_question()).count()
        };
        let view = whole.clone().answered(response);
        assert_eq!(view.sections.len(), whole.sections.len(), "a section of which nothing was asked is still named");
        let open: usize = view.sections.iter().map(|section| section.unanswered).sum();
        assert_eq!(questions(&view.sections) + open, questions(&whole.sections), "nothing is lost");
        for row in view.sections.iter().flat_map(|section| &section.rows) {
            let (item, content) = (response.item(row.node), &response.node(row.node).content);
            let says = !content.is_empty() || item.is_calculated() || !item.kind.is_question();
            assert!(says, "{} says nothing", item.link_id);
            let not_asked = content.absent == Some(DataAbsentReason::NotAsked) && content.absent_note.is_none();
            assert!(!not_asked, "{} was not asked", item.link_id);
        }
        (told, counted) = (told + questions(&view.sections), counted + open);
    }
    assert!(told > 50 && counted > 50, "{told} {counted}");
}

#[test]
fn a_reason_why_there_is_no_answer_stays_in_the_file() {
    let (mut tablet, _) = Tablet::with_draft();
    let (name, note) = (tablet.node("name", &[]), tablet.node("note", &[]));
    tablet.act(Event::Edited(name, Edit::Missing(Some(DataAbsentReason::AskedDeclined))));
    tablet.act(Event::Edited(note, Edit::Missing(Some(DataAbsentReason::NotAsked))));
    let response = &tablet.filling().response;
    let view = record(response, &[], true).answered(response);
    let rows: Vec<_> = view.sections[0].rows.iter().map(|row| row.node).collect();
    assert!(rows.contains(&name) && !rows.contains(&note), "{rows:?}");
}

#[test]
fn each_letter_says_how_private_its_strictest_answer_is_and_who_may_open_it() {
    let rules = Rulebook::read(&instrument("rules.json")).expect("the rules");
    for letter in &rules.file {
        let mut strictest = None;
        for source in &letter.from {
            let form = Questionnaire::load(&instrument(&format!("{}.json", source.instrument))).expect("loads");
            let counts = |item: &&asesmen::form::Item| {
                let mut above = std::iter::successors(Some(*item), |item| item.parent.map(|parent| form.item(parent)));
                item.kind.is_question()
                    && (source.items.is_empty() || above.any(|own| source.items.contains(&own.link_id)))
            };
            strictest = strictest.max(form.items().filter(counts).filter_map(|item| item.sensitivity).max());
        }
        assert_eq!(strictest, Some(letter.mark), "{}", letter.letter);
    }
    let may_open = |mark| rules.openers(mark);
    let all = [Sensitivity::P, Sensitivity::S, Sensitivity::X].map(may_open);
    assert!(all.windows(2).all(|pair| pair[1].iter().all(|role| pair[0].contains(role))), "the stricter, the fewer");
    assert!(all[0].len() > all[1].len() && all[1].len() > all[2].len() && all[2].contains(&Role::SocialWorker));
    assert!(!all[2].contains(&Role::AdministrativeOfficer));
}
