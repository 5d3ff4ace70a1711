//! A compiled form.

use super::control::{Control, EntryMode};
use super::element::{Element, extensions, objects, string};
use super::expressions::Expressions;
use super::extension as url;
use super::fhirpath::Expression;
use super::graph::Graph;
use super::item::{Item, ItemIx, Kind};
use super::load::{LoadRefusal, Reader, extended, position_of};
use super::other_versions;
use super::rules::{CaseDocuments, Rules, case_documents, launch_names};
use super::text::Text;
use crate::json::{Value, parse};

/// How many places for answers a response may have, those of removed entries counted. A form of a thousand questions with
/// a hundred entries of them all has as many; so many questions nobody is asked.
pub(super) const MOST_PLACES: usize = 100_000;

/// The name by which expressions ask for the form itself.
pub(super) const FORM: &str = "questionnaire";

/// A FHIR R4 Questionnaire, compiled and unchanging.
#[derive(Debug)]
pub struct Questionnaire {
    /// Canonical URL without version; empty where the form has none.
    pub url: String,
    /// Business version; empty where the form has none.
    pub version: String,
    /// Title; falls back to the name, then to the URL.
    pub title: Text,
    /// Language of the texts that carry no translation mark (BCP 47).
    pub language: String,
    /// In which order its pages are filled in.
    pub entry_mode: EntryMode,
    /// What kinds of signature the form as a whole asks for.
    pub signatures: Vec<Text>,
    /// In which roles, as codes, others have to sign the sealed document as well.
    pub countersigners: Vec<String>,
    /// The items shown at the top, in order.
    pub roots: Vec<ItemIx>,
    items: Vec<Item>,
    by_link_id: Vec<ItemIx>,
    /// The expressions of the form itself.
    pub(super) rules: Rules,
    /// The form as JSON, where its expressions look at it.
    pub(super) source: Option<Value>,
    launch: Vec<String>,
    case_documents: Vec<CaseDocuments>,
    graph: Graph,
}

/// The name of a kind of signature.
fn signature_kind(extension: &Element) -> Option<Text> {
    let concept = extension.get("valueCodeableConcept")?.as_object()?;
    let coding = objects(concept, "coding")
        .find_map(|coding| Text::read(coding, "display").or_else(|| string(coding, "code").map(Text::plain)));
    Text::read(concept, "text").or(coding)
}

/// One page of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The group that heads it; none for loose questions at the top.
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
        let (form, exclusions) = Self::load_in_part(bytes)?;
        exclusions.into_iter().next().map_or(Ok(form), Err)
    }

    /// A form without items.
    pub(super) fn blank() -> Self {
        Self {
            url: String::new(),
            version: String::new(),
            title: Text::default(),
            language: String::new(),
            entry_mode: EntryMode::default(),
            signatures: Vec::new(),
            countersigners: Vec::new(),
            roots: Vec::new(),
            items: Vec::new(),
            by_link_id: Vec::new(),
            rules: Rules::default(),
            source: None,
            launch: Vec::new(),
            case_documents: Vec::new(),
            graph: Graph::default(),
        }
    }

    /// Compiles a Questionnaire and names everything in it that the engine does not run. A form with such exclusions is
    /// not for filling; what does run can still check answers that were given elsewhere.
    ///
    /// # Errors
    /// As [`Questionnaire::load`], exclusions left out.
    pub fn load_in_part(bytes: &[u8]) -> Result<(Self, Vec<LoadRefusal>), LoadRefusal> {
        let value = parse(bytes)?;
        let resource_type = value.get("resourceType").and_then(Value::as_str).unwrap_or_default();
        let element = value
            .as_object()
            .filter(|_| resource_type == "Questionnaire")
            .ok_or_else(|| LoadRefusal::NotAQuestionnaire(resource_type.to_owned()))?;
        let named = |field| {
            let name =
                element.optional_text(field).ok_or(LoadRefusal::Unreadable { link_id: String::new(), part: field })?;
            Ok::<_, LoadRefusal>(name.unwrap_or_default())
        };
        let (canonical, version) = (named("url")?, named("version")?);
        let Reader { items, roots, by_link_id, mut exclusions, .. } = Reader::read(element)?;
        other_versions::note("", element, &mut exclusions);
        let rules = Rules::read("", element, &mut Expressions::default(), &mut exclusions);
        let title = Text::read(element, "title").or_else(|| Text::read(element, "name"));
        let mut form = Self {
            title: title.unwrap_or_else(|| Text::plain(&canonical)),
            language: string(element, "language").unwrap_or("und").to_owned(),
            url: canonical,
            version,
            entry_mode: extended("", element, url::ENTRY_MODE, |mode| {
                EntryMode::from_code(string(mode, "valueCode")?)
            })?
            .unwrap_or_default(),
            signatures: extensions(element, url::SIGNATURE_REQUIRED).filter_map(signature_kind).collect(),
            countersigners: extensions(element, url::COUNTERSIGNER)
                .filter_map(|role| string(role, "valueCode").map(str::to_owned))
                .collect(),
            roots,
            items,
            by_link_id,
            launch: launch_names(element),
            case_documents: case_documents(element, &mut exclusions),
            rules,
            source: None,
            graph: Graph::default(),
        };
        form.graph = Graph::of(&form, &mut exclusions)?;
        form.source = form.asks_for_itself().then_some(value);
        Ok((form, exclusions))
    }

    /// The canonical that answers name: `url|version`, or `url` where the form has no version. Empty where it has no
    /// URL; then only its digest tells which form it is.
    #[must_use]
    pub fn canonical(&self) -> String {
        if self.version.is_empty() { self.url.clone() } else { format!("{}|{}", self.url, self.version) }
    }

    /// An item by its position.
    #[must_use]
    pub fn item(&self, ix: ItemIx) -> &Item {
        &self.items[ix.at()]
    }

    /// An item by its number in document order.
    pub(super) fn nth(&self, at: usize) -> &Item {
        &self.items[at]
    }

    /// The position of a linkId.
    #[must_use]
    pub fn find(&self, link_id: &str) -> Option<ItemIx> {
        position_of(&self.by_link_id, &self.items, link_id).ok().map(|position| self.by_link_id[position])
    }

    /// The lists an item stands in, itself included, outermost first.
    #[must_use]
    pub fn lists_around(&self, ix: ItemIx) -> &[ItemIx] {
        &self.item(ix).repeating
    }

    /// Texts that lack a language in which other texts of the form are: linkId (empty for the title) and language.
    #[must_use]
    pub fn untranslated(&self) -> Vec<(&str, &str)> {
        let texts = || {
            let items = self.items.iter().flat_map(|item| item.texts().map(|text| (item.link_id.as_str(), text)));
            let messages = self.rules.constraints.iter().map(|constraint| &constraint.human);
            std::iter::once(&self.title).chain(messages).map(|text| ("", text)).chain(items)
        };
        let mut languages: Vec<&str> = texts().flat_map(|(_, text)| text.languages()).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut missing = Vec::new();
        for (link_id, text) in texts().filter(|(_, text)| !text.in_language("").is_empty()) {
            let lacks = |language: &&&str| !text.languages().any(|own| own == **language);
            missing.extend(languages.iter().filter(lacks).map(|language| (link_id, *language)));
        }
        missing.dedup();
        missing
    }

    /// All items in document order.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.iter()
    }

    /// The sections of the form, one a page: each group at the top, each `page`, each group in a `tab-container`, and the
    /// loose items between them together. One group around everything is not a page of its own.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let shown: Vec<ItemIx> = self.roots.iter().copied().filter(|ix| !self.item(*ix).hidden).collect();
        match shown[..] {
            [only] if self.wraps_everything(only) => {
                self.paginate(&self.item(only).children, Some(only), true, &mut sections)
            }
            _ => self.paginate(&shown, None, true, &mut sections),
        }
        sections
    }

    fn wraps_everything(&self, ix: ItemIx) -> bool {
        let item = self.item(ix);
        let groups = item.children.iter().filter(|child| self.item(**child).kind == Kind::Group).count();
        item.kind == Kind::Group && !item.is_list && item.control != Some(Control::Page) && groups > 1
    }

    fn paginate(&self, items: &[ItemIx], around: Option<ItemIx>, all_groups: bool, sections: &mut Vec<Section>) {
        for &ix in items.iter().filter(|ix| !self.item(**ix).hidden) {
            let item = self.item(ix);
            let is_group = item.kind == Kind::Group;
            let tabs = item.control == Some(Control::TabContainer);
            let is_page = |child: &ItemIx| self.item(*child).control == Some(Control::Page);
            if is_group && !item.is_list && (tabs || item.children.iter().any(is_page)) {
                self.paginate(&item.children, Some(ix), tabs, sections);
            } else if is_group && (all_groups || item.control == Some(Control::Page)) {
                let items = if item.is_list { vec![ix] } else { item.children.clone() };
                sections.push(Section { group: Some(ix), items });
            } else {
                match sections.last_mut().filter(|last| {
                    last.group == around && last.items.iter().all(|other| self.item(*other).parent == item.parent)
                }) {
                    Some(loose) => loose.items.push(ix),
                    None => sections.push(Section { group: around, items: vec![ix] }),
                }
            }
        }
    }

    /// Who depends on whom.
    pub(super) const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The definition of a variable as seen from an item (none: from the form itself): where it stands, its name and
    /// expression. Inner ones come before outer ones; the definition `inside` a name means the outer one by that name.
    pub(super) fn variable(
        &self,
        from: Option<ItemIx>,
        name: &str,
        inside: Option<&str>,
    ) -> Option<(Option<ItemIx>, &str, &Expression)> {
        let mut at = from;
        loop {
            let rules = at.map_or(Some(&self.rules), |ix| self.item(ix).rules.as_deref());
            let own = rules.filter(|_| !(at == from && inside == Some(name)));
            let found = own.and_then(|rules| rules.variables.iter().find(|(own, _)| own == name));
            if let Some((own, expression)) = found {
                return Some((at, own, expression));
            }
            at = self.item(at?).parent;
        }
    }

    /// Whether a name stands for a resource that comes with the launch, for the form itself, or for what is not run and
    /// named as such where it stands.
    pub(super) fn is_launched_with(&self, name: &str) -> bool {
        let rules = self.items.iter().filter_map(|item| item.rules.as_deref()).chain([&self.rules]);
        let is_it = |own: &String| own == name;
        let launched = name == FORM || self.launch.iter().any(is_it) || self.is_of_case(name);
        launched || rules.flat_map(|rules| &rules.not_run).any(is_it)
    }

    /// The documents of the same case that it asks for.
    #[must_use]
    pub fn case_documents(&self) -> &[CaseDocuments] {
        &self.case_documents
    }

    /// Whether a name stands for documents of the same case.
    pub(super) fn is_of_case(&self, name: &str) -> bool {
        self.case_documents.iter().any(|documents| documents.name == name)
    }

    fn asks_for_itself(&self) -> bool {
        let rules = self.items.iter().filter_map(|item| item.rules.as_deref()).chain([&self.rules]);
        let mut expressions = rules.flat_map(Rules::expressions);
        expressions.any(|expression| expression.variables().iter().any(|name| name == FORM))
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }
}
