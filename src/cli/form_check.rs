//! `asesmen form check`: what an author wants to know of a form before anybody fills it.

use super::UNUSABLE;
use super::form::bytes_of;
use super::terminal::{escaped, pure_text};
use crate::form::{LoadRefusal, Questionnaire, Stranger, unknown_members};
use crate::json::{Object, Value, array, object, parse};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A form that is sound, with its JSON.
struct Sound {
    form: Questionnaire,
    source: Object,
    exclusions: Vec<LoadRefusal>,
}

/// What became of one form.
enum Checked {
    Unopened(std::io::Error),
    Refused(LoadRefusal),
    Loaded(Box<Sound>),
}

impl Checked {
    fn of(file: &Path) -> Self {
        let bytes = match bytes_of(file) {
            Ok(bytes) => bytes,
            Err(error) => return Self::Unopened(error),
        };
        match Questionnaire::load_in_part(&bytes) {
            Ok((form, exclusions)) => {
                let source = parse(&bytes).ok().and_then(|value| value.as_object().cloned()).unwrap_or_default();
                Self::Loaded(Box::new(Sound { form, source, exclusions }))
            }
            Err(refusal) => Self::Refused(refusal),
        }
    }

    const fn status(&self) -> u8 {
        match self {
            Self::Unopened(_) | Self::Refused(_) => UNUSABLE,
            Self::Loaded(sound) => !sound.exclusions.is_empty() as u8,
        }
    }
}

/// Loads forms and prints what is not supported, what is not translated, and what says nothing.
pub fn check(files: &[PathBuf], json: bool) -> ExitCode {
    let checked: Vec<(&Path, Checked)> = files.iter().map(|file| (file.as_path(), Checked::of(file))).collect();
    if json {
        println!("{}", pure_text(&array(checked.iter().map(|(file, checked)| machine_words(file, checked)))));
    } else {
        checked.iter().for_each(|(file, checked)| print_words(file, checked));
    }
    ExitCode::from(checked.iter().map(|(_, checked)| checked.status()).max().unwrap_or_default())
}

fn print_words(file: &Path, checked: &Checked) {
    // Names from the file are printed escaped: a hostile file must not write to the terminal.
    let Sound { form, source, exclusions } = match checked {
        Checked::Unopened(error) => return println!("unusable {file:?}: cannot be read: {error}"),
        Checked::Refused(refusal) => return println!("unusable {file:?}: {}", escaped(&refusal.to_string())),
        Checked::Loaded(sound) => &**sound,
    };
    let word = if exclusions.is_empty() { "ok      " } else { "refused " };
    println!("{word} {file:?}: {} items", form.items().len());
    for exclusion in exclusions {
        println!("  not supported: {}", escaped(&exclusion.to_string()));
    }
    for (link_id, member) in unknown_members(source) {
        println!("  not known: {} has “{}”, which FHIR R4 does not know", named(link_id), escaped(member));
    }
    for (link_id, language) in form.untranslated() {
        println!("  not translated: {} has no {}", named(link_id), escaped(language));
    }
    for Stranger { link_id, expression, name } in form.strangers() {
        let (name, expression) = (escaped(&name), escaped(expression));
        println!("  always empty: {} asks for “{name}”, which no response has, in “{expression}”", named(link_id));
    }
}

/// An item in words; the form itself has no linkId.
fn named(link_id: &str) -> String {
    if link_id.is_empty() { "the form itself".to_owned() } else { format!("item “{}”", escaped(link_id)) }
}

fn machine_words(file: &Path, checked: &Checked) -> Value {
    let mut words = Object::default();
    words.set("file", file.to_string_lossy().into_owned());
    let (status, refusals) = match checked {
        Checked::Unopened(error) => ("unusable", vec![object([("text", format!("cannot be read: {error}").into())])]),
        Checked::Refused(refusal) => ("unusable", vec![refusal_words(refusal)]),
        Checked::Loaded(sound) => {
            describe(sound, &mut words);
            let status = if sound.exclusions.is_empty() { "ok" } else { "refused" };
            (status, sound.exclusions.iter().map(refusal_words).collect())
        }
    };
    words.set("status", status);
    words.set("refusals", refusals);
    words.into()
}

fn describe(Sound { form, source, .. }: &Sound, words: &mut Object) {
    words.set("url", form.canonical());
    words.set("items", form.items().len() as u64);
    let missing = form.untranslated().into_iter();
    let missing = missing.map(|(link_id, language)| [("linkId", link_id.into()), ("language", language.into())]);
    words.set("untranslated", array(missing.map(object)));
    let unknown = unknown_members(source).into_iter();
    let unknown = unknown.map(|(link_id, member)| [("linkId", link_id.into()), ("member", member.into())]);
    words.set("unknownMembers", array(unknown.map(object)));
    let strangers = form.strangers().into_iter().map(|Stranger { link_id, expression, name }| {
        object([("linkId", link_id.into()), ("member", name.into()), ("expression", expression.into())])
    });
    words.set("alwaysEmpty", array(strangers));
}

fn refusal_words(refusal: &LoadRefusal) -> Value {
    let mut words = Object::default();
    words.set_some("linkId", refusal.link_id());
    words.set("text", refusal.to_string());
    words.into()
}
