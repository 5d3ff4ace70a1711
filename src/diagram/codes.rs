//! The codes of what a genogram holds, as they stand in files and drawings.

use super::genogram::{ChildKind, CoupleKind, Feeling, Life, Sex};

/// The code of each value of an enumeration, and the value of each code.
macro_rules! codes {
    ($(#[$doc:meta])* $to:ident, $from:ident, $kind:ident, $($value:ident $code:literal),+) => {
        $(#[$doc])*
        #[must_use]
        pub const fn $to(value: $kind) -> &'static str {
            match value { $($kind::$value => $code),+ }
        }

        impl $kind {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];
        }

        /// Reads such a code.
        #[must_use]
        pub fn $from(code: &str) -> Option<$kind> {
            match code { $($code => Some($kind::$value),)+ _ => None }
        }
    };
}
pub(super) use codes;

codes!(
    /// The code of a sex.
    sex_code, sex_of, Sex, Male "male", Female "female", Unknown "unknown", Other "other");
codes!(
    /// The code of whether somebody lives.
    life_code, life_of, Life, Living "living", Dead "dead", Unknown "unknown");
codes!(
    /// The code of how two people are together.
    couple_code, couple_of, CoupleKind, Married "married", Unregistered "unregistered", Cohabiting "cohabiting",
    Dating "dating", Separated "separated", Divorced "divorced", Widowed "widowed", Simultaneous "simultaneous");
codes!(
    /// The code of how somebody is a child.
    child_code, child_of, ChildKind, Birth "birth", Adopted "adopted", Step "step", Foster "foster", Unclear "unclear",
    Pregnancy "pregnancy", Miscarriage "miscarriage", Abortion "abortion", Stillbirth "stillbirth");
codes!(
    /// The code of a feeling.
    feeling_code, feeling_of, Feeling, Close "close", VeryClose "veryClose", Fused "fused", Distant "distant",
    Tense "tense", Hostile "hostile", CutOff "cutOff", Caring "caring", Controlling "controlling",
    Violent "violent");
