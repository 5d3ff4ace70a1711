//! Words that both the screen and the command line need, in both languages: the legends of drawings.
//!
//! Words for people are otherwise made in `ui` alone; a drawing made on the command line has its legend all the same.

mod ecomap;
mod gedcom;

pub use ecomap::{ecomap_summary, ecomap_word};
pub use gedcom::gedcom_note;

use crate::diagram::Term;

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
        Term::Male => ["Laki-laki", "Man"],
        Term::Female => ["Perempuan", "Woman"],
        Term::OtherSex => ["Lain", "Neither"],
        Term::UnknownSex => ["Jenis kelamin tidak diketahui", "Sex not known"],
        Term::Index => ["Klien", "Client"],
        Term::Dead => ["Meninggal", "Has died"],
        Term::Age => ["Usia", "Age"],
        Term::Years => ["Tahun lahir, tahun meninggal", "Years of birth and death"],
        Term::Household => ["Serumah", "Live together"],
        Term::Married => ["Kawin tercatat", "Married"],
        Term::Unregistered => ["Kawin tidak tercatat", "Unregistered marriage"],
        Term::Cohabiting => ["Hidup bersama", "Living together"],
        Term::Dating => ["Berpacaran", "Going out"],
        Term::Separated => ["Berpisah", "Separated"],
        Term::Divorced => ["Bercerai", "Divorced"],
        Term::Widowed => ["Salah satu sudah meninggal", "Widowed"],
        Term::Simultaneous => ["Poligami", "Several at the same time"],
        Term::Birth => ["Anak kandung", "Child"],
        Term::Adopted => ["Anak angkat", "Adopted child"],
        Term::Step => ["Anak tiri", "Step child"],
        Term::Foster => ["Anak asuh", "Foster child"],
        Term::Unclear => ["Status anak tidak jelas", "Child, status unclear"],
        Term::Pregnancy => ["Kehamilan", "Pregnancy"],
        Term::Miscarriage => ["Keguguran", "Miscarriage"],
        Term::Abortion => ["Kehamilan dihentikan", "Pregnancy ended"],
        Term::Stillbirth => ["Meninggal saat lahir", "Stillbirth"],
        Term::Identical => ["Kembar identik", "Identical twins"],
        Term::Twins => ["Kembar tidak identik", "Twins, not identical"],
        Term::Close => ["Dekat", "Close"],
        Term::VeryClose => ["Sangat dekat", "Very close"],
        Term::Fused => ["Terlalu lekat", "Too close"],
        Term::Distant => ["Jauh", "Distant"],
        Term::Tense => ["Tegang", "Tense"],
        Term::Hostile => ["Bermusuhan", "Hostile"],
        Term::CutOff => ["Putus hubungan", "Cut off"],
        Term::Violent => ["Kekerasan terhadap", "Violence towards"],
        Term::Caring => ["Merawat", "Cares for"],
        Term::Controlling => ["Mengatur", "Controls"],
        Term::Hop => ["Garis saling melewati, tidak bersambung", "Lines cross, not joined"],
    }
}
