//! `asesmen genogram draw`: a family in, a drawing out.

use super::folder::{Folder, Run, program, run};

const FAMILY: &[u8] = br#"{
  "people": [
    {"id": "a", "name": "Karto", "sex": "male"}, {"id": "b", "name": "Sumi", "sex": "female"},
    {"id": "c", "name": "Dewi", "sex": "female", "isIndex": true}, {"id": "d", "sex": "male"},
    {"id": "e", "name": "Ani", "sex": "female"}
  ],
  "couples": [{"id": "ab", "a": "a", "b": "b"}, {"id": "cd", "a": "c", "b": "d", "kind": "unregistered"}],
  "children": [{"child": "c", "couple": "ab"}, {"child": "e", "couple": "cd", "kind": "foster"}]
}"#;

fn draw(arguments: &[&str]) -> Run {
    let folder = Folder::new(&[
        ("family.json", FAMILY),
        ("strange.json", br#"{"people": [], "cats": []}"#),
        ("own.json", br#"{"people": [{"id": "a"}], "couples": [{"id": "c", "a": "a", "b": "a"}]}"#),
        ("none.json", b"a family"),
        ("cut.json", b" {\"people\": ["),
        (
            "family.ged",
            b"0 HEAD\n0 @A@ INDI\n1 NAME Karto\n1 OCCU farmer\n0 @B@ INDI\n0 @F@ FAM\n1 HUSB @A@\n1 CHIL @B@\n0 TRLR\n",
        ),
    ]);
    run(program().args(["genogram", "draw"]).args(arguments).current_dir(folder.path()))
}

#[test]
fn a_family_becomes_a_drawing_in_the_language_of_the_reader() {
    let drawn = draw(&["family.json"]);
    assert_eq!((drawn.code, drawn.err.as_str()), (Some(0), ""));
    assert!(drawn.out.starts_with("<svg ") && drawn.out.ends_with("</svg>\n"));
    for word in [
        "Karto",
        "Kawin tidak tercatat",
        "Anak asuh",
        "Klien",
        "5 orang",
        "data-person-id=\"e\"",
        "data-union-id=\"cd\"",
        "data-generation=\"2\"",
    ] {
        assert!(drawn.out.contains(word), "{word}");
    }
    let english = draw(&["family.json", "--language", "en"]).out;
    assert!(english.contains("Unregistered marriage") && !english.contains("Kawin"));
}

#[test]
fn gedcom_is_read_whatever_the_file_is_called() {
    let drawn = draw(&["family.ged"]);
    assert_eq!(drawn.code, Some(0));
    for part in ["Karto", "data-person-id=\"B\"", "data-union-id=\"+A\""] {
        assert!(drawn.out.contains(part), "{part}");
    }
    assert!(drawn.err.contains("OCCU"), "what is left out is told: {}", drawn.err);
}

#[test]
fn only_those_around_somebody_are_drawn() {
    let part = draw(&["family.json", "--root", "e", "--generations", "1"]);
    assert_eq!(part.code, Some(0));
    assert!(part.out.contains("data-person-id=\"c\"") && !part.out.contains("data-person-id=\"a\""));
    let nobody = draw(&["family.json", "--root", "x", "--generations", "1"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (Some(2), ""));
    assert!(nobody.err.contains("nobody in it is called “x”"), "{}", nobody.err);
    assert_eq!(draw(&["family.json", "--root", "e"]).code, Some(2));
}

#[test]
fn what_cannot_be_drawn_is_told_and_nothing_is_printed() {
    for (file, why) in [
        ("own.json", "partner of nobody but themselves"),
        ("none.json", "is no genogram in JSON, and no GEDCOM file"),
        ("cut.json", "is not JSON"),
        ("gone.json", "cannot be read"),
    ] {
        let refused = draw(&[file]);
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{file}");
        assert!(refused.err.contains(why), "{}", refused.err);
    }
}

#[test]
fn what_is_left_out_is_told() {
    let drawn = draw(&["strange.json"]);
    assert_eq!(drawn.code, Some(0));
    assert!(drawn.err.contains("“cats” is no list of a genogram"), "{}", drawn.err);
}
