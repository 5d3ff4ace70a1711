//! What became of a GEDCOM file, for those who brought it.

use super::Language;
use crate::diagram::gedcom::{Note, NoteKind};

/// What was changed or left out, with where in the file and how often.
#[must_use]
pub fn gedcom_note(language: Language, note: &Note) -> String {
    let is_english = language == Language::En;
    let words = if is_english { english(&note.kind) } else { indonesian(&note.kind) };
    let place = match (note.line, is_english) {
        (0, _) => String::new(),
        (line, true) => format!("line {line}"),
        (line, false) => format!("baris {line}"),
    };
    let times = match (note.times, is_english) {
        (0 | 1, _) => String::new(),
        (times, true) => format!("{times} times"),
        (times, false) => format!("{times} kali"),
    };
    let about: Vec<String> = [place, times].into_iter().filter(|part| !part.is_empty()).collect();
    if about.is_empty() { words } else { format!("{words} ({})", about.join(", ")) }
}

fn indonesian(kind: &NoteKind) -> String {
    match kind {
        NoteKind::Charset { used, .. } => {
            format!("Huruf berkas dibaca sebagai {used}, lain dari yang dinyatakan berkas.")
        }
        NoteKind::UnreadableBytes => "Ada huruf yang tidak terbaca.".to_owned(),
        NoteKind::NoHeader => "Berkas tidak dimulai dengan kepala HEAD.".to_owned(),
        NoteKind::NoTrailer => "Berkas tidak ditutup dengan TRLR; mungkin terpotong.".to_owned(),
        NoteKind::StrayLine => "Baris yang bukan GEDCOM dilewati.".to_owned(),
        NoteKind::LevelJump => "Tingkat baris melompat; dibaca sebagai bagian baris sebelumnya.".to_owned(),
        NoteKind::LeftOut { tag } => format!("Tidak diambil: {tag}."),
        NoteKind::DuplicateId { id } => format!("Tanda {id} dipakai dua kali; yang kedua diberi tanda lain."),
        NoteKind::FurtherName { name } => format!("Nama lain tidak diambil: {name}."),
        NoteKind::TextCut => "Teks yang terlalu panjang dipotong.".to_owned(),
        NoteKind::SexUnknown { text } => format!("Jenis kelamin “{text}” dibaca sebagai tidak diketahui."),
        NoteKind::AgeChanged { text } => format!("Umur “{text}” tidak diambil seperti tertulis."),
        NoteKind::DateNarrowed { text } => format!("Rentang tanggal “{text}” disederhanakan."),
        NoteKind::DateConverted { text } => format!("Tanggal dari penanggalan lain diubah: {text}."),
        NoteKind::DateAsWords { text } => format!("Tanggal disimpan sebagai kata: {text}."),
        NoteKind::DateInferred { tag, who } => format!("{who}: tanggal diperkirakan dari {tag}."),
        NoteKind::FurtherDate { tag, who } => format!("{who}: tanggal kedua untuk {tag} tidak diambil."),
        NoteKind::MissingPerson { id } => format!("Orang {id} disebut, tetapi tidak ada dalam berkas."),
        NoteKind::MissingFamily { id } => format!("Keluarga {id} disebut, tetapi tidak ada dalam berkas."),
        NoteKind::OneSided { tag } => format!("Ikatan hanya tertulis di satu sisi ({tag} tidak ada); tetap diambil."),
        NoteKind::SelfMarriage { who } => {
            format!("{who} tertulis sebagai pasangannya sendiri; pasangannya dibaca sebagai tidak diketahui.")
        }
        NoteKind::FurtherPartner { who } => {
            format!("{who} adalah pasangan ketiga dalam satu keluarga; tidak diambil di situ.")
        }
        NoteKind::FurtherTie { who } => format!("{who} tertulis dua kali sebagai anak orang tua yang sama."),
        NoteKind::TieLeftOut { who, text } => format!("Ikatan anak “{text}” pada {who} tidak diambil."),
        NoteKind::TieUnclear { text } => format!("Status anak “{text}” dibaca sebagai tidak jelas."),
        NoteKind::OwnAncestor { people } => {
            format!("Tertulis sebagai leluhurnya sendiri: {}. Satu ikatan tidak diambil.", people.join(" → "))
        }
        NoteKind::EmptyFamily => "Keluarga tanpa orang tidak diambil.".to_owned(),
        NoteKind::FamiliesMerged => "Dua catatan tentang pasangan yang sama dijadikan satu.".to_owned(),
        NoteKind::UnionAssumed => "Pasangan tanpa keterangan dibaca sebagai kawin tercatat.".to_owned(),
        NoteKind::Remarried => "Pasangan yang bercerai lalu kawin lagi digambar kawin sejak yang pertama.".to_owned(),
        NoteKind::UnionTaken { tag } => format!("{tag} dibaca sebagai bentuk hubungan yang terdekat."),
        NoteKind::FurtherIndex { who } => format!("{who} juga ditandai sebagai klien; tidak dipakai."),
        NoteKind::More => "Masih ada catatan lain yang tidak disimpan.".to_owned(),
    }
}

fn english(kind: &NoteKind) -> String {
    match kind {
        NoteKind::Charset { used, .. } => format!("The letters were read as {used}, not as the file declares."),
        NoteKind::UnreadableBytes => "Some letters cannot be read.".to_owned(),
        NoteKind::NoHeader => "The file does not begin with its header.".to_owned(),
        NoteKind::NoTrailer => "The file does not end with its trailer; it may have been cut off.".to_owned(),
        NoteKind::StrayLine => "Lines that are not GEDCOM were passed over.".to_owned(),
        NoteKind::LevelJump => "A line's level jumps; it was read as part of the line before.".to_owned(),
        NoteKind::LeftOut { tag } => format!("Not taken: {tag}."),
        NoteKind::DuplicateId { id } => format!("The identifier {id} stands twice; the second was given another."),
        NoteKind::FurtherName { name } => format!("A further name was not taken: {name}."),
        NoteKind::TextCut => "A text that is too long was cut.".to_owned(),
        NoteKind::SexUnknown { text } => format!("The sex “{text}” was read as not known."),
        NoteKind::AgeChanged { text } => format!("The age “{text}” was not taken as it stands."),
        NoteKind::DateNarrowed { text } => format!("The range of dates “{text}” was made simpler."),
        NoteKind::DateConverted { text } => format!("A date of another calendar was converted: {text}."),
        NoteKind::DateAsWords { text } => format!("A date was kept as words: {text}."),
        NoteKind::DateInferred { tag, who } => format!("{who}: a date was inferred from {tag}."),
        NoteKind::FurtherDate { tag, who } => format!("{who}: a second date of {tag} was not taken."),
        NoteKind::MissingPerson { id } => format!("The person {id} is named but is not in the file."),
        NoteKind::MissingFamily { id } => format!("The family {id} is named but is not in the file."),
        NoteKind::OneSided { tag } => format!("A tie is told by one side only ({tag} is missing); it was taken."),
        NoteKind::SelfMarriage { who } => {
            format!("{who} stands as their own partner; the partner was read as not known.")
        }
        NoteKind::FurtherPartner { who } => format!("{who} is a third partner in one family and was not taken there."),
        NoteKind::FurtherTie { who } => format!("{who} stands twice as a child of the same parents."),
        NoteKind::TieLeftOut { who, text } => format!("The child tie “{text}” of {who} was not taken."),
        NoteKind::TieUnclear { text } => format!("The kind of child “{text}” was read as unclear."),
        NoteKind::OwnAncestor { people } => {
            format!("Written as their own ancestors: {}. One tie was not taken.", people.join(" → "))
        }
        NoteKind::EmptyFamily => "A family without people was not taken.".to_owned(),
        NoteKind::FamiliesMerged => "Two records of one couple became one.".to_owned(),
        NoteKind::UnionAssumed => "Couples of which nothing is said were read as married.".to_owned(),
        NoteKind::Remarried => {
            "A couple that divorced and married again is drawn as married since the first time.".to_owned()
        }
        NoteKind::UnionTaken { tag } => format!("{tag} was read as the nearest kind of union."),
        NoteKind::FurtherIndex { who } => format!("{who} is marked as the index person too; that was not taken."),
        NoteKind::More => "There were more notes than are kept.".to_owned(),
    }
}
