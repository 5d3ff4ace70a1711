//! Reading a FHIR R4 QuestionnaireResponse that was made elsewhere.
//!
//! What fits the form becomes the state of a response; what does not is named with its place. Nothing is bent to fit.

use super::answer::Answer;
use super::audience::Shown;
use super::basis::Basis;
use super::context::Context;
use super::data_absent_reason::DataAbsentReason;
use super::element::{Element, extension_code, extensions, string};
use super::extension::{ABSENT_NOTE, ANSWER_BASIS, ANSWER_SOURCE, DATA_ABSENT_REASON};
use super::item::{Item, ItemIx, Kind};
use super::kept::{Kept, beside};
use super::load::another_type;
use super::operation::Content;
use super::questionnaire::{MOST_PLACES, Questionnaire};
use super::response::{NodeIx, Response, as_u32};
use crate::json::{Object, Value, parse};
use std::sync::Arc;

/// Why a file is no response to a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadRefusal {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    NotJson(#[from] crate::json::JsonRefusal),
    /// The JSON is not a QuestionnaireResponse.
    #[error("{}", another_type(.0, "QuestionnaireResponse"))]
    NotAResponse(String),
    /// It holds more than a response has room for.
    #[error("the response needs more than {MOST_PLACES} places")]
    TooLarge,
    /// It answers another form.
    #[error("the response answers “{found}”, not “{expected}”")]
    OtherForm {
        /// The canonical URL of the form.
        expected: String,
        /// What the response names.
        found: String,
    },
}

/// How a part of a response does not fit its form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A member that has to be a list of elements and is not.
    #[error("“{0}” has to be a list of elements")]
    NoList(&'static str),
    /// An item without linkId.
    #[error("an item has no linkId")]
    NoLinkId,
    /// A linkId that the form does not have.
    #[error("the form has no item “{0}”")]
    UnknownItem(String),
    /// An item that the form has elsewhere.
    #[error("item “{0}” stands in the wrong place")]
    Misplaced(String),
    /// An item before another that comes earlier in the form.
    #[error("item “{0}” stands out of order")]
    OutOfOrder(String),
    /// Several items of this linkId, though it is no repeating group.
    #[error("item “{0}” stands {1} times where it may stand once")]
    Repeated(String, usize),
    /// Several answers to a question that does not repeat.
    #[error("several answers to a question that takes one")]
    SeveralAnswers,
    /// A group with answers.
    #[error("a group cannot be answered")]
    GroupAnswered,
    /// A display text with an answer or items.
    #[error("a display text cannot be answered")]
    DisplayAnswered,
    /// Items beside the answers of a question and not inside them.
    #[error("items below a question belong inside its answer")]
    ItemsBesideAnswers,
    /// An answer that says nothing.
    #[error("an answer without a value")]
    NoValue,
    /// An answer that says several things.
    #[error("an answer with several values")]
    SeveralValues,
    /// A value of another type than the question asks for, or one that cannot be read.
    #[error("the answer is not what a question of type “{}” asks for", .0.code())]
    WrongType(Kind),
    /// A text that is not the one of the form.
    #[error("the text is not the one of the form")]
    OtherText,
}

impl Misfit {
    /// Whether everything that was said is kept all the same.
    #[must_use]
    pub const fn keeps_all(&self) -> bool {
        matches!(self, Self::OtherText | Self::OutOfOrder(_) | Self::SeveralAnswers)
    }
}

/// A misfit and its place, a FHIRPath from the resource.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {misfit}")]
pub struct MisfitAt {
    /// Where.
    pub place: String,
    /// What.
    pub misfit: Misfit,
}

/// A response read from elsewhere.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What fits.
    pub response: Response,
    /// What does not.
    pub misfits: Vec<MisfitAt>,
    /// Where in the resource each node stands that was there, at the position of its number.
    places: Vec<Option<String>>,
    /// Whether there was more than a response has room for.
    is_full: bool,
    /// The resource itself, for what has to hold whatever the form asks.
    pub(super) resource: Object,
}

impl Reading {
    /// Reads the JSON bytes of a QuestionnaireResponse to a form, answers as they were given.
    ///
    /// # Errors
    /// Refuses what is not a QuestionnaireResponse, and responses to another form.
    pub fn read(form: Arc<Questionnaire>, context: Context, bytes: &[u8]) -> Result<Self, ReadRefusal> {
        let value = parse(bytes)?;
        let response = Response::made(form, context, false);
        let kind = value.get("resourceType").and_then(Value::as_str).unwrap_or_default();
        let resource = value.as_object().filter(|_| kind == "QuestionnaireResponse");
        let resource = resource.ok_or_else(|| ReadRefusal::NotAResponse(kind.to_owned()))?;
        refuse_other_form(&response, resource)?;
        let (misfits, places, resource) = (Vec::new(), Vec::new(), resource.clone());
        let mut reading = Self { response, misfits, places, is_full: false, resource: Object::default() };
        reading.response.kept = Some(Box::new(Kept::of(beside(&resource, &["item"]))));
        reading.level(&resource, None, ROOT);
        reading.response.settle_all();
        reading.resource = resource;
        if reading.is_full { Err(ReadRefusal::TooLarge) } else { Ok(reading) }
    }

    /// The place of a node that was in the resource.
    #[must_use]
    pub fn place(&self, node: NodeIx) -> Option<&str> {
        self.places.get(node.at())?.as_deref()
    }

    /// The nodes that were in the resource.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeIx> {
        let read = self.places.iter().enumerate().filter(|(_, place)| place.is_some());
        read.map(|(at, _)| NodeIx(as_u32(at)))
    }

    fn note_place(&mut self, node: NodeIx, place: &str) {
        if self.places.len() <= node.at() {
            self.places.resize(node.at() + 1, None);
        }
        self.places[node.at()].get_or_insert_with(|| place.to_owned());
    }

    fn misfit(&mut self, place: &str, misfit: Misfit) {
        self.misfits.push(MisfitAt { place: place.to_owned(), misfit });
    }

    /// The elements of a list with their positions; a misfit where the member is there and is no list of elements.
    fn elements<'a>(&mut self, element: &'a Element, name: &'static str, place: &str) -> Vec<(usize, &'a Element)> {
        let Some(member) = element.get(name) else { return Vec::new() };
        let all = member.as_array().unwrap_or_default();
        let elements: Vec<_> =
            all.iter().enumerate().filter_map(|(at, element)| Some((at, element.as_object()?))).collect();
        if member.as_array().is_none() || elements.len() < all.len() {
            self.misfit(place, Misfit::NoList(name));
        }
        elements
    }

    /// Reads the items of one level: of the resource, a group or an answer.
    fn level(&mut self, element: &Element, above: Option<NodeIx>, place: &str) {
        let form = Arc::clone(self.response.questionnaire());
        let parent = above.map(|above| self.response.node(above).item);
        let siblings = parent.map_or(&form.roots, |parent| &form.item(parent).children);
        let mut last = None;
        // How often each stands here, and how many entries of its list were read.
        let mut seen = vec![(0, 0); siblings.len()];
        for (position, child) in self.elements(element, "item", place) {
            let Some(link_id) = string(child, "linkId") else {
                self.misfit(place, Misfit::NoLinkId);
                continue;
            };
            let found = form.find(link_id);
            let Some(ix) = found.filter(|ix| form.item(*ix).parent == parent) else {
                let elsewhere = found.map_or(Misfit::UnknownItem as fn(String) -> Misfit, |_| Misfit::Misplaced);
                self.misfit(place, elsewhere(link_id.to_owned()));
                continue;
            };
            if last.is_some_and(|last| ix < last) {
                self.misfit(place, Misfit::OutOfOrder(link_id.to_owned()));
            }
            last = Some(ix);
            let here = format!("{place}.item[{position}]");
            let at = form.item(ix).position;
            let entries = self.item(child, ix, above, seen[at].1, &here);
            seen[at] = (seen[at].0 + 1, seen[at].1 + entries);
        }
        for (ix, (times, _)) in siblings.iter().zip(seen) {
            // All answers to a question stand in one item, also where it repeats.
            let item = form.item(*ix);
            if times > 1 && !(item.repeats && item.kind == Kind::Group) {
                self.misfit(place, Misfit::Repeated(item.link_id.clone(), times));
            }
        }
    }

    /// Reads one item; `before` entries of its list are read already. Gives how many it adds.
    fn item(&mut self, element: &Element, ix: ItemIx, above: Option<NodeIx>, before: usize, place: &str) -> usize {
        let form = Arc::clone(self.response.questionnaire());
        let item = form.item(ix);
        if string(element, "text").is_some_and(|text| !item.text.says(text)) {
            self.misfit(place, Misfit::OtherText);
        }
        let answers = self.elements(element, "answer", place);
        if element.get("extension").is_some_and(|extension| extension.as_array().is_none()) {
            self.misfit(place, Misfit::NoList("extension"));
        }
        match item.kind {
            Kind::Display if !answers.is_empty() || element.get("item").is_some() => {
                self.misfit(place, Misfit::DisplayAnswered);
            }
            Kind::Group if !answers.is_empty() => self.misfit(place, Misfit::GroupAnswered),
            kind if kind.is_question() && element.get("item").is_some() => {
                self.misfit(place, Misfit::ItemsBesideAnswers);
            }
            _ => {}
        }
        if item.kind.is_question() {
            return self.question(element, &answers, ix, above, before, place);
        }
        if let Some(node) = self.entry(ix, above, before) {
            self.keep(node, element, place);
            self.level(element, Some(node), place);
        }
        1
    }

    fn question(
        &mut self,
        element: &Element,
        answers: &[(usize, &Element)],
        ix: ItemIx,
        above: Option<NodeIx>,
        before: usize,
        place: &str,
    ) -> usize {
        let form = Arc::clone(self.response.questionnaire());
        let item = form.item(ix);
        if answers.len() > 1 && !item.repeats {
            self.misfit(place, Misfit::SeveralAnswers);
        }
        let (mut entries, mut together, mut kept) = (0, said(element), false);
        if !item.is_list
            && let Some(node) = self.entry(ix, above, before)
            && self.place(node).is_some()
        {
            // What was said in another item of the same question was said all the same.
            together.answers.clone_from(&self.response.node(node).content.answers);
        }
        for (position, answer) in answers {
            let here = format!("{place}.answer[{position}]");
            let value = self.value(item, answer, &here);
            if value.is_none() && !says_why_not(answer) {
                continue;
            }
            let Some(node) = self.entry(ix, above, before + entries) else { continue };
            if !std::mem::replace(&mut kept, true) {
                self.keep(node, element, place);
            }
            self.note_place(node, place);
            if let Some(kept) = &mut self.response.kept {
                kept.keep_answer(node, beside(answer, &["item"]));
            }
            if item.is_list {
                entries += 1;
                self.set(node, Content { answers: value.into_iter().collect(), ..together.clone() });
            } else {
                together.answers.extend(value);
            }
            self.level(answer, Some(node), &here);
        }
        if !(item.is_list && kept)
            && let Some(node) = self.entry(ix, above, before)
        {
            if !kept {
                self.keep(node, element, place);
            }
            self.set(node, together);
        }
        entries
    }

    /// The value of an answer; a misfit where there is none, unless the answer itself says why.
    fn value(&mut self, item: &Item, answer: &Element, place: &str) -> Option<Answer> {
        let values = answer.iter().filter(|(name, _)| name.starts_with("value")).count();
        let value = Answer::from_fhir(answer, "value");
        let misfit = match value.filter(|value| item.takes(value)) {
            Some(value) if values < 2 && !value.is_blank() => return Some(value),
            Some(_) if values < 2 => Misfit::NoValue,
            _ if says_why_not(answer) => return None,
            _ if values > 1 => Misfit::SeveralValues,
            _ if values > 0 => Misfit::WrongType(item.kind),
            _ => Misfit::NoValue,
        };
        self.misfit(place, misfit);
        None
    }

    /// The node of an item; the entry of a list is made where the form does not begin with it.
    fn entry(&mut self, ix: ItemIx, above: Option<NodeIx>, number: usize) -> Option<NodeIx> {
        if !self.response.questionnaire().item(ix).is_list {
            return self.response.children_of(above, ix).first().copied();
        }
        let entry = u32::try_from(number).ok().and_then(|number| self.response.open_entry(ix, above, number));
        self.is_full |= entry.is_none();
        entry
    }

    fn keep(&mut self, node: NodeIx, element: &Element, place: &str) {
        self.note_place(node, place);
        if let Some(kept) = &mut self.response.kept {
            kept.keep_item(node, beside(element, &["item", "answer"]));
        }
    }

    fn set(&mut self, node: NodeIx, content: Content) {
        self.response.alter(node, |node| node.content = content);
    }
}

/// Where every place begins.
pub(super) const ROOT: &str = "QuestionnaireResponse";

fn refuse_other_form(response: &Response, resource: &Object) -> Result<(), ReadRefusal> {
    let form = response.questionnaire();
    let found = string(resource, "questionnaire").unwrap_or_default();
    // A form inside the response or beside it on a server is named by no canonical, and one without a URL cannot be named.
    let is_named = found.split('|').next().is_some_and(|url| url.contains(':')) && !form.url.is_empty();
    // The version is not asked for. A bar in the URL itself separates nothing.
    let is_this = |rest: &str| rest.is_empty() || rest.starts_with('|');
    if !is_named || found.strip_prefix(&form.url).is_some_and(is_this) {
        return Ok(());
    }
    Err(ReadRefusal::OtherForm { expected: form.canonical(), found: found.to_owned() })
}

/// Whether an answer has extensions in place of a value.
fn says_why_not(answer: &Element) -> bool {
    let extended = |value: &Value| value.get("extension").is_some();
    let beside = answer.iter().any(|(name, value)| name.starts_with("_value") && extended(value));
    let valued = answer.iter().any(|(name, _)| name.starts_with("value"));
    !valued && (beside || answer.get("extension").and_then(Value::as_array).is_some_and(|all| !all.is_empty()))
}

/// What an item says beside its answers: why there is none, and what they rest on.
pub(super) fn said(element: &Element) -> Content {
    let note = extensions(element, ABSENT_NOTE).find_map(|note| string(note, "valueString"));
    Content {
        absent: extension_code(element, DATA_ABSENT_REASON).and_then(DataAbsentReason::from_code),
        absent_note: note.map(str::to_owned),
        basis: extension_code(element, ANSWER_BASIS).and_then(Basis::from_code),
        source: extensions(element, ANSWER_SOURCE).find_map(|source| string(source, "valueUri")).map(str::to_owned),
        shown: Shown::from_fhir(element).map(Box::new),
        ..Content::default()
    }
}
