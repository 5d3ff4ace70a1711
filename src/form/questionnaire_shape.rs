//! Members of a Questionnaire that FHIR R4 does not know. They are kept and ignored, as everything unknown is; where one is
//! only misspelt, a form runs without what it was to say, so its author is told.

use super::element::{Element, objects, string};
use super::response_shape::is_one_of;

const FORM: &str = "resourceType id meta implicitRules language text contained extension modifierExtension url identifier \
                    version name title derivedFrom status experimental subjectType date publisher contact description \
                    useContext jurisdiction purpose copyright approvalDate lastReviewDate effectivePeriod code item";
const ITEM: &str = "id extension modifierExtension linkId definition code prefix text type enableWhen enableBehavior \
                    required repeats readOnly maxLength answerValueSet answerOption initial item";
const CONDITION: &str = "id extension modifierExtension question operator answerBoolean answerDecimal answerInteger \
                         answerDate answerDateTime answerTime answerString answerCoding answerQuantity answerReference";
const OPTION: &str = "id extension modifierExtension valueInteger valueDate valueTime valueString valueCoding \
                      valueReference initialSelected";
const INITIAL: &str = "id extension modifierExtension valueBoolean valueDecimal valueInteger valueDate valueDateTime \
                       valueTime valueString valueUri valueAttachment valueCoding valueQuantity valueReference";

/// The members that FHIR R4 does not know, each with the linkId of its item, which is empty for the form itself.
#[must_use]
pub fn unknown_members(form: &Element) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    note("", form, FORM, &mut found);
    let mut open: Vec<&Element> = objects(form, "item").collect();
    open.reverse();
    while let Some(item) = open.pop() {
        let link_id = string(item, "linkId").unwrap_or_default();
        note(link_id, item, ITEM, &mut found);
        for (list, known) in [("enableWhen", CONDITION), ("answerOption", OPTION), ("initial", INITIAL)] {
            objects(item, list).for_each(|element| note(link_id, element, known, &mut found));
        }
        let below = open.len();
        open.extend(objects(item, "item"));
        open[below..].reverse();
    }
    found
}

fn note<'f>(link_id: &'f str, element: &'f Element, known: &str, found: &mut Vec<(&'f str, &'f str)>) {
    let names = element.iter().map(|(name, _)| name);
    let strange = names.filter(|name| !is_one_of(name.strip_prefix('_').unwrap_or(name), known));
    found.extend(strange.map(|name| (link_id, name)));
}
