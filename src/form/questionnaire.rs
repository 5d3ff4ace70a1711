//! A compiled form.

use super::element::string;
use super::graph;
use super::item::{Item, ItemIx, Kind};
use super::load::{LoadRefusal, Reader, position_of};
use super::text::Text;
use crate::json::{Value, parse};

/// A FHIR R4 Questionnaire, compiled and unchanging.
#[derive(Debug)]
pub struct Questionnaire {
    /// Canonical URL without version.
    pub url: String,
    /// Business version.
    pub version: String,
    /// Title; falls back to the name, then to the URL.
    pub title: Text,
    /// Language of the texts that carry no translation mark (BCP 47).
    pub language: String,
    /// The items shown at the top, in order.
    pub roots: Vec<ItemIx>,
    items: Vec<Item>,
    by_link_id: Vec<ItemIx>,
    dependents: Vec<Vec<ItemIx>>,
}

/// One page of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The group that heads it; none for loose questions.
    pub group: Option<ItemIx>,
    /// The items on it.
    pub items: Vec<ItemIx>,
}

impl Questionnaire {
    /// Compiles the JSON bytes of a Questionnaire.
    ///
    /// # Errors
    /// Refuses what is not a Questionnaire, is incomplete, contradicts itself or uses what the engine does not run;
    /// the refusal names the item.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadRefusal> {
        let value = parse(bytes)?;
        let resource_type = value.get("resourceType").and_then(Value::as_str).unwrap_or_default();
        let element = value
            .as_object()
            .filter(|_| resource_type == "Questionnaire")
            .ok_or_else(|| LoadRefusal::NotAQuestionnaire(resource_type.to_owned()))?;
        let named = |field| string(element, field).map(str::to_owned).ok_or(LoadRefusal::Unnamed(field));
        let (url, version) = (named("url")?, named("version")?);
        let Reader { items, roots, by_link_id, .. } = Reader::read(element)?;
        let dependents = graph::dependents(&items);
        graph::refuse_cycles(&items, &dependents)?;
        let title = Text::read(element, "title").or_else(|| Text::read(element, "name"));
        Ok(Self {
            title: title.unwrap_or_else(|| Text::plain(&url)),
            language: string(element, "language").unwrap_or("und").to_owned(),
            url,
            version,
            roots,
            items,
            by_link_id,
            dependents,
        })
    }

    /// The canonical that answers name: `url|version`.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{}|{}", self.url, self.version)
    }

    /// An item by its position.
    #[must_use]
    pub fn item(&self, ix: ItemIx) -> &Item {
        &self.items[ix.at()]
    }

    /// The position of a linkId.
    #[must_use]
    pub fn find(&self, link_id: &str) -> Option<ItemIx> {
        position_of(&self.by_link_id, &self.items, link_id).ok().map(|position| self.by_link_id[position])
    }

    /// All items in document order.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.iter()
    }

    /// The sections of the form, one a page: each group at the top, and the loose questions between groups together.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for &ix in self.roots.iter().filter(|ix| !self.item(**ix).hidden) {
            match sections.last_mut() {
                _ if self.item(ix).kind == Kind::Group => {
                    sections.push(Section { group: Some(ix), items: self.item(ix).children.clone() });
                }
                Some(Section { group: None, items }) => items.push(ix),
                _ => sections.push(Section { group: None, items: vec![ix] }),
            }
        }
        sections
    }

    /// The items whose conditions look at this one.
    pub(super) fn dependents(&self, ix: ItemIx) -> &[ItemIx] {
        &self.dependents[ix.at()]
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }
}
