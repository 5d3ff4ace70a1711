//! The service agreement on a tablet: read, answered, signed, changed, refused; with the form that is shipped.

use super::sealing::sealed;
use super::tablet::Tablet;
use asesmen::app::binding::{shown_digest, stale};
use asesmen::app::casework::{Rulebook, document_state};
use asesmen::app::view::{Lack, cards, sections, steps};
use asesmen::app::{BLANK, Event, Mark, Purpose, Screen, Sheet, SheetPart};
use asesmen::domain::DocumentId;
use asesmen::form::{Answer, Attachment, CopyKind, Edit, NodeIx, Questionnaire};
use asesmen::json::parse;
use asesmen::seal::{content_digest, items_with};

const URL: &str = "https://asesmen.id/fhir/Questionnaire/kesepakatan";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/instruments/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a file")
}

/// A tablet with a draft of the agreement that says what there is to agree.
fn drafted() -> (Tablet, DocumentId) {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar Ayu");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    tablet.act(Event::RulesFetched(Ok(Rulebook::read(&file("rules.json")).expect("rules"))));
    tablet.act(Event::FormGiven("kesepakatan.json".to_owned(), Ok(file("kesepakatan.json"))));
    tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
    let id = tablet.filling().document.id;
    for (link_id, within, words) in [
        ("date", &[][..], "2026-11-20T09:00"),
        ("problem_agreed", &[], "Belum punya kamar"),
        ("objectives.objective", &[0], "Menabung Rp50.000 seminggu"),
        ("objectives.measure", &[0], "buku tabungan"),
        ("objectives.target", &[0], "12 minggu"),
        ("responsibilities.client.task", &[0], "Mencatat pengeluaran"),
        ("responsibilities.worker.task", &[0], "Mengantar ke bank"),
        ("complaint", &[], "Ibu Wulan, 0812"),
        ("review_date", &[], "2027-01-20"),
    ] {
        typed(&mut tablet, link_id, within, words);
    }
    (tablet, id)
}

fn typed(tablet: &mut Tablet, link_id: &str, within: &[u32], words: &str) {
    let node = tablet.node(link_id, within);
    tablet.act(Event::Edited(node, Edit::Typed(words.to_owned())));
}

fn chosen(tablet: &mut Tablet, link_id: &str, code: &str) {
    let node = tablet.node(link_id, &[]);
    let options = &tablet.filling().response.item(node).options;
    let position = options.iter().position(|option| option.code() == code).expect("an option");
    tablet.act(Event::Edited(node, Edit::Option { position, chosen: true }));
}

fn drawn(tablet: &mut Tablet, link_id: &str) {
    let node = tablet.node(link_id, &[]);
    let picture = Attachment {
        content_type: "image/svg+xml".to_owned(),
        title: "Tanda tangan".to_owned(),
        size: 3,
        data: "PHM+".to_owned(),
    };
    tablet.act(Event::Edited(node, Edit::File(picture)));
}

/// Goes through all cards, one by one.
fn read(tablet: &mut Tablet, id: DocumentId) {
    tablet.act(Event::HandedOver(id, Purpose::Reading));
    for _ in 0..cards(&tablet.filling().response).len() {
        tablet.act(Event::CardTurned(true));
    }
    tablet.act(Event::ReturnAsked(true));
    tablet.act(Event::TabletReturned);
}

fn agreed(tablet: &mut Tablet, id: DocumentId) {
    read(tablet, id);
    chosen(tablet, "teach_back", "tepat");
    chosen(tablet, "outcome", "setuju");
    assert!(answer(tablet, "outcome.date").is_some(), "the day of the answer is noted by itself");
}

fn signed(tablet: &mut Tablet) {
    chosen(tablet, "sign_client.form", "tanda-tangan");
    drawn(tablet, "sign_client.drawing");
    drawn(tablet, "sign_worker.drawing");
}

fn answer(tablet: &Tablet, link_id: &str) -> Option<Answer> {
    tablet.filling().response.node(tablet.node(link_id, &[])).content.answers.first().cloned()
}

fn link_ids(tablet: &Tablet, nodes: &[NodeIx]) -> Vec<String> {
    nodes.iter().map(|node| tablet.filling().response.item(*node).link_id.clone()).collect()
}

fn state(tablet: &Tablet, id: DocumentId) -> String {
    let document = tablet.model.documents.get(id).expect("a document");
    document_state(&tablet.model, document, tablet.now()).map_or_else(|| "-".to_owned(), |title| title.en)
}

#[test]
fn reading_to_the_last_card_is_what_confirms_reading() {
    let (mut tablet, id) = drafted();
    let count = cards(&tablet.filling().response).len();
    assert!(count > 30, "{count} cards");
    tablet.act(Event::HandedOver(id, Purpose::Reading));
    assert_eq!(tablet.model.screen, Screen::Client(id));
    for _ in 1..count {
        tablet.act(Event::CardTurned(true));
        tablet.act(Event::CardTurned(false));
        tablet.act(Event::CardTurned(true));
    }
    assert_eq!(answer(&tablet, "read_aloud"), None, "the last card was not read yet");
    tablet.act(Event::CardTurned(true));
    assert_eq!(answer(&tablet, "read_aloud"), Some(Answer::Boolean(true)));
    assert_eq!(tablet.shown("read_aloud.by").as_deref(), Some("Ratri Wulansari"));
    assert_eq!(tablet.kept(id, "read_aloud.by").as_deref(), Some("Ratri Wulansari"), "and it is on the tablet");
    tablet.act(Event::CardTurned(true));
    assert_eq!(tablet.model.handed.as_ref().map(|handed| handed.at), Some(count), "there is nothing behind the end");
}

#[test]
fn who_stops_on_the_way_has_not_read_it() {
    let (mut tablet, id) = drafted();
    tablet.act(Event::HandedOver(id, Purpose::Reading));
    tablet.act(Event::CardTurned(true));
    tablet.act(Event::ReturnAsked(true));
    tablet.act(Event::ReturnAsked(false));
    assert_eq!(tablet.model.screen, Screen::Client(id), "it was asked for and taken back");
    tablet.act(Event::ReturnAsked(true));
    tablet.act(Event::TabletReturned);
    assert_eq!(answer(&tablet, "read_aloud"), None);
    let reading = sections(&tablet.filling().response)
        .iter()
        .position(|section| tablet.filling().response.walk(&section.nodes).contains(&tablet.node("read_aloud", &[])));
    assert_eq!(tablet.model.screen, Screen::Section(id, reading.expect("a section")), "what comes next stands there");
}

#[test]
fn with_the_client_nothing_else_is_shown_whatever_happens() {
    let (mut tablet, id) = drafted();
    tablet.act(Event::HandedOver(id, Purpose::Reading));
    tablet.act(Event::LocationChanged(Screen::Home));
    assert_eq!(tablet.model.screen, Screen::Client(id));
    assert!(tablet.model.handed.as_ref().is_some_and(|handed| handed.leaving), "the way back is offered instead");
    tablet.act(Event::ScreenRequested(Screen::Tablet));
    assert_eq!(tablet.model.screen, Screen::Client(id));
    tablet.act(Event::TabletReturned);
    assert!(tablet.model.handed.is_none() && tablet.model.screen == Screen::Section(id, 0));
    let mut again = Tablet::closed(Screen::Client(id));
    again.storage = tablet.storage;
    again.act(Event::Connected);
    assert_eq!(again.model.screen, Screen::Client(id), "a page loaded anew does not let anybody out");
    assert!(again.model.handed.is_some());
    again.act(Event::LocationChanged(Screen::Home));
    assert_eq!(again.model.screen, Screen::Client(id));
}

#[test]
fn the_voice_falls_silent_when_the_card_is_turned_or_the_tablet_goes_back() {
    use asesmen::app::Effect;
    let (mut tablet, id) = drafted();
    let effects = tablet.send(Event::HandedOver(id, Purpose::Reading));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::FindVoices)));
    tablet.act(Event::VoicesFound(vec!["id-ID".to_owned()]));
    // The last one takes the tablet away, so it comes last.
    for silence in [Event::CardTurned(true), Event::SpeechStopped, Event::ReturnAsked(true), Event::TabletReturned] {
        let effects = tablet.send(Event::SpeechAsked("Klien: Sekar.".to_owned()));
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Speak(words, _) if words == "Klien: Sekar.")));
        tablet.act(Event::SpeechReached(7));
        assert_eq!(tablet.model.handed.as_ref().and_then(|handed| handed.spoken), Some(7));
        let effects = tablet.send(silence);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Hush)));
        assert_eq!(tablet.model.handed.as_ref().and_then(|handed| handed.spoken), None);
    }
}

#[test]
fn it_is_agreed_signed_sealed_and_the_marks_are_bound_to_what_was_shown() {
    let (mut tablet, id) = drafted();
    assert_eq!(state(&tablet, id), "Draft");
    agreed(&mut tablet, id);
    signed(&mut tablet);
    assert_eq!(link_ids(&tablet, &stale(tablet.filling())), Vec::<String>::new());
    let digest = shown_digest(tablet.filling());
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
    assert_eq!(state(&tablet, id), "Agreed");
    // What anybody reckons from the file and the form alone.
    let file: serde_json::Value = sealed(&tablet);
    let response = parse(file["document"]["response"].to_string().as_bytes()).expect("JSON");
    let form = Questionnaire::load(&self::file("kesepakatan.json")).expect("loads");
    let cards = form.items().filter(|item| item.audience == Some(asesmen::form::Audience::Client));
    let cards: Vec<&str> = cards.map(|item| item.link_id.as_str()).collect();
    let pin = file["document"]["instrument"]["digest"].as_str().expect("a digest");
    assert_eq!(content_digest(pin, &items_with(&response, &cards)), digest);
    let marks = items_with(&response, &["sign_client.drawing", "sign_worker.drawing", "outcome", "read_aloud"]);
    assert_eq!(marks.len(), 4);
    for mark in marks {
        assert!(mark.to_string().contains(&digest), "{mark}");
    }
}

#[test]
fn whatever_is_changed_afterwards_asks_for_reading_answer_and_mark_again() {
    let (mut tablet, id) = drafted();
    agreed(&mut tablet, id);
    signed(&mut tablet);
    typed(&mut tablet, "sign_institution.name", &[], "Wulan");
    typed(&mut tablet, "date", &[], "2026-11-21T09:00");
    assert_eq!(stale(tablet.filling()), [], "what is no part of the content does not matter");
    typed(&mut tablet, "objectives.target", &[0], "24 minggu");
    let all = ["read_aloud", "outcome", "sign_client.drawing", "sign_worker.drawing"];
    assert_eq!(link_ids(&tablet, &stale(tablet.filling())), all);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.seals.is_empty(), "no seal on marks for another text");
    read(&mut tablet, id);
    assert_eq!(link_ids(&tablet, &stale(tablet.filling())), all[1..]);
    chosen(&mut tablet, "outcome", "setuju");
    drawn(&mut tablet, "sign_client.drawing");
    assert_eq!(link_ids(&tablet, &stale(tablet.filling())), all[3..], "each answers and signs for himself");
    let node = tablet.node("sign_worker.drawing", &[]);
    tablet.act(Event::Edited(node, Edit::Cleared));
    assert_eq!(stale(tablet.filling()), [], "what was taken back claims nothing");
    drawn(&mut tablet, "sign_worker.drawing");
    assert_eq!(stale(tablet.filling()), []);
    typed(&mut tablet, "objectives.target", &[0], "12 minggu");
    typed(&mut tablet, "objectives.target", &[0], "24 minggu");
    assert_eq!(stale(tablet.filling()), [], "a change taken back changes nothing");
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.storage.seals.len(), 1);
}

#[test]
fn nothing_is_agreed_before_it_was_read_and_told_back() {
    let (mut tablet, id) = drafted();
    chosen(&mut tablet, "outcome", "setuju");
    let signing = tablet.node("signing", &[]);
    assert!(!tablet.filling().response.is_enabled(signing));
    let lacks = |tablet: &Tablet| {
        let steps = steps(tablet.filling(), tablet.node("agreement_steps", &[]));
        let last = steps.last().expect("five steps");
        (last.locked, link_ids(tablet, &last.open.iter().map(|open| open.node).collect::<Vec<_>>()))
    };
    assert_eq!(lacks(&tablet), (true, vec!["read_aloud".to_owned(), "outcome".to_owned()]));
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.seals.is_empty(), "O4");
    read(&mut tablet, id);
    assert_eq!(lacks(&tablet).1, ["teach_back", "outcome"]);
    chosen(&mut tablet, "teach_back", "belum");
    assert!(!tablet.filling().response.is_enabled(signing), "not told back yet");
    chosen(&mut tablet, "teach_back", "sebagian");
    assert!(tablet.filling().response.is_enabled(signing));
    let (locked, open) = lacks(&tablet);
    assert!(!locked && open.contains(&"sign_worker.drawing".to_owned()), "{open:?}");
}

#[test]
fn the_steps_say_what_is_missing_and_where() {
    let (mut tablet, id) = drafted();
    typed(&mut tablet, "objectives.measure", &[0], "");
    typed(&mut tablet, "review_date", &[], "2027-06-01");
    let node = tablet.node("agreement_steps", &[]);
    let views = steps(tablet.filling(), node);
    assert_eq!(views.len(), 5);
    assert!(views.iter().all(|view| !view.ticked));
    let of = |step: usize| link_ids(&tablet, &views[step].open.iter().map(|open| open.node).collect::<Vec<_>>());
    assert_eq!(of(0), ["objectives"], "O5: the result cannot be seen");
    assert!(of(3).contains(&"review_date".to_owned()), "T6: {:?}", of(3));
    assert!(views[0].open.iter().all(|open| matches!(&open.lack, Lack::Problem(_))));
    let there = &sections(&tablet.filling().response)[views[0].open[0].section];
    assert!(tablet.filling().response.walk(&there.nodes).contains(&views[0].open[0].node));
    chosen(&mut tablet, "agreement_steps", "tinjau");
    assert!(steps(tablet.filling(), node)[0].ticked);
    assert_eq!(tablet.model.screen.document(), Some(id));
}

#[test]
fn a_step_whose_text_was_changed_afterwards_is_open_again() {
    let (mut tablet, id) = drafted();
    agreed(&mut tablet, id);
    signed(&mut tablet);
    let node = tablet.node("agreement_steps", &[]);
    let left_behind = |tablet: &Tablet| {
        let open = steps(tablet.filling(), node).into_iter().flat_map(|view| view.open);
        open.filter(|open| matches!(open.lack, Lack::Stale)).count()
    };
    assert_eq!(left_behind(&tablet), 0);
    typed(&mut tablet, "objectives.target", &[0], "24 minggu");
    assert!(left_behind(&tablet) > 0);
}

#[test]
fn a_refusal_is_a_record_and_the_case_goes_on() {
    let (mut tablet, id) = drafted();
    chosen(&mut tablet, "outcome", "menolak");
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.seals.is_empty(), "what stays open for the client has to be said");
    typed(&mut tablet, "outcome.open_services", &[0], "Layanan kesehatan");
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.storage.seals.len(), 1, "no signature is asked of somebody who refuses");
    assert_eq!(state(&tablet, id), "The client refuses; the case goes on");
    let (mut tablet, id) = drafted();
    chosen(&mut tablet, "outcome", "minta-perubahan");
    tablet.act(Event::ScreenRequested(Screen::Case(*tablet.storage.cases.keys().next().expect("a case"))));
    assert_eq!(state(&tablet, id), "The client asks for changes", "a draft says so too, once it was read");
}

#[test]
fn an_amendment_is_compared_with_what_it_replaces_and_signed_anew() {
    let (mut tablet, id) = drafted();
    agreed(&mut tablet, id);
    signed(&mut tablet);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    tablet.act(Event::CorrectionAsked);
    let revision = tablet.filling().document.id;
    assert_ne!(revision, id);
    let old = tablet.filling().replaced.clone().expect("what it replaces is there to compare");
    assert_eq!(old.item(old.roots()[0]).link_id, "procedure");
    assert_eq!(stale(tablet.filling()), [], "the same text is agreed as it was");
    typed(&mut tablet, "objectives.target", &[0], "24 minggu");
    assert_eq!(stale(tablet.filling()).len(), 4);
    tablet.act(Event::HandedOver(revision, Purpose::Changes));
    let changes = asesmen::app::view::client_cards(tablet.filling(), Purpose::Changes);
    assert_eq!((changes.len(), changes[0].changes.len()), (1, 1));
    tablet.act(Event::CardTurned(true));
    tablet.act(Event::TabletReturned);
    assert_eq!(stale(tablet.filling()).len(), 4, "to see what changed is not to read it all");
    assert_eq!(state(&tablet, id), "Agreed", "the older one holds until the newer is sealed");
}

#[test]
fn a_copy_says_a_heading_once() {
    let part = |heading: Option<&str>, title: Option<&str>, line: &str| SheetPart {
        heading: heading.map(str::to_owned),
        title: title.map(str::to_owned),
        lines: vec![line.to_owned()],
    };
    let parts = vec![part(Some("Para pihak"), None, "Klien: Sekar."), part(None, Some("Mengadu"), "Ibu Wulan.")];
    let sheet = Sheet { title: "Judul".to_owned(), parts, ..Sheet::default() };
    let head = "Judul\n=====\n\n\nPara pihak\n----------\n  Klien: Sekar.\nMengadu\n  Ibu Wulan.\n";
    assert!(sheet.to_text().starts_with(head), "{}", sheet.to_text());
}

#[test]
fn a_copy_begins_as_a_letter_and_has_lines_to_write_on() {
    let mark = Mark { title: "Mengetahui".to_owned(), lines: vec![BLANK.to_owned()], ..Mark::default() };
    let sheet = Sheet {
        letterhead: vec!["Balai Harapan".to_owned(), format!("Alamat: {BLANK}")],
        title: "Judul".to_owned(),
        number: Some("Nomor: 7".to_owned()),
        signed: Some("Klaten, 20 November 2026".to_owned()),
        marks: vec![mark],
        ..Sheet::default()
    };
    let head = format!("Balai Harapan\nAlamat: {BLANK}\n\nJudul\n=====\nNomor: 7\n\n");
    let text = sheet.to_text();
    assert!(text.starts_with(&head), "{text}");
    assert!(text.contains(&format!("Klaten, 20 November 2026\nMengetahui: {BLANK}\n")), "{text}");
}

#[test]
fn a_copy_is_handed_over_and_recorded() {
    let (mut tablet, id) = drafted();
    agreed(&mut tablet, id);
    let sheet = Sheet { title: "Kesepakatan".to_owned(), ..Sheet::default() };
    tablet.act(Event::CopyMade(CopyKind::Text, Some(sheet)));
    let (name, bytes) = tablet.downloads.last().expect("a file").clone();
    assert!(name.ends_with(".txt") && !name.contains("Sekar"), "{name}");
    assert!(String::from_utf8(bytes).expect("text").starts_with("Kesepakatan\n"));
    tablet.act(Event::CopyMade(CopyKind::Print, None));
    let copies = &tablet.filling().response.node(tablet.node("copy_given", &[])).content.answers;
    let codes: Vec<String> = copies
        .iter()
        .map(|answer| match answer {
            Answer::Coding(coding) => coding.code.clone(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(codes, ["cetak", "teks"], "both, in the order of the form");
}
