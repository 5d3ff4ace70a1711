//! Genogram and ecomap: the lists from which drawings are made, under the linkIds and codes by which the app finds them.

use super::house::{files, form};
use asesmen::diagram::Genogram;
use asesmen::diagram::ecomap::Ecomap;
use asesmen::form::{Answer, Item, Kind, Questionnaire};
use asesmen::json::parse;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn load(name: &str) -> (Questionnaire, Value) {
    let (_, bytes) = files().into_iter().find(|(file, _)| *file == format!("{name}.json")).expect("an instrument");
    (Questionnaire::load(&bytes).expect("loads"), form(&bytes))
}

fn item<'a>(form: &'a Questionnaire, link_id: &str) -> &'a Item {
    form.item(form.find(link_id).unwrap_or_else(|| panic!("no {link_id}")))
}

/// The codes that a question offers, all of the system of its diagram.
fn codes(form: &Questionnaire, link_id: &str, system: &str) -> Vec<String> {
    let url = format!("https://asesmen.id/fhir/CodeSystem/{system}");
    let code = |answer: &Answer| match answer {
        Answer::Coding(coding) if coding.system.as_deref() == Some(&*url) => coding.code.clone(),
        other => panic!("{link_id}: {other:?}"),
    };
    item(form, link_id).options.iter().map(|option| code(&option.answer)).collect()
}

#[test]
fn the_lists_are_found_by_their_link_ids() {
    let (genogram, _) = load("genogram");
    let lists = ["person", "couple", "child", "feeling", "violence"];
    assert!(lists.iter().all(|list| item(&genogram, list).is_repeating_group()));
    assert!(!item(&genogram, "client").is_repeating_group(), "exactly one");
    for text in ["client.name", "person.name", "person.where", "person.job", "person.edu", "couple.a", "couple.b"] {
        assert_eq!(item(&genogram, text).kind, Kind::String, "{text}");
    }
    for text in ["child.child", "child.couple", "child.parent", "feeling.a", "feeling.b", "violence.a", "violence.b"] {
        assert_eq!(item(&genogram, text).kind, Kind::String, "{text}");
    }
    for date in ["client.birth", "person.birth", "person.death", "couple.from", "couple.to"] {
        assert!(item(&genogram, date).partial_date, "{date}");
    }
    for hidden in ["person.id", "couple.id", "child.twins"] {
        assert!(item(&genogram, hidden).hidden, "{hidden}");
    }
    let (ecomap, _) = load("ekomap");
    assert!(item(&ecomap, "system").is_repeating_group());
    assert_eq!(item(&ecomap, "snapshot_date").kind, Kind::Date);
}

/// Every code that is offered is one that the drawing knows, and every one that it knows is offered.
#[test]
fn what_is_offered_is_what_is_drawn() {
    let (form, _) = load("genogram");
    let read = |list: &str, mut record: Value, member: &str, code: &str| {
        record[member] = code.into();
        let text = json!({ list: [record] }).to_string();
        let back = Genogram::from_json(&parse(text.as_bytes()).expect("JSON")).expect("a genogram").to_json();
        let back: Value = serde_json::from_slice(&asesmen::json::canonical(&back)).expect("JSON");
        assert_eq!(back[list][0][member], code);
    };
    let person = json!({"id": "a"});
    for (link_id, list, record, member, count) in [
        ("person.sex", "people", person.clone(), "sex", 4),
        ("client.sex", "people", person.clone(), "sex", 4),
        ("person.alive", "people", person, "life", 3),
        ("couple.kind", "couples", json!({"id": "c"}), "kind", 8),
        ("child.kind", "children", json!({"child": "a", "parent": "b"}), "kind", 9),
        ("feeling.quality", "feelings", json!({"a": "a", "b": "b"}), "quality", 9),
    ] {
        let codes = codes(&form, link_id, "genogram");
        codes.iter().for_each(|code| read(list, record.clone(), member, code));
        assert_eq!(codes.len(), count, "{link_id}");
        assert!(!codes.contains(&"violent".to_owned()), "violence is a list of its own");
    }
    let (form, _) = load("ekomap");
    for (member, count) in [("kind", 12), ("strength", 4), ("tension", 3), ("flow", 4), ("importance", 3), ("wish", 5)]
    {
        let codes = codes(&form, &format!("system.{member}"), "ecomap");
        assert_eq!(codes.len(), count, "{member}");
        for code in codes {
            let text = json!({"systems": [{"id": "a", member: code}]}).to_string();
            let ecomap = Ecomap::from_json(&parse(text.as_bytes()).expect("JSON")).expect("an ecomap");
            let own = matches!(ecomap.systems[0].kind, Some(asesmen::diagram::ecomap::Kind::Own(_)));
            assert!(!own, "{code} is no common kind");
        }
    }
    assert_eq!(codes(&form, "centre", "ecomap"), ["client", "household"]);
}

/// What names an entry of a list leads to the hidden identifier of that list.
#[test]
fn ties_name_entries_of_lists() {
    let (questionnaire, form) = load("genogram");
    let mut named = BTreeSet::new();
    super::house::each(&form, &mut |element| {
        let names = element["extension"].as_array().into_iter().flatten();
        for name in names.filter(|name| name["url"] == "https://asesmen.id/fhir/StructureDefinition/names-entry") {
            let id = name["valueString"].as_str().expect("a linkId");
            let hidden = item(&questionnaire, id);
            assert!(hidden.hidden && hidden.kind == Kind::String, "{id}");
            named.insert((element["linkId"].as_str().expect("a linkId").to_owned(), id.to_owned()));
        }
    });
    let of = |id: &str| named.iter().filter(|(_, of)| of == id).map(|(name, _)| &**name).collect::<Vec<_>>();
    let people = vec![
        "child.child",
        "child.parent",
        "couple.a",
        "couple.b",
        "feeling.a",
        "feeling.b",
        "violence.a",
        "violence.b",
    ];
    assert_eq!((of("person.id"), of("client.id")), (people.clone(), people));
    assert_eq!(of("couple.id"), ["child.couple"]);
}

/// Whether three generations are covered is nobody's question (T16).
#[test]
fn what_the_ties_say_is_not_asked() {
    let (form, _) = load("genogram");
    let asked = |word: &str| form.items().any(|item| item.link_id.ends_with(word));
    assert!(!asked("complete") && !asked("generation") && !asked(".age"));
}

/// Third persons are known by initials, and by no number (U7); what is most private is marked (domain inventory 0.4).
#[test]
fn third_persons_are_protected() {
    for (name, link_id) in [("genogram", "person.name"), ("ekomap", "system.name")] {
        let (form, source) = load(name);
        let mut help = String::new();
        super::house::each(&source, &mut |element| {
            if element["linkId"] == format!("{link_id}.how") {
                help = element["text"].as_str().expect("words").to_owned();
            }
        });
        assert!(help.contains("Inisial cukup") && help.contains("angan menulis nomor identitas"), "{help}");
        assert!(form.items().all(|item| !item.link_id.contains("nik") && !item.link_id.contains("number")));
    }
    let (form, _) = load("genogram");
    let mark = |link_id: &str| format!("{:?}", item(&form, link_id).sensitivity);
    assert!(
        mark("violence.a").contains('X')
            && mark("person.health_note").contains('S')
            && mark("person.name").contains('P')
    );
}
