//! Which screen is shown, and its text form for the address of the full-page app.

use crate::domain::{CaseId, DocumentId};

/// A part of a case's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The list of its parts.
    Contents,
    /// All of it.
    Whole,
    /// What stands at a letter.
    Letter(char),
    /// Documents that no letter names.
    Others,
}

impl Part {
    /// The text that names it in a location and in records; none for the list.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Contents => String::new(),
            Self::Whole => "semua".to_owned(),
            Self::Letter(letter) => letter.to_string(),
            Self::Others => "lain".to_owned(),
        }
    }

    /// Reads that text.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        match (text, letters.next(), letters.next()) {
            ("semua", ..) => Some(Self::Whole),
            ("lain", ..) => Some(Self::Others),
            (_, Some(letter), None) if letter.is_ascii_lowercase() => Some(Self::Letter(letter)),
            _ => None,
        }
    }
}

/// Which other version of a draft's form is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The one that came with the app or was added since.
    Newer,
    /// One that the draft was in before.
    Earlier,
}

/// A screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The cases on this tablet.
    #[default]
    Home,
    /// Opening a case.
    NewCase,
    /// Changing a case's details.
    EditCase(CaseId),
    /// One case and its tasks.
    Case(CaseId),
    /// Adding forms from outside, for a case.
    Forms(CaseId),
    /// Making a package of a case.
    Pack(CaseId),
    /// Opening a package.
    Unpack,
    /// One section of a document, from 0.
    Section(DocumentId, usize),
    /// Everything in a draft before it is sealed.
    Review(DocumentId),
    /// What would change in a draft with another version of its form.
    Version(DocumentId, Way),
    /// A sealed document.
    Sealed(DocumentId),
    /// What changed up to a sealed document, since the first that answers the same form.
    Change(DocumentId),
    /// The file of a case.
    CaseFile(CaseId, Part),
    /// What a document shows the client, on a screen of its own.
    Client(DocumentId),
    /// The copy that the client takes home.
    Copy(DocumentId),
    /// What is sealed and not received yet.
    Outbox,
    /// Checking files.
    Verify,
    /// A file that is read to be signed.
    Cosign,
    /// The key of this tablet, and the keys that it knows.
    Keys,
    /// Who works on this tablet.
    Worker,
    /// The tablet: language, colours, storage, version.
    Tablet,
}

impl Screen {
    /// The document it shows.
    #[must_use]
    pub const fn document(self) -> Option<DocumentId> {
        match self {
            Self::Section(id, _)
            | Self::Review(id)
            | Self::Version(id, _)
            | Self::Sealed(id)
            | Self::Client(id)
            | Self::Copy(id) => Some(id),
            _ => None,
        }
    }

    /// Whether it says whose keys signed something, or asks for signatures.
    pub(super) const fn judges_keys(self) -> bool {
        matches!(
            self,
            Self::Review(_) | Self::Sealed(_) | Self::Verify | Self::Cosign | Self::Keys | Self::Worker | Self::Tablet
        )
    }

    /// The location text, without `#`.
    #[must_use]
    pub fn location(self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::NewCase => "/kasus/baru".to_owned(),
            Self::EditCase(id) => format!("/kasus/{id}/ubah"),
            Self::Forms(id) => format!("/kasus/{id}/formulir"),
            Self::Case(id) => format!("/kasus/{id}"),
            Self::Pack(id) => format!("/kasus/{id}/paket"),
            Self::Unpack => "/paket".to_owned(),
            Self::Section(id, position) => format!("/dokumen/{id}/bagian/{}", position + 1),
            Self::Review(id) => format!("/dokumen/{id}/tinjau"),
            Self::Version(id, Way::Newer) => format!("/dokumen/{id}/versi"),
            Self::Version(id, Way::Earlier) => format!("/dokumen/{id}/versi-lama"),
            Self::Sealed(id) => format!("/dokumen/{id}/segel"),
            Self::Change(id) => format!("/dokumen/{id}/perubahan"),
            Self::CaseFile(id, Part::Contents) => format!("/kasus/{id}/berkas"),
            Self::CaseFile(id, part) => format!("/kasus/{id}/berkas/{}", part.code()),
            Self::Client(id) => format!("/dokumen/{id}/klien"),
            Self::Copy(id) => format!("/dokumen/{id}/salinan"),
            Self::Outbox => "/kirim".to_owned(),
            Self::Verify => "/periksa".to_owned(),
            Self::Cosign => "/tanda-tangani".to_owned(),
            Self::Keys => "/kunci".to_owned(),
            Self::Worker => "/petugas".to_owned(),
            Self::Tablet => "/tablet".to_owned(),
        }
    }

    /// Reads a location; anything else is the home screen, so that an old link never leads nowhere.
    #[must_use]
    pub fn from_location(text: &str) -> Self {
        let parts: Vec<&str> = text.trim_start_matches('#').split('/').filter(|part| !part.is_empty()).collect();
        let case = |text: &str| CaseId::parse(text).ok();
        let document = |text: &str| DocumentId::parse(text).ok();
        let screen = match parts[..] {
            ["kasus", "baru"] => Some(Self::NewCase),
            ["kasus", id] => case(id).map(Self::Case),
            ["kasus", id, "ubah"] => case(id).map(Self::EditCase),
            ["kasus", id, "formulir"] => case(id).map(Self::Forms),
            ["kasus", id, "paket"] => case(id).map(Self::Pack),
            ["paket"] => Some(Self::Unpack),
            ["dokumen", id, "bagian", number] => {
                let position = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                document(id).zip(position).map(|(id, position)| Self::Section(id, position))
            }
            ["dokumen", id, "tinjau"] => document(id).map(Self::Review),
            ["dokumen", id, "versi"] => document(id).map(|id| Self::Version(id, Way::Newer)),
            ["dokumen", id, "versi-lama"] => document(id).map(|id| Self::Version(id, Way::Earlier)),
            ["dokumen", id, "segel"] => document(id).map(Self::Sealed),
            ["dokumen", id, "perubahan"] => document(id).map(Self::Change),
            ["kasus", id, "berkas"] => case(id).map(|id| Self::CaseFile(id, Part::Contents)),
            ["kasus", id, "berkas", part] => {
                case(id).zip(Part::from_code(part)).map(|(id, part)| Self::CaseFile(id, part))
            }
            ["dokumen", id, "klien"] => document(id).map(Self::Client),
            ["dokumen", id, "salinan"] => document(id).map(Self::Copy),
            ["kirim"] => Some(Self::Outbox),
            ["periksa"] => Some(Self::Verify),
            ["tanda-tangani"] => Some(Self::Cosign),
            ["kunci"] => Some(Self::Keys),
            ["petugas"] => Some(Self::Worker),
            ["tablet"] => Some(Self::Tablet),
            _ => None,
        };
        screen.unwrap_or_default()
    }
}
