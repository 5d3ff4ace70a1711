//! What the list of an ecomap says: who and what is around the client.

use super::lists::Lists;
use super::making::Making;
use super::reading::{Family, family};
use crate::diagram::ecomap::{Centre, Ecomap, Kind, System, SystemId, SystemKind, codes};
use crate::diagram::{Genogram, check};
use crate::form::{Answer, NodeIx, Operation, Place, Response};
use chrono::NaiveDate;

/// The systems around the middle.
const SYSTEM: &str = "system";

/// An ecomap, and where in the response each system stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The ecomap.
    pub ecomap: Ecomap,
    /// The entry of each system.
    pub systems: Vec<(SystemId, NodeIx)>,
}

/// Reads the ecomap from a group with the control `ecomap`, with ages as of a day; the name stands in the middle. Where a
/// household stands there, the group may hold the lists of a genogram, too.
#[must_use]
pub fn surroundings(response: &Response, group: NodeIx, name: &str, today: NaiveDate) -> Surroundings {
    let lists = Lists { response, group };
    let centre = lists.code(group, "centre").and_then(codes::centre_of).unwrap_or_default();
    // A household is called by nobody's name.
    let name = if centre == Centre::Client { name } else { "" }.to_owned();
    let household = if centre == Centre::Household { household(response, group, today) } else { Genogram::default() };
    let ecomap = Ecomap { centre, name, household, systems: Vec::new() };
    let mut found = Surroundings { ecomap, systems: Vec::new() };
    for entry in lists.entries(SYSTEM) {
        let system = system(&lists, entry);
        found.systems.push((system.id.clone(), entry));
        found.ecomap.systems.push(system);
    }
    found
}

/// Who lives with the client, and what ties them; nobody where that is the client alone, or no family that can be drawn.
fn household(response: &Response, group: NodeIx, today: NaiveDate) -> Genogram {
    let household = family(response, group, today, false).genogram;
    let is_drawn = household.people.len() > 1 && check(&household).is_ok();
    if is_drawn { household } else { Genogram::default() }
}

fn system(lists: &Lists<'_>, entry: NodeIx) -> System {
    let code = |link_id: &str| lists.code(entry, link_id);
    let own = || match lists.answer(entry, "system.kind") {
        Some(Answer::String(words)) => Some(Kind::Own(words.clone())),
        _ => None,
    };
    System {
        id: SystemId(entry.number().to_string().into()),
        name: lists.text(entry, "system.name").unwrap_or_default().to_owned(),
        kind: code("system.kind").and_then(codes::kind_of).map(Kind::Of).or_else(own),
        strength: code("system.strength").and_then(codes::strength_of),
        tension: code("system.tension").and_then(codes::tension_of),
        flow: code("system.flow").and_then(codes::flow_of),
        importance: code("system.importance").and_then(codes::importance_of),
        wish: code("system.wish").and_then(codes::wish_of),
    }
}

/// The operations that add a system of a kind, numbered from `fresh` on, and its place.
#[must_use]
pub fn system_added(
    response: &Response,
    group: NodeIx,
    kind: Option<SystemKind>,
    fresh: u32,
) -> (Vec<Operation>, Place) {
    let nobody = Family::default();
    let mut making = Making::new(Lists { response, group }, &nobody, fresh);
    let within = making.entry(SYSTEM);
    if let Some(kind) = kind {
        making.set_code(&within, "system.kind", codes::kind_code(kind));
    }
    (making.operations, Place { link_id: SYSTEM.to_owned(), within })
}
