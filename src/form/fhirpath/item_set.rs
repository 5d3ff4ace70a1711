//! Sets of items, each with how far the lists around it are shared with the expression that reads it.

use crate::form::ItemIx;

/// A set of items in the order of the form, each with the number of lists around it, outermost first, of which it is read
/// in the same entries as the expression stands in. Where an item is read in several ways the least counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items(Vec<(ItemIx, u8)>);

impl Items {
    /// Adds an item, and says whether that tells anything new.
    pub fn insert(&mut self, item: ItemIx, shared: u8) -> bool {
        // Items mostly come in the order of the form.
        if self.0.last().is_none_or(|(last, _)| *last < item) {
            self.0.push((item, shared));
            return true;
        }
        match self.0.binary_search_by_key(&item, |(own, _)| *own) {
            Ok(at) if self.0[at].1 <= shared => return false,
            Ok(at) => self.0[at].1 = shared,
            Err(at) => self.0.insert(at, (item, shared)),
        }
        true
    }

    /// Adds the items of another set.
    pub fn extend(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
            return;
        }
        let mut merged = Vec::with_capacity(self.0.len() + other.0.len());
        let mut own = self.0.iter().copied().peekable();
        for &(item, shared) in &other.0 {
            while let Some(before) = own.next_if(|(own, _)| *own < item) {
                merged.push(before);
            }
            let same = own.next_if(|(own, _)| *own == item);
            merged.push((item, same.map_or(shared, |(_, own)| own.min(shared))));
        }
        merged.extend(own);
        self.0 = merged;
    }

    /// How far the lists around an item are shared, if it is in the set.
    pub fn shared(&self, item: ItemIx) -> Option<u8> {
        self.0.binary_search_by_key(&item, |(own, _)| *own).ok().map(|at| self.0[at].1)
    }

    /// The items in the order of the form.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ItemIx, u8)> + use<'_> {
        self.0.iter().copied()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}
