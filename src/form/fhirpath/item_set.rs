//! Sets of items, each with how far the lists around it are shared with the expression that reads it.

use crate::form::ItemIx;

/// An item with the number of lists around it that are shared.
type Shared = (ItemIx, u8);

/// So many items need no memory of their own. Most parts of most expressions yield one.
const FEW: usize = 3;

/// A set of items in the order of the form, each with the number of lists around it, outermost first, of which it is read
/// in the same entries as the expression stands in. Where an item is read in several ways the least counts.
#[derive(Clone, Debug)]
pub enum Items {
    /// How many, and the items.
    Few(u8, [Shared; FEW]),
    /// More than those.
    Many(Vec<Shared>),
}

impl Default for Items {
    fn default() -> Self {
        Self::Few(0, [(ItemIx::FIRST, 0); FEW])
    }
}

impl PartialEq for Items {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl Eq for Items {}

impl Items {
    fn all(&self) -> &[Shared] {
        match self {
            Self::Few(count, items) => &items[..usize::from(*count)],
            Self::Many(items) => items,
        }
    }

    fn put(&mut self, at: usize, new: Shared) {
        match self {
            Self::Few(count, items) if usize::from(*count) < FEW => {
                items[at..].rotate_right(1);
                items[at] = new;
                *count += 1;
            }
            Self::Few(_, items) => {
                let mut many = Vec::with_capacity(FEW * 4);
                many.extend_from_slice(items);
                many.insert(at, new);
                *self = Self::Many(many);
            }
            Self::Many(items) => items.insert(at, new),
        }
    }

    /// Adds an item, and says whether that tells anything new.
    pub fn insert(&mut self, item: ItemIx, shared: u8) -> bool {
        let all = self.all();
        // Items mostly come in the order of the form.
        if all.last().is_none_or(|(last, _)| *last < item) {
            self.put(all.len(), (item, shared));
            return true;
        }
        match all.binary_search_by_key(&item, |(own, _)| *own) {
            Ok(at) if all[at].1 <= shared => return false,
            Ok(at) => match self {
                Self::Few(_, items) => items[at].1 = shared,
                Self::Many(items) => items[at].1 = shared,
            },
            Err(at) => self.put(at, (item, shared)),
        }
        true
    }

    /// Adds the items of another set.
    pub fn extend(&mut self, other: &Self) {
        let (own, more) = (self.all(), other.all());
        if own.is_empty() {
            self.clone_from(other);
            return;
        }
        if more.len() <= FEW {
            more.iter().for_each(|(item, shared)| _ = self.insert(*item, *shared));
            return;
        }
        let mut merged = Vec::with_capacity(own.len() + more.len());
        let mut own = own.iter().copied().peekable();
        for &(item, shared) in more {
            while let Some(before) = own.next_if(|(own, _)| *own < item) {
                merged.push(before);
            }
            let same = own.next_if(|(own, _)| *own == item);
            merged.push((item, same.map_or(shared, |(_, own)| own.min(shared))));
        }
        merged.extend(own);
        *self = Self::Many(merged);
    }

    /// How far the lists around an item are shared, if it is in the set.
    pub fn shared(&self, item: ItemIx) -> Option<u8> {
        let all = self.all();
        all.binary_search_by_key(&item, |(own, _)| *own).ok().map(|at| all[at].1)
    }

    /// The items in the order of the form.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ItemIx, u8)> + use<'_> {
        self.all().iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all().len()
    }
}
