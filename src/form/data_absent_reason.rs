//! Missing answers, which are answers too (FHIR R4, extension `data-absent-reason`; domain inventory 0.3).

/// Why a question has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataAbsentReason {
    /// The person was asked and does not know.
    AskedUnknown,
    /// The person was asked and prefers not to say.
    AskedDeclined,
    /// The question does not fit this person.
    NotApplicable,
    /// The question was not put yet.
    NotAsked,
    /// What was to be seen or measured was not.
    NotPerformed,
}

impl DataAbsentReason {
    /// Every reason the engine writes.
    pub const ALL: [Self; 5] =
        [Self::AskedUnknown, Self::AskedDeclined, Self::NotApplicable, Self::NotAsked, Self::NotPerformed];

    /// The code of the FHIR code system `data-absent-reason`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AskedUnknown => "asked-unknown",
            Self::AskedDeclined => "asked-declined",
            Self::NotApplicable => "not-applicable",
            Self::NotAsked => "not-asked",
            Self::NotPerformed => "not-performed",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}
