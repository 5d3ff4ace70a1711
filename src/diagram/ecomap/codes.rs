//! The codes of what an ecomap holds, as they stand in files and drawings.

use super::model::{Centre, Flow, Importance, Strength, SystemKind, Tension, Wish};
use crate::diagram::codes::codes;

codes!(
    /// The code of who stands in the middle.
    centre_code, centre_of, Centre, Client "client", Household "household");
codes!(
    /// The code of what a system commonly is.
    kind_code, kind_of, SystemKind, Family "family", Friends "friends", Neighbours "neighbours", Worship "worship",
    School "school", Work "work", Health "health", Welfare "welfare", Authorities "authorities",
    Institution "institution", Street "street", Online "online");
codes!(
    /// The code of how strong a tie is.
    strength_code, strength_of, Strength, Strong "strong", Normal "normal", Weak "weak", Broken "broken");
codes!(
    /// The code of how often a tie is tense.
    tension_code, tension_of, Tension, None "none", Sometimes "sometimes", Often "often");
codes!(
    /// The code of where help and energy go.
    flow_code, flow_of, Flow, ToClient "toClient", FromClient "fromClient", Both "both", None "none");
codes!(
    /// The code of how important a system is.
    importance_code, importance_of, Importance, High "high", Medium "medium", Low "low");
codes!(
    /// The code of what is wanted of a tie.
    wish_code, wish_of, Wish, Keep "keep", Strengthen "strengthen", Mend "mend", Reduce "reduce", End "end");
