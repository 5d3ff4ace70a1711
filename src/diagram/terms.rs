//! What a legend explains: names for words, which come from outside in the language of the reader.

use super::genogram::{ChildKind, CoupleKind, Feeling, Sex};

/// Something that a drawing shows and a legend explains, in the order of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The title of the drawing.
    Genogram,
    /// The heading of the legend.
    Legend,
    /// A person of this sex.
    Sex(Sex),
    /// The person whom the drawing is about.
    Index,
    /// Somebody who died.
    Dead,
    /// The number within a symbol.
    Age,
    /// The years above a symbol.
    Years,
    /// The outline around those who live together.
    Household,
    /// How two people are together.
    Couple(CoupleKind),
    /// How somebody is a child.
    Child(ChildKind),
    /// Identical twins.
    Identical,
    /// Twins that are not identical.
    Twins,
    /// What two people feel for each other.
    Feeling(Feeling),
    /// A line that hops over another one.
    Hop,
}

impl From<Sex> for Term {
    fn from(sex: Sex) -> Self {
        Self::Sex(sex)
    }
}

impl From<CoupleKind> for Term {
    fn from(kind: CoupleKind) -> Self {
        Self::Couple(kind)
    }
}

impl From<ChildKind> for Term {
    fn from(kind: ChildKind) -> Self {
        Self::Child(kind)
    }
}

impl From<Feeling> for Term {
    fn from(feeling: Feeling) -> Self {
        Self::Feeling(feeling)
    }
}
