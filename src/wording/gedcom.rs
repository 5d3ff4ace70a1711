//! What became of a GEDCOM file, for those who brought it.

use super::Language;
use crate::diagram::gedcom::{Note, NoteKind};

/// What was changed or left out, in one line: where in the file, how often, and what.
#[must_use]
pub fn gedcom_note(language: Language, Note { line, times, kind }: &Note) -> String {
    let (what, place, more) = match language {
        Language::Id => (indonesian(kind), format!("baris {line}"), format!("dan {} lagi", times.saturating_sub(1))),
        Language::En => (english(kind), format!("line {line}"), format!("and {} more", times.saturating_sub(1))),
    };
    match (line, times) {
        (0, 1) => what,
        (0, _) => format!("{what} ({more})"),
        (_, 1) => format!("{place}: {what}"),
        _ => format!("{place} {more}: {what}"),
    }
}

fn indonesian(kind: &NoteKind) -> String {
    match kind {
        NoteKind::Charset { declared, used } if declared.is_empty() => {
            format!("berkas tidak menyebut hurufnya; dibaca sebagai {used}")
        }
        NoteKind::Charset { used, .. } => {
            format!("huruf berkas dibaca sebagai {used}, lain dari yang dinyatakan berkas")
        }
        NoteKind::UnreadableBytes => "ada huruf yang tidak terbaca".to_owned(),
        NoteKind::NoHeader => "berkas tidak dimulai dengan kepala HEAD".to_owned(),
        NoteKind::NoTrailer => "berkas tidak ditutup dengan TRLR; mungkin terpotong".to_owned(),
        NoteKind::StrayLine => "baris yang bukan GEDCOM dilewati".to_owned(),
        NoteKind::LevelJump => "tingkat baris melompat; dibaca sebagai bagian baris sebelumnya".to_owned(),
        NoteKind::LeftOut { tag } => format!("tidak diambil: {tag}"),
        NoteKind::DuplicateId { id } => format!("tanda {id} dipakai dua kali; yang kedua diberi tanda lain"),
        NoteKind::FurtherName { name } => format!("nama lain tidak diambil: {name}"),
        NoteKind::TextCut => "teks yang terlalu panjang dipotong".to_owned(),
        NoteKind::SexUnknown { text } => format!("jenis kelamin “{text}” dibaca sebagai tidak diketahui"),
        NoteKind::AgeChanged { text } => format!("umur “{text}” tidak diambil seperti tertulis"),
        NoteKind::DateNarrowed { text } => format!("rentang tanggal “{text}” disederhanakan"),
        NoteKind::DateConverted { text } => format!("tanggal dari penanggalan lain diubah: {text}"),
        NoteKind::DateAsWords { text } => format!("tanggal disimpan sebagai kata: {text}"),
        NoteKind::DateInferred { tag, who } => format!("{who}: tanggal diperkirakan dari {tag}"),
        NoteKind::FurtherDate { tag, who } => format!("{who}: tanggal kedua untuk {tag} tidak diambil"),
        NoteKind::MissingPerson { id } => format!("orang {id} tidak ada dalam berkas; ikatannya tidak diambil"),
        NoteKind::MissingFamily { id } => format!("keluarga {id} tidak ada dalam berkas; ikatannya tidak diambil"),
        NoteKind::OneSided { tag } => format!("ikatan hanya tertulis di satu sisi ({tag} tidak ada); tetap diambil"),
        NoteKind::SelfMarriage { who } => {
            format!("{who} tertulis sebagai pasangannya sendiri; pasangannya dibaca sebagai tidak diketahui")
        }
        NoteKind::FurtherPartner { who } => {
            format!("{who} adalah pasangan ketiga dalam satu keluarga; tidak diambil di situ")
        }
        NoteKind::FurtherTie { who } => format!("{who} tertulis dua kali sebagai anak orang tua yang sama"),
        NoteKind::TieLeftOut { who, text } => format!("ikatan anak “{text}” pada {who} tidak diambil"),
        NoteKind::TieUnclear { text } => format!("status anak “{text}” dibaca sebagai tidak jelas"),
        NoteKind::OwnAncestor { people } => {
            format!(
                "tertulis sebagai leluhurnya sendiri: {}; ikatan pertama tidak diambil",
                people.join(", anak dari ")
            )
        }
        NoteKind::EmptyFamily => "keluarga tanpa orang tidak diambil".to_owned(),
        NoteKind::FamiliesMerged => "dua catatan tentang pasangan yang sama dijadikan satu".to_owned(),
        NoteKind::UnionAssumed => "pasangan tanpa keterangan dibaca sebagai kawin tercatat".to_owned(),
        NoteKind::Remarried => "pasangan yang bercerai lalu kawin lagi digambar kawin sejak yang pertama".to_owned(),
        NoteKind::UnionTaken { tag } => format!("{tag} dibaca sebagai bentuk hubungan yang terdekat"),
        NoteKind::FurtherIndex { who } => format!("{who} juga ditandai sebagai klien; tidak dipakai"),
        NoteKind::More => "masih ada catatan lain yang tidak disimpan".to_owned(),
    }
}

fn english(kind: &NoteKind) -> String {
    match kind {
        NoteKind::Charset { declared, used } if declared.is_empty() => {
            format!("no encoding is declared; read as {used}")
        }
        NoteKind::Charset { declared, used } => format!("declared as {declared}, but read as {used}"),
        NoteKind::UnreadableBytes => "bytes that are no character".to_owned(),
        NoteKind::NoHeader => "the header (0 HEAD) is missing".to_owned(),
        NoteKind::NoTrailer => "the trailer (0 TRLR) is missing; the file may have been cut off".to_owned(),
        NoteKind::StrayLine => "not a GEDCOM line; left out".to_owned(),
        NoteKind::LevelJump => "a level was skipped; taken as belonging to the line before".to_owned(),
        NoteKind::LeftOut { tag } => format!("{tag} has no place in a genogram; left out"),
        NoteKind::TextCut => "a text was cut".to_owned(),
        NoteKind::MissingPerson { id } => format!("“{id}” is no person of this file; the tie was left out"),
        NoteKind::MissingFamily { id } => format!("“{id}” is no family of this file; the tie was left out"),
        NoteKind::OneSided { tag } => format!("a tie told by one side only ({tag} is missing); taken as told"),
        NoteKind::EmptyFamily => "a family with nobody to be tied; left out".to_owned(),
        NoteKind::FamiliesMerged => "a second family of the same couple; joined with the first".to_owned(),
        NoteKind::UnionAssumed => "nothing is said of how the couple lived; taken as married".to_owned(),
        NoteKind::Remarried => "divorced and married again; shown as married".to_owned(),
        NoteKind::UnionTaken { tag } => format!("{tag} was taken as the nearest kind of couple"),
        NoteKind::More => "there is more to be noted than is told here".to_owned(),
        NoteKind::DuplicateId { id } => format!("the identifier {id} is taken; another one was given"),
        NoteKind::FurtherName { name } => format!("a further name, “{name}”, was left out"),
        NoteKind::SexUnknown { text } => format!("the sex “{text}” is not known; taken as unknown"),
        NoteKind::AgeChanged { text } => format!("the age “{text}” is no number of years"),
        NoteKind::DateNarrowed { text } => {
            format!("the date “{text}” is a range; what both ends share was kept, or about the middle")
        }
        NoteKind::DateConverted { text } => format!("the date “{text}” is of another calendar; converted"),
        NoteKind::DateAsWords { text } => format!("the date “{text}” was kept as words"),
        NoteKind::DateInferred { tag, who } => format!("{who}: dated by {tag}, as before it"),
        NoteKind::FurtherDate { tag, who } => format!("{who}: a further {tag} was left out"),
        NoteKind::SelfMarriage { who } => format!("{who} is their own partner; the other one is unknown"),
        NoteKind::FurtherPartner { who } => format!("{who} is a third partner; left out of the family"),
        NoteKind::FurtherTie { who } => format!("{who} is a child of the same parents twice; told once"),
        NoteKind::TieLeftOut { who, text } => format!("{who}: the tie to parents is “{text}”; left out"),
        NoteKind::TieUnclear { text } => format!("the tie “{text}” is not known; taken as unclear"),
        NoteKind::FurtherIndex { who } => format!("{who} is a second index person; not marked"),
        NoteKind::OwnAncestor { people } => {
            format!("their own ancestor: {}; the first tie was left out", people.join(", child of "))
        }
    }
}
