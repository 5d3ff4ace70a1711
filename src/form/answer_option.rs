//! The options of a choice (FHIR R4, Questionnaire.item.answerOption).

use super::answer::Answer;
use super::element::{Element, extension, extension_flag, flag, objects, string};
use super::extension::{OPTION_EXCLUSIVE, ORDINAL_VALUE};
use super::text::Text;
use crate::json::Number;

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOption {
    /// What choosing it answers.
    pub answer: Answer,
    /// What it is called.
    pub text: Text,
    /// Choosing it unchooses all others.
    pub exclusive: bool,
    /// Chosen from the start.
    pub initially_selected: bool,
    /// What it counts in a score, where the form says so.
    pub ordinal: Option<Number>,
}

impl AnswerOption {
    /// Reads the options of an item; `None` when one of them has no value that the engine knows.
    pub(super) fn read_all(item: &Element) -> Option<Vec<Self>> {
        objects(item, "answerOption").map(Self::read).collect()
    }

    fn read(element: &Element) -> Option<Self> {
        let answer = Answer::from_fhir(element, "value")?;
        let coding = element.get("valueCoding").and_then(|value| value.as_object());
        let text = match (&answer, coding) {
            (Answer::Coding(coding), Some(element)) => {
                Text::read(element, "display").unwrap_or_else(|| Text::plain(&coding.code))
            }
            (Answer::String(_), _) => Text::read(element, "valueString")?,
            (Answer::Integer(number), _) => Text::plain(&number.to_string()),
            (Answer::Date(date), _) => Text::plain(&date.calendar?.to_string()),
            (Answer::Time(time), _) => Text::plain(time),
            _ => return None,
        };
        let ordinal = coding
            .and_then(|coding| extension(coding, ORDINAL_VALUE))
            .or_else(|| extension(element, ORDINAL_VALUE))
            .and_then(|score| score.get("valueDecimal")?.as_number().cloned());
        Some(Self {
            answer,
            text,
            exclusive: extension_flag(element, OPTION_EXCLUSIVE),
            initially_selected: flag(element, "initialSelected"),
            ordinal,
        })
    }

    /// Whether this option is the one an answer names.
    #[must_use]
    pub fn matches(&self, answer: &Answer) -> bool {
        match (&self.answer, answer) {
            (Answer::Coding(option), Answer::Coding(coding)) => option.same(coding),
            (option, answer) => option == answer,
        }
    }

    /// The code of a coded option, empty for others; for test hooks and form field values.
    #[must_use]
    pub fn code(&self) -> &str {
        match &self.answer {
            Answer::Coding(coding) => &coding.code,
            Answer::String(text) | Answer::Time(text) => text,
            _ => "",
        }
    }
}

/// Whether a Coding without a code was given, which no option can match.
pub(super) fn lacks_code(element: &Element) -> bool {
    element
        .get("valueCoding")
        .and_then(|value| value.as_object())
        .is_some_and(|coding| string(coding, "code").is_none())
}
