//! Family records: partners, events, and pointers that only one side has.

use super::{couple, file, file7, import, kinds, partners, ties};
use asesmen::diagram::gedcom::{Imported, NoteKind};
use asesmen::diagram::{ChildKind, CoupleKind};

/// Two people and their family with these lines.
fn pair(lines: &str) -> Imported {
    let lines = if lines.is_empty() { String::new() } else { format!("\n{lines}") };
    import(&file(&format!(
        "0 @A@ INDI\n1 NAME Adi\n1 SEX M\n1 FAMS @F@\n0 @B@ INDI\n1 NAME Bunga\n1 SEX F\n1 FAMS @F@\n\
         0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@{lines}"
    )))
}

fn date(date: Option<&asesmen::domain::PartialDate>) -> String {
    date.and_then(|date| date.calendar).map(|calendar| calendar.to_string()).unwrap_or_default()
}

#[test]
fn events_tell_how_a_couple_is_together() {
    use CoupleKind::{Cohabiting, Dating, Divorced, Married, Separated, Simultaneous, Unregistered, Widowed};
    let table = [
        ("1 MARR", Married, "", ""),
        ("1 MARR Y", Married, "", ""),
        ("1 MARR\n2 DATE 3 MAY 1980", Married, "1980-05-03", ""),
        ("1 MARR\n2 TYPE civil\n2 DATE 1980", Married, "1980", ""),
        ("1 MARR\n2 TYPE Religious\n2 DATE 1980", Unregistered, "1980", ""),
        ("1 MARR\n2 TYPE nikah siri", Unregistered, "", ""),
        ("1 MARR\n2 TYPE religious\n2 DATE 1981\n1 MARR\n2 TYPE civil", Unregistered, "1981", ""),
        ("1 MARR\n2 TYPE common law", Cohabiting, "", ""),
        ("1 MARR\n2 TYPE polygamous", Simultaneous, "", ""),
        ("1 MARR\n2 TYPE meriah", Married, "", ""),
        ("1 MARR\n2 DATE 1980\n1 DIV\n2 DATE 1985", Divorced, "1980", "1985"),
        ("1 DIV Y", Divorced, "", ""),
        ("1 MARR\n1 DIV N", Married, "", ""),
        ("1 MARR\n2 DATE 1980\n1 _SEPR\n2 DATE 1984", Separated, "1980", "1984"),
        ("1 MARR\n1 EVEN\n2 TYPE Separation\n2 DATE 1984", Separated, "", "1984"),
        ("1 _SEPR\n1 DIV\n2 DATE 1985", Divorced, "", "1985"),
        ("1 NO MARR", Cohabiting, "", ""),
        ("1 MARR N", Cohabiting, "", ""),
        ("1 EVEN\n2 TYPE Living together\n2 DATE 1990", Cohabiting, "1990", ""),
        ("1 EVEN\n2 TYPE Unmarried", Cohabiting, "", ""),
        ("1 _COML\n2 DATE 1990", Cohabiting, "1990", ""),
        ("1 _STAT Not married", Cohabiting, "", ""),
        ("1 EVEN\n2 TYPE Berpacaran", Dating, "", ""),
        ("1 MARR\n1 EVEN\n2 TYPE Widowed", Widowed, "", ""),
        ("1 ENGA\n1 MARR\n2 DATE 1980", Married, "1980", ""),
        ("1 _UNION WIDOWED\n1 MARR\n2 DATE 1980\n1 _UNTIL\n2 DATE 1999", Widowed, "1980", "1999"),
        ("1 _UNION COHABITING\n2 DATE 1980", Cohabiting, "1980", ""),
    ];
    for (lines, kind, from, to) in table {
        let imported = pair(lines);
        let read = couple(&imported.genogram, "F");
        let dates = (date(read.from.as_ref()), date(read.to.as_ref()));
        assert_eq!((read.kind, dates), (kind, (from.to_owned(), to.to_owned())), "{lines}");
        assert_eq!(partners(read), "A+B");
        let is_expected = |kind: &NoteKind| match kind {
            NoteKind::FurtherDate { .. } => lines.matches("MARR").count() > 1,
            _ => false,
        };
        assert!(kinds(&imported).iter().all(is_expected), "{lines}: {:?}", imported.notes);
    }
}

#[test]
fn what_is_the_nearest_kind_or_assumed_is_told() {
    let assumed = pair("");
    assert_eq!(couple(&assumed.genogram, "F").kind, CoupleKind::Married);
    assert_eq!(kinds(&assumed), [NoteKind::UnionAssumed]);
    let engaged = pair("1 ENGA\n2 DATE 1980");
    assert_eq!(couple(&engaged.genogram, "F").kind, CoupleKind::Dating);
    assert_eq!(kinds(&engaged), [NoteKind::UnionTaken { tag: "ENGA" }]);
    let annulled = pair("1 MARR\n1 ANUL\n2 DATE 1981");
    assert_eq!(couple(&annulled.genogram, "F").kind, CoupleKind::Divorced);
    assert_eq!(kinds(&annulled), [NoteKind::UnionTaken { tag: "ANUL" }]);
}

#[test]
fn a_couple_that_married_again_is_married() {
    let lines = ["1 MARR\n2 DATE 1911\n1 DIV\n2 DATE 1912\n1 MARR\n2 DATE 1914", "1 MARR\n1 DIV\n1 MARR"];
    let grouped = "1 MARR\n2 DATE 1911\n1 MARR\n2 DATE 1914\n1 DIV\n2 DATE 1912";
    for lines in lines.into_iter().chain([grouped]) {
        let imported = pair(lines);
        assert_eq!(couple(&imported.genogram, "F").kind, CoupleKind::Married, "{lines}");
        assert!(kinds(&imported).contains(&NoteKind::Remarried), "{lines}");
        assert!(couple(&imported.genogram, "F").to.is_none());
    }
    let ended = pair("1 MARR\n2 DATE 1911\n1 MARR\n2 DATE 1914\n1 DIV\n2 DATE 1920");
    assert_eq!(couple(&ended.genogram, "F").kind, CoupleKind::Divorced);
}

#[test]
fn two_families_of_one_couple_stay_two_where_each_says_something() {
    let people = "0 @A@ INDI\n1 FAMS @F@\n1 FAMS @G@\n0 @B@ INDI\n1 FAMS @F@\n1 FAMS @G@\n0 @C@ INDI\n1 FAMC @G@";
    let both = format!(
        "{people}\n0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR\n1 DIV\n0 @G@ FAM\n1 WIFE @B@\n1 HUSB @A@\n1 MARR\n1 CHIL @C@"
    );
    let imported = import(&file(&both));
    assert_eq!(imported.genogram.couples.len(), 2);
    assert_eq!(partners(couple(&imported.genogram, "G")), "B+A");
    let one =
        format!("{people}\n0 @G@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 CHIL @C@\n0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR");
    let imported = import(&file(&one));
    assert_eq!(kinds(&imported), [NoteKind::FamiliesMerged]);
    assert_eq!(ties(&imported.genogram, "C"), [("F".to_owned(), ChildKind::Birth)]);
    assert_eq!(imported.genogram.couples.len(), 1);
}

#[test]
fn partners_are_taken_as_they_come() {
    let people = "0 @A@ INDI\n1 SEX M\n1 FAMS @F@\n0 @B@ INDI\n1 SEX M\n1 FAMS @F@\n0 @C@ INDI\n1 SEX F\n1 FAMS @F@";
    let two = import(&file7(
        &people.replace("\n0 @C@ INDI\n1 SEX F\n1 FAMS @F@", "\n0 @F@ FAM\n1 HUSB @A@\n1 HUSB @B@\n1 MARR"),
    ));
    assert_eq!((partners(couple(&two.genogram, "F")).as_str(), two.notes.len()), ("A+B", 0));
    let three = import(&file(&format!("{people}\n0 @F@ FAM\n1 HUSB @A@\n1 HUSB @B@\n1 WIFE @C@\n1 MARR")));
    assert_eq!(partners(couple(&three.genogram, "F")), "A+B");
    assert!(kinds(&three).contains(&NoteKind::FurtherPartner { who: "C".to_owned() }));
}

#[test]
fn one_parent_with_children_is_one_parent() {
    let imported = import(&file("0 @A@ INDI\n1 FAMS @F@\n0 @C@ INDI\n1 FAMC @F@\n0 @F@ FAM\n1 WIFE @A@\n1 CHIL @C@"));
    assert_eq!(ties(&imported.genogram, "C"), [("only A".to_owned(), ChildKind::Birth)]);
    assert_eq!((imported.genogram.couples.len(), imported.notes.len()), (0, 0));
}

#[test]
fn half_siblings_stay_apart_where_the_other_parents_are_unknown() {
    let imported = import(&file(
        "0 @A@ INDI\n1 FAMS @F@\n1 FAMS @G@\n0 @C@ INDI\n1 FAMC @F@\n0 @D@ INDI\n1 FAMC @G@\n\
         0 @F@ FAM\n1 HUSB @A@\n1 CHIL @C@\n0 @G@ FAM\n1 HUSB @A@\n1 CHIL @D@",
    ));
    assert_eq!(imported.genogram.couples.iter().map(partners).collect::<Vec<_>>(), ["A+-", "A+-"]);
    assert_ne!(ties(&imported.genogram, "C")[0].0, ties(&imported.genogram, "D")[0].0);
}

#[test]
fn a_marriage_with_somebody_unknown_is_a_couple() {
    for (lines, expected) in [
        ("1 HUSB @A@\n1 MARR", "A+-"),
        ("1 HUSB @VOID@\n1 WIFE @A@\n1 MARR", "-+A"),
        ("1 HUSB @A@\n1 WIFE @VOID@\n1 MARR", "A+-"),
    ] {
        let imported = import(&file7(&format!("0 @A@ INDI\n1 FAMS @F@\n0 @F@ FAM\n{lines}")));
        assert_eq!(partners(couple(&imported.genogram, "F")), expected);
        assert_eq!(imported.notes.len(), 0);
    }
}

#[test]
fn siblings_without_parents_stay_siblings() {
    let imported = import(&file("0 @C@ INDI\n1 FAMC @F@\n0 @D@ INDI\n1 FAMC @F@\n0 @F@ FAM\n1 CHIL @C@\n1 CHIL @D@"));
    assert_eq!(partners(couple(&imported.genogram, "F")), "-+-");
    assert_eq!(ties(&imported.genogram, "C"), ties(&imported.genogram, "D"));
    let alone = import(&file("0 @C@ INDI\n1 FAMC @F@\n0 @F@ FAM\n1 CHIL @C@"));
    assert_eq!((alone.genogram.couples.len(), kinds(&alone)), (0, vec![NoteKind::EmptyFamily]));
}

#[test]
fn what_one_side_tells_is_taken_as_told() {
    let child = ("F".to_owned(), ChildKind::Birth);
    let people = "0 @A@ INDI\n1 FAMS @F@\n0 @B@ INDI\n1 FAMS @F@\n0 @C@ INDI";
    let family = "0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR";
    let told = |tag| vec![NoteKind::OneSided { tag }];
    let chil = import(&file(&format!("{people}\n{family}\n1 CHIL @C@")));
    assert_eq!((ties(&chil.genogram, "C"), kinds(&chil)), (vec![child.clone()], told("FAMC")));
    let famc = import(&file(&format!("{people}\n1 FAMC @F@\n{family}")));
    assert_eq!((ties(&famc.genogram, "C"), kinds(&famc)), (vec![child], told("CHIL")));
    let husb = import(&file("0 @A@ INDI\n0 @F@ FAM\n1 HUSB @A@\n1 MARR"));
    assert_eq!((partners(couple(&husb.genogram, "F")).as_str(), kinds(&husb)), ("A+-", told("FAMS")));
    let fams = import(&file("0 @A@ INDI\n1 FAMS @F@\n0 @F@ FAM\n1 MARR"));
    assert_eq!((partners(couple(&fams.genogram, "F")).as_str(), kinds(&fams)), ("A+-", told("HUSB")));
}

#[test]
fn names_of_nobody_lead_nowhere_and_are_told() {
    let imported = import(&file(
        "0 @A@ INDI\n1 FAMS @F@\n1 FAMS @X@\n1 FAMC @Y@\n1 FAMC @A@\n0 @F@ FAM\n1 HUSB @A@\n1 WIFE @Z@\n1 CHIL @W@\n1 CHIL @F@\n1 CHIL Adi\n1 MARR",
    ));
    assert_eq!(partners(couple(&imported.genogram, "F")), "A+-");
    assert_eq!(imported.genogram.children, []);
    let person = |id: &str| NoteKind::MissingPerson { id: id.to_owned() };
    let family = |id: &str| NoteKind::MissingFamily { id: id.to_owned() };
    let told: Vec<NoteKind> =
        kinds(&imported).into_iter().filter(|kind| !matches!(kind, NoteKind::LeftOut { .. })).collect();
    assert_eq!(told, [family("X"), family("Y"), family("A"), person("Z"), person("W"), person("F"), person("Adi")]);
}

#[test]
fn nobody_is_married_to_themselves() {
    let imported = import(&file("0 @A@ INDI\n1 NAME Adi\n1 FAMS @F@\n0 @F@ FAM\n1 HUSB @A@\n1 WIFE @A@\n1 MARR"));
    assert_eq!(partners(couple(&imported.genogram, "F")), "A+-");
    assert_eq!(kinds(&imported), [NoteKind::SelfMarriage { who: "Adi".to_owned() }]);
}

#[test]
fn a_child_that_stands_twice_is_tied_once() {
    let imported = import(&file(
        "0 @A@ INDI\n1 FAMS @F@\n0 @C@ INDI\n1 NAME Citra\n1 FAMC @F@\n1 FAMC @F@\n0 @F@ FAM\n1 HUSB @A@\n1 CHIL @C@\n1 CHIL @C@",
    ));
    assert_eq!(ties(&imported.genogram, "C").len(), 1);
    let told = NoteKind::FurtherTie { who: "Citra".to_owned() };
    assert_eq!(kinds(&imported), [told.clone(), told]);
}

#[test]
fn children_come_in_the_order_of_the_family() {
    let imported = import(&file(
        "0 @A@ INDI\n1 FAMS @F@\n0 @C@ INDI\n1 FAMC @F@\n0 @D@ INDI\n1 FAMC @F@\n0 @E@ INDI\n1 FAMC @F@\n\
         0 @F@ FAM\n1 HUSB @A@\n1 CHIL @D@\n1 CHIL @E@\n1 CHIL @C@",
    ));
    let order: Vec<&str> = imported.genogram.children.iter().map(|tie| &*tie.child.0).collect();
    assert_eq!(order, ["D", "E", "C"]);
}
