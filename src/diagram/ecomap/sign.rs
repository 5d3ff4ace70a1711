//! What a legend of an ecomap explains: names for words, which come from outside in the language of the reader.

use super::model::{Centre, Importance, Strength, SystemKind, Tension, Wish};
use crate::diagram::Term;

/// Something that a map shows, in the order of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// The title of the drawing.
    Ecomap,
    /// The heading of the legend.
    Legend,
    /// Who stands in the middle.
    Centre(Centre),
    /// What a system is; stands at its circle and not in the legend.
    Kind(SystemKind),
    /// How strong a tie is.
    Strength(Strength),
    /// Of how strong a tie is nobody said anything.
    StrengthUnknown,
    /// How often a tie is tense.
    Tension(Tension),
    /// The arrow, in whose direction help and energy go.
    Flow,
    /// How important a system is.
    Importance(Importance),
    /// What is wanted of a tie.
    Wish(Wish),
    /// A sign of the small genogram in the middle.
    Family(Term),
}
