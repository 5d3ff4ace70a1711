//! What ecomaps say.

use super::{Language, word};
use crate::diagram::ecomap::{Centre, Ecomap, Importance, Sign, Strength, SystemKind, Tension, Wish};

/// What a drawing holds, for those who cannot see it.
#[must_use]
pub fn ecomap_summary(language: Language, ecomap: &Ecomap) -> String {
    let (count, people) = (ecomap.systems.len(), ecomap.household.people.len());
    match (language, ecomap.centre) {
        (Language::Id, Centre::Household) if people > 0 => {
            format!("Ekomap dengan rumah tangga klien ({people} orang) di tengah dan {count} pihak di sekitarnya.")
        }
        (Language::En, Centre::Household) if people > 0 => {
            format!("Ecomap with the client's household ({people} people) in the middle and {count} systems around.")
        }
        (Language::Id, Centre::Client) => format!("Ekomap dengan klien di tengah dan {count} pihak di sekitarnya."),
        (Language::Id, Centre::Household) => {
            format!("Ekomap dengan rumah tangga klien di tengah dan {count} pihak di sekitarnya.")
        }
        (Language::En, Centre::Client) => format!("Ecomap with the client in the middle and {count} systems around."),
        (Language::En, Centre::Household) => {
            format!("Ecomap with the client's household in the middle and {count} systems around.")
        }
    }
}

/// The word for a sign.
#[must_use]
pub const fn ecomap_word(language: Language, sign: Sign) -> &'static str {
    if let Sign::Family(term) = sign {
        return word(language, term);
    }
    let [id, en] = both(sign);
    match language {
        Language::Id => id,
        Language::En => en,
    }
}

/// Indonesian and English.
const fn both(sign: Sign) -> [&'static str; 2] {
    match sign {
        Sign::Ecomap => ["Ekomap", "Ecomap"],
        Sign::Legend => ["Keterangan", "Legend"],
        Sign::Centre(Centre::Client) => ["Klien", "Client"],
        Sign::Centre(Centre::Household) => ["Rumah tangga", "Household"],
        Sign::Kind(kind) => kinds(kind),
        // These words are those of genograms.
        Sign::Family(_) => ["", ""],
        Sign::Strength(Strength::Strong) => ["Hubungan kuat", "Strong tie"],
        Sign::Strength(Strength::Normal) => ["Hubungan sedang", "Medium tie"],
        Sign::Strength(Strength::Weak) => ["Hubungan lemah", "Weak tie"],
        Sign::Strength(Strength::Broken) => ["Hubungan putus", "Broken tie"],
        Sign::StrengthUnknown => ["Kekuatan hubungan belum diketahui", "Strength of the tie not known"],
        Sign::Tension(Tension::None) => ["Tidak tegang", "Not tense"],
        Sign::Tension(Tension::Sometimes) => ["Kadang-kadang tegang", "Sometimes tense"],
        Sign::Tension(Tension::Often) => ["Sering tegang", "Often tense"],
        Sign::Flow => ["Arah bantuan dan tenaga", "Where help and energy go"],
        Sign::Importance(Importance::High) => ["Sangat penting", "Very important"],
        Sign::Importance(Importance::Medium) => ["Cukup penting", "Fairly important"],
        Sign::Importance(Importance::Low) => ["Kurang penting", "Less important"],
        Sign::Wish(Wish::Keep) => ["Ingin dipertahankan", "Wants to keep it"],
        Sign::Wish(Wish::Strengthen) => ["Ingin diperkuat", "Wants it stronger"],
        Sign::Wish(Wish::Mend) => ["Ingin diperbaiki", "Wants to mend it"],
        Sign::Wish(Wish::Reduce) => ["Ingin dikurangi", "Wants less of it"],
        Sign::Wish(Wish::End) => ["Ingin diakhiri", "Wants to end it"],
    }
}

const fn kinds(kind: SystemKind) -> [&'static str; 2] {
    match kind {
        SystemKind::Family => ["Keluarga", "Family"],
        SystemKind::Friends => ["Teman", "Friends"],
        SystemKind::Neighbours => ["Tetangga atau RT", "Neighbours"],
        SystemKind::Worship => ["Tempat ibadah", "Worship"],
        SystemKind::School => ["Sekolah", "School"],
        SystemKind::Work => ["Tempat kerja", "Work"],
        SystemKind::Health => ["Kesehatan", "Health"],
        SystemKind::Welfare => ["Lembaga sosial", "Social agency"],
        SystemKind::Authorities => ["Aparat", "Authorities"],
        SystemKind::Institution => ["Panti", "Institution"],
        SystemKind::Street => ["Di jalan", "On the street"],
        SystemKind::Online => ["Daring", "Online"],
    }
}
