//! An ecomap as JSON, and back. `docs/ecomap.md` describes the members.

use super::codes::{
    centre_code, centre_of, flow_code, flow_of, importance_code, importance_of, kind_code, kind_of, strength_code,
    strength_of, tension_code, tension_of, wish_code, wish_of,
};
use super::model::{Ecomap, Kind, System, SystemId};
use crate::diagram::{Genogram, RecordRefusal};
use crate::json::{Object, Value, array};
use std::sync::Arc;

/// What of a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EcomapRecordRefusal {
    /// It is no object, or a member of it cannot be read.
    #[error("“{0}” cannot be read")]
    Member(&'static str),
    /// A system, counted from 1, is none.
    #[error("system number {0}: “{1}” cannot be read")]
    System(usize, &'static str),
    /// The household is no genogram.
    #[error("household: {0}")]
    Household(#[from] RecordRefusal),
}

impl Ecomap {
    /// The record: `centre`, `name`, `household`, `systems`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut record = Object::default();
        record.set("centre", centre_code(self.centre));
        record.set("name", &*self.name);
        record.set_some("household", (!self.household.people.is_empty()).then(|| self.household.to_json()));
        record.set("systems", array(self.systems.iter().map(system_record)));
        record.into()
    }

    /// Reads the record. What is absent is unknown; an absent list is empty.
    ///
    /// # Errors
    /// Names the first member that cannot be read.
    pub fn from_json(value: &Value) -> Result<Self, EcomapRecordRefusal> {
        let object = value.as_object().ok_or(EcomapRecordRefusal::Member("systems"))?;
        let member = EcomapRecordRefusal::Member;
        let systems = match object.get("systems") {
            Some(systems) => systems.as_array().ok_or(member("systems"))?,
            None => &[],
        };
        let read = |(number, value): (usize, &Value)| {
            let refusal = |member: &'static str| EcomapRecordRefusal::System(number, member);
            system(value.as_object().ok_or(refusal("id"))?).map_err(refusal)
        };
        Ok(Self {
            centre: code(object, "centre", centre_of).map_err(member)?.unwrap_or_default(),
            name: text(object, "name").map_err(member)?,
            household: object.get("household").map_or_else(|| Ok(Genogram::default()), Genogram::from_json)?,
            systems: (1..).zip(systems).map(read).collect::<Result<_, _>>()?,
        })
    }
}

fn code<T>(
    object: &Object,
    name: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, &'static str> {
    object.optional(name, |value| read(value.as_str()?)).ok_or(name)
}

fn text(object: &Object, name: &'static str) -> Result<String, &'static str> {
    Ok(object.optional_text(name).ok_or(name)?.unwrap_or_default())
}

fn system(object: &Object) -> Result<System, &'static str> {
    let kind = |words: &str| Some(kind_of(words).map_or_else(|| Kind::Own(words.to_owned()), Kind::Of));
    Ok(System {
        id: SystemId(object.text("id").map(Arc::from).ok_or("id")?),
        name: text(object, "name")?,
        kind: code(object, "kind", kind)?,
        strength: code(object, "strength", strength_of)?,
        tension: code(object, "tension", tension_of)?,
        flow: code(object, "flow", flow_of)?,
        importance: code(object, "importance", importance_of)?,
        wish: code(object, "wish", wish_of)?,
    })
}

fn system_record(system: &System) -> Value {
    let mut record = Object::default();
    record.set("id", &*system.id.0);
    record.set("name", &*system.name);
    record.set_some("kind", system.kind.as_ref().map(Kind::text));
    record.set_some("strength", system.strength.map(strength_code));
    record.set_some("tension", system.tension.map(tension_code));
    record.set_some("flow", system.flow.map(flow_code));
    record.set_some("importance", system.importance.map(importance_code));
    record.set_some("wish", system.wish.map(wish_code));
    record.into()
}

impl Kind {
    /// The code, or the words of its own.
    pub(in crate::diagram) fn text(&self) -> &str {
        match self {
            Self::Of(kind) => kind_code(*kind),
            Self::Own(words) => words,
        }
    }
}
