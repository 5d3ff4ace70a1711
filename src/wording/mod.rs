//! Words that both the screen and the command line need, in both languages: the legends of drawings.
//!
//! Words for people are otherwise made in `ui` alone; a drawing made on the command line has its legend all the same.

mod ecomap;
mod gedcom;

pub use ecomap::{ecomap_summary, ecomap_word};
pub use gedcom::gedcom_note;

use crate::diagram::{ChildKind, CoupleKind, Feeling, Sex, Term};

/// A language of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
pub enum Language {
    /// Indonesian.
    Id,
    /// English.
    En,
}

/// What a drawing holds, for those who cannot see it.
pub fn summary(language: Language, people: usize, couples: usize) -> String {
    match language {
        Language::Id => format!("Genogram dengan {people} orang dan {couples} pasangan."),
        Language::En => format!("Genogram of {people} people and {couples} couples."),
    }
}

/// The word for a term.
pub const fn word(language: Language, term: Term) -> &'static str {
    let [id, en] = both(term);
    match language {
        Language::Id => id,
        Language::En => en,
    }
}

/// Indonesian and English.
const fn both(term: Term) -> [&'static str; 2] {
    match term {
        Term::Genogram => ["Genogram", "Genogram"],
        Term::Legend => ["Keterangan", "Legend"],
        Term::Sex(Sex::Male) => ["Laki-laki", "Man"],
        Term::Sex(Sex::Female) => ["Perempuan", "Woman"],
        Term::Sex(Sex::Other) => ["Lain", "Neither"],
        Term::Sex(Sex::Unknown) => ["Jenis kelamin tidak diketahui", "Sex not known"],
        Term::Index => ["Klien", "Client"],
        Term::Dead => ["Meninggal", "Has died"],
        Term::Age => ["Usia", "Age"],
        Term::Years => ["Tahun lahir, tahun meninggal", "Years of birth and death"],
        Term::Household => ["Serumah", "Live together"],
        Term::Couple(CoupleKind::Married) => ["Kawin tercatat", "Married"],
        Term::Couple(CoupleKind::Unregistered) => ["Kawin tidak tercatat", "Unregistered marriage"],
        Term::Couple(CoupleKind::Cohabiting) => ["Hidup bersama", "Living together"],
        Term::Couple(CoupleKind::Dating) => ["Berpacaran", "Going out"],
        Term::Couple(CoupleKind::Separated) => ["Berpisah", "Separated"],
        Term::Couple(CoupleKind::Divorced) => ["Bercerai", "Divorced"],
        Term::Couple(CoupleKind::Widowed) => ["Salah satu sudah meninggal", "Widowed"],
        Term::Couple(CoupleKind::Simultaneous) => ["Poligami", "Several at the same time"],
        Term::Child(ChildKind::Birth) => ["Anak kandung", "Child"],
        Term::Child(ChildKind::Adopted) => ["Anak angkat", "Adopted child"],
        Term::Child(ChildKind::Step) => ["Anak tiri", "Step child"],
        Term::Child(ChildKind::Foster) => ["Anak asuh", "Foster child"],
        Term::Child(ChildKind::Unclear) => ["Status anak tidak jelas", "Child, status unclear"],
        Term::Child(ChildKind::Pregnancy) => ["Kehamilan", "Pregnancy"],
        Term::Child(ChildKind::Miscarriage) => ["Keguguran", "Miscarriage"],
        Term::Child(ChildKind::Abortion) => ["Kehamilan dihentikan", "Pregnancy ended"],
        Term::Child(ChildKind::Stillbirth) => ["Meninggal saat lahir", "Stillbirth"],
        Term::Identical => ["Kembar identik", "Identical twins"],
        Term::Twins => ["Kembar tidak identik", "Twins, not identical"],
        Term::Feeling(Feeling::Close) => ["Dekat", "Close"],
        Term::Feeling(Feeling::VeryClose) => ["Sangat dekat", "Very close"],
        Term::Feeling(Feeling::Fused) => ["Terlalu lekat", "Too close"],
        Term::Feeling(Feeling::Distant) => ["Jauh", "Distant"],
        Term::Feeling(Feeling::Tense) => ["Tegang", "Tense"],
        Term::Feeling(Feeling::Hostile) => ["Bermusuhan", "Hostile"],
        Term::Feeling(Feeling::CutOff) => ["Putus hubungan", "Cut off"],
        Term::Feeling(Feeling::Violent) => ["Kekerasan terhadap", "Violence towards"],
        Term::Feeling(Feeling::Caring) => ["Merawat", "Cares for"],
        Term::Feeling(Feeling::Controlling) => ["Mengatur", "Controls"],
        Term::Hop => ["Garis saling melewati, tidak bersambung", "Lines cross, not joined"],
    }
}
