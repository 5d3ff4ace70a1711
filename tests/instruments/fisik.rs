//! The physical assessment (B1 of the domain inventory): its fields, marks, and who is asked what.

use super::house::files;
use crate::form::sheet::context;
use asesmen::domain::Timestamp;
use asesmen::form::{Basis, Edit, Item, Kind, NodeIx, Operation, Place, Questionnaire, Response, Sensitivity};
use std::sync::Arc;

fn fisik() -> Arc<Questionnaire> {
    let (_, bytes) = files().into_iter().find(|(name, _)| name == "fisik.json").expect("the physical assessment");
    Arc::new(Questionnaire::load(&bytes).expect("loads"))
}

/// The items of a field: itself, or its parts.
fn field<'a>(form: &'a Questionnaire, id: &str) -> Vec<&'a Item> {
    let part = format!("{id}.");
    form.items().filter(|item| item.link_id == id || item.link_id.starts_with(&part)).collect()
}

const FIELDS: [&str; 29] = [
    "general_health",
    "current_complaints",
    "illness_history",
    "hospital",
    "allergies",
    "restrictions",
    "treatment_past",
    "treatment_now",
    "limits",
    "functional",
    "disability",
    "aids",
    "strengths",
    "height",
    "weight",
    "vitals",
    "skin_resp_other",
    "sexual_health",
    "sleep",
    "food",
    "hygiene",
    "pregnancy",
    "substance",
    "adl",
    "finding_medical",
    "effect_on_ability",
    "outlook",
    "refer_need",
    "finding_file",
];

#[test]
fn every_field_of_the_inventory_is_asked() {
    let form = fisik();
    for id in FIELDS {
        let items = field(&form, id);
        assert!(items.iter().any(|item| item.kind.is_question()), "{id}");
        assert!(items.iter().all(|item| !item.hidden), "{id}");
    }
}

#[test]
fn lists_are_lists_and_scales_have_all_their_points() {
    let form = fisik();
    let lists = [
        "current_complaints",
        "illness_history",
        "hospital",
        "allergies",
        "restrictions",
        "treatment_past",
        "treatment_now",
        "aids",
    ];
    for id in lists {
        assert!(form.item(form.find(id).expect(id)).is_repeating_group(), "{id}");
    }
    let many = ["limits", "disability", "strengths", "skin_resp_other"];
    for id in many {
        let item = form.item(form.find(id).expect(id));
        assert!(item.repeats && item.kind == Kind::OpenChoice, "{id} takes several, and Lainnya");
    }
    let points = |id: &str, count: usize| {
        for item in field(&form, id).iter().filter(|item| item.kind.is_choice()) {
            assert_eq!(item.options.len(), count, "{}", item.link_id);
        }
    };
    points("general_health", 5);
    ["functional", "sleep", "food", "hygiene"].iter().for_each(|id| points(id, 4));
    points("adl", 3);
    assert_eq!((field(&form, "functional").len(), field(&form, "adl").len()), (7, 7), "six functions, six activities");
}

#[test]
fn times_in_a_life_may_be_partial() {
    let form = fisik();
    let dates: Vec<&Item> = form.items().filter(|item| item.kind == Kind::Date).collect();
    assert!(dates.len() >= 5);
    for item in dates {
        assert!(item.partial_date, "{}", item.link_id);
    }
}

#[test]
fn sensitive_fields_carry_their_marks() {
    let form = fisik();
    let marked = |id: &str, mark| {
        for item in field(&form, id).iter().filter(|item| item.kind != Kind::Display) {
            assert!(item.sensitivity >= Some(mark), "{}: {:?}", item.link_id, item.sensitivity);
        }
    };
    ["sexual_health", "substance"].iter().for_each(|id| marked(id, Sensitivity::X));
    let health = [
        "general_health",
        "current_complaints",
        "illness_history",
        "hospital",
        "allergies",
        "treatment_past",
        "treatment_now",
        "limits",
        "functional",
        "disability",
        "vitals",
        "skin_resp_other",
        "pregnancy",
        "finding_medical",
    ];
    health.iter().for_each(|id| marked(id, Sensitivity::S));
}

/// Whoever is asked may always say "I do not know", "I prefer not to say"; only the worker's own acts have no such way.
#[test]
fn every_question_to_the_client_may_stay_unanswered() {
    for item in fisik().items().filter(|item| item.kind.is_question() && item.basis != Basis::Administrative) {
        assert!(!item.basis.absent_reasons().is_empty() && !item.required, "{}", item.link_id);
    }
}

struct Filling(Response);

impl Filling {
    fn node(&self, link_id: &str) -> NodeIx {
        // Either it stands alone or in the first entry of a list.
        self.0.find(&place(link_id, &[])).or_else(|| self.0.find(&place(link_id, &[0]))).expect(link_id)
    }

    fn edit(&mut self, link_id: &str, edit: Edit) {
        let node = self.node(link_id);
        let now = Timestamp::from_millis(1_795_000_000_000, 420).expect("a time");
        let content = edit.applied(self.0.item(node), &self.0.node(node).content, now);
        self.0.apply(&Operation::Set { at: self.0.place(node), content }).expect("fits");
    }

    fn asked(&self, link_id: &str) -> bool {
        self.0.is_enabled(self.node(link_id))
    }
}

fn place(link_id: &str, within: &[u32]) -> Place {
    Place { link_id: link_id.to_owned(), within: within.to_vec() }
}

#[test]
fn medical_questions_wait_for_medical_staff_and_for_consent() {
    let mut filling = Filling(Response::new(fisik(), context()));
    let medical = ["vitals", "finding_medical", "outlook", "sexual_health_consent"];
    assert!(medical.iter().all(|id| !filling.asked(id)) && !filling.asked("sexual_health"));
    filling.edit("medical_present", Edit::Decided(true));
    for id in medical {
        assert!(filling.asked(id), "{id}");
    }
    assert!(!filling.asked("sexual_health"), "only with a consent of its own");
    filling.edit("sexual_health_consent", Edit::Decided(true));
    assert!(filling.asked("sexual_health"));
    filling.edit("medical_present", Edit::Decided(false));
    assert!(!filling.asked("sexual_health"), "and never without medical staff");
}

#[test]
fn a_list_is_asked_where_its_question_was_answered_yes() {
    let gates = [
        ("has_complaints", "current_complaints.complaint"),
        ("has_allergies", "allergies.substance"),
        ("has_illness_history", "illness_history.illness"),
        ("has_hospital", "hospital.where"),
        ("has_aids", "aids.device"),
        ("has_treatment_now", "treatment_now.what"),
        ("has_treatment_past", "treatment_past.what"),
        ("has_restrictions", "restrictions.kind"),
        ("refer_need", "refer_need.reason"),
    ];
    let mut filling = Filling(Response::new(fisik(), context()));
    for (gate, below) in gates {
        assert!(!filling.asked(below), "{below}");
        filling.edit(gate, Edit::Decided(false));
        assert!(!filling.asked(below), "{below}");
        filling.edit(gate, Edit::Decided(true));
        assert!(filling.asked(below), "{below}");
    }
}

#[test]
fn measured_values_outside_of_what_a_body_can_have_are_seen() {
    let bounds = [
        ("height", "17", "170"),
        ("weight", "700", "52,5"),
        ("vitals.systolic", "12", "120"),
        ("vitals.diastolic", "801", "80"),
        ("vitals.pulse", "7", "70"),
        ("vitals.temperature", "366", "36,6"),
        ("pregnancy.weeks", "70", "20"),
    ];
    for (link_id, wrong, right) in bounds {
        let mut filling = Filling(Response::new(fisik(), context()));
        filling.edit(link_id, Edit::Typed(wrong.to_owned()));
        let problems = |filling: &Filling| {
            let node = filling.node(link_id);
            asesmen::form::problems(&filling.0, node).len()
        };
        assert_eq!(problems(&filling), 1, "{link_id} {wrong}");
        filling.edit(link_id, Edit::Typed(right.to_owned()));
        assert_eq!(problems(&filling), 0, "{link_id} {right}");
    }
}
