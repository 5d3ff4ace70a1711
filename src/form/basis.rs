//! What an answer rests on. The physical assessment asks that each answer be labelled: told, measured or from a paper.

use super::DataAbsentReason;

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The person said so.
    #[default]
    SelfReport,
    /// Family or another close person said so.
    Informant,
    /// The worker saw it.
    Observed,
    /// It was measured or tested.
    Measured,
    /// It stands in a paper.
    Document,
    /// It is the worker's own act or note; no other basis can be chosen and no answer can be "declined".
    Administrative,
}

impl Basis {
    /// The bases a worker may choose between for an answer.
    pub const CHOICES: [Self; 5] = [Self::SelfReport, Self::Informant, Self::Observed, Self::Measured, Self::Document];

    /// The code used in forms and responses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SelfReport => "self-report",
            Self::Informant => "informant",
            Self::Observed => "observed",
            Self::Measured => "measured",
            Self::Document => "document",
            Self::Administrative => "administrative",
        }
    }

    /// Reads the code used in forms and responses.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::CHOICES.into_iter().chain([Self::Administrative]).find(|basis| basis.code() == code)
    }

    /// The missing answers that fit (domain inventory 0.3): none for the worker's own acts, "not observed" only where
    /// something was to be seen or measured.
    #[must_use]
    pub const fn absent_reasons(self) -> &'static [DataAbsentReason] {
        use DataAbsentReason::{AskedDeclined, AskedUnknown, NotApplicable, NotAsked, NotPerformed};
        match self {
            Self::Administrative => &[],
            Self::Observed | Self::Measured => &[AskedUnknown, AskedDeclined, NotApplicable, NotAsked, NotPerformed],
            Self::SelfReport | Self::Informant | Self::Document => {
                &[AskedUnknown, AskedDeclined, NotApplicable, NotAsked]
            }
        }
    }
}
