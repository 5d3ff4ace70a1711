//! Where what stands in one version of a form is to stand in another.
//!
//! An item is the same where its linkId is; so are the lists around it. Entries keep their numbers.

use super::item::ItemIx;
use super::operation::Place;
use super::questionnaire::Questionnaire;
use super::response::{NodeIx, Response};

/// Where something is to stand.
pub enum Target {
    /// At a place, which may not be there yet.
    At(Place),
    /// In a list that is one no longer, where several entries were begun.
    Several,
    /// In an entry that nobody began of such a list: nothing was said there.
    Nothing,
}

/// The place of a node in a response to another form, at the item `found`: list by list the same entry where both stand
/// in the list of that name, and the one that [`entry_of`] finds in a list that is only around the new place. `before` is
/// that response as it was before anything was carried onto it.
pub fn target(from: &Response, node: NodeIx, before: &Response, onto: &Response, found: ItemIx) -> Target {
    let (was, form) = (from.questionnaire(), onto.questionnaire());
    let (item, new) = (from.item(node), form.item(found));
    let within = from.place(node).within;
    let mut at = Place { link_id: new.link_id.clone(), within: Vec::new() };
    for list in &new.repeating {
        let own = &form.item(*list).link_id;
        let position = item.repeating.iter().position(|list| was.item(*list).link_id == *own);
        let entry = position.map_or_else(|| entry_of(before, onto, *list, &at.within), |position| within[position]);
        at.within.push(entry);
    }
    for (position, list) in item.repeating.iter().enumerate() {
        let stays = new.repeating.iter().any(|new| form.item(*new).link_id == was.item(*list).link_id);
        // Answers that stood one by one and now stand together are no longer a list and lose nothing by it.
        let joined = *list == from.node(node).item && new.repeats && !new.is_list && item.kind.is_question();
        let Some(entry) = from.instance(*list, &within[..=position]).filter(|_| !stays && !joined) else { continue };
        let entries = from.entries(entry);
        let begun: Vec<NodeIx> = entries.iter().copied().filter(|other| from.holds_answers(*other)).collect();
        match begun[..] {
            [] if entries.first() == Some(&entry) => {}
            [only] if only == entry => {}
            _ if from.holds_answers(entry) => return Target::Several,
            _ => return Target::Nothing,
        }
    }
    Target::At(at)
}

/// The entry of a list that what stood in no such list belongs to: the only one that was begun, or else the first. Where
/// something stood in the only one before, it belongs there also once others were begun.
fn entry_of(before: &Response, onto: &Response, list: ItemIx, outer: &[u32]) -> u32 {
    let number = |response: &Response, entry: NodeIx| response.place(entry).within.last().copied();
    let only_begun = |response: &Response| {
        let mut begun = entries_within(response, list, outer).filter(|entry| response.holds_answers(*entry));
        begun.next().filter(|_| begun.next().is_none()).and_then(|only| number(response, only))
    };
    let first = || entries_within(onto, list, outer).next().and_then(|first| number(onto, first));
    only_begun(before).or_else(|| only_begun(onto)).or_else(first).unwrap_or_default()
}

fn entries_within(response: &Response, list: ItemIx, outer: &[u32]) -> impl Iterator<Item = NodeIx> {
    response.nodes_of(list).filter(|entry| response.place(*entry).within.starts_with(outer))
}

/// The entries of the lists around a place, outermost first.
pub fn entries_around(form: &Questionnaire, place: &Place) -> Vec<Place> {
    let lists = form.find(&place.link_id).map_or(&[][..], |item| form.lists_around(item));
    let entry = |(depth, list): (usize, &ItemIx)| Place {
        link_id: form.item(*list).link_id.clone(),
        within: place.within[..depth].to_vec(),
    };
    (1..).zip(lists).map(entry).collect()
}
