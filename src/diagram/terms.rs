//! What a legend explains: names for words, which come from outside in the language of the reader.

use super::genogram::{ChildKind, CoupleKind, Feeling, Sex};

/// Something that a drawing shows and a legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The title of the drawing.
    Genogram,
    /// The heading of the legend.
    Legend,
    /// A male person.
    Male,
    /// A female person.
    Female,
    /// A person of neither sex.
    OtherSex,
    /// A person of whom the sex is not known.
    UnknownSex,
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
    /// Married before the state.
    Married,
    /// Married by custom or religion alone.
    Unregistered,
    /// Living together.
    Cohabiting,
    /// Going out together.
    Dating,
    /// Living apart.
    Separated,
    /// Divorced.
    Divorced,
    /// Ended by the death of one.
    Widowed,
    /// One of several marriages at the same time.
    Simultaneous,
    /// A child born to its parents.
    Birth,
    /// An adopted child.
    Adopted,
    /// A child of one partner.
    Step,
    /// A child in foster care.
    Foster,
    /// A child of whom nobody knows how it is one.
    Unclear,
    /// A pregnancy.
    Pregnancy,
    /// A miscarriage.
    Miscarriage,
    /// A pregnancy that was ended.
    Abortion,
    /// A child that was born dead.
    Stillbirth,
    /// Identical twins.
    Identical,
    /// Twins that are not identical.
    Twins,
    /// Close.
    Close,
    /// Very close.
    VeryClose,
    /// Too close.
    Fused,
    /// Distant.
    Distant,
    /// Tense.
    Tense,
    /// Hostile.
    Hostile,
    /// Cut off.
    CutOff,
    /// Violence.
    Violent,
    /// Caring.
    Caring,
    /// Controlling.
    Controlling,
    /// A line that hops over another one.
    Hop,
}

impl From<Sex> for Term {
    fn from(sex: Sex) -> Self {
        match sex {
            Sex::Male => Self::Male,
            Sex::Female => Self::Female,
            Sex::Unknown => Self::UnknownSex,
            Sex::Other => Self::OtherSex,
        }
    }
}

impl From<CoupleKind> for Term {
    fn from(kind: CoupleKind) -> Self {
        match kind {
            CoupleKind::Married => Self::Married,
            CoupleKind::Unregistered => Self::Unregistered,
            CoupleKind::Cohabiting => Self::Cohabiting,
            CoupleKind::Dating => Self::Dating,
            CoupleKind::Separated => Self::Separated,
            CoupleKind::Divorced => Self::Divorced,
            CoupleKind::Widowed => Self::Widowed,
            CoupleKind::Simultaneous => Self::Simultaneous,
        }
    }
}

impl From<ChildKind> for Term {
    fn from(kind: ChildKind) -> Self {
        match kind {
            ChildKind::Birth => Self::Birth,
            ChildKind::Pregnancy => Self::Pregnancy,
            ChildKind::Miscarriage => Self::Miscarriage,
            ChildKind::Abortion => Self::Abortion,
            ChildKind::Stillbirth => Self::Stillbirth,
            ChildKind::Adopted => Self::Adopted,
            ChildKind::Step => Self::Step,
            ChildKind::Foster => Self::Foster,
            ChildKind::Unclear => Self::Unclear,
        }
    }
}

impl From<Feeling> for Term {
    fn from(feeling: Feeling) -> Self {
        match feeling {
            Feeling::Close => Self::Close,
            Feeling::VeryClose => Self::VeryClose,
            Feeling::Fused => Self::Fused,
            Feeling::Distant => Self::Distant,
            Feeling::Tense => Self::Tense,
            Feeling::Hostile => Self::Hostile,
            Feeling::CutOff => Self::CutOff,
            Feeling::Violent => Self::Violent,
            Feeling::Caring => Self::Caring,
            Feeling::Controlling => Self::Controlling,
        }
    }
}
