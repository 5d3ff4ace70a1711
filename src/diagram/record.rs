//! A genogram as JSON, and back. `docs/genogram.md` describes the members.

use super::codes::{
    child_code, child_of, couple_code, couple_of, feeling_code, feeling_of, life_code, life_of, sex_code, sex_of,
};
use super::genogram::{ChildTie, Couple, CoupleId, FeelingTie, Genogram, Parents, Person, PersonId, Twins};
use crate::domain::PartialDate;
use crate::json::{Object, Value, array};
use std::sync::Arc;

/// What of a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{list}, number {number}: “{member}” cannot be read")]
pub struct RecordRefusal {
    /// The list.
    pub list: &'static str,
    /// Which of it, counted from 1; 0 for the list itself.
    pub number: usize,
    /// The member of it.
    pub member: &'static str,
}

impl Genogram {
    /// The record: `people`, `couples`, `children`, `feelings`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut record = Object::default();
        record.set("people", array(self.people.iter().map(person_record)));
        record.set("couples", array(self.couples.iter().map(couple_record)));
        record.set("children", array(self.children.iter().map(child_record)));
        record.set("feelings", array(self.feelings.iter().map(feeling_record)));
        record.into()
    }

    /// Reads the record. Lists that are absent are empty; members that are absent are unknown.
    ///
    /// # Errors
    /// Names the first member that cannot be read.
    pub fn from_json(value: &Value) -> Result<Self, RecordRefusal> {
        Ok(Self {
            people: list(value, "people", person)?,
            couples: list(value, "couples", couple)?,
            children: list(value, "children", child)?,
            feelings: list(value, "feelings", feeling)?,
        })
    }
}

fn list<T>(
    value: &Value,
    list: &'static str,
    read: impl Fn(&Object) -> Result<T, &'static str>,
) -> Result<Vec<T>, RecordRefusal> {
    let refusal = |number: usize, member: &'static str| RecordRefusal { list, number, member };
    let object = value.as_object().ok_or(refusal(0, list))?;
    let Some(entries) = object.get(list) else { return Ok(Vec::new()) };
    let entries = entries.as_array().ok_or(refusal(0, list))?;
    let entry = |(number, entry): (usize, &Value)| {
        let object = entry.as_object().ok_or(refusal(number, list))?;
        read(object).map_err(|member| refusal(number, member))
    };
    (1..).zip(entries).map(entry).collect()
}

/// A member that may be absent.
fn optional<T>(
    object: &Object,
    name: &'static str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Option<T>, &'static str> {
    object.optional(name, read).ok_or(name)
}

/// A code that may be absent.
fn code<T: Default>(
    object: &Object,
    name: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, &'static str> {
    Ok(optional(object, name, |value| read(value.as_str()?))?.unwrap_or_default())
}

fn id(object: &Object, name: &'static str) -> Result<Arc<str>, &'static str> {
    object.text(name).map(Arc::from).ok_or(name)
}

fn optional_id(object: &Object, name: &'static str) -> Result<Option<Arc<str>>, &'static str> {
    optional(object, name, |value| value.as_str().map(Arc::from))
}

fn flag(object: &Object, name: &'static str) -> Result<bool, &'static str> {
    Ok(optional(object, name, Value::as_bool)?.unwrap_or_default())
}

fn person(object: &Object) -> Result<Person, &'static str> {
    Ok(Person {
        id: PersonId(id(object, "id")?),
        name: optional(object, "name", |name| name.as_str().map(str::to_owned))?.unwrap_or_default(),
        sex: code(object, "sex", sex_of)?,
        is_index: flag(object, "isIndex")?,
        birth: optional(object, "birth", PartialDate::from_json)?,
        death: optional(object, "death", PartialDate::from_json)?,
        age: optional(object, "age", |age| age.as_u64()?.try_into().ok())?,
        life: code(object, "life", life_of)?,
        in_household: flag(object, "inHousehold")?,
        nudge: optional(object, "nudge", |steps| steps.as_i64()?.try_into().ok())?.unwrap_or_default(),
    })
}

fn person_record(person: &Person) -> Value {
    let mut record = Object::default();
    record.set("id", &*person.id.0);
    record.set("name", &*person.name);
    record.set("sex", sex_code(person.sex));
    record.set_some("isIndex", person.is_index.then_some(true));
    record.set_some("birth", person.birth.as_ref().map(PartialDate::to_json));
    record.set_some("death", person.death.as_ref().map(PartialDate::to_json));
    record.set_some("age", person.age.map(u32::from));
    record.set("life", life_code(person.life));
    record.set_some("inHousehold", person.in_household.then_some(true));
    record.set_some("nudge", (person.nudge != 0).then_some(i64::from(person.nudge)));
    record.into()
}

fn couple(object: &Object) -> Result<Couple, &'static str> {
    Ok(Couple {
        id: CoupleId(id(object, "id")?),
        a: optional_id(object, "a")?.map(PersonId),
        b: optional_id(object, "b")?.map(PersonId),
        kind: code(object, "kind", couple_of)?,
        from: optional(object, "from", PartialDate::from_json)?,
        to: optional(object, "to", PartialDate::from_json)?,
    })
}

fn couple_record(couple: &Couple) -> Value {
    let mut record = Object::default();
    record.set("id", &*couple.id.0);
    record.set_some("a", couple.a.as_ref().map(|id| &*id.0));
    record.set_some("b", couple.b.as_ref().map(|id| &*id.0));
    record.set("kind", couple_code(couple.kind));
    record.set_some("from", couple.from.as_ref().map(PartialDate::to_json));
    record.set_some("to", couple.to.as_ref().map(PartialDate::to_json));
    record.into()
}

fn child(object: &Object) -> Result<ChildTie, &'static str> {
    let parents = match (optional_id(object, "couple")?, optional_id(object, "parent")?) {
        (Some(couple), None) => Parents::Couple(CoupleId(couple)),
        (None, Some(parent)) => Parents::One(PersonId(parent)),
        _ => return Err("couple"),
    };
    let twins = optional(object, "twins", |value| value.as_str().map(Arc::from))?;
    let identical = flag(object, "identical")?;
    Ok(ChildTie {
        child: PersonId(id(object, "child")?),
        parents,
        kind: code(object, "kind", child_of)?,
        order: optional(object, "order", |order| order.as_u64()?.try_into().ok())?,
        twins: twins.map(|group| Twins { group, identical }),
    })
}

fn child_record(tie: &ChildTie) -> Value {
    let mut record = Object::default();
    record.set("child", &*tie.child.0);
    match &tie.parents {
        Parents::Couple(couple) => record.set("couple", &*couple.0),
        Parents::One(parent) => record.set("parent", &*parent.0),
    }
    record.set("kind", child_code(tie.kind));
    record.set_some("order", tie.order);
    if let Some(twins) = &tie.twins {
        record.set("twins", &*twins.group);
        record.set("identical", twins.identical);
    }
    record.into()
}

fn feeling(object: &Object) -> Result<FeelingTie, &'static str> {
    Ok(FeelingTie {
        a: PersonId(id(object, "a")?),
        b: PersonId(id(object, "b")?),
        quality: code(object, "quality", feeling_of)?,
    })
}

fn feeling_record(tie: &FeelingTie) -> Value {
    let mut record = Object::default();
    record.set("a", &*tie.a.0);
    record.set("b", &*tie.b.0);
    record.set("quality", feeling_code(tie.quality));
    record.into()
}
