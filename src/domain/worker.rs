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
    /// Pimpinan atau kepala panti.
    HeadOfInstitution,
    /// Kepala seksi rehabilitasi, sekretaris konferensi kasus.
    HeadOfRehabilitation,
    /// Petugas tata usaha.
    AdministrativeOfficer,
    /// Petugas teknis operasional.
    OperationalStaff,
    /// Psikolog.
    Psychologist,
    /// Tenaga medis.
    MedicalStaff,
    /// Instruktur.
    Trainer,
    /// Pembimbing keagamaan.
    ReligiousGuide,
    /// Pengasuh, petugas asrama.
    DormitoryStaff,
    /// Petugas dinas sosial.
    SocialOffice,
    /// Petugas lembaga mitra.
    PartnerAgency,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::SocialWorker,
        Self::CaseManager,
        Self::Supervisor,
        Self::HeadOfInstitution,
        Self::HeadOfRehabilitation,
        Self::AdministrativeOfficer,
        Self::OperationalStaff,
        Self::Psychologist,
        Self::MedicalStaff,
        Self::Trainer,
        Self::ReligiousGuide,
        Self::DormitoryStaff,
        Self::SocialOffice,
        Self::PartnerAgency,
    ];

    /// The code used in files and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SocialWorker => "social-worker",
            Self::CaseManager => "case-manager",
            Self::Supervisor => "supervisor",
            Self::HeadOfInstitution => "head-of-institution",
            Self::HeadOfRehabilitation => "head-of-rehabilitation",
            Self::AdministrativeOfficer => "administrative-officer",
            Self::OperationalStaff => "operational-staff",
            Self::Psychologist => "psychologist",
            Self::MedicalStaff => "medical-staff",
            Self::Trainer => "trainer",
            Self::ReligiousGuide => "religious-guide",
            Self::DormitoryStaff => "dormitory-staff",
            Self::SocialOffice => "social-office",
            Self::PartnerAgency => "partner-agency",
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
