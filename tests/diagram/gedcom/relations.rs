//! How children are tied: kinds, losses, twins, and feelings.

use super::{file, file7, import, kinds, ties};
use asesmen::diagram::gedcom::{Imported, NoteKind};
use asesmen::diagram::{ChildKind, Feeling};

/// Parents A and B, and C with these lines; the family has `chil` below its CHIL.
fn child(lines: &str, chil: &str) -> Imported {
    let newline = |text: &str| if text.is_empty() { String::new() } else { format!("\n{text}") };
    import(&file(&format!(
        "0 @A@ INDI\n1 SEX M\n1 FAMS @F@\n0 @B@ INDI\n1 SEX F\n1 FAMS @F@\n0 @C@ INDI\n1 NAME Citra{}\n\
         0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR\n1 CHIL @C@{}",
        newline(lines),
        newline(chil)
    )))
}

#[test]
fn pedigrees_tell_the_kind_of_tie() {
    let table = [
        ("", ChildKind::Birth),
        ("2 PEDI birth", ChildKind::Birth),
        ("2 PEDI BIRTH", ChildKind::Birth),
        ("2 PEDI adopted", ChildKind::Adopted),
        ("2 PEDI FOSTER", ChildKind::Foster),
        ("2 PEDI step", ChildKind::Step),
        ("2 PEDI OTHER\n3 PHRASE Stepchild", ChildKind::Step),
        ("2 PEDI OTHER\n3 PHRASE anak asuh", ChildKind::Foster),
        ("2 PEDI unknown", ChildKind::Unclear),
        ("2 STAT CHALLENGED", ChildKind::Unclear),
        ("2 STAT PROVEN", ChildKind::Birth),
        ("2 PEDI OTHER\n3 PHRASE x\n2 _CHILD STEP", ChildKind::Step),
    ];
    for (lines, kind) in table {
        let imported = child(&format!("1 FAMC @F@\n{lines}"), "");
        assert_eq!(ties(&imported.genogram, "C"), [("F".to_owned(), kind)], "{lines}");
        assert_eq!(kinds(&imported), [], "{lines}");
    }
    let unclear = child("1 FAMC @F@\n2 PEDI OTHER\n3 PHRASE dititipkan", "");
    assert_eq!(ties(&unclear.genogram, "C"), [("F".to_owned(), ChildKind::Unclear)]);
    assert_eq!(kinds(&unclear), [NoteKind::TieUnclear { text: "dititipkan".to_owned() }]);
}

#[test]
fn a_sealing_and_a_disproven_tie_are_none() {
    for (line, text) in [("2 PEDI sealing", "sealing"), ("2 STAT DISPROVEN", "disproven")] {
        let imported = child(&format!("1 FAMC @F@\n{line}"), "");
        assert_eq!(imported.genogram.children, []);
        let told = NoteKind::TieLeftOut { who: "Citra".to_owned(), text: text.to_owned() };
        assert_eq!(kinds(&imported), [told]);
    }
}

#[test]
fn relations_to_each_parent_make_a_tie_to_each() {
    use ChildKind::{Adopted, Birth, Foster, Step};
    let only = |kind_of_a, kind_of_b| vec![("only A".to_owned(), kind_of_a), ("only B".to_owned(), kind_of_b)];
    let table = [
        ("2 _FREL Natural\n2 _MREL Natural", vec![("F".to_owned(), Birth)]),
        ("2 _FREL Adopted\n2 _MREL adopted", vec![("F".to_owned(), Adopted)]),
        ("2 _FREL Step\n2 _MREL Natural", only(Step, Birth)),
        ("2 _MREL Guardian", only(Birth, Foster)),
    ];
    for (chil, expected) in table {
        assert_eq!(ties(&child("1 FAMC @F@", chil).genogram, "C"), expected, "{chil}");
    }
    let wife_first = file(
        "0 @A@ INDI\n1 FAMS @F@\n0 @B@ INDI\n1 FAMS @F@\n0 @C@ INDI\n1 FAMC @F@\n\
         0 @F@ FAM\n1 WIFE @B@\n1 HUSB @A@\n1 CHIL @C@\n2 _FREL Step\n2 _MREL Natural",
    );
    let mut found = ties(&import(&wife_first).genogram, "C");
    found.sort_by(|one, two| one.0.cmp(&two.0));
    assert_eq!(found, only(Step, Birth));
}

#[test]
fn adoptions_tell_who_adopted() {
    let adopted = |by: &str| child(&format!("1 FAMC @F@\n1 ADOP\n2 FAMC @F@\n3 ADOP {by}"), "");
    let both = adopted("BOTH");
    assert_eq!(ties(&both.genogram, "C"), [("F".to_owned(), ChildKind::Adopted)]);
    assert_eq!(kinds(&both), []);
    let by_father = [("only A".to_owned(), ChildKind::Adopted), ("only B".to_owned(), ChildKind::Birth)];
    assert_eq!(ties(&adopted("HUSB").genogram, "C"), by_father);
    let by_mother = [("only A".to_owned(), ChildKind::Birth), ("only B".to_owned(), ChildKind::Adopted)];
    assert_eq!(ties(&adopted("WIFE").genogram, "C"), by_mother);
}

#[test]
fn a_child_may_have_several_families() {
    let imported = import(&file(
        "0 @A@ INDI\n1 FAMS @F@\n0 @B@ INDI\n1 FAMS @G@\n0 @C@ INDI\n1 FAMC @F@\n1 FAMC @G@\n2 PEDI foster\n\
         0 @F@ FAM\n1 HUSB @A@\n1 CHIL @C@\n0 @G@ FAM\n1 WIFE @B@\n1 CHIL @C@",
    ));
    let expected = [("only A".to_owned(), ChildKind::Birth), ("only B".to_owned(), ChildKind::Foster)];
    assert_eq!(ties(&imported.genogram, "C"), expected);
}

#[test]
fn births_that_were_none_are_losses() {
    let table = [
        ("1 DEAT\n2 AGE STILLBORN", ChildKind::Stillbirth),
        ("1 DEAT\n2 AGE 0y\n3 PHRASE Stillborn", ChildKind::Stillbirth),
        ("1 DEAT\n2 TYPE stillbirth", ChildKind::Stillbirth),
        ("1 BIRT\n2 TYPE Stillborn", ChildKind::Stillbirth),
        ("1 BIRT\n2 KIND BORN_DEAD", ChildKind::Stillbirth),
        ("1 EVEN\n2 TYPE Miscarriage", ChildKind::Miscarriage),
        ("1 EVEN\n2 TYPE Abortion", ChildKind::Abortion),
        ("1 EVEN\n2 TYPE Pregnancy", ChildKind::Pregnancy),
        ("1 DEAT\n2 AGE 2d", ChildKind::Birth),
    ];
    for (lines, kind) in table {
        let imported = child(&format!("1 FAMC @F@\n{lines}"), "");
        assert_eq!(ties(&imported.genogram, "C"), [("F".to_owned(), kind)], "{lines}");
        assert_eq!(kinds(&imported), [], "{lines}");
    }
}

#[test]
fn twins_are_tied_by_their_association() {
    let twins = |association: &str| {
        let imported = import(&file(&format!(
            "0 @A@ INDI\n1 FAMS @F@\n0 @C@ INDI\n1 FAMC @F@\n1 ASSO @D@\n{association}\n0 @D@ INDI\n1 FAMC @F@\n\
             0 @E@ INDI\n1 FAMC @F@\n0 @F@ FAM\n1 WIFE @A@\n1 CHIL @C@\n1 CHIL @D@\n1 CHIL @E@"
        )));
        imported.genogram.children.into_iter().map(|tie| tie.twins).collect::<Vec<_>>()
    };
    for (association, identical) in [
        ("2 RELA Twin", false),
        ("2 ROLE OTHER\n3 PHRASE Twin", false),
        ("2 RELA identical twin", true),
        ("2 RELA non-identical twin", false),
        ("2 ROLE OTHER\n3 PHRASE kembar identical", true),
    ] {
        let [c, d, e] = twins(association).try_into().expect("three children");
        assert!(c.is_some() && c == d && e.is_none(), "{association}");
        assert_eq!(c.expect("twins").identical, identical, "{association}");
    }
    assert!(twins("2 RELA Godfather").iter().all(Option::is_none));
}

#[test]
fn our_own_tags_tell_twins_and_feelings() {
    let imported = import(&file7(
        "0 @A@ INDI\n1 FAMS @F@\n1 ASSO @C@\n2 ROLE OTHER\n3 PHRASE violent towards\n2 _FEELING VIOLENT\n\
         0 @C@ INDI\n1 FAMC @F@\n2 _TWINS satu\n3 _IDENTICAL Y\n0 @D@ INDI\n1 FAMC @F@\n2 _TWINS satu\n3 _IDENTICAL N\n\
         0 @F@ FAM\n1 HUSB @A@\n1 CHIL @C@\n1 CHIL @D@",
    ));
    assert_eq!(kinds(&imported), []);
    let twins: Vec<_> = imported.genogram.children.iter().map(|tie| tie.twins.clone().expect("twins")).collect();
    assert_eq!((&*twins[0].group, twins[0].identical, twins[1].identical), ("satu", true, false));
    let feeling = &imported.genogram.feelings[0];
    assert_eq!((&*feeling.a.0, &*feeling.b.0, feeling.quality), ("A", "C", Feeling::Violent));
}
