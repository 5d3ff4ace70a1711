//! What was written is read as it was.

use super::{kinds, sound};
use asesmen::diagram::gedcom::{read, write};
use asesmen::diagram::{
    ChildKind, ChildTie, Couple, CoupleId, CoupleKind, Feeling, FeelingTie, Genogram, Life, Parents, Person, PersonId,
    Sex, Twins,
};
use asesmen::domain::{Calendar, PartialDate, Qualifier};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::HashSet;

/// What has to come out of a file again: a genogram whose lists are in one order, and the children of all, eldest first. A
/// file tells children in birth order, and in no other way the place they had.
pub fn told(genogram: &Genogram) -> (Genogram, Vec<String>) {
    let mut told = genogram.clone();
    told.children.iter_mut().for_each(|tie| tie.order = None);
    told.children.sort_by_key(|tie| (tie.parents.clone(), tie.child.clone()));
    told.feelings.sort_by_key(|tie| genogram.people.iter().position(|person| person.id == tie.a));
    let children = |line: &&str| line.starts_with("1 CHIL ") || line.ends_with(" FAM");
    (told, write(genogram).lines().filter(children).map(str::to_owned).collect())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?",
        "[ -~]{0,12}",
        "\\PC{0,12}",
        "[@/\n \t<&é\u{301}]{1,6}",
        Just(" x  y ".to_owned())
    ]
}

fn words() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.trim().to_owned()).prop_filter("an event has words", |text| !text.is_empty())
}

fn date() -> impl Strategy<Value = PartialDate> {
    let calendar = prop_oneof![
        (1..=9999).prop_map(Calendar::Year),
        (1..=9999, 1..=12u32).prop_map(|(year, month)| Calendar::Month(year, month)),
        (1..=9999, 1..=366u32)
            .prop_map(|(year, day)| Calendar::Day(NaiveDate::from_yo_opt(year, day.min(365)).expect("a day"))),
    ];
    let qualifier = prop::sample::select(Qualifier::ALL.to_vec());
    let told_age = prop::option::of(0..130u16);
    let parts = prop_oneof![
        (calendar.prop_map(Some), prop::option::of(words())),
        words().prop_map(|words| (None, Some(words)))
    ];
    (parts, qualifier, told_age).prop_map(|((calendar, event), qualifier, told_age)| PartialDate {
        calendar,
        qualifier,
        event,
        told_age,
    })
}

fn maybe_date() -> impl Strategy<Value = Option<PartialDate>> {
    prop::option::of(date())
}

fn some_person(id: String) -> impl Strategy<Value = Person> {
    let sex = prop::sample::select(vec![Sex::Male, Sex::Female, Sex::Unknown, Sex::Other]);
    let life = prop::sample::select(vec![Life::Living, Life::Dead, Life::Unknown]);
    let name = prop_oneof![Just(String::new()), text()];
    let rest = (maybe_date(), maybe_date(), prop::option::of(any::<u16>()), life, any::<bool>(), any::<i16>());
    (name, sex, rest).prop_map(move |(name, sex, (birth, death, age, life, in_household, nudge))| Person {
        nudge,
        id: PersonId(id.as_str().into()),
        name,
        sex,
        is_index: false,
        birth,
        death: death.filter(|_| life == Life::Dead),
        age,
        life,
        in_household,
    })
}

/// Identifiers as other rooms make them, as GEDCOM has them, and as nobody would make them; each once.
fn ids(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let id = prop_oneof!["[A-Z][0-9]{1,2}", "[0-9a-f]{8}-[0-9a-f]{4}", "VOID", text()];
    prop::collection::hash_set(id, count).prop_map(|ids| {
        let mut ids: Vec<String> = ids.into_iter().collect();
        ids.sort();
        ids
    })
}

fn couple_of(id: String, people: &[PersonId]) -> impl Strategy<Value = Couple> + use<> {
    let one = prop::option::of(prop::sample::select(people.to_vec()));
    let kind = prop::sample::select(CoupleKind::ALL);
    (one.clone(), one, kind, maybe_date(), maybe_date()).prop_map(move |(a, b, kind, from, to)| {
        let b = b.filter(|b| Some(b) != a.as_ref());
        Couple { id: CoupleId(id.as_str().into()), a, b, kind, from, to }
    })
}

/// A tie of somebody to parents who come before them in the list, so that nobody is their own ancestor.
fn tie_of(people: &[PersonId], couples: &[Couple]) -> impl Strategy<Value = Option<ChildTie>> + use<> {
    let place = |id: &Option<PersonId>| id.as_ref().and_then(|id| people.iter().position(|known| known == id));
    let mut choices: Vec<(usize, Parents)> = Vec::new();
    for child in 0..people.len() {
        choices.extend(people[..child].iter().map(|one| (child, Parents::One(one.clone()))));
        let before = |couple: &&Couple| place(&couple.a).max(place(&couple.b)).is_none_or(|last| last < child);
        choices.extend(couples.iter().filter(before).map(|couple| (child, Parents::Couple(couple.id.clone()))));
    }
    let choice =
        if choices.is_empty() { Just(None).boxed() } else { prop::sample::select(choices).prop_map(Some).boxed() };
    let twins = prop::option::of((text(), any::<bool>()));
    let people = people.to_vec();
    let order = prop::option::of(0..5u32);
    (choice, prop::sample::select(ChildKind::ALL), order, twins).prop_map(move |(choice, kind, order, twins)| {
        let (child, parents) = choice?;
        let twins = twins.map(|(group, identical)| Twins { group: group.into(), identical });
        Some(ChildTie { child: people[child].clone(), parents, kind, order, twins })
    })
}

fn genogram() -> impl Strategy<Value = Genogram> {
    let people = ids(1..7).prop_flat_map(|ids| ids.into_iter().map(some_person).collect::<Vec<_>>());
    (people, ids(0..5), any::<prop::sample::Index>(), any::<bool>()).prop_flat_map(
        |(mut people, couples, index, has_index)| {
            let at = index.index(people.len());
            people[at].is_index = has_index;
            let ids: Vec<PersonId> = people.iter().map(|person| person.id.clone()).collect();
            let couples: Vec<_> = couples.into_iter().map(|id| couple_of(id, &ids)).collect();
            (Just(people), Just(ids), couples).prop_flat_map(|(people, ids, couples)| {
                let ties = prop::collection::vec(tie_of(&ids, &couples), 0..8);
                let feeling = (
                    prop::sample::select(ids.clone()),
                    prop::sample::select(ids),
                    prop::sample::select(Feeling::ALL.to_vec()),
                );
                (Just(people), Just(couples), ties, prop::collection::vec(feeling, 0..4)).prop_map(made)
            })
        },
    )
}

type Parts = (Vec<Person>, Vec<Couple>, Vec<Option<ChildTie>>, Vec<(PersonId, PersonId, Feeling)>);

fn made((people, couples, ties, feelings): Parts) -> Genogram {
    let mut seen = HashSet::new();
    let once = |tie: &ChildTie| seen.insert((tie.child.clone(), tie.parents.clone()));
    let feelings = feelings.into_iter().filter(|(a, b, _)| a != b);
    Genogram {
        people,
        couples,
        children: ties.into_iter().flatten().filter(once).collect(),
        feelings: feelings.map(|(a, b, quality)| FeelingTie { a, b, quality }).collect(),
    }
}

/// A text as the lines of a file can hold it.
fn held(text: &str) -> bool {
    !text.contains(
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 4000 }))]

    #[test]
    fn what_was_written_is_read_as_it_was(genogram in genogram()) {
        sound(&genogram);
        prop_assume!(genogram.people.iter().all(|person| held(&person.name) && held(&person.id.0)));
        let text = write(&genogram);
        let imported = read(text.as_bytes()).expect("our own file");
        prop_assert_eq!(&imported.notes, &[], "our own file needs no notes");
        prop_assert_eq!(told(&imported.genogram), told(&genogram), "{}", text);
    }
}

#[test]
fn a_written_file_is_what_the_specification_asks_for() {
    let person = |id: &str, name: &str, sex| Person {
        id: PersonId(id.into()),
        name: name.to_owned(),
        sex,
        is_index: false,
        birth: None,
        death: None,
        age: None,
        life: Life::Unknown,
        in_household: false,
        nudge: 0,
    };
    let year = |year| PartialDate { calendar: Some(Calendar::Year(year)), ..PartialDate::default() };
    let mut siti = person("I1", "Siti", Sex::Female);
    (siti.is_index, siti.in_household, siti.birth, siti.life) = (true, true, Some(year(1980)), Life::Living);
    let mut adi = person("0198-adi", "Adi/Aji", Sex::Male);
    (adi.death, adi.life, adi.age, adi.nudge) = (Some(year(2020)), Life::Dead, Some(44), -3);
    let genogram = Genogram {
        people: vec![siti, adi, person("I3", "", Sex::Unknown)],
        couples: vec![Couple {
            id: CoupleId("F1".into()),
            a: Some(PersonId("I1".into())),
            b: Some(PersonId("0198-adi".into())),
            kind: CoupleKind::Widowed,
            from: Some(year(2000)),
            to: Some(year(2020)),
        }],
        children: vec![ChildTie {
            child: PersonId("I3".into()),
            parents: Parents::Couple(CoupleId("F1".into())),
            kind: ChildKind::Miscarriage,
            order: Some(0),
            twins: None,
        }],
        feelings: vec![FeelingTie {
            a: PersonId("I1".into()),
            b: PersonId("0198-adi".into()),
            quality: Feeling::CutOff,
        }],
    };
    let expected = "0 @I1@ INDI\n1 NAME Siti\n1 SEX F\n1 _INDEX Y\n1 _HOUSEHOLD Y\n1 BIRT\n2 DATE 1980\n1 NO DEAT\n1 FAMS @F1@\n\
        1 ASSO @I2@\n2 ROLE OTHER\n3 PHRASE cut off\n2 _FEELING CUTOFF\n\
        0 @I2@ INDI\n1 EXID 0198-adi\n2 TYPE https://asesmen.id/gedcom/id\n1 NAME Adi Aji\n2 _SHOWN Adi/Aji\n1 SEX M\n1 _NUDGE -3\n1 DEAT\n\
        2 DATE 2020\n2 AGE 44y\n1 FAMS @F1@\n0 @I3@ INDI\n1 SEX U\n1 FAMC @F1@\n2 PEDI BIRTH\n2 _CHILD MISCARRIAGE\n\
        0 @F1@ FAM\n1 WIFE @I1@\n1 HUSB @I2@\n1 MARR\n2 DATE 2000\n1 _UNION WIDOWED\n1 _UNTIL\n2 DATE 2020\n1 CHIL @I3@\n0 TRLR\n";
    let text = write(&genogram);
    let (header, records) = text.split_at(text.find("0 @").expect("records"));
    assert_eq!(records, expected);
    assert!(
        header.starts_with("\u{feff}0 HEAD\n1 GEDC\n2 VERS 7.0\n1 SCHMA\n2 TAG _AGE https://asesmen.id/gedcom/_AGE\n")
    );
    let imported = read(text.as_bytes()).expect("our own file");
    assert_eq!((&imported.genogram, kinds(&imported)), (&genogram, Vec::new()));
}

/// Tags that are written are in the header, and each is documented.
#[test]
fn every_extension_tag_is_declared_and_documented() {
    let text = write(&Genogram::default());
    let declared: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("2 TAG ")?.split_once(' ')).map(|(tag, _)| tag).collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_to_string(root.join("docs/gedcom.md")).expect("the documentation");
    let writer = std::fs::read_to_string(root.join("src/diagram/gedcom/write.rs")).expect("the writer");
    let used: HashSet<&str> = writer.split('"').filter(|part| part.starts_with('_') && part.len() > 1).collect();
    assert_eq!(declared.iter().copied().collect::<HashSet<_>>(), used);
    for tag in declared {
        assert!(docs.contains(&format!("`{tag}`")), "{tag} is documented nowhere");
    }
}

/// Years that our dates cannot tell leave their words.
#[test]
fn a_year_before_christ_is_kept_as_words() {
    let birth = PartialDate { calendar: Some(Calendar::Year(-43)), ..PartialDate::default() };
    let person = Person {
        id: PersonId("A".into()),
        name: String::new(),
        sex: Sex::Unknown,
        is_index: false,
        birth: Some(birth),
        death: None,
        age: None,
        life: Life::Unknown,
        in_household: false,
        nudge: 0,
    };
    let genogram = Genogram { people: vec![person], ..Genogram::default() };
    let imported = read(write(&genogram).as_bytes()).expect("our own file");
    let birth = imported.genogram.people[0].birth.as_ref().expect("a birth");
    assert_eq!((birth.calendar, birth.event.as_deref()), (None, Some("44 BCE")));
}
