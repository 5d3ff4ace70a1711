//! Patterns: what they match, what is refused, and that no pattern takes long.

use asesmen::form::Pattern;
use proptest::prelude::*;

fn pattern(text: &str) -> Pattern {
    Pattern::compile(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"))
}

#[test]
fn whole_matches() {
    let table: [(&str, &[&str], &[&str]); 22] = [
        ("", &[""], &["a"]),
        ("abc", &["abc"], &["ab", "abcd", "xabc"]),
        ("a|bc|", &["a", "bc", ""], &["b", "abc"]),
        ("a(b|c)d", &["abd", "acd"], &["abcd", "ad"]),
        ("(?:ab)+", &["ab", "abab"], &["", "aba"]),
        ("(?<name>a)", &["a"], &["b"]),
        ("a*", &["", "aaa"], &["b"]),
        ("a+?b", &["ab", "aab"], &["b"]),
        ("a?b", &["b", "ab"], &["aab"]),
        ("a{2}", &["aa"], &["a", "aaa"]),
        ("a{2,}", &["aa", "aaaa"], &["a"]),
        ("a{1,3}", &["a", "aaa"], &["", "aaaa"]),
        ("(a|b){2}c{0,1}", &["ab", "bac"], &["a", "abcc"]),
        ("[a-cx]", &["a", "b", "c", "x"], &["d", ""]),
        ("[^a-c]", &["d", "é"], &["a", ""]),
        ("[\\d.,-]+", &["1.5", "-2,0"], &["a"]),
        ("[\\D]", &["a", "é"], &["5"]),
        ("\\d\\w\\s\\S\\W\\D", &["1a b-x"], &["aa b-x"]),
        ("^\\d{16}$", &["3404011202010001"], &["340401120201000", "34040112020100012"]),
        (".", &["é", "x"], &["\n", ""]),
        ("\\.\\/\\u0041\\x42", &["./AB"], &["x/AB"]),
        ("\\bfoo\\b.*\\Bx", &["foo bax"], &["foo x"]),
    ];
    for (text, yes, no) in table {
        for whole in yes {
            assert!(pattern(text).matches_whole(whole), "{text} takes {whole:?}");
        }
        for whole in no {
            assert!(!pattern(text).matches_whole(whole), "{text} does not take {whole:?}");
        }
    }
}

/// What a text has to look like is said line by line; FHIRPath looks at a text as a whole.
#[test]
fn a_point_stands_for_a_line_break_where_it_is_to() {
    assert!(!pattern("a.b").matches_whole("a\nb") && pattern("a.b").matches_whole("axb"));
    let across = Pattern::across_lines("a.b").expect("a pattern");
    assert!(across.matches_whole("a\nb") && across.matches_whole("axb") && !across.matches_whole("ab"));
    assert!(Pattern::across_lines("").expect("a pattern").is_empty() && !across.is_empty());
}

#[test]
fn the_first_match_is_found() {
    let table = [
        ("b+", "abbbc", Some((1, 4))),
        ("b+?", "abbbc", Some((1, 2))),
        ("a|ab", "xab", Some((1, 2))),
        ("ab|a", "xab", Some((1, 3))),
        ("x*", "aax", Some((0, 0))),
        ("$", "ab", Some((2, 2))),
        ("^b", "ab", None),
        ("é", "aéb", Some((1, 3))),
    ];
    for (text, searched, found) in table {
        assert_eq!(pattern(text).find(searched, 0), found, "{text} in {searched}");
    }
    assert_eq!(pattern("a").find("aba", 1), Some((2, 3)));
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let table = [
        ("(?=a)", "it looks around"),
        ("(?!a)", "it looks around"),
        ("(?<=a)", "it looks around"),
        ("(a)\\1", "it refers back to a group"),
        ("\\k<a>", "it refers back to a group"),
        ("\\p{L}", "“\\p” is not supported"),
        ("(?i)a", "“(?i” is not supported"),
        ("(a", "it cannot be read"),
        ("a)", "it cannot be read"),
        ("[a", "it cannot be read"),
        ("[z-a]", "it cannot be read"),
        ("*a", "it cannot be read"),
        ("a**", "it cannot be read"),
        ("a{2,1}", "it cannot be read"),
        ("a\\", "it cannot be read"),
        ("a{3000}", "it is too large"),
        ("((a{50}){50}){50}", "it is too large"),
    ];
    for (text, refusal) in table {
        assert_eq!(
            Pattern::compile(text).map(|_| ()).map_err(|refusal| refusal.to_string()),
            Err(refusal.to_owned()),
            "{text}"
        );
    }
    assert_eq!(
        Pattern::compile(&"(".repeat(5_000)).map(|_| ()).map_err(|why| why.to_string()),
        Err("it is too large".to_owned())
    );
}

#[test]
fn no_pattern_explodes() {
    let text = "a".repeat(3_000);
    for hostile in ["(a*)*b", "(a|a)*b", "(a|aa)+$b", "(.*)*x", "((a?){30}){30}b", "()*b"] {
        assert!(!pattern(hostile).matches_whole(&text), "{hostile}");
        assert!(pattern(hostile).find(&text, 0).is_none(), "{hostile}");
    }
}

proptest! {
    #[test]
    fn any_pattern_is_compiled_or_refused(text in "[ab(|)*+?{},\\[\\]^$.\\\\dw1-3-]{0,20}", searched in "[ab1]{0,12}") {
        if let Ok(pattern) = Pattern::compile(&text) {
            let whole = pattern.matches_whole(&searched);
            let found = pattern.find(&searched, 0);
            prop_assert!(!whole || found.is_some_and(|(begin, _)| begin == 0));
        }
    }
}
