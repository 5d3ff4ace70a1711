//! Members by which other versions of FHIR say what R4 says otherwise. A form that has one is not read as R4 with half of
//! what it means: its questions would have no options, or it would have no items at all.

use super::element::Element;
use super::load::{LoadRefusal, unsupported};

/// Members of a Questionnaire and of its items, with the version that knows them.
const MEMBERS: [(&str, &str); 4] =
    [("group", "DSTU2"), ("option", "STU3"), ("options", "STU3"), ("answerConstraint", "R5")];

/// Notes what an element says in the words of another version.
pub fn note(link_id: &str, element: &Element, exclusions: &mut Vec<LoadRefusal>) {
    let foreign = MEMBERS.iter().filter(|(member, _)| element.get(member).is_some());
    exclusions.extend(foreign.map(|(member, version)| unsupported(link_id, &format!("{member} of FHIR {version}"))));
}
