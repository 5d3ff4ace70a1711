//! Compiling a FHIR Questionnaire. A form is loaded whole or refused with the reason; it never runs in part.

use super::answer::Answer;
use super::compile::{beside, compile};
use super::element::{Element, extension, objects, string};
use super::enable_when::{Condition, EnableWhen, Operator};
use super::expressions::Expressions;
use super::extension as url;
use super::item::{Item, ItemIx};
use super::questionnaire::MOST_PLACES;
use super::response::as_u32;
use super::rules::name_of;
use super::value_set::ValueSets;
use crate::json::{JsonRefusal, Value};

/// Why a form cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadRefusal {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    NotJson(#[from] JsonRefusal),
    /// The JSON is not a Questionnaire.
    #[error("{}", another_type(.0, "Questionnaire"))]
    NotAQuestionnaire(String),
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
    #[error("item “{link_id}”: {part} cannot be read{}", expected(part))]
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
    /// The form asks for more than a response can hold or an answer may wake.
    #[error("{limit}, counted up to item “{link_id}”")]
    TooLarge {
        /// The item at which it is too much.
        link_id: String,
        /// What there is too much of.
        limit: Limit,
    },
    /// Conditions depend on each other in a circle.
    #[error("conditions run in a circle: {}", .0.join(" → "))]
    Cycle(Vec<String>),
}

/// What a form may not have more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// Items and the entries they begin with.
    #[error("a new response would have more than {MOST_PLACES} places")]
    Places,
    /// Answers that rules look at.
    #[error("its rules look at more than a million answers")]
    Dependences,
}

impl LoadRefusal {
    /// The item it is about, if it is about one.
    #[must_use]
    pub fn link_id(&self) -> Option<&str> {
        match self {
            Self::Incomplete { link_id, .. }
            | Self::DuplicateLinkId(link_id)
            | Self::UnsupportedType { link_id, .. }
            | Self::TooLarge { link_id, .. }
            | Self::Unsupported { link_id, .. }
            | Self::Unreadable { link_id, .. }
            | Self::UnknownQuestion { link_id, .. } => Some(link_id).filter(|id| !id.is_empty()).map(String::as_str),
            Self::Cycle(link_ids) => link_ids.first().map(String::as_str),
            _ => None,
        }
    }

    /// Whether the form is sound and only asks for more than the engine runs.
    #[must_use]
    pub const fn is_exclusion(&self) -> bool {
        matches!(self, Self::Unsupported { .. })
    }
}

/// Items as read, before their conditions are resolved.
pub(super) struct Reader<'a> {
    /// What the form asks for and the engine does not run.
    pub exclusions: Vec<LoadRefusal>,
    /// All items in document order.
    pub items: Vec<Item>,
    /// Those at the top.
    pub roots: Vec<ItemIx>,
    /// The items sorted by their linkIds.
    pub by_link_id: Vec<ItemIx>,
    conditions: Vec<(ItemIx, &'a Element)>,
    value_sets: ValueSets<'a>,
    expressions: Expressions,
}

impl<'a> Reader<'a> {
    /// Reads the items of a Questionnaire and resolves their conditions.
    pub fn read(form: &'a Element) -> Result<Self, LoadRefusal> {
        let (items, by_link_id, exclusions) = (Vec::with_capacity(items_below(form)), Vec::new(), Vec::new());
        let (roots, conditions, value_sets) = (Vec::new(), Vec::new(), ValueSets::of(form));
        let expressions = Expressions::default();
        let mut reader = Self { exclusions, items, roots, by_link_id, conditions, value_sets, expressions };
        note_exclusions("", form, &mut reader.exclusions);
        reader.roots = reader.children(form, None)?;
        reader.sort()?;
        reader.count_places()?;
        for (ix, element) in std::mem::take(&mut reader.conditions) {
            reader.items[ix.at()].enable_when = reader.enable_when(&reader.items[ix.at()].link_id, element)?;
        }
        Ok(reader)
    }

    fn children(&mut self, element: &'a Element, parent: Option<ItemIx>) -> Result<Vec<ItemIx>, LoadRefusal> {
        let unreadable =
            |reader: &Self| unreadable(parent.map_or("", |parent| &reader.items[parent.at()].link_id), "item");
        let mut children = Vec::new();
        let Some(items) = element.get("item") else { return Ok(children) };
        for child in items.as_array().ok_or_else(|| unreadable(self))? {
            let child = child.as_object().ok_or_else(|| unreadable(self))?;
            match parent.and_then(|parent| Some((beside(child)?, parent))) {
                Some((beside, parent)) => beside.add_to(&mut self.items[parent.at()]),
                None => children.push(self.item(child, parent, children.len())?),
            }
        }
        Ok(children)
    }

    fn item(&mut self, element: &'a Element, parent: Option<ItemIx>, position: usize) -> Result<ItemIx, LoadRefusal> {
        let last = || self.items.last().map_or_else(String::new, |item| item.link_id.clone());
        let link_id = string(element, "linkId")
            .filter(|id| !id.is_empty())
            .ok_or_else(|| LoadRefusal::Incomplete { link_id: last(), field: "linkId" })?;
        note_exclusions(link_id, element, &mut self.exclusions);
        if self.items.len() >= MOST_PLACES {
            return Err(LoadRefusal::TooLarge { link_id: link_id.to_owned(), limit: Limit::Places });
        }
        let ix = ItemIx(as_u32(self.items.len()));
        let above = parent.map(|parent| &self.items[parent.at()]);
        let (value_sets, expressions) = (&mut self.value_sets, &mut self.expressions);
        let mut item = compile(value_sets, expressions, link_id, element, parent, above, &mut self.exclusions)?;
        if item.is_list {
            item.repeating.push(ix);
        }
        item.position = position;
        self.items.push(item);
        if element.get("enableWhen").is_some() {
            self.conditions.push((ix, element));
        }
        self.items[ix.at()].children = self.children(element, Some(ix))?;
        Ok(ix)
    }

    /// Sorts the items by their linkIds, which have to differ.
    fn sort(&mut self) -> Result<(), LoadRefusal> {
        let link_id = |ix: &ItemIx| self.items[ix.at()].link_id.as_str();
        self.by_link_id = (0..as_u32(self.items.len())).map(ItemIx).collect();
        self.by_link_id.sort_unstable_by(|one, two| link_id(one).cmp(link_id(two)));
        let twice = self.by_link_id.windows(2).find(|pair| link_id(&pair[0]) == link_id(&pair[1]));
        twice.map_or(Ok(()), |pair| Err(LoadRefusal::DuplicateLinkId(link_id(&pair[0]).to_owned())))
    }

    /// Counts the places of a new response. Entries that lists begin with multiply, so a small form may ask for many.
    fn count_places(&mut self) -> Result<(), LoadRefusal> {
        let mut all: usize = 0;
        for at in (0..self.items.len()).rev() {
            // Children stand behind what they stand under, so they are counted already.
            let below = self.items[at].children.iter().map(|child| &self.items[child.at()]);
            let below = below.map(|child| child.places.saturating_mul(child.first_entries() as usize));
            let places = below.fold(1, usize::saturating_add);
            let item = &mut self.items[at];
            item.places = places;
            if item.parent.is_none() {
                all = all.saturating_add(places.saturating_mul(item.first_entries() as usize));
            }
            if places.max(all) > MOST_PLACES {
                return Err(LoadRefusal::TooLarge { link_id: item.link_id.clone(), limit: Limit::Places });
            }
        }
        Ok(())
    }

    fn enable_when(&self, link_id: &str, element: &Element) -> Result<EnableWhen, LoadRefusal> {
        let unreadable = || unreadable(link_id, "enableWhen");
        let lacks = |field| LoadRefusal::Incomplete { link_id: link_id.to_owned(), field };
        let list = element.get("enableWhen").and_then(Value::as_array).ok_or_else(unreadable)?;
        let mut conditions = Vec::new();
        for condition in list {
            let condition = condition.as_object().ok_or_else(unreadable)?;
            let question = string(condition, "question").ok_or_else(|| lacks("enableWhen.question"))?;
            let found = position_of(&self.by_link_id, &self.items, question);
            let question = found.map(|position| self.by_link_id[position]).map_err(|_| {
                LoadRefusal::UnknownQuestion { link_id: link_id.to_owned(), question: question.to_owned() }
            })?;
            let operator = string(condition, "operator").ok_or_else(|| lacks("enableWhen.operator"))?;
            let operator = Operator::from_code(operator).ok_or_else(unreadable)?;
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
            // FHIR R4, constraint que-12.
            (None, _) => return Err(lacks("enableBehavior")),
            _ => return Err(unreadable()),
        };
        Ok(EnableWhen { conditions, any })
    }
}

/// How many items stand below an element; as an item is large, to make room for all at once saves moving them.
fn items_below(element: &Element) -> usize {
    objects(element, "item").map(|item| 1 + items_below(item)).sum::<usize>().min(MOST_PLACES)
}

/// What a part would have to be.
fn expected(part: &str) -> &'static str {
    match part {
        "required" | "repeats" | "readOnly" => ": it has to be true or false",
        "initial" => ": it has to be a list of values of the item's type, of one where the item does not repeat",
        "item" => ": it has to be a list of elements",
        "answerOption" => ": it has to be a list of options, each with a value of a type that FHIR R4 allows and words",
        "enableWhen" => {
            ": it has to be a list of conditions, each with a known operator and a value, true or false for exists"
        }
        "answerValueSet" => ": it has to be a canonical address",
        "maxLength" | "minLength" | "questionnaire-minOccurs" | "questionnaire-maxOccurs" => {
            ": it has to be a whole number that is not negative"
        }
        "minValue" | "maxValue" | "sdc-questionnaire-minQuantity" | "sdc-questionnaire-maxQuantity" => {
            ": it has to be a value"
        }
        _ => "",
    }
}

/// What a resource is, where it should be of another type.
pub(super) fn another_type(found: &str, wanted: &str) -> String {
    match found {
        "" => format!("it has no resourceType, so it is no “{wanted}”"),
        _ => format!("resourceType is “{found}”, not “{wanted}”"),
    }
}

/// Where a linkId stands among the sorted items, or where it would.
pub(super) fn position_of(sorted: &[ItemIx], items: &[Item], link_id: &str) -> Result<usize, usize> {
    sorted.binary_search_by(|ix| items[ix.at()].link_id.as_str().cmp(link_id))
}

pub(super) fn unsupported(link_id: &str, feature: &str) -> LoadRefusal {
    LoadRefusal::Unsupported { link_id: link_id.to_owned(), feature: feature.to_owned() }
}

pub(super) fn unreadable(link_id: &str, part: &'static str) -> LoadRefusal {
    LoadRefusal::Unreadable { link_id: link_id.to_owned(), part }
}

/// The elements of a list member; absent means none, another shape refuses the form.
pub(super) fn list<'a>(link_id: &str, element: &'a Element, field: &'static str) -> Result<&'a [Value], LoadRefusal> {
    match element.get(field) {
        Some(value) => value.as_array().ok_or_else(|| unreadable(link_id, field)),
        None => Ok(&[]),
    }
}

/// What an extension says, if it is there; one that is there but cannot be read refuses the form.
pub(super) fn extended<'a, T>(
    link_id: &str,
    element: &'a Element,
    url: &'static str,
    read: impl FnOnce(&'a Element) -> Option<T>,
) -> Result<Option<T>, LoadRefusal> {
    let name = || url.rsplit('/').next().unwrap_or(url);
    extension(element, url).map(|found| read(found).ok_or_else(|| unreadable(link_id, name()))).transpose()
}

/// Notes what stands on an element and the engine does not run.
fn note_exclusions(link_id: &str, element: &Element, exclusions: &mut Vec<LoadRefusal>) {
    // A modifier extension changes the meaning of what it stands on; FHIR R4 forbids processing it unrecognised.
    let modifiers = objects(element, "modifierExtension");
    let modifiers = modifiers.map(|modifier| string(modifier, "url").unwrap_or("modifierExtension"));
    let extensions = objects(element, "extension").filter_map(|extension| string(extension, "url"));
    let not_run = |url: &&str| name_of(url).is_some_and(|name| url::NOT_RUN.contains(&name));
    let excluded = modifiers.chain(extensions.filter(not_run));
    exclusions.extend(excluded.map(|feature| unsupported(link_id, feature)));
}
