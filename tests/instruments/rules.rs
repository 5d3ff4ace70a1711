//! The rules of casework that a form holds by itself: each is broken by these answers and kept by those.

use super::house::{each, files, form};
use crate::form::sheet::context;
use asesmen::form::{Context, Operation, Place, Problem, Questionnaire, Response, issues};
use asesmen::json::parse;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A form being filled, and the keys of its constraints by what they say.
struct Filled {
    response: Response,
    kinds: BTreeMap<String, Value>,
    keys: BTreeMap<String, String>,
}

impl Filled {
    fn new(name: &str, context: Context) -> Self {
        let (_, bytes) = files().into_iter().find(|(file, _)| *file == format!("{name}.json")).expect("a form");
        let (mut kinds, mut keys) = (BTreeMap::new(), BTreeMap::new());
        each(&form(&bytes), &mut |element| {
            if let Some(link_id) = element["linkId"].as_str() {
                kinds.insert(link_id.to_owned(), element.clone());
            }
            let parts = element["extension"].as_array().into_iter().flatten();
            let part = |name: &str| parts.clone().find(|part| part["url"] == name);
            if let (Some(key), Some(human)) = (part("key"), part("human")) {
                let words = human["valueString"].as_str().expect("words").to_owned();
                keys.insert(words, key["valueId"].as_str().expect("a key").to_owned());
            }
        });
        let questionnaire = Questionnaire::load(&bytes).expect("loads");
        Self { response: Response::new(Arc::new(questionnaire), context), kinds, keys }
    }

    /// Answers a question in the first entries of its lists: a code, words, a day, a yes or no; a list for several.
    fn answer(&mut self, link_id: &str, value: &Value) {
        let item = &self.kinds.get(link_id).unwrap_or_else(|| unreachable!("no {link_id}"));
        let several = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let answers: Vec<Value> = several.iter().map(|value| self.valued(item, value)).collect();
        let lists =
            self.response.questionnaire().lists_around(self.response.questionnaire().find(link_id).expect("an item"));
        let content = json!({"set": {"at": {"linkId": link_id, "within": vec![0; lists.len()]}, "content": {"answers": answers}}});
        let operation = parse(content.to_string().as_bytes()).expect("JSON");
        let operation = Operation::from_json(&operation).unwrap_or_else(|| unreachable!("{content}"));
        self.response.apply(&operation).unwrap_or_else(|refusal| unreachable!("{link_id}: {refusal}"));
    }

    fn valued(&self, item: &Value, value: &Value) -> Value {
        let kind = item["type"].as_str().expect("a type");
        let coding = |code: &Value| {
            let options = item["answerOption"].as_array().into_iter().flatten();
            let mut codings = options.map(|option| &option["valueCoding"]);
            codings
                .find(|coding| coding["code"] == *code)
                .unwrap_or_else(|| unreachable!("{} has no {code}", item["linkId"]))
        };
        match kind {
            "choice" | "open-choice" => json!({"valueCoding": coding(value)}),
            "boolean" => json!({"valueBoolean": value}),
            "integer" => json!({"valueInteger": value}),
            "date" => json!({"valueDate": value}),
            "dateTime" => json!({"valueDateTime": value}),
            _ => json!({"valueString": value}),
        }
    }

    fn broken(&self) -> Vec<&str> {
        let found = issues(&self.response).into_iter();
        let said = found.filter_map(|issue| match issue.problem {
            Problem::Constraint(human, _) => Some(human.in_language("id").to_owned()),
            _ => None,
        });
        let mut keys: Vec<&str> = said.map(|human| self.keys[&human].as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn asks(&self, link_id: &str) -> bool {
        let lists =
            self.response.questionnaire().lists_around(self.response.questionnaire().find(link_id).expect("an item"));
        let within = vec![0; lists.len()];
        let node = self.response.find(&Place { link_id: link_id.to_owned(), within }).expect("a place");
        self.response.is_enabled(node)
    }
}

fn filled(name: &str, answers: &[(&str, Value)]) -> Filled {
    let mut filled = Filled::new(name, context());
    answers.iter().for_each(|(link_id, value)| filled.answer(link_id, value));
    filled
}

/// Form, key of the rule, answers that break it, and what mends it.
type Row = (&'static str, &'static str, Vec<(&'static str, Value)>, Vec<(&'static str, Value)>);

fn rows() -> Vec<Row> {
    let (yes, no) = (json!(true), json!(false));
    let at = |day: &str| json!(format!("{day}T09:00:00+07:00"));
    let read = vec![("read_aloud", yes.clone()), ("teach_back", json!("tepat"))];
    vec![
        ("kesepakatan", "O4", vec![("outcome", json!("setuju"))], read.clone()),
        (
            "kesepakatan",
            "O5",
            vec![("objectives.objective", json!("Punya kartu identitas"))],
            vec![("objectives.measure", json!("kartu di tangan")), ("objectives.target", json!("satu kartu"))],
        ),
        (
            "kesepakatan",
            "T6",
            vec![("date", at("2026-11-01")), ("review_date", json!("2027-03-01"))],
            vec![("review_date", json!("2027-01-31"))],
        ),
        (
            "rencana",
            "masa-rencana",
            vec![("period.from", json!("2026-12-01")), ("period.to", json!("2026-11-01"))],
            vec![("period.to", json!("2027-02-01"))],
        ),
        (
            "rencana",
            "T19",
            vec![("goal_main", json!("Hidup mandiri"))],
            vec![("goal_short.goal", json!("Punya kartu")), ("goal_long.goal", json!("Punya usaha"))],
        ),
        (
            "rencana",
            "O5",
            vec![("services.objective.text", json!("Bisa menjahit"))],
            vec![
                ("services.objective.measure", json!("baju jadi")),
                ("services.objective.target", json!("lima baju")),
                ("services.objective.by_date", json!("2027-02-01")),
            ],
        ),
        (
            "konferensi-ringkasan",
            "T7",
            vec![("conference_date", at("2026-11-20")), ("sent_at", json!("2026-11-19T21:00:00+07:00"))],
            vec![("sent_at", at("2026-11-18"))],
        ),
        (
            "konferensi-notulen",
            "T6",
            vec![("contact_at", at("2026-11-01")), ("next_review", json!("2027-02-15"))],
            vec![("next_review", json!("2027-01-15"))],
        ),
        (
            "perkembangan",
            "M6",
            vec![("weeks.result_pos", json!("datang tepat waktu"))],
            vec![("weeks.result_neg", json!("masih sulit tidur"))],
        ),
        (
            "perkembangan",
            "minggu-tanggal",
            vec![("weeks.from", json!("2026-11-08")), ("weeks.to", json!("2026-11-01"))],
            vec![("weeks.to", json!("2026-11-14"))],
        ),
        (
            "evaluasi",
            "M6",
            vec![("change.positive", json!("berani bicara"))],
            vec![("change.negative", json!("belum mau bertemu keluarga"))],
        ),
        (
            "kesiapan",
            "O16",
            vec![("response", json!("cemas"))],
            vec![("cause", json!("takut ditolak tetangga")), ("solution", json!("bimbingan"))],
        ),
        (
            "terminasi",
            "O17-sakit",
            vec![("reason", json!("sakit"))],
            vec![("referral.agency", json!("Puskesmas Contoh"))],
        ),
        (
            "terminasi",
            "O17-petugas",
            vec![("reason", json!("ketidakcocokan"))],
            vec![("new_worker.name", json!("Bayu"))],
        ),
        ("bimbingan-lanjut", "O15", vec![("decision", json!("akhiri"))], vec![("decision.conference", yes.clone())]),
        (
            "pengecualian",
            "until-after",
            vec![("contact_at", at("2026-11-20")), ("until", json!("2026-11-19"))],
            vec![("until", json!("2026-12-01"))],
        ),
        (
            "persetujuan",
            "understood-first",
            vec![("act", json!("meminta")), ("understood", json!("belum")), ("answer", json!("setuju"))],
            vec![("answer", json!("minta-waktu"))],
        ),
        (
            "persetujuan",
            "data-named",
            vec![("act", json!("meminta")), ("answer", json!("setuju"))],
            vec![("data_items", json!("kesehatan"))],
        ),
        (
            "persetujuan",
            "child-guardian",
            vec![("act", json!("meminta")), ("minor", yes), ("given_by", json!("klien"))],
            vec![("minor", no)],
        ),
        (
            "konferensi-notulen",
            "O7",
            vec![("formulation.what", json!("Belajar menjahit"))],
            vec![("decision_basis", json!("mufakat"))],
        ),
    ]
}

#[test]
fn each_rule_of_a_form_is_broken_and_kept() {
    for (name, key, breaking, mending) in rows() {
        let broken = filled(name, &breaking);
        assert!(broken.broken().contains(&key), "{name}: {key} is not broken by {breaking:?}: {:?}", broken.broken());
        let kept = filled(name, &[breaking, mending].concat());
        assert!(!kept.broken().contains(&key), "{name}: {key} is still broken: {:?}", kept.broken());
    }
}

/// Nothing is signed before it was read and understood (O4), nor by somebody who did not agree.
#[test]
fn an_agreement_cannot_be_signed_before_it_was_read() {
    let mut agreement = filled("kesepakatan", &[("outcome", json!("setuju"))]);
    assert!(!agreement.asks("sign_client"));
    agreement.answer("read_aloud", &json!(true));
    agreement.answer("teach_back", &json!("belum"));
    assert!(!agreement.asks("sign_client"), "what was not understood is read again first");
    agreement.answer("teach_back", &json!("sebagian"));
    assert!(agreement.asks("sign_client"));
    agreement.answer("outcome", &json!("menolak"));
    assert!(!agreement.asks("sign_client"), "a refusal is not signed");
}

/// Standard tests are given by qualified people (M7).
#[test]
fn a_standard_test_names_who_gave_it() {
    let waits_for = |form: &Filled| {
        let open = issues(&form.response).into_iter().filter(|issue| issue.problem == Problem::Required);
        let names = open.filter_map(|issue| Some(form.response.item(issue.node?).link_id.clone()));
        names.filter(|name| name.starts_with("tests")).collect::<Vec<_>>()
    };
    let mut form = filled("psikologis", &[("basis", json!("pengamatan"))]);
    assert!(waits_for(&form).is_empty());
    form.answer("basis", &json!("tes"));
    assert_eq!(waits_for(&form), ["tests.tester"]);
    form.answer("tests.tester", &json!("Psikolog RSUD, bersurat izin praktik"));
    assert!(waits_for(&form).is_empty());
}

/// What was refused together is not referred all the same (R9).
#[test]
fn a_referral_stops_when_the_client_does_not_agree() {
    assert!(filled("rujukan", &[("joint_decision", json!(true))]).asks("outcome"));
    assert!(!filled("rujukan", &[("joint_decision", json!(false))]).asks("outcome"));
}
