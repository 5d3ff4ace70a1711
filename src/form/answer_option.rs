//! The options of a choice (FHIR R4, Questionnaire.item.answerOption).

use super::answer::Answer;
use super::audience::CopyKind;
use super::element::{Element, extension, extension_code, extension_flag, extensions, flag, string};
use super::extension::{COPY_AS, ITEM_WEIGHT, OPTION_EXCLUSIVE, OPTION_PREFIX, ORDINAL_VALUE, STEP_COVERS};
use super::text::Text;
use crate::json::Number;

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOption {
    /// What choosing it answers.
    pub answer: Answer,
    /// What it is called.
    pub text: Text,
    /// It is one of FHIR itself: its words do not stand in the form.
    pub is_of_fhir: bool,
    /// Numbering or lettering in front of it.
    pub prefix: Option<String>,
    /// Choosing it unchooses all others.
    pub exclusive: bool,
    /// Chosen from the start.
    pub initially_selected: bool,
    /// What it counts in a score, where the form says so.
    pub ordinal: Option<Number>,
    /// What the step that it ticks is about, by linkIds.
    pub covers: Vec<String>,
    /// The way of handing over a copy that it stands for.
    pub copy: Option<CopyKind>,
}

impl AnswerOption {
    /// Reads one option; `None` when it has no value that the engine knows.
    pub(super) fn read(element: &Element) -> Option<Self> {
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
            (Answer::Reference(reference), _) => Text::plain(
                reference.get("display").or_else(|| reference.get("reference")).and_then(|text| text.as_str())?,
            ),
            _ => return None,
        };
        let score = |element| extension(element, ORDINAL_VALUE).or_else(|| extension(element, ITEM_WEIGHT));
        let ordinal = coding
            .and_then(score)
            .or_else(|| score(element))
            .and_then(|score| score.get("valueDecimal")?.as_number().cloned());
        Some(Self {
            answer,
            text,
            is_of_fhir: false,
            prefix: extension(element, OPTION_PREFIX)
                .and_then(|prefix| string(prefix, "valueString"))
                .map(str::to_owned),
            exclusive: extension_flag(element, OPTION_EXCLUSIVE),
            initially_selected: flag(element, "initialSelected"),
            ordinal,
            covers: extensions(element, STEP_COVERS)
                .filter_map(|covers| string(covers, "valueString").or_else(|| string(covers, "valueId")))
                .map(str::to_owned)
                .collect(),
            copy: extension_code(element, COPY_AS).and_then(CopyKind::from_code),
        })
    }

    /// Whether the form gives it words, which can be translated.
    pub(super) const fn is_worded(&self) -> bool {
        matches!(self.answer, Answer::Coding(_) | Answer::String(_)) && !self.is_of_fhir
    }

    /// Whether it stands for a number that is written like this.
    pub(super) fn is_number(&self, written: &str) -> bool {
        matches!(self.answer, Answer::Integer(number) if number.to_string() == written)
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
