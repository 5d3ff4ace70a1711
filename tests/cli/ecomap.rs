//! `asesmen ecomap draw`: a map in, a drawing out.

use super::folder::{Folder, Run, program, run};

const MAP: &[u8] = include_bytes!("../fixtures/ecomap.json");

fn draw(arguments: &[&str]) -> Run {
    let folder = Folder::new(&[
        ("map.json", MAP),
        ("marked.json", &[b"\xEF\xBB\xBF", MAP].concat()),
        ("twice.json", br#"{"systems": [{"id": "a"}, {"id": "a"}]}"#),
        ("strange.json", br#"{"systems": [{"id": "a", "strength": "thick"}]}"#),
        ("none.json", b"a map"),
    ]);
    run(program().args(["ecomap", "draw"]).args(arguments).current_dir(folder.path()))
}

/// A map with nearly all signs, as it was looked at and found right.
#[test]
fn a_map_looks_as_it_did() {
    let drawn = draw(&["map.json"]);
    assert_eq!((drawn.code, drawn.err.as_str()), (Some(0), ""));
    let known = include_str!("../fixtures/ecomap.svg");
    let other = drawn.out.lines().zip(known.lines()).find(|(now, then)| now != then);
    assert_eq!((other, drawn.out.len()), (None, known.len()));
    assert_eq!(draw(&["marked.json"]).out, drawn.out);
}

#[test]
fn its_legend_speaks_the_language_of_the_reader() {
    let english = draw(&["map.json", "--language", "en"]).out;
    for word in ["Ecomap with the client in the middle and 8 systems around.", "Strong tie", "Wants to mend it"] {
        assert!(english.contains(word), "{word}");
    }
    assert!(!english.contains("Hubungan") && !english.contains("Klien"));
}

#[test]
fn what_cannot_be_drawn_is_told() {
    for (file, reason) in [
        ("twice.json", "two systems are called “a”"),
        ("strange.json", "system number 1: “strength” cannot be read"),
        ("none.json", "is not JSON"),
        ("nowhere.json", "cannot be read"),
    ] {
        let drawn = draw(&[file]);
        assert_eq!((drawn.code, drawn.out.as_str()), (Some(2), ""), "{file}");
        assert!(drawn.err.contains(reason), "{file}: {}", drawn.err);
    }
}
