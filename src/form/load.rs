//! Compiling a FHIR Questionnaire. A form is loaded whole or refused with the reason; it never runs in part.

use super::answer::{Answer, Coding, coding_of};
use super::answer_option::{AnswerOption, lacks_code};
use super::basis::Basis;
use super::element::{
    Element, extension, extension_code, extension_concept_codes, extension_flag, extensions, flag, objects, string,
};
use super::enable_when::{Condition, EnableWhen, Operator};
use super::extension as url;
use super::item::{Bounds, Control, Guidance, Item, ItemIx, Kind, Orientation, Sensitivity};
use super::text::Text;
use crate::json::{JsonRefusal, Value};

/// Why a form cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadRefusal {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    NotJson(#[from] JsonRefusal),
    /// The JSON is not a Questionnaire.
    #[error("resourceType is “{0}”, not “Questionnaire”")]
    NotAQuestionnaire(String),
    /// The form lacks `url` or `version`, without which no answer can name it.
    #[error("the form has no {0}")]
    Unnamed(&'static str),
    /// An item lacks a required field.
    #[error("item “{link_id}” has no {field}")]
    Incomplete {
        /// The item, or the one it follows.
        link_id: String,
        /// The missing field.
        field: &'static str,
    },
    /// Two items share a linkId.
    #[error("linkId “{0}” is used twice")]
    DuplicateLinkId(String),
    /// An item has a type that the engine does not run.
    #[error("item “{link_id}” has type “{kind}”, which is not supported")]
    UnsupportedType {
        /// The item.
        link_id: String,
        /// Its type code.
        kind: String,
    },
    /// An item uses a feature that the engine does not run.
    #[error("item “{link_id}” uses {feature}, which is not supported")]
    Unsupported {
        /// The item; empty for the form itself.
        link_id: String,
        /// The extension URL or element.
        feature: String,
    },
    /// A part of an item cannot be read.
    #[error("item “{link_id}”: {part} cannot be read")]
    Unreadable {
        /// The item.
        link_id: String,
        /// Which part.
        part: &'static str,
    },
    /// A condition looks at a question that does not exist.
    #[error("item “{link_id}” depends on “{question}”, which does not exist")]
    UnknownQuestion {
        /// The item.
        link_id: String,
        /// The linkId it names.
        question: String,
    },
    /// Conditions depend on each other in a circle.
    #[error("conditions run in a circle: {}", .0.join(" → "))]
    Cycle(Vec<String>),
}

/// Items as read, before their conditions are resolved.
#[derive(Default)]
pub(super) struct Reader<'a> {
    /// All items in document order.
    pub items: Vec<Item>,
    /// Those at the top.
    pub roots: Vec<ItemIx>,
    /// The items sorted by their linkIds.
    pub by_link_id: Vec<ItemIx>,
    conditions: Vec<(ItemIx, &'a Element)>,
}

impl<'a> Reader<'a> {
    /// Reads the items of a Questionnaire and resolves their conditions.
    pub fn read(questionnaire: &'a Element) -> Result<Self, LoadRefusal> {
        refuse_unsupported("", questionnaire)?;
        let mut reader = Self::default();
        reader.roots = reader.children(questionnaire, None)?;
        for (ix, element) in std::mem::take(&mut reader.conditions) {
            reader.items[ix.at()].enable_when = reader.enable_when(&reader.items[ix.at()].link_id, element)?;
        }
        Ok(reader)
    }

    fn children(&mut self, element: &'a Element, parent: Option<ItemIx>) -> Result<Vec<ItemIx>, LoadRefusal> {
        let mut children = Vec::new();
        for child in objects(element, "item") {
            match (guidance(child), parent) {
                (Some(guidance), Some(parent)) => self.items[parent.at()].guidance.push(guidance),
                _ => children.push(self.item(child, parent)?),
            }
        }
        Ok(children)
    }

    fn item(&mut self, element: &'a Element, parent: Option<ItemIx>) -> Result<ItemIx, LoadRefusal> {
        let last = || self.items.last().map_or_else(String::new, |item| item.link_id.clone());
        let link_id = string(element, "linkId")
            .filter(|id| !id.is_empty())
            .ok_or_else(|| LoadRefusal::Incomplete { link_id: last(), field: "linkId" })?;
        refuse_unsupported(link_id, element)?;
        let position = u32::try_from(self.items.len()).expect("a form has fewer than four thousand million items");
        let ix = ItemIx(position);
        let behind = match position_of(&self.by_link_id, &self.items, link_id) {
            Ok(_) => return Err(LoadRefusal::DuplicateLinkId(link_id.to_owned())),
            Err(behind) => behind,
        };
        let above = parent.map(|parent| &self.items[parent.at()]);
        let mut item = compile(link_id, element, parent, above)?;
        if item.is_repeating_group() {
            item.repeating.push(ix);
        }
        self.items.push(item);
        self.by_link_id.insert(behind, ix);
        if element.get("enableWhen").is_some() {
            self.conditions.push((ix, element));
        }
        let children = self.children(element, Some(ix))?;
        if !children.is_empty() && self.items[ix.at()].kind.is_question() {
            return Err(unsupported(link_id, "items nested under a question"));
        }
        self.items[ix.at()].children = children;
        Ok(ix)
    }

    fn enable_when(&self, link_id: &str, element: &Element) -> Result<EnableWhen, LoadRefusal> {
        let unreadable = || unreadable(link_id, "enableWhen");
        let list = element.get("enableWhen").and_then(Value::as_array).ok_or_else(unreadable)?;
        let mut conditions = Vec::new();
        for condition in list {
            let condition = condition.as_object().ok_or_else(unreadable)?;
            let question = string(condition, "question").ok_or_else(unreadable)?;
            let found = position_of(&self.by_link_id, &self.items, question);
            let question = found.map(|position| self.by_link_id[position]).map_err(|_| {
                LoadRefusal::UnknownQuestion { link_id: link_id.to_owned(), question: question.to_owned() }
            })?;
            let operator = string(condition, "operator").and_then(Operator::from_code).ok_or_else(unreadable)?;
            let expected = Answer::from_fhir(condition, "answer").ok_or_else(unreadable)?;
            // FHIR R4, constraint que-7.
            if operator == Operator::Exists && !matches!(expected, Answer::Boolean(_)) {
                return Err(unreadable());
            }
            conditions.push(Condition { question, operator, expected });
        }
        let any = match (string(element, "enableBehavior"), conditions.len()) {
            (Some("any"), _) => true,
            (Some("all"), _) | (None, 0 | 1) => false,
            _ => return Err(unreadable()),
        };
        Ok(EnableWhen { conditions, any })
    }
}

/// Where a linkId stands among the sorted items, or where it would.
pub(super) fn position_of(sorted: &[ItemIx], items: &[Item], link_id: &str) -> Result<usize, usize> {
    sorted.binary_search_by(|ix| items[ix.at()].link_id.as_str().cmp(link_id))
}

fn unsupported(link_id: &str, feature: &str) -> LoadRefusal {
    LoadRefusal::Unsupported { link_id: link_id.to_owned(), feature: feature.to_owned() }
}

fn unreadable(link_id: &str, part: &'static str) -> LoadRefusal {
    LoadRefusal::Unreadable { link_id: link_id.to_owned(), part }
}

/// What an extension says, if it is there; one that is there but cannot be read refuses the form.
fn extended<'a, T>(
    link_id: &str,
    element: &'a Element,
    url: &'static str,
    read: impl FnOnce(&'a Element) -> Option<T>,
) -> Result<Option<T>, LoadRefusal> {
    let name = url.rsplit('/').next().unwrap_or(url);
    extension(element, url).map(|found| read(found).ok_or_else(|| unreadable(link_id, name))).transpose()
}

fn refuse_unsupported(link_id: &str, element: &Element) -> Result<(), LoadRefusal> {
    // A modifier extension changes the meaning of what it stands on; FHIR R4 forbids processing it unrecognised.
    if let Some(modifier) = objects(element, "modifierExtension").next() {
        return Err(unsupported(link_id, string(modifier, "url").unwrap_or("modifierExtension")));
    }
    if element.get("answerValueSet").is_some() {
        return Err(unsupported(link_id, "answerValueSet"));
    }
    match objects(element, "extension")
        .filter_map(|extension| string(extension, "url"))
        .find(|u| url::NOT_RUN.contains(u))
    {
        Some(feature) => Err(unsupported(link_id, feature)),
        None => Ok(()),
    }
}

/// A display item that is help for its parent (item control `help` or `flyover`).
fn guidance(element: &Element) -> Option<(Guidance, Text)> {
    let is_help = string(element, "type") == Some("display")
        && extension_concept_codes(element, url::ITEM_CONTROL).any(|code| matches!(code, "help" | "flyover"));
    if !is_help {
        return None;
    }
    let purpose = match extension_code(element, url::GUIDANCE) {
        Some("how-to-ask") => Guidance::HowToAsk,
        Some("why-asked") => Guidance::WhyAsked,
        _ => Guidance::Help,
    };
    Some((purpose, Text::read(element, "text")?))
}

fn compile(
    link_id: &str,
    element: &Element,
    parent: Option<ItemIx>,
    above: Option<&Item>,
) -> Result<Item, LoadRefusal> {
    let code = string(element, "type")
        .ok_or_else(|| LoadRefusal::Incomplete { link_id: link_id.to_owned(), field: "type" })?;
    let kind = Kind::from_code(code)
        .ok_or_else(|| LoadRefusal::UnsupportedType { link_id: link_id.to_owned(), kind: code.to_owned() })?;
    let repeats = flag(element, "repeats");
    if repeats && kind.is_question() && !kind.is_choice() {
        return Err(unsupported(link_id, "repeats on a question without options"));
    }
    Ok(Item {
        link_id: link_id.to_owned(),
        kind,
        text: Text::read(element, "text").unwrap_or_default(),
        short_text: extension(element, url::SHORT_TEXT).and_then(|short| Text::read(short, "valueString")),
        prefix: string(element, "prefix").map(str::to_owned),
        required: flag(element, "required"),
        repeats,
        read_only: flag(element, "readOnly"),
        hidden: extension_flag(element, url::HIDDEN),
        parent,
        children: Vec::new(),
        options: options(link_id, element, kind)?,
        control: extension_concept_codes(element, url::ITEM_CONTROL).find_map(Control::from_code),
        orientation: extension_code(element, url::CHOICE_ORIENTATION).map(|code| match code {
            "horizontal" => Orientation::Horizontal,
            _ => Orientation::Vertical,
        }),
        unit: unit(element),
        bounds: bounds(link_id, element)?,
        initial: objects(element, "initial")
            .map(|initial| Answer::from_fhir(initial, "value").filter(|answer| kind.takes(answer)))
            .map(|initial| initial.ok_or_else(|| unreadable(link_id, "initial")))
            .collect::<Result<_, _>>()?,
        guidance: Vec::new(),
        sensitivity: extended(link_id, element, url::SENSITIVITY, |mark| Sensitivity::from_code(code_of(mark)?))?
            .max(above.and_then(|item| item.sensitivity)),
        basis: extended(link_id, element, url::ANSWER_BASIS, |basis| Basis::from_code(code_of(basis)?))?
            .or_else(|| above.map(|item| item.basis))
            .unwrap_or_default(),
        partial_date: extension_flag(element, url::PARTIAL_DATE),
        codes: objects(element, "code").filter_map(coding_of).collect(),
        enable_when: EnableWhen::default(),
        repeating: above.map_or_else(Vec::new, |item| item.repeating.clone()),
    })
}

fn options(link_id: &str, element: &Element, kind: Kind) -> Result<Vec<AnswerOption>, LoadRefusal> {
    let unreadable = || unreadable(link_id, "answerOption");
    if objects(element, "answerOption").any(lacks_code) {
        return Err(unreadable());
    }
    let options = AnswerOption::read_all(element).ok_or_else(unreadable)?;
    if kind == Kind::Choice && options.is_empty() {
        return Err(LoadRefusal::Incomplete { link_id: link_id.to_owned(), field: "answerOption" });
    }
    Ok(options)
}

fn unit(element: &Element) -> Option<Coding> {
    extension(element, url::UNIT)?.get("valueCoding")?.as_object().and_then(coding_of)
}

fn code_of(extension: &Element) -> Option<&str> {
    string(extension, "valueCode")
}

fn bounds(link_id: &str, element: &Element) -> Result<Bounds, LoadRefusal> {
    let value_of = |bound: &Element| bound.get("valueInteger").or_else(|| bound.get("valueDecimal")).cloned();
    let number = |url| extended(link_id, element, url, |bound| value_of(bound)?.as_number().cloned());
    let whole = |url| extended(link_id, element, url, |bound| value_of(bound)?.as_u64());
    let length = element.optional("maxLength", |length| usize::try_from(length.as_u64()?).ok());
    Ok(Bounds {
        max_length: length.ok_or_else(|| unreadable(link_id, "maxLength"))?,
        min: number(url::MIN_VALUE)?,
        max: number(url::MAX_VALUE)?,
        max_decimal_places: whole(url::MAX_DECIMAL_PLACES)?,
        max_size: whole(url::MAX_SIZE)?,
        mime_types: extensions(element, url::MIME_TYPE)
            .filter_map(|extension| string(extension, "valueCode"))
            .map(str::to_owned)
            .collect(),
    })
}
