//! A family as lists of people and ties.

use crate::domain::PartialDate;
use std::fmt;
use std::sync::Arc;

/// What a person is told from others by; it means nothing beyond the lists that hold it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub Arc<str>);

/// What a couple is told from others by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CoupleId(pub Arc<str>);

impl fmt::Display for PersonId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl fmt::Display for CoupleId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// The people of a family, and what ties them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Genogram {
    /// Everybody, in any order.
    pub people: Vec<Person>,
    /// Who is or was together with whom.
    pub couples: Vec<Couple>,
    /// Who grew up as whose child. A child may have several: with those it was born to, and with those who brought it up.
    pub children: Vec<ChildTie>,
    /// What two people feel for each other.
    pub feelings: Vec<FeelingTie>,
}

/// Somebody of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What ties name them by.
    pub id: PersonId,
    /// Name or initials, as they are to be shown; may be empty.
    pub name: String,
    /// The shape of the symbol.
    pub sex: Sex,
    /// Whether the drawing is about them (the index person).
    pub is_index: bool,
    /// When they were born.
    pub birth: Option<PartialDate>,
    /// When they died.
    pub death: Option<PartialDate>,
    /// Age in years, where it is known or was told.
    pub age: Option<u16>,
    /// Whether they live.
    pub life: Life,
    /// Whether they live in one household with the index person.
    pub in_household: bool,
    /// How far a hand moved them to the right of where the layout puts them, or to the left if less than 0: a hint, in steps
    /// of [`STEP`](super::STEP). Neighbours keep their order and their distance.
    pub nudge: i16,
}

/// The sex by which a symbol is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// A square.
    Male,
    /// A circle.
    Female,
    /// A diamond with "?".
    #[default]
    Unknown,
    /// A neutral shape of its own, which is not the one of what is unknown.
    Other,
}

/// Whether somebody lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Life {
    /// Lives.
    Living,
    /// Has died.
    Dead,
    /// Nobody knows.
    #[default]
    Unknown,
}

/// Two people who are or were together; one of them may be unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Couple {
    /// What child ties name them by.
    pub id: CoupleId,
    /// One of them; none where nobody knows who.
    pub a: Option<PersonId>,
    /// The other one; none where nobody knows who.
    pub b: Option<PersonId>,
    /// How they are or were together.
    pub kind: CoupleKind,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub to: Option<PartialDate>,
}

/// How two people are or were together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoupleKind {
    /// Married before the state.
    #[default]
    Married,
    /// Married by custom or religion alone.
    Unregistered,
    /// Living together.
    Cohabiting,
    /// Going out together.
    Dating,
    /// Married, living apart.
    Separated,
    /// Divorced.
    Divorced,
    /// Ended by the death of one.
    Widowed,
    /// One of several marriages at the same time.
    Simultaneous,
}

/// Whose child somebody is, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildTie {
    /// The child.
    pub child: PersonId,
    /// Those whose child it is.
    pub parents: Parents,
    /// How.
    pub kind: ChildKind,
    /// The place among the children of these parents, as it was told. It counts where dates of birth do not tell: who has
    /// none keeps behind the child named before; who has neither a date nor a place stands last.
    pub order: Option<u32>,
    /// Those born in the same birth.
    pub twins: Option<Twins>,
}

/// Parents: a couple, or one person alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parents {
    /// Two people.
    Couple(CoupleId),
    /// One person.
    One(PersonId),
}

/// How somebody is a child. The order is that in which ties rank a child that has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChildKind {
    /// Born to them.
    #[default]
    Birth,
    /// A pregnancy that still goes on.
    Pregnancy,
    /// Lost before birth.
    Miscarriage,
    /// A pregnancy that was ended.
    Abortion,
    /// Born dead.
    Stillbirth,
    /// Adopted.
    Adopted,
    /// A child of one partner.
    Step,
    /// In foster care.
    Foster,
    /// Nobody knows.
    Unclear,
}

/// A birth of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Twins {
    /// The same for all who were born together, among the children of the same parents.
    pub group: Arc<str>,
    /// Whether they are identical.
    pub identical: bool,
}

/// What somebody feels for somebody else, or does to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeelingTie {
    /// The one it comes from, where it has a direction.
    pub a: PersonId,
    /// The other.
    pub b: PersonId,
    /// What.
    pub quality: Feeling,
}

/// The quality of a tie between two people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feeling {
    /// Close: one line.
    #[default]
    Close,
    /// Very close: two lines.
    VeryClose,
    /// Too close: three lines.
    Fused,
    /// Distant: dotted.
    Distant,
    /// Tense: a slight zigzag.
    Tense,
    /// Hostile: a sharp zigzag.
    Hostile,
    /// Cut off: a line with two bars across.
    CutOff,
    /// Violence or abuse, from one to the other: a zigzag with an arrow.
    Violent,
    /// Caring, from one to the other.
    Caring,
    /// Controlling, from one to the other.
    Controlling,
}
