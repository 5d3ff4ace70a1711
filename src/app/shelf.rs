//! Records kept by their identifier, oldest first.

use crate::domain::{Case, CaseId, Document, DocumentId};

/// A record that names itself. Identifiers sort by the time they were made.
pub trait Kept {
    /// Its identifier.
    type Id: Ord + Copy;

    /// Its identifier.
    fn id(&self) -> Self::Id;
}

impl Kept for Case {
    type Id = CaseId;

    fn id(&self) -> CaseId {
        self.id
    }
}

impl Kept for Document {
    type Id = DocumentId;

    fn id(&self) -> DocumentId {
        self.id
    }
}

/// Records in the order of their identifiers. New ones nearly always go to the end, so a sorted list serves as well as a
/// tree and is a fraction of its code.
#[derive(Clone, Debug)]
pub struct Shelf<T>(Vec<T>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Kept> Shelf<T> {
    fn place(&self, id: T::Id) -> Result<usize, usize> {
        self.0.binary_search_by_key(&id, T::id)
    }

    /// A record.
    #[must_use]
    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.place(id).ok().map(|place| &self.0[place])
    }

    /// A record, to change it.
    pub fn get_mut(&mut self, id: T::Id) -> Option<&mut T> {
        self.place(id).ok().map(|place| &mut self.0[place])
    }

    /// Whether there is such a record.
    #[must_use]
    pub fn contains(&self, id: T::Id) -> bool {
        self.place(id).is_ok()
    }

    /// Keeps a record, in place of an older one with the same identifier.
    pub fn put(&mut self, record: T) {
        match self.place(record.id()) {
            Ok(place) => self.0[place] = record,
            Err(place) => self.0.insert(place, record),
        }
    }

    /// Takes a record away.
    pub fn remove(&mut self, id: T::Id) {
        if let Ok(place) = self.place(id) {
            self.0.remove(place);
        }
    }

    /// All records, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}
