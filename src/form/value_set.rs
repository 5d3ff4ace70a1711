//! Options that stand in a value set contained in the form (FHIR R4, Questionnaire.item.answerValueSet and ValueSet).

use super::answer::{Answer, Coding};
use super::answer_option::AnswerOption;
use super::element::{Element, extension, flag, objects, string};
use super::extension::{ITEM_WEIGHT, ORDINAL_VALUE};
use super::fhir_value_set;
use super::text::Text;
use std::sync::Arc;

/// The value sets of a form, each read once however many items name it.
pub struct ValueSets<'a> {
    form: &'a Element,
    known: Vec<(&'a str, Option<Arc<[AnswerOption]>>)>,
}

impl<'a> ValueSets<'a> {
    /// Those contained in a form.
    pub const fn of(form: &'a Element) -> Self {
        Self { form, known: Vec::new() }
    }

    /// The options of the one that an item names; `None` as for [`options`].
    pub fn options(&mut self, reference: &'a str) -> Option<Arc<[AnswerOption]>> {
        if let Some((_, known)) = self.known.iter().find(|(own, _)| *own == reference) {
            return known.clone();
        }
        let options = options(self.form, reference).map(Arc::from);
        self.known.push((reference, options.clone()));
        options
    }
}

/// The options of the value set that an item names: contained in the form, by `#id` or by its canonical URL, with its
/// codes written out, or one of FHIR itself. `None` for all others, which only a terminology server could tell.
#[inline(never)] // An entry of tools/parts.json.
fn options(form: &Element, reference: &str) -> Option<Vec<AnswerOption>> {
    let url = reference.split('|').next().unwrap_or_default();
    let named = |set: &&Element| match reference.strip_prefix('#') {
        Some(id) => string(set, "id").is_some_and(|own| own.trim_start_matches('#') == id),
        None => string(set, "url") == Some(url),
    };
    let Some(set) = contained(form, "ValueSet").find(named) else { return fhir_value_set::options(url) };
    let mut options = Vec::new();
    if let Some(expansion) = set.get("expansion").and_then(|part| part.as_object()) {
        push(expansion, "contains", None, &mut options, 0)?;
    } else {
        compose(form, set.get("compose")?.as_object()?, &mut options)?;
    }
    // A choice between nothing is no choice.
    Some(options).filter(|options| !options.is_empty())
}

fn contained<'a>(form: &'a Element, kind: &'a str) -> impl Iterator<Item = &'a Element> {
    objects(form, "contained").filter(move |resource| string(resource, "resourceType") == Some(kind))
}

fn compose(form: &Element, compose: &Element, options: &mut Vec<AnswerOption>) -> Option<()> {
    if compose.get("exclude").is_some() {
        return None;
    }
    for include in objects(compose, "include") {
        if include.get("filter").is_some() || include.get("valueSet").is_some() {
            return None;
        }
        let system = string(include, "system")?;
        if include.get("concept").is_some() {
            push(include, "concept", Some(system), options, 0)?;
        } else {
            let whole = contained(form, "CodeSystem").find(|codes| string(codes, "url") == Some(system))?;
            push(whole, "concept", Some(system), options, 0)?;
        }
    }
    Some(())
}

/// Deeper than any code system that a person can choose from.
const DEEPEST: usize = 16;

fn push(
    element: &Element,
    field: &str,
    system: Option<&str>,
    options: &mut Vec<AnswerOption>,
    depth: usize,
) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    for concept in objects(element, field) {
        let system = string(concept, "system").or(system);
        // What is abstract only heads others and cannot be chosen.
        if !flag(concept, "abstract") && !flag(concept, "inactive") {
            options.push(option(concept, system)?);
        }
        push(concept, field, system, options, depth + 1)?;
    }
    Some(())
}

fn option(concept: &Element, system: Option<&str>) -> Option<AnswerOption> {
    let code = string(concept, "code")?;
    let display = string(concept, "display");
    let designations = objects(concept, "designation").filter_map(|designation| {
        Some((string(designation, "language")?.to_owned(), string(designation, "value")?.to_owned()))
    });
    let words = Text::read(concept, "display").filter(|text| text.languages().next().is_some());
    let score = extension(concept, ORDINAL_VALUE).or_else(|| extension(concept, ITEM_WEIGHT));
    Some(AnswerOption {
        answer: Answer::Coding(Coding {
            system: system.map(str::to_owned),
            code: code.to_owned(),
            display: display.map(str::to_owned),
            version: None,
        }),
        text: words.unwrap_or_else(|| Text::translated(display.unwrap_or(code).to_owned(), designations.collect())),
        is_of_fhir: false,
        prefix: None,
        covers: Vec::new(),
        copy: None,
        exclusive: false,
        initially_selected: false,
        ordinal: score.and_then(|score| score.get("valueDecimal")?.as_number().cloned()),
    })
}
