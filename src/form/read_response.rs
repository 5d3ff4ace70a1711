//! Reading a FHIR R4 QuestionnaireResponse that was made elsewhere.
//!
//! What fits the form becomes the state of a response; what does not is named with its place. Nothing is bent to fit.

use super::answer::Answer;
use super::audience::Shown;
use super::basis::Basis;
use super::context::Context;
use super::data_absent_reason::DataAbsentReason;
use super::element::{Element, extension_code, extensions, objects, string};
use super::extension::{ABSENT_NOTE, ANSWER_BASIS, ANSWER_SOURCE, DATA_ABSENT_REASON};
use super::item::{Item, ItemIx, Kind};
use super::kept::{Kept, without};
use super::operation::{Content, Operation, Place};
use super::questionnaire::Questionnaire;
use super::response::{NodeIx, Response};
use crate::json::{Object, Value, parse};
use std::sync::Arc;

/// Why a file is no response to a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadRefusal {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    NotJson(#[from] crate::json::JsonRefusal),
    /// The JSON is not a QuestionnaireResponse.
    #[error("resourceType is “{0}”, not “QuestionnaireResponse”")]
    NotAResponse(String),
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// An item without linkId.
    NoLinkId,
    /// A linkId that the form does not have.
    UnknownItem(String),
    /// An item that the form has elsewhere.
    Misplaced(String),
    /// An item before another that comes earlier in the form.
    OutOfOrder(String),
    /// Several items of this linkId, though it does not repeat.
    Repeated(String, usize),
    /// Several answers to a question that does not repeat.
    SeveralAnswers,
    /// A group with answers.
    GroupAnswered,
    /// A display text with an answer or items.
    DisplayAnswered,
    /// Items beside the answers of a question and not inside them.
    ItemsBesideAnswers,
    /// A value of another type than the question asks for.
    WrongType(Kind),
    /// A text that is not the one of the form.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Where in the resource each node stands that was there.
    pub places: Vec<(NodeIx, String)>,
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
        let mut reading = Self { response, misfits: Vec::new(), places: Vec::new() };
        reading.response.kept = Some(Box::new(Kept::of(without(resource, &["item"]))));
        let roots = reading.response.questionnaire().roots.clone();
        reading.level(resource, &roots, None, &[], ROOT);
        Ok(reading)
    }

    /// The place of a node that was in the resource.
    #[must_use]
    pub fn place(&self, node: NodeIx) -> Option<&str> {
        self.places.iter().find(|(of, _)| *of == node).map(|(_, place)| place.as_str())
    }

    fn misfit(&mut self, place: &str, misfit: Misfit) {
        self.misfits.push(MisfitAt { place: place.to_owned(), misfit });
    }

    /// Reads the items of one level: of the resource, a group or an answer.
    fn level(&mut self, element: &Element, items: &[ItemIx], above: Option<NodeIx>, within: &[u32], place: &str) {
        let form = Arc::clone(self.response.questionnaire());
        let mut last = None;
        let mut seen: Vec<(ItemIx, usize)> = Vec::new();
        for (position, child) in objects(element, "item").enumerate() {
            let Some(link_id) = string(child, "linkId") else {
                self.misfit(place, Misfit::NoLinkId);
                continue;
            };
            let found = form.find(link_id);
            let Some(ix) = found.filter(|ix| items.contains(ix)) else {
                let elsewhere = found.map_or(Misfit::UnknownItem as fn(String) -> Misfit, |_| Misfit::Misplaced);
                self.misfit(place, elsewhere(link_id.to_owned()));
                continue;
            };
            if last.is_some_and(|last| ix < last) {
                self.misfit(place, Misfit::OutOfOrder(link_id.to_owned()));
            }
            last = Some(ix);
            let before = seen.iter().filter(|(of, _)| *of == ix).map(|(_, answers)| *answers).sum();
            let here = format!("{place}.item[{position}]");
            let count = self.item(child, ix, above, within, before, &here);
            seen.push((ix, count));
        }
        for ix in items {
            let times = seen.iter().filter(|(of, _)| of == ix).count();
            if times > 1 && !form.item(*ix).repeats {
                self.misfit(place, Misfit::Repeated(form.item(*ix).link_id.clone(), times));
            }
        }
    }

    /// Reads one item; `before` entries of its list are read already. Gives how many it adds.
    fn item(
        &mut self,
        element: &Element,
        ix: ItemIx,
        above: Option<NodeIx>,
        within: &[u32],
        before: usize,
        place: &str,
    ) -> usize {
        let form = Arc::clone(self.response.questionnaire());
        let item = form.item(ix);
        if string(element, "text").is_some_and(|text| !item.text.says(text)) {
            self.misfit(place, Misfit::OtherText);
        }
        let answers: Vec<&Element> = objects(element, "answer").collect();
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
            return self.question(element, &answers, ix, above, within, before, place);
        }
        if let Some((node, within)) = self.entry(item, ix, above, within, before) {
            self.keep(node, element, place);
            self.level(element, &item.children, Some(node), &within, place);
        }
        1
    }

    #[expect(clippy::too_many_arguments, reason = "where an item stands is said in several parts")]
    fn question(
        &mut self,
        element: &Element,
        answers: &[&Element],
        ix: ItemIx,
        above: Option<NodeIx>,
        within: &[u32],
        before: usize,
        place: &str,
    ) -> usize {
        let form = Arc::clone(self.response.questionnaire());
        let item = form.item(ix);
        if answers.len() > 1 && !item.repeats {
            self.misfit(place, Misfit::SeveralAnswers);
        }
        let mut all = said(element);
        let mut entries = 0;
        for (position, answer) in answers.iter().enumerate() {
            let here = format!("{place}.answer[{position}]");
            let Some(value) = self.value(item, answer, &here) else { continue };
            let content = if item.is_list { said(element) } else { std::mem::take(&mut all) };
            let Some((node, inner)) = self.entry(item, ix, above, within, before + entries) else { continue };
            if position == 0 {
                self.keep(node, element, place);
            } else if item.is_list {
                self.places.push((node, place.to_owned()));
            }
            if let Some(kept) = &mut self.response.kept {
                kept.keep_answer(node, without(answer, &["item"]));
            }
            entries += usize::from(item.is_list);
            all = Content { answers: [content.answers, vec![value]].concat(), ..content };
            self.set(node, &all);
            self.level(answer, &item.children, Some(node), &inner, &here);
        }
        if answers.is_empty()
            && let Some((node, _)) = self.entry(item, ix, above, within, before)
        {
            self.keep(node, element, place);
            self.set(node, &all);
        }
        entries
    }

    fn value(&mut self, item: &Item, answer: &Element, place: &str) -> Option<Answer> {
        let value = Answer::from_fhir(answer, "value").filter(|value| item.kind.takes(value));
        let given = answer.iter().any(|(name, _)| name.trim_start_matches('_').starts_with("value"));
        if value.is_none() && given {
            self.misfit(place, Misfit::WrongType(item.kind));
        }
        value
    }

    /// The node of an item, and the lists it stands in; the entry of a list is made where the form does not begin with it.
    fn entry(
        &mut self,
        item: &Item,
        ix: ItemIx,
        above: Option<NodeIx>,
        within: &[u32],
        number: usize,
    ) -> Option<(NodeIx, Vec<u32>)> {
        let mut within = within.to_vec();
        if item.is_list {
            within.push(u32::try_from(number).ok()?);
            let at = Place { link_id: item.link_id.clone(), within: within.clone() };
            self.response.apply(&Operation::Add { at }).ok()?;
            return Some((self.response.instance(ix, &within)?, within));
        }
        let node = self.response.children_of(above, ix).next()?;
        Some((node, within))
    }

    fn keep(&mut self, node: NodeIx, element: &Element, place: &str) {
        self.places.push((node, place.to_owned()));
        if let Some(kept) = &mut self.response.kept {
            kept.keep_item(node, without(element, &["item", "answer"]));
        }
    }

    fn set(&mut self, node: NodeIx, content: &Content) {
        let at = self.response.place(node);
        // The value was found to fit and the node is there, so nothing is refused.
        let _ = self.response.apply(&Operation::Set { at, content: content.clone() });
    }
}

/// Where every place begins.
pub(super) const ROOT: &str = "QuestionnaireResponse";

fn refuse_other_form(response: &Response, resource: &Object) -> Result<(), ReadRefusal> {
    let form = response.questionnaire();
    let found = string(resource, "questionnaire").unwrap_or_default();
    let url = found.split('|').next().unwrap_or_default();
    // A form inside the response or beside it on a server is named by no canonical, and one without a URL cannot be named.
    if !url.contains(':') || form.url.is_empty() || url == form.url {
        return Ok(());
    }
    Err(ReadRefusal::OtherForm { expected: form.canonical(), found: found.to_owned() })
}

/// What an item says beside its answers: why there is none, and what they rest on.
fn said(element: &Element) -> Content {
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
