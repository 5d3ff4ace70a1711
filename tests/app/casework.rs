//! Where a case stands: its phases and the rules that wait, derived from the heads of its documents.

use super::tablet::Tablet;
use asesmen::app::casework::{Phase, Rulebook, Strength, current_phase, gates, open_rules, phases};
use asesmen::app::view::cases;
use asesmen::app::{Catalogue, Event, InstrumentProblem, Model, Settings};
use asesmen::domain::{Case, CaseId, Document, DocumentId, InstrumentPin, Seal, SealId, Timestamp};
use asesmen::form::{Over, Questionnaire};
use asesmen::json::{Object, parse};
use serde_json::{Value, json};

fn instruments(file: &str) -> Vec<u8> {
    std::fs::read(format!("{}/instruments/{file}", env!("CARGO_MANIFEST_DIR"))).expect("a file")
}

fn rulebook() -> Rulebook {
    Rulebook::read(&instruments("rules.json")).unwrap_or_else(|refusal| unreachable!("{refusal}"))
}

fn at(day: &str) -> Timestamp {
    Timestamp::parse(&format!("{day}T10:00:00.000+07:00")).expect("a time")
}

/// A case with documents in the order in which they were begun.
struct Story {
    model: Model,
    case: CaseId,
    number: u8,
}

impl Story {
    fn new() -> Self {
        let mut model = Model::new(asesmen::app::Locale::Id, Settings::default(), asesmen::app::Screen::Home);
        model.rules = rulebook();
        model.catalogue = Ok(Catalogue::read(&instruments("index.json")).expect("a catalogue"));
        let case = CaseId::new(at("2026-01-01"), [9; 10]);
        model.cases.put(Case::open(case, "Sekar", "", None, at("2026-01-01")).expect("a name"));
        Self { model, case, number: 0 }
    }

    fn document(mut self, name: &str, day: &str, sealed: bool, facts: Value) -> Self {
        self.number += 1;
        let facts = parse(facts.to_string().as_bytes()).expect("JSON").as_object().expect("an object").clone();
        let url = format!("https://asesmen.id/fhir/Questionnaire/{name}|1.0.0");
        self.model.documents.put(Document {
            id: DocumentId::new(at(day), [self.number; 10]),
            case: self.case,
            instrument: InstrumentPin { canonical: url, digest: "sha-256:00".to_owned() },
            earlier: Vec::new(),
            revision: 1,
            replaces: None,
            begun: at(day),
            seal: sealed.then(|| Seal { id: SealId::new(at(day), [self.number; 10]), at: at(day) }),
            awaits: Vec::new(),
            facts: if sealed { facts } else { Object::default() },
        });
        self
    }

    fn sealed(self, name: &str, day: &str, facts: Value) -> Self {
        self.document(name, day, true, facts)
    }

    /// The newest document, a revision of the one before it.
    fn revising(mut self) -> Self {
        let documents: Vec<Document> = self.model.documents.iter().cloned().collect();
        let [.., before, newest] = &documents[..] else { panic!("two documents") };
        let replaces = before.seal.map(|seal| seal.id);
        self.model.documents.put(Document { revision: 2, replaces, ..newest.clone() });
        self
    }

    fn draft(self, name: &str, day: &str) -> Self {
        self.document(name, day, false, json!({}))
    }

    /// The newest document, a draft, with answers that were read of it.
    fn says(mut self, facts: Value) -> Self {
        let facts = parse(facts.to_string().as_bytes()).expect("JSON").as_object().expect("an object").clone();
        let newest = self.model.documents.iter().last().expect("a document").id;
        self.model.draft_facts.push((newest, facts));
        self
    }

    /// A client who was accepted, registered on this day and agreed to be assessed.
    fn admitted(day: &str) -> Self {
        Self::new()
            .sealed("seleksi", day, json!({"decision": "diterima"}))
            .sealed("registrasi", day, json!({"period_from": day}))
            .sealed("persetujuan", day, json!({"act": "meminta", "purpose": "asesmen", "answer": "setuju"}))
    }

    fn assessed(self, day: &str) -> Self {
        let aspects = ["fisik", "psikologis", "sosial", "vokasional"].into_iter();
        aspects.fold(self, |story, aspect| story.sealed(aspect, day, json!({})))
    }

    /// The rules that wait on a day, with the days by which they are to be kept.
    fn open(&self, day: &str) -> Vec<String> {
        let open = open_rules(&self.model, self.case, at(day));
        open.iter()
            .map(|open| {
                let due = open.due.map(|due| format!(" {due}")).unwrap_or_default();
                format!("{}{due}{}", open.rule.id, if open.overdue { " late" } else { "" })
            })
            .collect()
    }

    /// The instruments that the rules which wait lead to.
    fn leads_to(&self, day: &str) -> Vec<String> {
        open_rules(&self.model, self.case, at(day)).into_iter().filter_map(|open| open.leads_to).collect()
    }

    /// The rules that hold up the seal of the newest document.
    fn held_up(&self, day: &str) -> Vec<String> {
        let newest = self.model.documents.iter().last().expect("a document");
        gates(&self.model, newest, at(day)).into_iter().map(|open| open.rule.id).collect()
    }
}

#[test]
fn the_rules_load_and_name_only_what_is_there() {
    let rules = rulebook();
    let list = Catalogue::read(&instruments("index.json")).expect("a catalogue");
    let known = |name: &String| list.instruments.iter().any(|entry| entry.file == format!("{name}.json"));
    for rule in &rules.rules {
        assert!(rule.leads_to.iter().chain(&rule.gates).all(known), "{}", rule.id);
        assert!(
            rule.strength != Strength::Reminder || rule.gates.is_empty(),
            "{}: a reminder holds up nothing",
            rule.id
        );
        for title in [&rule.says, &rule.why] {
            assert!(!title.id.is_empty() && !title.en.is_empty(), "{}", rule.id);
        }
    }
    for (name, link_ids) in &rules.facts {
        let form = Questionnaire::load(&instruments(&format!("{name}.json"))).expect("loads");
        assert!(link_ids.iter().all(|link_id| form.find(link_id).is_some()), "{name}: {link_ids:?}");
    }
    assert!(list.instruments.iter().all(|entry| entry.phase.is_some()), "every instrument has a phase");
}

#[test]
fn a_new_case_waits_for_nothing() {
    assert_eq!(Story::new().open("2026-01-02"), Vec::<String>::new());
}

#[test]
fn nothing_is_assessed_without_consent_on_record() {
    let story = Story::new().draft("fisik", "2026-01-02");
    assert_eq!(story.held_up("2026-01-02"), ["O2"]);
    let agreed = json!({"act": "meminta", "purpose": "asesmen", "answer": "setuju"});
    for (facts, held) in [
        (agreed.clone(), false),
        (json!({"act": "meminta", "purpose": "asesmen", "answer": "setuju-sebagian"}), false),
        (json!({"act": "meminta", "purpose": "asesmen", "answer": "tidak-setuju"}), true),
        (json!({"act": "meminta", "purpose": "foto", "answer": "setuju"}), true),
        (json!({"act": "meminta", "purpose": "asesmen", "answer": "setuju", "valid_until.date": "2026-01-01"}), true),
        (json!({"act": "meminta", "purpose": "asesmen", "answer": "setuju", "valid_until.date": "2026-01-03"}), false),
    ] {
        let story = Story::new().sealed("persetujuan", "2026-01-01", facts.clone()).draft("fisik", "2026-01-02");
        assert_eq!(story.held_up("2026-01-03"), if held { vec!["O2"] } else { vec![] }, "{facts}");
    }
    let unsealed = Story::new().draft("persetujuan", "2026-01-01").draft("fisik", "2026-01-02");
    assert_eq!(unsealed.held_up("2026-01-02"), ["O2"], "what is not sealed is no record");
    let taken_back = Story::new()
        .sealed("persetujuan", "2026-01-01", agreed)
        .sealed("persetujuan", "2026-01-02", json!({"act": "menarik", "purpose": "asesmen"}))
        .draft("sosial", "2026-01-03");
    assert_eq!(taken_back.held_up("2026-01-03"), ["O2"]);
}

#[test]
fn a_number_is_given_only_after_acceptance() {
    let refused = Story::new().sealed("seleksi", "2026-01-01", json!({"decision": "ditunda"}));
    assert_eq!(refused.draft("registrasi", "2026-01-02").held_up("2026-01-02"), ["O1"]);
    let adapted = Story::new().sealed("seleksi", "2026-01-01", json!({"decision": "diterima-penyesuaian"}));
    assert_eq!(adapted.draft("registrasi", "2026-01-02").held_up("2026-01-02"), Vec::<String>::new());
}

#[test]
fn the_first_assessment_ends_within_four_weeks() {
    let story = Story::admitted("2026-01-05");
    assert_eq!(story.open("2026-01-06"), ["T5 2026-02-02"]);
    assert_eq!(story.open("2026-02-03"), ["T5 2026-02-02 late"]);
    assert_eq!(story.leads_to("2026-01-06"), ["fisik"]);
    let story = story.sealed("fisik", "2026-01-06", json!({})).sealed("sosial", "2026-01-07", json!({}));
    assert_eq!(story.leads_to("2026-01-08"), ["psikologis"], "the first that the case does not have");
    let story = story.assessed("2026-01-20").sealed("sintesis", "2026-01-21", json!({"told_client": true}));
    assert_eq!(story.open("2026-01-22"), Vec::<String>::new());
}

#[test]
fn a_plan_waits_for_all_four_aspects_or_a_reason() {
    let story = Story::admitted("2026-01-05").sealed("fisik", "2026-01-06", json!({})).draft("rencana", "2026-01-08");
    assert_eq!(story.held_up("2026-01-08"), ["O3"]);
    let put_off = json!({"deferred_aspects.aspect": ["psikologis", "sosial", "vokasional"]});
    assert_eq!(story.says(put_off).held_up("2026-01-08"), Vec::<String>::new(), "the plan itself says what is put off");
    let reason = json!({"rule": "o3", "until": "2026-01-31"});
    let with_reason =
        Story::admitted("2026-01-05").sealed("pengecualian", "2026-01-07", reason).draft("rencana", "2026-01-08");
    assert_eq!(with_reason.held_up("2026-01-08"), Vec::<String>::new());
    assert_eq!(with_reason.held_up("2026-02-01"), ["O3"], "a reason ends");
    let all = Story::admitted("2026-01-05").assessed("2026-01-06").draft("rencana", "2026-01-08");
    assert_eq!(all.held_up("2026-01-08"), Vec::<String>::new());
    let other = Story::new()
        .sealed("pengecualian", "2026-01-01", json!({"rule": "o2", "until": "2026-12-31"}))
        .draft("fisik", "2026-01-02");
    assert_eq!(other.held_up("2026-01-02"), ["O2"], "a hard rule knows no exception");
}

#[test]
fn the_core_team_reviews_at_least_every_three_months() {
    let story = Story::admitted("2026-01-05").assessed("2026-01-06").sealed(
        "sintesis",
        "2026-01-07",
        json!({"told_client": true}),
    );
    assert_eq!(story.open("2026-01-08"), Vec::<String>::new(), "nobody is reminded months ahead");
    assert_eq!(story.open("2026-03-25"), ["T6 2026-04-05"]);
    assert_eq!(story.open("2026-04-06"), ["T6 2026-04-05 late"]);
    let met = |day: &str| json!({"contact_at": format!("{day}T09:00:00+07:00")});
    let story = story.sealed("konferensi-notulen", "2026-03-30", met("2026-03-30"));
    assert_eq!(story.open("2026-04-06"), Vec::<String>::new());
    assert_eq!(story.open("2026-06-20"), ["T6 2026-06-30"], "it is reminded of in time");
}

#[test]
fn a_conference_has_its_summary_before_and_its_minutes_after() {
    let called = Story::admitted("2026-01-05")
        .assessed("2026-01-06")
        .sealed("sintesis", "2026-01-07", json!({"told_client": true}))
        .sealed("konferensi-panggilan", "2026-03-01", json!({"date": "2026-03-10T09:00:00+07:00"}));
    let has = |story: &Story, day: &str, wanted: &str| story.open(day).iter().any(|open| open.starts_with(wanted));
    assert!(has(&called, "2026-03-05", "T7 2026-03-09"));
    assert!(!has(&called, "2026-03-05", "O8"));
    assert!(has(&called, "2026-03-11", "O8 2026-03-11"));
    let called = called.sealed("konferensi-ringkasan", "2026-03-08", json!({"sent_at": "2026-03-08T09:00:00+07:00"}));
    assert!(!has(&called, "2026-03-09", "T7"));
    let called = called.sealed("konferensi-notulen", "2026-03-10", json!({"contact_at": "2026-03-10T09:00:00+07:00"}));
    assert!(!has(&called, "2026-03-12", "O8"));
}

#[test]
fn what_was_agreed_is_noted_weekly_and_reviewed() {
    let agreed = Story::admitted("2026-01-05")
        .assessed("2026-01-06")
        .sealed("sintesis", "2026-01-07", json!({"told_client": true}))
        .sealed("konferensi-notulen", "2026-01-20", json!({"contact_at": "2026-01-20T09:00:00+07:00"}))
        .sealed("kesepakatan", "2026-02-01", json!({"outcome": "setuju", "review_date": "2026-04-20"}));
    assert_eq!(agreed.open("2026-02-02"), ["T15 2026-02-08", "C2 2026-04-20"][..1].to_vec());
    let noted = agreed.draft("perkembangan", "2026-02-05");
    assert_eq!(noted.open("2026-02-20"), Vec::<String>::new());
    assert_eq!(noted.open("2026-03-10"), ["T15 2026-03-05 late"], "a sheet holds four weeks");
    assert!(noted.open("2026-04-14").contains(&"C2 2026-04-20".to_owned()));
    let refused = Story::admitted("2026-01-05").sealed("kesepakatan", "2026-02-01", json!({"outcome": "menolak"}));
    assert!(!refused.open("2026-03-10").iter().any(|open| open.starts_with("T15")), "a refusal owes nothing");
}

#[test]
fn what_is_due_again_is_reminded_of() {
    let has = |story: &Story, day: &str, wanted: &str| story.open(day).contains(&wanted.to_owned());
    let again = Story::admitted("2026-01-05").sealed("asesmen-ulang", "2026-02-01", json!({"next_due": "2026-05-01"}));
    assert!(!has(&again, "2026-03-01", "T17 2026-05-01"));
    assert!(has(&again, "2026-04-27", "T17 2026-05-01"));
    let referred =
        Story::admitted("2026-01-05").sealed("rujukan", "2026-02-01", json!({"follow_up_due": "2026-02-15"}));
    assert!(!has(&referred, "2026-02-02", "R9 2026-02-15"));
    assert!(has(&referred, "2026-02-16", "R9 2026-02-15 late"));
    let told = Story::admitted("2026-01-05").sealed("sintesis", "2026-01-20", json!({"told_client": false}));
    assert!(has(&told, "2026-01-21", "R4 2026-02-03"));
    let withdrawn = json!({"act": "menarik", "purpose": "foto", "withdrawn_due": "2026-02-04T10:00:00+07:00"});
    assert!(has(
        &Story::admitted("2026-01-05").sealed("persetujuan", "2026-02-01", withdrawn),
        "2026-02-02",
        "U3 2026-02-04"
    ));
    let closed = json!({"reason": "tujuan-tercapai", "case_closed_at": "2026-06-01"});
    let closed = Story::admitted("2026-01-05").sealed("terminasi", "2026-06-01", closed);
    assert_eq!(closed.open("2026-07-01"), Vec::<String>::new(), "an ended case owes nothing");
    assert!(has(&closed, "2031-05-20", "U5 2031-06-01"), "but its data are looked at in time");
}

#[test]
fn placement_and_after_care_are_decided_together() {
    let ready = Story::admitted("2026-01-05").draft("kesiapan", "2026-06-01");
    assert_eq!(ready.held_up("2026-06-01"), ["O6"]);
    let decided = Story::admitted("2026-01-05")
        .sealed(
            "konferensi-notulen",
            "2026-05-20",
            json!({"placement": "penyaluran", "contact_at": "2026-05-20T09:00:00+07:00"}),
        )
        .draft("kesiapan", "2026-06-01");
    assert_eq!(decided.held_up("2026-06-01"), Vec::<String>::new());
    let has = |story: &Story, wanted: &str| story.open("2026-09-02").iter().any(|open| open.starts_with(wanted));
    assert!(has(
        &Story::admitted("2026-01-05").sealed("bimbingan-lanjut", "2026-09-01", json!({"decision": "akhiri"})),
        "O15"
    ));
    assert!(!has(
        &Story::admitted("2026-01-05").sealed("bimbingan-lanjut", "2026-09-01", json!({"decision": "lanjut"})),
        "O15"
    ));
    let others = json!({"aftercare_by": "lembaga-lain"});
    assert!(has(&Story::admitted("2026-01-05").sealed("terminasi", "2026-09-01", others), "O14"));
}

#[test]
fn phases_are_a_map_and_a_case_may_go_back() {
    let story = Story::admitted("2026-01-05").assessed("2026-01-10").draft("rencana", "2026-01-20");
    let views = phases(&story.model, story.case);
    assert_eq!(views.len(), 9);
    let of = |code: &str| views[Phase::from_code(code).expect("a phase").place()];
    assert_eq!((of("P2").sealed, of("P3").sealed, of("P4").drafts, of("P5").touched), (2, 4, 1, None));
    assert!(of("P4").is_current && !of("P3").is_current);
    let story = story.draft("sosial", "2026-02-01");
    assert_eq!(current_phase(&story.model, story.case).code(), "P3", "new facts send it back to assessment");
}

#[test]
fn planning_begins_when_the_ranking_is_sealed() {
    let story = Story::admitted("2026-01-05").assessed("2026-01-10").draft("prioritas", "2026-01-20");
    assert_eq!(current_phase(&story.model, story.case).code(), "P3", "while problems are weighed it is assessment");
    let story = Story::admitted("2026-01-05").assessed("2026-01-10").sealed("prioritas", "2026-01-20", json!({}));
    let views = phases(&story.model, story.case);
    let of = |code: &str| views[Phase::from_code(code).expect("a phase").place()];
    assert!(of("P4").is_current && !of("P3").is_current);
    assert_eq!((of("P3").sealed, of("P4").sealed), (5, 0), "the ranking itself belongs to the assessment");
    assert_eq!(cases(&story.model).remove(0).phase.code(), "P4", "the caseload says the same");
    let story = story.draft("sosial", "2026-02-01");
    assert_eq!(current_phase(&story.model, story.case).code(), "P3", "new facts send it back to assessment");
}

#[test]
fn the_caseload_says_what_is_due_first() {
    let story = Story::admitted("2026-01-05");
    let due = |story: &Story, day: &str| {
        let due = cases(&story.model).remove(0).due(&story.model, &Over::at(at(day))).expect("something is due");
        (due.rule.id, due.overdue)
    };
    assert_eq!(cases(&story.model).remove(0).phase.code(), "P2");
    assert_eq!(due(&story, "2026-02-10"), ("T5".to_owned(), true));
    // Both wait now, and T6, which the rules list behind T5, has the earlier day.
    let late = story.sealed("konferensi-notulen", "2025-09-01", json!({"contact_at": "2025-09-01T09:00:00+07:00"}));
    assert_eq!(due(&late, "2026-02-10"), ("T6".to_owned(), true));
}

#[test]
fn what_was_replaced_keeps_no_rule_any_more() {
    let has = |story: &Story, rule: &str| story.open("2026-03-01").iter().any(|open| open.starts_with(rule));
    let told = Story::admitted("2026-01-05").sealed("sintesis", "2026-01-20", json!({"told_client": true}));
    assert!(!has(&told, "R4"));
    let corrected = told.sealed("sintesis", "2026-01-21", json!({"told_client": false})).revising();
    assert!(has(&corrected, "R4"), "the revision says that nobody told the client");
}

#[test]
fn what_cannot_be_told_accuses_nobody() {
    for (applies, met, waits) in [("true", "false", true), ("{}", "false", false), ("true", "{}", false)] {
        let rules = json!({"facts": {}, "rules": [{"id": "X1", "strength": "R", "says": {"id": "a", "en": "a"},
            "why": {"id": "a", "en": "a"}, "applies": applies, "met": met}]});
        let mut story = Story::new();
        story.model.rules = Rulebook::read(rules.to_string().as_bytes()).expect("rules");
        assert_eq!(!story.open("2026-01-05").is_empty(), waits, "{applies} {met}");
    }
}

#[test]
fn rules_that_cannot_be_read_are_refused_by_name() {
    for (change, said) in [
        (json!({"rules": [{"id": "X1", "strength": "Z"}], "facts": {}}), "strength of rule X1"),
        (json!({"rules": {}, "facts": {}}), "rules"),
        (json!({"rules": []}), "facts"),
        (
            json!({"facts": {}, "rules": [{"id": "X1", "strength": "R", "says": {"id": "a", "en": "a"},
                "why": {"id": "a", "en": "a"}, "applies": "%patient.exists()", "met": "true"}]}),
            "%patient",
        ),
    ] {
        let refusal = Rulebook::read(change.to_string().as_bytes()).expect_err("refused").to_string();
        assert!(refusal.contains(said), "{refusal}");
    }
    assert!(Rulebook::read(b"{").is_err());
}

/// Sealing keeps the answers that rules ask for in the head, and a rule that is not kept holds the seal up.
#[test]
fn a_seal_waits_for_the_rules_and_keeps_what_they_ask_for() {
    let (mut tablet, id) = Tablet::with_draft();
    let always = |met: &str| {
        json!({"facts": {"uji": ["name", "ill"]}, "rules": [{"id": "X1", "strength": "H",
            "says": {"id": "a", "en": "a"}, "why": {"id": "a", "en": "a"},
            "applies": "%case.documents.where(instrument = 'uji').exists()", "met": met, "gates": ["uji"]}]})
    };
    let rules = |met: &str| Rulebook::read(always(met).to_string().as_bytes()).expect("rules");
    tablet.type_into("name", "Sekar");
    tablet.act(Event::PageHidden);
    tablet.model.rules = rules("false");
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.heads[&id].is_draft(), "the rule holds the seal up");
    let missing = InstrumentProblem::NotFetched("rules.json".to_owned());
    tablet.act(Event::RulesFetched(Err(missing)));
    tablet.model.rules = rules("true");
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.heads[&id].is_draft(), "rules that could not be had hold it up as well");
    tablet.act(Event::RulesFetched(Ok(rules("true"))));
    tablet.act(Event::SealAsked);
    let head = &tablet.storage.heads[&id];
    assert!(!head.is_draft());
    assert_eq!(head.facts.to_owned().iter().map(|(name, _)| name).collect::<Vec<_>>(), ["name"]);
    let read = Document::from_json(&head.to_json()).expect("reads");
    assert_eq!(&read, head);
}
