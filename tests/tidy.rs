//! Rules of the house that can be read off the files.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if endings.iter().any(|ending| entry.to_string_lossy().ends_with(ending)) {
                let text = fs::read_to_string(&entry).expect("text");
                found.push((entry.strip_prefix(root()).expect("inside").to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} holds nothing to check");
    found
}

/// The sources of both crates.
fn sources() -> Vec<(PathBuf, String)> {
    [files("src", &[".rs"]), files("seal/src", &[".rs"])].concat()
}

fn refuse(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Which rooms a room may look into. `main` and `element` wire, so they are not listed.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("domain", &["json"]),
    ("diagram", &["domain", "json"]),
    ("form", &["domain", "json"]),
    ("fhir", &["json", "seal"]),
    ("app", &["diagram", "domain", "fhir", "form", "json", "seal"]),
    ("wording", &["diagram"]),
    ("cli", &["diagram", "domain", "fhir", "form", "json", "seal", "wording"]),
    ("platform", &["app", "domain", "form", "json", "seal"]),
    // The screen asks the platform for the stamp of an event and to read a file that a hand gives; all else are effects.
    ("ui", &["app", "diagram", "domain", "form", "json", "platform", "seal", "wording"]),
    ("element", &["app", "ui"]),
];

#[test]
fn dependencies_point_one_way() {
    let mut broken = Vec::new();
    for (room, allowed) in MAY_USE {
        for (path, text) in files(&format!("src/{room}"), &[".rs"]) {
            for (number, line) in (1..).zip(text.lines()) {
                for part in line.split("crate::").skip(1) {
                    let used = part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                    if used != room && !allowed.contains(&used) {
                        broken.push(format!("{}:{number}: {room} must not use {used}", path.display()));
                    }
                }
            }
        }
    }
    refuse(&broken);
}

#[test]
fn pure_rooms_know_no_browser_and_no_clock() {
    let forbidden =
        ["reactive_graph", "web_sys", "js_sys", "wasm_bindgen", "SystemTime", "Instant::now", "Utc::now", "Local::now"];
    let mut broken = Vec::new();
    for room in ["seal/src", "src/domain", "src/diagram", "src/fhir", "src/form", "src/app"] {
        for (path, text) in files(room, &[".rs"]) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for word in code.flat_map(|line| forbidden.iter().filter(move |word| line.contains(**word))) {
                broken.push(format!("{}: {word} does not belong into {room}", path.display()));
            }
        }
    }
    refuse(&broken);
}

#[test]
fn files_are_short() {
    let sources = ["src", "seal/src", "style", "public", "tools"]
        .map(|folder| files(folder, &[".rs", ".js", ".css", "provision", "bundle", ".mjs"]));
    // A language is one list of texts, as long as the app has words; a list is not read from top to bottom.
    let is_catalogue = |path: &Path| path.ends_with("i18n/id.rs") || path.ends_with("i18n/en.rs");
    let long = sources.iter().flatten().filter(|(path, text)| text.lines().count() > 400 && !is_catalogue(path));
    refuse(&long.map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count())).collect::<Vec<_>>());
}

#[test]
fn nothing_stops_a_user_without_saying_why() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for word in [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("] {
                if code.contains(word) {
                    broken.push(format!("{}:{number}: {word}", path.display()));
                }
            }
        }
    }
    refuse(&broken);
}

#[test]
fn everything_public_is_documented() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//!") {
            broken.push(format!("{}: says nowhere why it exists", path.display()));
        }
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        for (at, line) in lines.iter().enumerate() {
            let is_item = line.starts_with("pub ") && !line.starts_with("pub use") && !line.starts_with("pub mod");
            let above = lines[..at].iter().rev().find(|line| !line.starts_with("#[derive") && !line.is_empty());
            let documented = above.is_some_and(|line| line.starts_with("///") || line.starts_with("#["));
            if is_item && !documented {
                broken.push(format!("{}:{}: {line}", path.display(), at + 1));
            }
        }
    }
    refuse(&broken);
}

/// Keys and texts of a catalogue: the word before each arrow and the quoted text behind it.
fn catalogue(language: &str) -> Vec<(String, String)> {
    let parts = files("src/ui/i18n", &[".rs"]).into_iter().filter(|(path, _)| is_catalogue(path, language));
    let text: String = parts.map(|(_, text)| text).collect();
    let arrows = text.match_indices(" => ").filter_map(|(at, arrow)| {
        let key = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next()?;
        let quoted = text[at + arrow.len()..].trim_start_matches(['{', ' ', '\n']).strip_prefix('"')?;
        let end = quoted.match_indices('"').find(|(at, _)| !quoted[..*at].ends_with('\\'))?.0;
        Some((key.to_owned(), quoted[..end].to_owned()))
    });
    arrows.filter(|(key, _)| !key.is_empty()).collect()
}

fn is_catalogue(path: &Path, language: &str) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(&format!("i18n/{language}.rs")) || name.contains(&format!("i18n/{language}_"))
}

#[test]
fn every_message_is_there_in_both_languages() {
    let (indonesian, english) = (catalogue("id"), catalogue("en"));
    assert!(indonesian.len() > 200, "the catalogue could not be read");
    let mut broken = Vec::new();
    let blanks = |text: &str| (0..5).filter(|number| text.contains(&format!("{{{number}}}"))).collect::<Vec<_>>();
    for (key, text) in &indonesian {
        match english.iter().find(|(other, _)| other == key) {
            None => broken.push(format!("{key} has no English text")),
            Some((_, other)) if blanks(text) != blanks(other) => broken.push(format!("{key}: blanks differ")),
            Some(_) => {}
        }
    }
    assert_eq!(indonesian.len(), english.len());
    refuse(&broken);
}

#[test]
fn every_message_is_used() {
    let ui: String = files("src/ui", &[".rs"])
        .into_iter()
        .filter(|(path, _)| !is_catalogue(path, "id") && !is_catalogue(path, "en"))
        .map(|(_, text)| text)
        .collect();
    let unused = catalogue("id").into_iter().filter(|(key, _)| {
        !ui.match_indices(&format!("Key::{key}"))
            .any(|(at, found)| !ui[at + found.len()..].starts_with(|c: char| c.is_alphanumeric()))
    });
    refuse(&unused.map(|(key, _)| format!("{key} is never said")).collect::<Vec<_>>());
}

/// Development builds are not cut into parts, so what a part begins with is looked for here already.
#[test]
fn every_entry_of_a_part_is_there() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_default();
    let parts: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&read("tools/parts.json")).expect("the parts");
    let known = read("src/platform/parts.rs");
    let mut broken = Vec::new();
    for (part, entries) in &parts {
        if !known.contains(&format!("=> \"{part}\"")) {
            broken.push(format!("{part} is no part that the app knows"));
        }
        for entry in entries.as_array().expect("a list").iter().filter_map(|entry| entry.as_str()) {
            let (sources, path) =
                entry.strip_prefix("asesmen_seal::").map_or(("src", entry), |path| ("seal/src", path));
            let words: Vec<&str> = path.split("::").filter(|word| !word.starts_with(char::is_uppercase)).collect();
            let (name, room) = words.split_last().expect("a path");
            let room = format!("{sources}/{}", room.join("/"));
            let text = read(&format!("{room}.rs")) + &read(&format!("{room}/mod.rs"));
            let lines: Vec<&str> = text.lines().collect();
            let found = lines.windows(2).any(|pair| {
                pair[0].trim_start().starts_with("#[inline(never)]")
                    && [format!("fn {name}("), format!("fn {name}<")].iter().any(|start| pair[1].contains(start))
            });
            if !found {
                broken.push(format!("{entry}: no such function marked #[inline(never)]"));
            }
        }
    }
    refuse(&broken);
}

#[test]
fn the_repository_speaks_of_the_project_alone() {
    let mut all: Vec<(PathBuf, String)> = ["src", "seal", "style", "public", "tools", "tests", "instruments", "docs"]
        .iter()
        .flat_map(|folder| {
            files(folder, &[".rs", ".js", ".css", ".md", ".json", ".mjs", ".py", "provision", "bundle", "versions"])
        })
        .collect();
    for file in ["index.html", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "Cargo.toml", "Cargo.lock", "Makefile"] {
        all.push((file.into(), fs::read_to_string(root().join(file)).expect("text")));
    }
    let home = ["/ro", "ot/"].concat();
    let place = ["/wo", "rk/"].concat();
    let found = all.iter().filter(|(_, text)| text.contains(&home) || text.contains(&place));
    refuse(&found.map(|(path, _)| format!("{} names a path of some machine", path.display())).collect::<Vec<_>>());
}

/// `<asesmen-form>` looks for the same marks in a form's text as the app does in its bytes. With fewer, a form would run
/// before the part of the module that it needs is there.
#[test]
fn a_hosted_form_is_searched_for_the_same_marks() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("text");
    let (rules, element) = (read("src/form/rules.rs"), read("src/element/form.js"));
    let mut missing = Vec::new();
    for (function, part) in [("may_have_rules", "expressions"), ("may_be_unusual", "unusual")] {
        let body = rules.split(&format!("pub fn {function}")).nth(1).expect("the function");
        let list = body.split("holds(form, &[").nth(1).and_then(|rest| rest.split("])").next()).expect("its marks");
        let marks: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        assert!(marks.len() > 1, "{function} has marks");
        let line =
            element.lines().find(|line| line.trim_start().starts_with(&format!("{part}: /"))).expect("a pattern");
        let pattern =
            line.split_once('/').and_then(|(_, rest)| rest.rsplit_once('/')).expect("a pattern").0.replace("\\/", "/");
        let searched: Vec<&str> = pattern.split('|').collect();
        missing.extend(marks.iter().filter(|mark| !searched.contains(mark)).map(|mark| format!("{part}: {mark}")));
    }
    refuse(&missing);
}
