//! One item of a form (FHIR R4, Questionnaire.item), as compiled.

use super::answer::{Answer, Coding};
use super::answer_option::AnswerOption;
use super::audience::{Audience, Picture};
use super::basis::Basis;
use super::bounds::Bounds;
use super::control::{Control, DisplayCategory, Guidance, Orientation};
use super::enable_when::EnableWhen;
use super::extension::{DERIVED, ENVELOPE, IDENTITY_NUMBER, PAPER};
use super::fhirpath::Expression;
use super::rules::{Constraint, Rules};
use super::text::Text;
use crate::json::Number;
use std::sync::Arc;

/// Position of an item in its form, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIx(pub(super) u32);

impl ItemIx {
    /// The first item of any form.
    pub(super) const FIRST: Self = Self(0);

    pub(super) const fn at(self) -> usize {
        self.0 as usize
    }
}

/// Item types (FHIR R4, code system `item-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `group`.
    Group,
    /// `display`.
    Display,
    /// `boolean`.
    Boolean,
    /// `decimal`.
    Decimal,
    /// `integer`.
    Integer,
    /// `date`.
    Date,
    /// `dateTime`.
    DateTime,
    /// `time`.
    Time,
    /// `string`.
    String,
    /// `text`.
    Text,
    /// `url`.
    Url,
    /// `choice`.
    Choice,
    /// `open-choice`.
    OpenChoice,
    /// `attachment`.
    Attachment,
    /// `quantity`.
    Quantity,
    /// `reference`: shown, never chosen on a tablet that knows no other records.
    Reference,
}

/// The codes of the item types (FHIR R4, code system `item-type`).
const KINDS: [(&str, Kind); 16] = [
    ("group", Kind::Group),
    ("display", Kind::Display),
    ("boolean", Kind::Boolean),
    ("decimal", Kind::Decimal),
    ("integer", Kind::Integer),
    ("date", Kind::Date),
    ("dateTime", Kind::DateTime),
    ("time", Kind::Time),
    ("string", Kind::String),
    ("text", Kind::Text),
    ("url", Kind::Url),
    ("choice", Kind::Choice),
    ("open-choice", Kind::OpenChoice),
    ("attachment", Kind::Attachment),
    ("quantity", Kind::Quantity),
    ("reference", Kind::Reference),
];

impl Kind {
    /// Reads the code; `None` for codes that FHIR R4 does not know.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        KINDS.iter().find(|(own, _)| *own == code).map(|(_, kind)| *kind)
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(code, _)| code)
    }

    /// Whether the item can carry an answer.
    #[must_use]
    pub const fn is_question(self) -> bool {
        !matches!(self, Self::Group | Self::Display)
    }

    /// Whether an answer has the type that this kind of question asks for. Choices take what options can be, and words.
    pub(super) const fn takes(self, answer: &Answer) -> bool {
        match answer {
            Answer::Boolean(_) => matches!(self, Self::Boolean),
            Answer::Decimal(_) => matches!(self, Self::Decimal),
            Answer::Integer(_) => matches!(self, Self::Integer) || self.is_choice(),
            Answer::Date(_) => matches!(self, Self::Date) || self.is_choice(),
            Answer::DateTime(_) => matches!(self, Self::DateTime),
            Answer::Time(_) => matches!(self, Self::Time) || self.is_choice(),
            Answer::String(_) => matches!(self, Self::String | Self::Text) || self.is_choice(),
            Answer::Uri(_) => matches!(self, Self::Url),
            Answer::Coding(_) => self.is_choice(),
            Answer::Quantity(_) => matches!(self, Self::Quantity),
            Answer::Attachment(_) => matches!(self, Self::Attachment),
            Answer::Reference(_) => matches!(self, Self::Reference) || self.is_choice(),
        }
    }

    /// Whether answers are chosen from options by their very type.
    #[must_use]
    pub const fn is_choice(self) -> bool {
        matches!(self, Self::Choice | Self::OpenChoice)
    }
}

/// Sensitivity marks (domain inventory 0.4), weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitivity {
    /// Personal.
    P,
    /// Specific personal data under UU PDP article 4(2).
    S,
    /// Needs privacy on the screen as well.
    X,
}

impl Sensitivity {
    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "P" => Self::P,
            "S" => Self::S,
            "X" => Self::X,
            _ => return None,
        })
    }
}

/// One compiled item.
#[derive(Clone, Debug)]
pub struct Item {
    /// The form-wide unique link identifier.
    pub link_id: String,
    /// Item type.
    pub kind: Kind,
    /// The question, heading or display text.
    pub text: Text,
    /// A short form of the text, for lists.
    pub short_text: Option<Text>,
    /// Numbering or lettering in front of the text.
    pub prefix: Option<String>,
    /// Must be answered before the document can be sealed.
    pub required: bool,
    /// May be answered, or for groups filled, more than once.
    pub repeats: bool,
    /// Is shown but cannot be changed by hand.
    pub read_only: bool,
    /// Is never shown.
    pub hidden: bool,
    /// The item it stands under.
    pub parent: Option<ItemIx>,
    /// The items under it, help texts left out.
    pub children: Vec<ItemIx>,
    /// Options of a choice.
    pub options: Arc<[AnswerOption]>,
    /// How it asks to be shown.
    pub control: Option<Control>,
    /// Direction of its options.
    pub orientation: Option<Orientation>,
    /// Unit of a number or quantity.
    pub unit: Option<Coding>,
    /// Units to choose between for a quantity; the first is offered first.
    pub units: Vec<Coding>,
    /// Distance between the points of a slider.
    pub slider_step: Option<Number>,
    /// What the ends of a slider mean, lower and upper.
    pub ends: [Option<Text>; 2],
    /// What a typed answer should look like (`entryFormat`).
    pub entry_format: Option<Text>,
    /// What a display text is for.
    pub display_category: Option<DisplayCategory>,
    /// The answer has to be signed.
    pub signature_required: bool,
    /// Bounds of the value.
    pub bounds: Bounds,
    /// Values a new response begins with.
    pub initial: Vec<Answer>,
    /// Help texts.
    pub guidance: Vec<(Guidance, Text)>,
    /// The strongest sensitivity mark of the item and those above it.
    pub sensitivity: Option<Sensitivity>,
    /// What its answers rest on unless the worker says otherwise; inherited from above.
    pub basis: Basis,
    /// A date that may be partial.
    pub partial_date: bool,
    /// For whom it is shown beside the worker.
    pub audience: Option<Audience>,
    /// The picture on its card.
    pub picture: Option<Picture>,
    /// The sentence that tells the client its answer; `{}` in it stands for the answer.
    pub client_text: Option<Text>,
    /// Its answer holds only for the content that was shown when it was given.
    pub binds_content: bool,
    /// What the item means, by codes.
    pub codes: Vec<Coding>,
    /// The linkIds of texts by which its answer names entries of lists, or groups; empty where it names none.
    pub names: Vec<String>,
    /// Its entries are added and removed one by one: a repeating group, or a repeating question other than check
    /// boxes and what is reckoned.
    pub is_list: bool,
    /// When it is asked.
    pub(super) enable_when: EnableWhen,
    /// Its expressions, if it has any.
    pub(super) rules: Option<Box<Rules>>,
    /// The lists it stands in, itself included, outermost first.
    pub(super) repeating: Vec<ItemIx>,
    /// Its place among the items of its level.
    pub(super) position: usize,
    /// How many places of a response it makes with all below it; in a list each entry.
    pub(super) places: usize,
}

impl Item {
    /// Every text of the item.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let beside =
            self.guidance.iter().map(|(_, text)| text).chain(self.ends.iter().flatten()).chain(&self.client_text);
        let options = self.options.iter().filter(|option| option.is_worded()).map(|option| &option.text);
        let messages = self.constraints().iter().map(|constraint| &constraint.human);
        let own = std::iter::once(&self.text).chain(&self.short_text).chain(&self.entry_format);
        own.chain(beside).chain(options).chain(messages)
    }

    /// The short form of its text, or the text where it has none.
    #[must_use]
    pub fn short(&self) -> &Text {
        self.short_text.as_ref().unwrap_or(&self.text)
    }

    /// Whether the item carries the code of this system.
    #[must_use]
    pub fn has_code(&self, system: &str, code: &str) -> bool {
        self.codes.iter().any(|coding| coding.system.as_deref() == Some(system) && coding.code == code)
    }

    fn is_in(&self, system: &str) -> bool {
        self.codes.iter().any(|coding| coding.system.as_deref() == Some(system))
    }

    /// Whether it tells of the record itself and not of the client, such as the time of the meeting.
    #[must_use]
    pub fn is_of_envelope(&self) -> bool {
        self.is_in(ENVELOPE)
    }

    /// Whether it asks when worker and client met.
    #[must_use]
    pub fn is_contact_time(&self) -> bool {
        self.has_code(ENVELOPE, "contact-at")
    }

    /// Whether its answer is a number by which the state knows a person; it is masked where it need not be read.
    #[must_use]
    pub fn is_identity_number(&self) -> bool {
        self.is_in(IDENTITY_NUMBER)
    }

    /// Whether its answer stands at this place of printed paper: `institution`, `address`, `number`, `client-number`,
    /// `place` or `signed-on`.
    #[must_use]
    pub fn stands_at(&self, place: &str) -> bool {
        self.has_code(PAPER, place)
    }

    /// Whether the way to what changed over time stands beside it.
    #[must_use]
    pub fn shows_change(&self) -> bool {
        self.has_code(DERIVED, "change")
    }

    /// Whether it is asked only under conditions of its own.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        !self.enable_when.conditions.is_empty() || self.rules.as_ref().is_some_and(|rules| rules.enable_when.is_some())
    }

    /// Whether answers are chosen from options; FHIR R4 allows options beside most types (constraint que-5).
    #[must_use]
    pub fn is_choice(&self) -> bool {
        self.kind.is_choice() || !self.options.is_empty()
    }

    /// Whether an answer from elsewhere is of a type that the item asks for: a choice without options takes codings alone,
    /// for only options can say that texts, numbers, dates or references are chosen, and an open one words besides.
    pub(super) fn takes(&self, answer: &Answer) -> bool {
        let open = !self.options.is_empty() || self.kind == Kind::OpenChoice && matches!(answer, Answer::String(_));
        self.kind.takes(answer) && (!self.kind.is_choice() || open || matches!(answer, Answer::Coding(_)))
    }

    /// Whether its answer is reckoned from others.
    #[must_use]
    pub fn is_calculated(&self) -> bool {
        self.calculation().is_some()
    }

    pub(super) fn calculation(&self) -> Option<&Expression> {
        self.rules.as_ref()?.calculated.as_deref()
    }

    /// Whether other documents of the case may propose what stands here.
    #[must_use]
    pub fn may_be_proposed(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.initial.is_some() || rules.population.is_some())
    }

    /// Whether an answer here may have been taken over from another document.
    #[must_use]
    pub fn may_stand_in_proposals(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.initial.is_some())
    }

    /// What has to hold for its answers.
    pub(super) fn constraints(&self) -> &[Constraint] {
        self.rules.as_ref().map_or(&[], |rules| &rules.constraints)
    }

    /// A group that may be filled more than once.
    #[must_use]
    pub fn is_repeating_group(&self) -> bool {
        self.is_list && self.kind == Kind::Group
    }

    /// How many entries it begins with: one, or in a list of answers one for each initial value.
    pub(super) fn first_entries(&self) -> u32 {
        let values = if self.is_list && self.kind != Kind::Group { self.initial.len() } else { 1 };
        u32::try_from(values).map_or(u32::MAX, |values| values.max(1))
    }
}
