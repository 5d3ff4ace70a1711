//! Answers, missing answers and problems in words.

use super::Field;
use crate::domain::{PartialDateRefusal, Timestamp};
use crate::form::{
    Answer, Basis, Content, DataAbsentReason, EntryRefusal, Issue, Item, Kind, Problem, Sensitivity, typed_parts,
};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::Icon;
use crate::ui::panel::button;

/// The words of a missing answer.
pub fn missing_key(reason: DataAbsentReason) -> Key {
    match reason {
        DataAbsentReason::AskedUnknown => Key::AskedUnknown,
        DataAbsentReason::AskedDeclined => Key::AskedDeclined,
        DataAbsentReason::NotApplicable => Key::NotApplicable,
        DataAbsentReason::NotAsked => Key::NotAsked,
        DataAbsentReason::NotPerformed => Key::NotPerformed,
    }
}

/// The words of what an answer rests on.
pub fn basis_key(basis: Basis) -> Key {
    match basis {
        Basis::SelfReport => Key::BasisSelfReport,
        Basis::Informant => Key::BasisInformant,
        Basis::Observed => Key::BasisObserved,
        Basis::Measured => Key::BasisMeasured,
        Basis::Document => Key::BasisDocument,
        Basis::Administrative => Key::BasisAdministrative,
    }
}

/// The content of a question in words; `None` when nobody touched it.
pub fn answer_words(ui: Ui, item: &Item, content: &Content) -> Option<String> {
    if let Some(reason) = content.absent {
        let note = content.absent_note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        return Some(format!("{}{note}", ui.t(missing_key(reason))));
    }
    if let Some(typed) = &content.typed {
        let typed = typed.strip_prefix("age:").unwrap_or(typed);
        let parts = if item.partial_date { 3 } else { 1 };
        return Some(typed_parts(typed).take(parts).collect::<Vec<_>>().join("/"));
    }
    let words: Vec<String> =
        content.answers.iter().filter(|answer| !answer.is_blank()).map(|answer| words(ui, item, answer)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// An answer to be read, in a list of facts; what is most sensitive is shown when asked for.
pub fn told(ui: Ui, item: &Item, words: String) -> El {
    if item.sensitivity != Some(Sensitivity::X) {
        return el("dd").text(&words);
    }
    let place = el("dd").attr("data-veiled", ui.t(Key::Veiled));
    let shown = place.clone();
    let reveal = button("link", "reveal", Some(Icon::Veil), ui.t(Key::Reveal)).on_click(move || {
        shown.set_attr("data-veiled", None);
        shown.clear();
        shown.append_text(&words);
    });
    place.child(reveal)
}

fn words(ui: Ui, item: &Item, answer: &Answer) -> String {
    if let Some(option) = item.options.iter().find(|option| option.matches(answer)) {
        return option.text.in_language(ui.locale().tag()).to_owned();
    }
    match answer {
        Answer::Decimal(_) | Answer::Integer(_) => with_unit(item, plain_words(ui, answer)),
        _ => plain_words(ui, answer),
    }
}

/// An answer in words, whatever was asked.
fn plain_words(ui: Ui, answer: &Answer) -> String {
    let locale = ui.locale();
    match answer {
        Answer::Boolean(value) => ui.t(if *value { Key::Yes } else { Key::No }).to_owned(),
        Answer::Decimal(number) => format::decimal(locale, number),
        Answer::Integer(number) => number.to_string(),
        Answer::Date(date) => format::partial_date(ui, date),
        Answer::DateTime(text) => {
            Timestamp::parse(text).map_or_else(|_| text.clone(), |time| format::date_time(locale, time))
        }
        Answer::Time(text) => text.chars().take(5).collect(),
        Answer::String(text) | Answer::Uri(text) => text.clone(),
        Answer::Reference(reference) => {
            let name = reference.get("display").or_else(|| reference.get("reference"));
            name.and_then(|name| name.as_str()).unwrap_or_default().to_owned()
        }
        Answer::Coding(coding) => coding.display.clone().unwrap_or_else(|| coding.code.clone()),
        Answer::Quantity(quantity) => {
            let unit = quantity.unit.display.as_deref().unwrap_or(&quantity.unit.code);
            format!("{} {unit}", format::decimal(locale, &quantity.value))
        }
        Answer::Attachment(file) => {
            let words = format!("{} ({})", file.title, format::bytes(ui, file.size));
            // A sealed document names it all the same, so it is still known which one it was.
            if file.data.is_empty() && file.size > 0 { format!("{words}. {}", ui.t(Key::FileNotHere)) } else { words }
        }
    }
}

fn with_unit(item: &Item, number: String) -> String {
    match &item.unit {
        Some(unit) => format!("{number} {}", unit.display.as_deref().unwrap_or(&unit.code)),
        None => number,
    }
}

/// What is wrong with a question or with the form as a whole, in words.
pub fn issue_words(ui: Ui, issue: &Issue) -> String {
    match issue.node.and_then(|node| Field::new(ui, node)) {
        Some(field) => problem_words(ui, field.item(), &issue.problem),
        None => constraint_words(ui, &issue.problem),
    }
}

/// What is wrong with an answer to an item and what to do, in words.
pub fn problem_words(ui: Ui, item: &Item, problem: &Problem) -> String {
    match problem {
        Problem::Required if item.is_repeating_group() => ui.t(Key::ProblemRequiredList).to_owned(),
        Problem::Required if item.kind == Kind::Group => ui.t(Key::ProblemRequiredGroup).to_owned(),
        Problem::Required => ui.t(Key::ProblemRequired).to_owned(),
        Problem::Number(refusal) => ui.t(entry_key(*refusal)).to_owned(),
        Problem::Date(refusal) => ui.t(date_key(*refusal)).to_owned(),
        Problem::Time => ui.t(Key::ProblemTime).to_owned(),
        Problem::OtherEmpty => ui.t(Key::ProblemOtherEmpty).to_owned(),
        Problem::BelowMin(min) => ui.tf(Key::ProblemBelowMin, &[&plain_words(ui, min)]),
        Problem::AboveMax(max) => ui.tf(Key::ProblemAboveMax, &[&plain_words(ui, max)]),
        Problem::TooShort(least) => ui.tf(Key::ProblemTooShort, &[&least.to_string()]),
        Problem::Pattern(Some(example)) => ui.tf(Key::ProblemPatternLike, &[example.in_language(ui.locale().tag())]),
        Problem::Pattern(None) => ui.t(Key::ProblemPattern).to_owned(),
        Problem::Constraint(..) => constraint_words(ui, problem),
        Problem::Resource => ui.t(Key::ProblemNotAnOption).to_owned(),
        Problem::TooFew(least) => ui.tf(Key::ProblemTooFew, &[&least.to_string()]),
        Problem::TooMany(most) => ui.tf(Key::ProblemTooMany, &[&most.to_string()]),
        Problem::DecimalPlaces(places) => ui.tf(Key::ProblemDecimalPlaces, &[&places.to_string()]),
        Problem::TooLong(limit) => ui.tf(Key::ProblemTooLong, &[&limit.to_string()]),
        Problem::FileTooLarge(limit) => ui.tf(Key::FileTooLarge, &[&format::bytes(ui, *limit)]),
        Problem::FileKind(kind) => ui.tf(Key::ProblemFileKind, &[kind]),
        Problem::FileSize => ui.t(Key::ProblemFileSize).to_owned(),
        Problem::NotAnOption => ui.t(Key::ProblemNotAnOption).to_owned(),
        Problem::Exclusive => ui.t(Key::ProblemExclusive).to_owned(),
        Problem::Unit => ui.t(Key::ProblemUnit).to_owned(),
        Problem::LineBreak => ui.t(Key::ProblemLineBreak).to_owned(),
        Problem::SoundsLikeOption => ui.t(Key::ProblemSoundsLikeOption).to_owned(),
    }
}

/// What the form says about answers that do not fit together.
pub fn constraint_words(ui: Ui, problem: &Problem) -> String {
    let words = match problem {
        Problem::Constraint(human, _) => human.in_language(ui.locale().tag()),
        _ => "",
    };
    if words.is_empty() { ui.t(Key::ProblemConstraint).to_owned() } else { words.to_owned() }
}

const fn entry_key(refusal: EntryRefusal) -> Key {
    match refusal {
        EntryRefusal::NotANumber => Key::ProblemNotANumber,
        EntryRefusal::NotWhole => Key::ProblemNotWhole,
        EntryRefusal::Ambiguous => Key::ProblemAmbiguous,
        EntryRefusal::TooLong => Key::ProblemTooManyDigits,
    }
}

/// What is wrong with a date, in words.
pub const fn date_key(refusal: PartialDateRefusal) -> Key {
    match refusal {
        PartialDateRefusal::Empty => Key::ProblemDateEmpty,
        PartialDateRefusal::NotANumber => Key::ProblemDateNumber,
        PartialDateRefusal::Year => Key::ProblemYear,
        PartialDateRefusal::Month => Key::ProblemMonth,
        PartialDateRefusal::Day => Key::ProblemDay,
        PartialDateRefusal::Gap => Key::ProblemDateGap,
        PartialDateRefusal::Age => Key::ProblemAge,
    }
}
