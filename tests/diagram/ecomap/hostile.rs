//! Whatever a map holds: a drawing or a refusal, and never a panic.

use super::{anything, drawn, system};
use asesmen::diagram::ecomap::{Ecomap, EcomapRefusal, Kind, MOST, SystemId};

#[test]
fn names_cannot_write_markup() {
    let markup = "</text><script>alert(1)</script>&amp;\u{0}\u{b}]]>\"'";
    let mut ecomap = Ecomap { name: markup.to_owned(), systems: vec![system(0, markup)], ..Ecomap::default() };
    ecomap.systems[0].id = SystemId("\"><script>".into());
    ecomap.systems[0].kind = Some(Kind::Own("\" onload=\"alert(1)".to_owned()));
    let drawing = drawn(&ecomap).expect("a drawing");
    assert!(!drawing.contains("<script") && !drawing.contains('\u{0}') && !drawing.contains('\u{b}'), "{drawing}");
    assert!(drawing.contains("data-kind=\"&quot; onload=&quot;alert(1)\""), "{drawing}");
}

#[test]
fn what_cannot_be_drawn_is_refused_by_name() {
    assert_eq!(drawn(&anything(MOST + 1, 1)), Err(EcomapRefusal::TooMany));
    let twice = Ecomap { systems: vec![system(3, "A"), system(4, "B"), system(3, "C")], ..Ecomap::default() };
    assert_eq!(drawn(&twice), Err(EcomapRefusal::Twice(SystemId("3".into()))));
    let named = Ecomap { systems: vec![system(3, "A"), system(4, "A")], ..Ecomap::default() };
    assert!(drawn(&named).is_ok(), "two may have one name");
}

#[test]
fn nothing_around_somebody_is_a_drawing() {
    let drawing = drawn(&Ecomap::default()).expect("a drawing");
    assert!(drawing.contains("class=\"centre\"") && drawing.ends_with("</svg>\n"), "{drawing}");
}
