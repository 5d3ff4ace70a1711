//! The words by which GEDCOM files, and our own extensions, say what kind something is.
//!
//! The codes of our extensions are exact. Of free text (TYPE, PHRASE, the values of other programs' tags) a few stems are
//! known, English and Indonesian; what has none of them is not guessed at.

use crate::diagram::{ChildKind, CoupleKind, Feeling, Sex};

/// Where our extension tags are documented; each tag's URI is this and the tag.
pub(super) const BASE: &str = "https://asesmen.id/gedcom/";

/// The kind of identifier by which people and couples of a genogram are known again.
pub(super) const ID_TYPE: &str = "https://asesmen.id/gedcom/id";

/// Every extension tag that is written.
pub(super) const EXTENSIONS: [&str; 13] = [
    "_AGE",
    "_CHILD",
    "_FEELING",
    "_HOUSEHOLD",
    "_IDENTICAL",
    "_INDEX",
    "_NUDGE",
    "_QUALIFIER",
    "_SHOWN",
    "_TOLDAGE",
    "_TWINS",
    "_UNION",
    "_UNTIL",
];

const UNIONS: [(&str, CoupleKind); 8] = [
    ("MARRIED", CoupleKind::Married),
    ("UNREGISTERED", CoupleKind::Unregistered),
    ("COHABITING", CoupleKind::Cohabiting),
    ("DATING", CoupleKind::Dating),
    ("SEPARATED", CoupleKind::Separated),
    ("DIVORCED", CoupleKind::Divorced),
    ("WIDOWED", CoupleKind::Widowed),
    ("SIMULTANEOUS", CoupleKind::Simultaneous),
];

const CHILDREN: [(&str, ChildKind); 9] = [
    ("BIRTH", ChildKind::Birth),
    ("PREGNANCY", ChildKind::Pregnancy),
    ("MISCARRIAGE", ChildKind::Miscarriage),
    ("ABORTION", ChildKind::Abortion),
    ("STILLBIRTH", ChildKind::Stillbirth),
    ("ADOPTED", ChildKind::Adopted),
    ("STEP", ChildKind::Step),
    ("FOSTER", ChildKind::Foster),
    ("UNCLEAR", ChildKind::Unclear),
];

const FEELINGS: [(&str, Feeling, &str); 10] = [
    ("CLOSE", Feeling::Close, "close"),
    ("VERYCLOSE", Feeling::VeryClose, "very close"),
    ("FUSED", Feeling::Fused, "too close"),
    ("DISTANT", Feeling::Distant, "distant"),
    ("TENSE", Feeling::Tense, "tense"),
    ("HOSTILE", Feeling::Hostile, "hostile"),
    ("CUTOFF", Feeling::CutOff, "cut off"),
    ("VIOLENT", Feeling::Violent, "violent towards"),
    ("CARING", Feeling::Caring, "caring for"),
    ("CONTROLLING", Feeling::Controlling, "controlling"),
];

/// The kind of couple that a code of ours means.
pub(super) fn union_of(code: &str) -> Option<CoupleKind> {
    UNIONS.iter().find(|(known, _)| code.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}

/// The code of a kind of couple.
pub(super) fn union_code(kind: CoupleKind) -> &'static str {
    UNIONS.iter().find(|(_, known)| *known == kind).map_or("", |(code, _)| code)
}

/// The kind of child tie that a code of ours means.
pub(super) fn child_of(code: &str) -> Option<ChildKind> {
    CHILDREN.iter().find(|(known, _)| code.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}

/// The code of a kind of child tie.
pub(super) fn child_code(kind: ChildKind) -> &'static str {
    CHILDREN.iter().find(|(_, known)| *known == kind).map_or("", |(code, _)| code)
}

/// The feeling that a code of ours means.
pub(super) fn feeling_of(code: &str) -> Option<Feeling> {
    FEELINGS.iter().find(|(known, ..)| code.eq_ignore_ascii_case(known)).map(|(_, feeling, _)| *feeling)
}

/// The code of a feeling, and words for those who do not know it.
pub(super) fn feeling_code(feeling: Feeling) -> (&'static str, &'static str) {
    FEELINGS.iter().find(|(_, known, _)| *known == feeling).map_or(("", ""), |(code, _, words)| (code, words))
}

/// `SEX` (5.5.1, SEX_VALUE; 7, enumset-SEX) and the words that some programs write; `None` where it says neither.
pub(super) fn sex(word: &str) -> Option<Sex> {
    Some(match word {
        "m" | "male" | "l" | "laki-laki" => Sex::Male,
        "f" | "female" | "p" | "perempuan" => Sex::Female,
        "x" => Sex::Other,
        "u" | "n" | "unknown" | "?" | "" => Sex::Unknown,
        _ => return None,
    })
}

fn has(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.contains(stem))
}

/// What a TYPE of a marriage or of another family event, or a program's own marital status, says of the couple.
pub(super) fn union_in(word: &str) -> Option<CoupleKind> {
    Some(match word {
        _ if has(word, &["polygam", "poligami", "simultan"]) => CoupleKind::Simultaneous,
        _ if has(word, &["common law", "common-law", "cohabit", "living together", "lived together", "de facto"])
            || has(word, &["hidup bersama", "unmarried", "not married", "partners", "domestic"]) =>
        {
            CoupleKind::Cohabiting
        }
        _ if has(
            word,
            &["relig", "church", "custom", "tribal", "tradition", "adat", "siri", "unregistered", "tidak tercatat"],
        ) =>
        {
            CoupleKind::Unregistered
        }
        _ if has(word, &["separat", "berpisah"]) => CoupleKind::Separated,
        _ if has(word, &["divorc", "cerai"]) => CoupleKind::Divorced,
        _ if has(word, &["widow", "ditinggal mati"]) => CoupleKind::Widowed,
        _ if has(word, &["dating", "berpacaran", "friends", "engag", "affair"]) => CoupleKind::Dating,
        _ if has(word, &["civil", "legal", "catatan sipil", "married", "kawin"]) => CoupleKind::Married,
        _ => return None,
    })
}

/// What PEDI (5.5.1, PEDIGREE_LINKAGE_TYPE; 7, enumset-PEDI), its PHRASE, or the `_FREL` and `_MREL` of other programs say
/// of a child tie.
pub(super) fn child_in(word: &str) -> Option<ChildKind> {
    Some(match word {
        _ if has(word, &["step", "tiri"]) => ChildKind::Step,
        _ if has(word, &["adopt", "angkat"]) => ChildKind::Adopted,
        _ if has(word, &["foster", "guardian", "asuh", "ward"]) => ChildKind::Foster,
        _ if has(word, &["birth", "natural", "biolog", "kandung", "genetic"]) => ChildKind::Birth,
        _ if has(word, &["unknown", "unclear", "private", "challenged", "tidak jelas"]) => ChildKind::Unclear,
        _ => return None,
    })
}

/// What the TYPE of a birth, a death or an event, or an age at death, says of a birth that was none.
pub(super) fn loss_in(word: &str) -> Option<ChildKind> {
    Some(match word {
        _ if has(word, &["stillb", "still b", "born_dead", "born dead", "lahir mati"]) => ChildKind::Stillbirth,
        _ if has(word, &["miscarr", "keguguran"]) => ChildKind::Miscarriage,
        _ if has(word, &["abort"]) => ChildKind::Abortion,
        _ if has(word, &["pregnan", "unborn", "dalam kandungan"]) => ChildKind::Pregnancy,
        _ => return None,
    })
}

/// Whether the relation of an association makes two people twins, and identical ones (5.5.1, RELATION_IS_DESCRIPTOR;
/// 7, ROLE with its PHRASE).
pub(super) fn twins_in(word: &str) -> Option<bool> {
    has(word, &["twin", "triplet", "quadruplet", "kembar", "multiple birth"]).then(|| {
        has(word, &["identical", "monozyg"]) && !has(word, &["non-identical", "nonidentical", "not identical"])
    })
}
