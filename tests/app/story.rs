//! An invented case on an invented tablet, filled with the real instruments: months of work in a moment, for whatever is
//! derived of several documents.

use super::tablet::Tablet;
use asesmen::app::casework::Rulebook;
use asesmen::app::{Catalogue, Event, Screen};
use asesmen::domain::{CaseId, DocumentId};
use asesmen::form::{Attachment, DateParts, Edit, Item, Kind, NodeIx, Problem, Response, Severity, issues};
use base64ct::{Base64, Encoding};
use std::sync::{Mutex, OnceLock};

/// A file of the instruments folder.
pub fn instrument(file: &str) -> Vec<u8> {
    std::fs::read(format!("{}/instruments/{file}", env!("CARGO_MANIFEST_DIR"))).expect("a file")
}

/// A tablet with the real instruments, one case, and a hand that fills forms.
#[derive(Clone)]
pub struct Story {
    pub tablet: Tablet,
    pub case: CaseId,
}

impl Story {
    pub fn of(name: &str) -> Self {
        let mut tablet = Tablet::new();
        tablet.act(Event::CatalogueFetched(Ok(Catalogue::read(&instrument("index.json")).expect("a catalogue"))));
        // The order of steps is not what these stories are about.
        let rules = Rulebook::read(&instrument("rules.json")).expect("the rules");
        tablet.act(Event::RulesFetched(Ok(Rulebook { rules: Vec::new(), ..rules })));
        tablet.open_case(name);
        let case = *tablet.storage.cases.keys().last().expect("a case");
        Self { tablet, case }
    }

    pub fn days(&mut self, days: i64) -> &mut Self {
        self.tablet.wait(days * 86_400_000);
        self
    }

    /// Begins a document and answers: a linkId with a code, a number or words each.
    pub fn begin(&mut self, name: &str, answers: &[(&str, &str)]) -> DocumentId {
        let url = format!("https://asesmen.id/fhir/Questionnaire/{name}");
        self.tablet.act(Event::InstrumentChosen(self.case, url));
        for (link_id, words) in answers {
            self.answer(link_id, words);
        }
        self.tablet.act(Event::FlushDue);
        self.tablet.filling().document.id
    }

    /// The same, then seals it once everything that holds up the seal has an answer.
    pub fn seal(&mut self, name: &str, answers: &[(&str, &str)]) -> DocumentId {
        let id = self.begin(name, answers);
        self.complete();
        self.tablet.act(Event::ScreenRequested(Screen::Review(id)));
        self.tablet.act(Event::SealAsked);
        assert_eq!(
            self.tablet.model.screen,
            Screen::Sealed(id),
            "{name}: {:?}",
            issues(&self.tablet.filling().response)
        );
        self.tablet.act(Event::ScreenRequested(Screen::Case(self.case)));
        id
    }

    fn response(&self) -> &Response {
        &self.tablet.filling().response
    }

    /// Answers the last node of a question: the one in the entry added last.
    pub fn answer(&mut self, link_id: &str, words: &str) {
        let response = self.response();
        let item = response.questionnaire().find(link_id).unwrap_or_else(|| panic!("no {link_id}"));
        if response.questionnaire().item(item).kind == Kind::Group {
            return self.add(link_id);
        }
        let node = response.nodes_of(item).last().unwrap_or_else(|| panic!("no node of {link_id}"));
        let edit = edit(response.item(node), words);
        self.tablet.act(Event::Edited(node, edit));
    }

    /// Adds an entry to a list; the one it begins with is taken first.
    fn add(&mut self, link_id: &str) {
        let response = self.response();
        let item = response.questionnaire().find(link_id).expect("a list");
        let last = response.nodes_of(item).last();
        if last.is_none_or(|last| !response.is_blank(last)) {
            let above = last.and_then(|last| response.node(last).parent);
            self.tablet.act(Event::InstanceAdded(above, link_id.to_owned()));
        }
    }

    /// Gives every question that holds up the seal an answer.
    pub fn complete(&mut self) {
        for _ in 0..60 {
            let response = self.response();
            let open = issues(response).into_iter().find(|issue| issue.problem.severity() == Severity::Error);
            let Some(issue) = open else { return };
            let asked = |node: &NodeIx| {
                response.item(*node).kind.is_question() && response.is_enabled(*node) && response.is_blank(*node)
            };
            let at = issue.node.unwrap_or_else(|| panic!("{:?}", issue.problem));
            let below = response.walk(&[at]);
            let node = below.into_iter().find(asked).filter(|_| issue.problem == Problem::Required);
            let node = node.unwrap_or_else(|| panic!("{}: {:?}", response.item(at).link_id, issue.problem));
            let edit = edit(response.item(node), "");
            self.tablet.act(Event::Edited(node, edit));
        }
    }
}

/// What a hand does to answer a question so; with no words, anything that fits.
fn edit(item: &Item, words: &str) -> Edit {
    let option = item.options.iter().position(|option| option.code() == words || words.is_empty());
    match item.kind {
        _ if words == "declined" => Edit::Missing(Some(asesmen::form::DataAbsentReason::AskedDeclined)),
        Kind::Boolean => Edit::Decided(words != "tidak"),
        Kind::Attachment => Edit::File(mark()),
        _ if item.is_choice() => match option {
            Some(position) => Edit::Option { position, chosen: true },
            None => Edit::Other(Some(words.to_owned())),
        },
        Kind::Integer | Kind::Decimal | Kind::Quantity if words.is_empty() => Edit::Typed("1".to_owned()),
        Kind::Date if item.partial_date => {
            let year = if words.is_empty() { "1987" } else { words };
            Edit::Date(DateParts { year: year.to_owned(), ..DateParts::default() })
        }
        Kind::Date if words.is_empty() => Edit::Typed("2026-12-01".to_owned()),
        Kind::DateTime if words.is_empty() => Edit::Typed("2026-11-20T08:30".to_owned()),
        _ if words.is_empty() => Edit::Typed("Dicatat bersama klien".to_owned()),
        _ => Edit::Typed(words.to_owned()),
    }
}

/// A signature as a hand draws it.
fn mark() -> Attachment {
    let stroke = "M120 240C180 60 240 60 260 200S330 320 380 180S470 120 520 220S640 260 760 140".to_owned();
    let picture = asesmen::form::signature::drawn(&[stroke]);
    Attachment {
        content_type: "image/svg+xml".to_owned(),
        title: "tanda-tangan.svg".to_owned(),
        size: picture.len() as u64,
        data: Base64::encode_string(picture.as_bytes()),
    }
}

/// Sekar's case: from selection to after a second assessment, with drafts left over.
pub fn sekar() -> Story {
    static TOLD: OnceLock<Mutex<Story>> = OnceLock::new();
    TOLD.get_or_init(|| Mutex::new(told())).lock().expect("a story").clone()
}

fn told() -> Story {
    let mut story = Story::of("Sekar Ayu Lestari");
    story.seal("seleksi", &[("contact_at", "2026-11-16T09:00"), ("decision", "diterima")]);
    story.days(1).seal("registrasi", REGISTRATION);
    story.seal("penerimaan", INTAKE);
    story.seal("persetujuan", CONSENT);
    story.days(2).seal("fisik", FIRST);
    story.seal("phq-9", &phq(&["hampir-setiap-hari"; 9], "2026-11-19T09:00"));
    story.days(1).seal("sosial", SOCIAL);
    story.seal("sintesis", SYNTHESIS);
    story.days(7).seal("phq-9", &phq(&["lebih-separuh"; 8], "2026-11-27T09:00"));
    story.seal("perkembangan", PROGRESS);
    story.days(60).seal("fisik", SECOND);
    story.seal("phq-9", &phq(&["beberapa-hari"; 9], "2027-01-26T09:00"));
    story.begin("evaluasi", &[("purpose", "Melihat hasil dua bulan")]);
    story.tablet.act(Event::ScreenRequested(Screen::Case(story.case)));
    story
}

const REGISTRATION: &[(&str, &str)] = &[
    ("full_name", "Sekar Ayu Lestari"),
    ("sex", "perempuan"),
    ("birth_place", "Klaten"),
    ("birth_date", "1987"),
    ("nik_status", "dibawa"),
    ("nik", "3310014107870001"),
    ("kk_no", "3310010102030004"),
    ("period_from", "2026-11-17"),
];

const INTAKE: &[(&str, &str)] = &[
    ("request", "Ingin bisa berobat dan punya tempat tinggal sendiri untuk anak-anak."),
    ("problem_first", "Batuk tidak sembuh sejak banjir; kartu hilang semua."),
    ("has_documents", "ya"),
    ("documents_received", ""),
    ("documents_received.from", "Ketua RT"),
    ("alone_now", "ya"),
    ("safety_now", "aman"),
];

const CONSENT: &[(&str, &str)] = &[
    ("contact_at", "2026-11-17T10:00"),
    ("act", "meminta"),
    ("purpose", "asesmen"),
    ("answer", "setuju"),
    ("minor", "tidak"),
    ("disability", "tidak"),
    ("given_by", "klien"),
    ("data_items", ""),
    ("explained_how", ""),
    ("understood", "tepat"),
    ("form_of_consent", "tanda-tangan"),
    ("mark", "drawn"),
];

const FIRST: &[(&str, &str)] = &[
    ("contact_at", "2026-11-19T09:00"),
    ("general_health", "kurang"),
    ("weight", "44,5"),
    ("height", "158"),
    ("has_complaints", "ya"),
    ("current_complaints", ""),
    ("current_complaints.complaint", "Batuk lama"),
    ("current_complaints.effect", "Sulit tidur dan cepat lelah saat berjalan"),
    ("current_complaints", ""),
    ("current_complaints.complaint", "Pusing"),
    ("limits.note", "Cepat lelah sesudah berjalan jauh"),
    ("substance.tobacco", "tidak"),
    ("sleep", "kurang"),
    ("food", "declined"),
];

const SECOND: &[(&str, &str)] = &[
    ("contact_at", "2027-01-26T09:00"),
    ("general_health", "baik"),
    ("weight", "47,2"),
    ("height", "158"),
    ("has_complaints", "ya"),
    ("current_complaints", ""),
    ("current_complaints.complaint", "Batuk lama"),
    ("current_complaints.effect", "Masih batuk pada malam hari, tetapi tidur lebih nyenyak"),
    ("current_complaints", ""),
    ("current_complaints.complaint", "Sakit gigi"),
    ("limits.note", "Cepat lelah hanya sesudah bekerja berat"),
    ("sleep", "baik"),
    ("food", "baik"),
];

const SOCIAL: &[(&str, &str)] = &[
    ("contact_at", "2026-11-20T10:00"),
    ("alone_now", "ya"),
    ("coerced", "dulu"),
    ("violence", "dulu"),
    ("violence.detail", "Diceritakan pelan-pelan; tidak untuk dibagikan."),
    ("summary", "Dua anak tinggal bersama bibi. Tetangga lama masih menolong."),
];

const SYNTHESIS: &[(&str, &str)] = &[
    ("problems", ""),
    ("problems.problem", "Tidak punya KTP sehingga tidak bisa berobat"),
    ("problems", ""),
    ("problems.problem", "Batuk lama"),
];

const PROGRESS: &[(&str, &str)] = &[
    ("contact_at", "2026-11-27T15:00"),
    ("service_time", "Senin dan Kamis, 09.00"),
    ("weeks.from", "2026-11-23"),
    ("weeks.to", "2026-11-29"),
    ("weeks.problem", "Surat keterangan hilang belum diurus"),
    ("weeks.action", "Mengantar ke kelurahan"),
    ("weeks.result_pos", "Surat jadi dalam dua hari"),
    ("weeks.result_neg", "Antrean membuat anak tidak sekolah sehari"),
];

/// Answers to the first questions of the screening.
fn phq<'a>(codes: &[&'a str], at: &'a str) -> Vec<(&'a str, &'a str)> {
    const QUESTIONS: [&str; 9] = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9"];
    let asked = QUESTIONS.into_iter().zip(codes.iter().copied());
    std::iter::once(("contact_at", at)).chain(asked).collect()
}
