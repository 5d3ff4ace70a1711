//! The few value sets of FHIR R4 itself that forms of all kinds name without containing them, complete, with the words of
//! the standard and Indonesian beside them. They are short and fixed; for any other set a form has to bring its codes.

use super::answer::{Answer, Coding};
use super::answer_option::AnswerOption;
use super::text::Text;

const GENDER: &str = "http://hl7.org/fhir/administrative-gender";
const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";
const MARITAL: &str = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";

/// A concept: system, code, display, and the display in Indonesian.
type Concept = [&'static str; 4];

const GENDERS: [Concept; 4] = [
    [GENDER, "male", "Male", "Laki-laki"],
    [GENDER, "female", "Female", "Perempuan"],
    [GENDER, "other", "Other", "Lainnya"],
    [GENDER, "unknown", "Unknown", "Tidak diketahui"],
];

const YES_NO_UNKNOWN: [Concept; 3] = [
    [YES_NO, "Y", "Yes", "Ya"],
    [YES_NO, "N", "No", "Tidak"],
    ["http://terminology.hl7.org/CodeSystem/data-absent-reason", "asked-unknown", "Don't know", "Tidak tahu"],
];

const MARITAL_STATUSES: [Concept; 11] = [
    [MARITAL, "S", "Never Married", "Belum pernah kawin"],
    [MARITAL, "M", "Married", "Kawin"],
    [MARITAL, "D", "Divorced", "Cerai hidup"],
    [MARITAL, "W", "Widowed", "Cerai mati"],
    [MARITAL, "L", "Legally Separated", "Pisah menurut hukum"],
    [MARITAL, "I", "Interlocutory", "Proses cerai belum selesai"],
    [MARITAL, "A", "Annulled", "Perkawinan dibatalkan"],
    [MARITAL, "P", "Polygamous", "Berpoligami"],
    [MARITAL, "T", "Domestic partner", "Hidup bersama"],
    [MARITAL, "U", "unmarried", "Tidak kawin"],
    ["http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "UNK", "unknown", "Tidak diketahui"],
];

/// The options of a value set by its URL; `None` for all but these.
pub fn options(url: &str) -> Option<Vec<AnswerOption>> {
    let concepts: &[Concept] = match url {
        "http://hl7.org/fhir/ValueSet/administrative-gender" => &GENDERS,
        "http://hl7.org/fhir/ValueSet/yesnodontknow" => &YES_NO_UNKNOWN,
        "http://terminology.hl7.org/ValueSet/v2-0136" => &YES_NO_UNKNOWN[..2],
        "http://hl7.org/fhir/ValueSet/marital-status" => &MARITAL_STATUSES,
        _ => return None,
    };
    Some(concepts.iter().map(option).collect())
}

fn option([system, code, display, indonesian]: &Concept) -> AnswerOption {
    let text = |words: &&str| (*words).to_owned();
    AnswerOption {
        answer: Answer::Coding(Coding {
            system: Some(text(system)),
            code: text(code),
            display: Some(text(display)),
            version: None,
        }),
        text: Text::translated(text(display), vec![("id".to_owned(), text(indonesian))]),
        is_of_fhir: true,
        prefix: None,
        exclusive: false,
        initially_selected: false,
        ordinal: None,
        copy: None,
        covers: Vec::new(),
    }
}
