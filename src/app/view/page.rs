//! What stands on the page of a section.

use crate::form::{ItemIx, NodeIx, Response, Section, Text};

/// One section as it is drawn.
#[derive(Clone, Debug)]
pub struct PageView {
    /// Its heading; none for loose questions.
    pub title: Option<Text>,
    /// The group that heads it.
    pub group: Option<NodeIx>,
    /// What stands on it.
    pub nodes: Vec<NodeIx>,
}

impl PageView {
    /// The item by which the page is known, whatever other pages come and go.
    #[must_use]
    pub fn known_by(&self, response: &Response) -> Option<ItemIx> {
        self.nodes.first().copied().or(self.group).map(|node| response.node(node).item)
    }
}

/// Whether a section is asked.
#[must_use]
pub fn is_asked(response: &Response, section: &Section) -> bool {
    let mut nodes = nodes(response, section).peekable();
    head(response, section).is_none_or(|group| response.is_enabled(group))
        && (section.group.is_none() || nodes.peek().is_none() || nodes.any(|node| response.is_enabled(node)))
}

/// The page of a section.
#[must_use]
pub fn page(response: &Response, section: &Section) -> PageView {
    let title = section.group.map(|group| response.questionnaire().item(group).text.clone());
    PageView { title, group: head(response, section), nodes: nodes(response, section).collect() }
}

fn nodes<'a>(response: &'a Response, section: &'a Section) -> impl Iterator<Item = NodeIx> + use<'a> {
    section.items.iter().flat_map(|item| response.nodes_of(*item))
}

/// The group that heads a section. A list that is a page of its own is headed by its title; its entries stand on the page.
fn head(response: &Response, section: &Section) -> Option<NodeIx> {
    let group = section.group.filter(|group| !section.items.contains(group))?;
    response.nodes_of(group).next()
}

/// The pages of a response that are asked.
#[must_use]
pub fn pages(response: &Response) -> Vec<PageView> {
    let sections = response.questionnaire().sections();
    let asked = sections.iter().filter(|section| is_asked(response, section));
    asked.map(|section| page(response, section)).collect()
}

/// The position of the page that a node stands on.
#[must_use]
pub fn position_of(response: &Response, pages: &[PageView], node: NodeIx) -> Option<usize> {
    let above = std::iter::successors(Some(node), |at| response.node(*at).parent);
    above.into_iter().find_map(|at| pages.iter().position(|page| page.group == Some(at) || page.nodes.contains(&at)))
}
