//! Sets of items.

use crate::form::ItemIx;

/// A set of items, a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items(Vec<u64>);

impl Items {
    /// Adds an item, and says whether it is new.
    pub fn insert(&mut self, item: ItemIx) -> bool {
        let (word, bit) = (item.at() / 64, 1 << (item.at() % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let is_new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        is_new
    }

    /// Adds the items of another set.
    pub fn extend(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    /// Whether an item is in it.
    pub fn holds(&self, item: ItemIx) -> bool {
        self.0.get(item.at() / 64).is_some_and(|word| word >> (item.at() % 64) & 1 == 1)
    }

    /// The items in the order of the form.
    pub fn list(&self) -> Vec<ItemIx> {
        let all = (0_u32..).map(ItemIx).take(self.0.len() * 64);
        all.filter(|item| self.holds(*item)).collect()
    }

    /// Adds items.
    pub fn insert_all(&mut self, items: &[ItemIx]) {
        for item in items {
            self.insert(*item);
        }
    }
}
