//! The surroundings of a client as a list of systems.

use crate::diagram::{Genogram, GenogramRefusal};
use std::fmt;
use std::sync::Arc;

/// The most systems that are drawn: beyond it a map is no help.
pub const MOST: usize = 200;

/// What a system is told from others by; it means nothing beyond the list that holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemId(pub Arc<str>);

impl fmt::Display for SystemId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// Somebody, or a household, and what is around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ecomap {
    /// Who stands in the middle.
    pub centre: Centre,
    /// What they are called; may be empty.
    pub name: String,
    /// Who belongs to the household, drawn in the middle as a small genogram; empty for a circle.
    pub household: Genogram,
    /// Everything around them, in any order.
    pub systems: Vec<System>,
}

/// Who stands in the middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Centre {
    /// The client alone.
    #[default]
    Client,
    /// The client's household.
    Household,
}

/// A person, group or agency around somebody. What nobody said is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// What it is told from others by.
    pub id: SystemId,
    /// Name or initials, as they are to be shown; may be empty.
    pub name: String,
    /// What it is.
    pub kind: Option<Kind>,
    /// How strong the tie is.
    pub strength: Option<Strength>,
    /// How often it is tense.
    pub tension: Option<Tension>,
    /// Where help and energy go.
    pub flow: Option<Flow>,
    /// How important it is to who stands in the middle.
    pub importance: Option<Importance>,
    /// What they want to become of it.
    pub wish: Option<Wish>,
}

/// What a system is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One of those that are common.
    Of(SystemKind),
    /// Something else, in words of its own.
    Own(String),
}

/// What systems commonly are, in the order in which they stand around the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SystemKind {
    /// Family outside the household.
    Family,
    /// Friends.
    Friends,
    /// Neighbours.
    Neighbours,
    /// A place of worship.
    Worship,
    /// A school.
    School,
    /// Work.
    Work,
    /// A health service.
    Health,
    /// A social office or agency.
    Welfare,
    /// Authorities.
    Authorities,
    /// An institution where people live.
    Institution,
    /// People on the street.
    Street,
    /// People met online.
    Online,
}

/// How strong a tie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Strong.
    Strong,
    /// Neither strong nor weak.
    Normal,
    /// Weak.
    Weak,
    /// Broken.
    Broken,
}

/// How often a tie is tense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tension {
    /// Never.
    None,
    /// At times.
    Sometimes,
    /// Often.
    Often,
}

/// Where help and energy go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// To the middle.
    ToClient,
    /// From the middle.
    FromClient,
    /// Both ways.
    Both,
    /// Neither way.
    None,
}

/// How important a system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Importance {
    /// Very.
    High,
    /// Fairly.
    Medium,
    /// Less.
    Low,
}

/// What who stands in the middle wants of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wish {
    /// That it stays as it is.
    Keep,
    /// That it becomes stronger.
    Strengthen,
    /// That it is mended.
    Mend,
    /// That there is less of it.
    Reduce,
    /// That it ends.
    End,
}

/// Why an ecomap cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EcomapRefusal {
    /// More than [`MOST`] systems.
    #[error("there are more than {MOST} systems")]
    TooMany,
    /// Two systems have one identifier.
    #[error("two systems are called “{0}”")]
    Twice(SystemId),
    /// The household is no family that can be drawn.
    #[error("its household: {0}")]
    Household(#[from] GenogramRefusal),
}
