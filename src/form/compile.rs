//! One item of a form, compiled from its JSON.

use super::answer::{Answer, Coding, coding_of};
use super::answer_option::AnswerOption;
use super::audience::{Audience, Picture};
use super::basis::Basis;
use super::bounds::Bounds;
use super::control::{Control, DisplayCategory, Guidance, Orientation};
use super::element::{
    Element, extension, extension_code, extension_concept_codes, extension_flag, extensions, objects, string,
};
use super::enable_when::EnableWhen;
use super::expressions::Expressions;
use super::extension as url;
use super::item::{Item, ItemIx, Kind, Sensitivity};
use super::load::{LoadRefusal, extended, list, unreadable, unsupported};
use super::other_versions;
use super::rules::Rules;
use super::text::Text;
use super::value_set::ValueSets;
use crate::json::Value;
use std::sync::Arc;

/// A display item that says something about the question it stands under.
pub enum Beside {
    Guidance(Guidance, Text),
    Unit(Text),
    End(usize, Text),
}

/// Reads a display item by its control: help, the unit behind the field, or what an end of a slider means.
pub fn beside(element: &Element) -> Option<Beside> {
    if string(element, "type") != Some("display") {
        return None;
    }
    let control = extension_concept_codes(element, url::ITEM_CONTROL)
        .find(|code| matches!(*code, "help" | "flyover" | "unit" | "lower" | "upper"))?;
    let text = Text::read(element, "text")?;
    Some(match control {
        "unit" => Beside::Unit(text),
        "lower" => Beside::End(0, text),
        "upper" => Beside::End(1, text),
        _ => Beside::Guidance(purpose(element), text),
    })
}

fn purpose(element: &Element) -> Guidance {
    match extension_code(element, url::GUIDANCE) {
        Some("how-to-ask") => Guidance::HowToAsk,
        Some("why-asked") => Guidance::WhyAsked,
        _ => Guidance::Help,
    }
}

impl Beside {
    /// Puts it where the question shows it.
    pub fn add_to(self, item: &mut Item) {
        match self {
            Self::Guidance(purpose, text) => item.guidance.push((purpose, text)),
            Self::End(end, text) => item.ends[end] = Some(text),
            Self::Unit(text) => {
                let display = Some(text.in_language("").to_owned());
                item.unit.get_or_insert_with(|| Coding { display, ..Coding::default() });
            }
        }
    }
}

/// Compiles one item; its children and conditions are read by the caller.
pub fn compile<'a>(
    value_sets: &mut ValueSets<'a>,
    expressions: &mut Expressions,
    link_id: &str,
    element: &'a Element,
    parent: Option<ItemIx>,
    above: Option<&Item>,
    exclusions: &mut Vec<LoadRefusal>,
) -> Result<Item, LoadRefusal> {
    let code = string(element, "type")
        .ok_or_else(|| LoadRefusal::Incomplete { link_id: link_id.to_owned(), field: "type" })?;
    let kind = Kind::from_code(code)
        .ok_or_else(|| LoadRefusal::UnsupportedType { link_id: link_id.to_owned(), kind: code.to_owned() })?;
    let flag = |field| truth(link_id, element, field);
    let repeats = flag("repeats")? && kind != Kind::Display;
    // Only the entries of a list can stand in an order.
    let ranks = kind == Kind::Integer && !repeats && above.is_some_and(Item::is_repeating_group);
    let control = extension_concept_codes(element, url::ITEM_CONTROL).find_map(Control::from_code);
    let control = control.filter(|control| ranks || *control != Control::Rank);
    let options = options(value_sets, link_id, element, exclusions)?;
    let nested = objects(element, "item").any(|child| beside(child).is_none());
    let is_check_boxes = !nested && !options.is_empty() && control != Some(Control::Autocomplete);
    let units = units(value_sets, link_id, element, exclusions)?;
    other_versions::note(link_id, element, exclusions);
    let rules = Rules::read(link_id, element, expressions, exclusions);
    // What is reckoned comes all at once, and nobody adds to it one by one.
    let is_reckoned = kind.is_question() && !nested && rules.calculated.is_some();
    let initial = initial(link_id, element, kind, repeats, &options)?;
    Ok(Item {
        link_id: link_id.to_owned(),
        kind,
        text: Text::read(element, "text").unwrap_or_default(),
        short_text: extension(element, url::SHORT_TEXT).and_then(|short| Text::read(short, "valueString")),
        prefix: string(element, "prefix").map(str::to_owned),
        required: flag("required")?,
        repeats,
        is_list: repeats && !is_check_boxes && !is_reckoned,
        read_only: flag("readOnly")? || kind == Kind::Reference,
        hidden: extension_flag(element, url::HIDDEN),
        parent,
        children: Vec::new(),
        options,
        control,
        orientation: orientation(element),
        unit: unit(element).or_else(|| units.first().cloned()),
        units,
        slider_step: extended(link_id, element, url::SLIDER_STEP, number_of)?,
        ends: [None, None],
        entry_format: extension(element, url::ENTRY_FORMAT).and_then(|format| Text::read(format, "valueString")),
        display_category: extension_concept_codes(element, url::DISPLAY_CATEGORY).find_map(DisplayCategory::from_code),
        signature_required: extension(element, url::SIGNATURE_REQUIRED).is_some(),
        bounds: Bounds::read(link_id, element, exclusions)?,
        initial,
        guidance: Vec::new(),
        sensitivity: extended(link_id, element, url::SENSITIVITY, |mark| Sensitivity::from_code(code_of(mark)?))?
            .max(above.and_then(|item| item.sensitivity)),
        basis: extended(link_id, element, url::ANSWER_BASIS, |basis| Basis::from_code(code_of(basis)?))?
            .or_else(|| above.map(|item| item.basis))
            .unwrap_or_default(),
        partial_date: extension_flag(element, url::PARTIAL_DATE),
        audience: extended(link_id, element, url::AUDIENCE, |mark| Audience::from_code(code_of(mark)?))?,
        picture: extended(link_id, element, url::PICTURE, |mark| Picture::from_code(code_of(mark)?))?,
        client_text: extension(element, url::CLIENT_TEXT).and_then(|sentence| Text::read(sentence, "valueString")),
        binds_content: extension_flag(element, url::BINDS_CONTENT),
        codes: objects(element, "code").filter_map(coding_of).collect(),
        names: names(element, kind),
        enable_when: EnableWhen::default(),
        rules: Some(rules).filter(|rules| !rules.is_empty()).map(Box::new),
        repeating: above.map_or_else(Vec::new, |item| item.repeating.clone()),
        position: 0,
        places: 1,
    })
}

/// A flag; absent means false, as FHIR defines for every flag of an item, and anything but a boolean refuses the form.
fn truth(link_id: &str, element: &Element, field: &'static str) -> Result<bool, LoadRefusal> {
    let flag = element.optional(field, Value::as_bool).ok_or_else(|| unreadable(link_id, field))?;
    Ok(flag.unwrap_or(false))
}

fn options<'a>(
    value_sets: &mut ValueSets<'a>,
    link_id: &str,
    element: &'a Element,
    exclusions: &mut Vec<LoadRefusal>,
) -> Result<Arc<[AnswerOption]>, LoadRefusal> {
    let options = list(link_id, element, "answerOption")?.iter();
    let options = options.map(|option| option.as_object().and_then(AnswerOption::read)).collect::<Option<_>>();
    let options: Arc<[AnswerOption]> = options.ok_or_else(|| unreadable(link_id, "answerOption"))?;
    let Some(reference) = element.get("answerValueSet") else { return Ok(options) };
    let reference = reference.as_str().ok_or_else(|| unreadable(link_id, "answerValueSet"))?;
    Ok(value_sets.options(reference).unwrap_or_else(|| {
        exclusions.push(unsupported(link_id, &format!("answerValueSet {reference}")));
        options
    }))
}

/// The initial values, and the options that are chosen from the start.
fn initial(
    link_id: &str,
    element: &Element,
    kind: Kind,
    repeats: bool,
    options: &[AnswerOption],
) -> Result<Vec<Answer>, LoadRefusal> {
    let unreadable = || unreadable(link_id, "initial");
    let read = |initial: &Value| match (kind, Answer::from_fhir(initial.as_object()?, "value")?) {
        // A whole number is a decimal one as well.
        (Kind::Decimal, Answer::Integer(number)) => Some(Answer::Decimal(i64::from(number).into())),
        (_, answer) => Some(answer).filter(|answer| kind.takes(answer)),
    };
    let values = list(link_id, element, "initial")?.iter();
    let mut values = values.map(|initial| read(initial).ok_or_else(unreadable)).collect::<Result<Vec<_>, _>>()?;
    values.extend(options.iter().filter(|option| option.initially_selected).map(|option| option.answer.clone()));
    // FHIR R4, constraint que-13.
    if values.len() > 1 && !repeats { Err(unreadable()) } else { Ok(values) }
}

/// What a text names entries by.
fn names(element: &Element, kind: Kind) -> Vec<String> {
    let names = extensions(element, url::NAMES_ENTRY).filter(|_| kind == Kind::String);
    names.filter_map(|name| string(name, "valueString")).map(str::to_owned).collect()
}

fn orientation(element: &Element) -> Option<Orientation> {
    extension_code(element, url::CHOICE_ORIENTATION).map(|code| match code {
        "horizontal" => Orientation::Horizontal,
        _ => Orientation::Vertical,
    })
}

fn unit(element: &Element) -> Option<Coding> {
    extension(element, url::UNIT)?.get("valueCoding")?.as_object().and_then(coding_of)
}

/// The units to choose between: those that stand at the item, and those of a value set.
fn units<'a>(
    value_sets: &mut ValueSets<'a>,
    link_id: &str,
    element: &'a Element,
    exclusions: &mut Vec<LoadRefusal>,
) -> Result<Vec<Coding>, LoadRefusal> {
    let units = extensions(element, url::UNIT_OPTION)
        .map(|option| option.get("valueCoding")?.as_object().and_then(coding_of))
        .map(|unit| unit.ok_or_else(|| unreadable(link_id, "questionnaire-unitOption")));
    let mut units = units.collect::<Result<Vec<_>, _>>()?;
    let reference = |set| string(set, "valueCanonical").or_else(|| string(set, "valueUri"));
    let Some(reference) = extended(link_id, element, url::UNIT_VALUE_SET, reference)? else { return Ok(units) };
    match value_sets.options(reference) {
        Some(options) => units.extend(options.iter().filter_map(|option| match &option.answer {
            Answer::Coding(unit) => Some(unit.clone()),
            _ => None,
        })),
        None => exclusions.push(unsupported(link_id, &format!("unitValueSet {reference}"))),
    }
    Ok(units)
}

fn number_of(extension: &Element) -> Option<crate::json::Number> {
    extension.get("valueInteger").or_else(|| extension.get("valueDecimal"))?.as_number().cloned()
}

fn code_of(extension: &Element) -> Option<&str> {
    string(extension, "valueCode")
}
