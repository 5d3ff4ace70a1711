//! The worker who writes and seals.

use crate::json::{Object, Value};

/// What the worker is in the service (domain inventory 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Pekerja sosial.
    SocialWorker,
    /// Manajer kasus.
    CaseManager,
    /// Supervisor.
    Supervisor,
    /// Tenaga medis.
    MedicalStaff,
    /// Psikolog.
    Psychologist,
    /// Petugas teknis operasional.
    OperationalStaff,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::SocialWorker,
        Self::CaseManager,
        Self::Supervisor,
        Self::MedicalStaff,
        Self::Psychologist,
        Self::OperationalStaff,
    ];

    /// The code used in files and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SocialWorker => "social-worker",
            Self::CaseManager => "case-manager",
            Self::Supervisor => "supervisor",
            Self::MedicalStaff => "medical-staff",
            Self::Psychologist => "psychologist",
            Self::OperationalStaff => "operational-staff",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// The person whose name stands under what this tablet seals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Full name, one field, as the worker writes it.
    pub name: String,
    /// Role in the service.
    pub role: Role,
    /// Institution or agency.
    pub organisation: String,
    /// Number of the professional licence (STR/SIPPS), if the worker has one.
    pub licence_number: Option<String>,
}

/// Why a worker's details cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkerRefusal {
    /// A seal without a name says nothing.
    #[error("the worker's name is empty")]
    NameMissing,
    /// A seal without an organisation cannot be placed by who receives it.
    #[error("the organisation is empty")]
    OrganisationMissing,
}

impl Worker {
    /// Takes the details as typed, trimmed.
    ///
    /// # Errors
    /// Refuses an empty name and an empty organisation.
    pub fn new(name: &str, role: Role, organisation: &str, licence: &str) -> Result<Self, WorkerRefusal> {
        let (name, organisation, licence) = (name.trim(), organisation.trim(), licence.trim());
        if name.is_empty() {
            return Err(WorkerRefusal::NameMissing);
        }
        if organisation.is_empty() {
            return Err(WorkerRefusal::OrganisationMissing);
        }
        Ok(Self {
            name: name.to_owned(),
            role,
            organisation: organisation.to_owned(),
            licence_number: (!licence.is_empty()).then(|| licence.to_owned()),
        })
    }

    /// The record: `name`, `role`, `organisation`, `licenceNumber`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("name", self.name.as_str());
        object.set("role", self.role.code());
        object.set("organisation", self.organisation.as_str());
        object.set_some("licenceNumber", self.licence_number.as_deref());
        object.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            name: object.text("name")?.to_owned(),
            role: Role::from_code(object.text("role")?)?,
            organisation: object.text("organisation")?.to_owned(),
            licence_number: object.optional_text("licenceNumber")?,
        })
    }
}
