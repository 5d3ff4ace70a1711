//! What the lists of a genogram say, as a family.

use super::ages::age;
use super::lists::{CHILD, CLIENT, CLIENT_ID, COUPLE, FEELING, Lists, PERSON, VIOLENCE};
use crate::diagram::{
    ChildTie, Couple, CoupleId, Feeling, FeelingTie, Genogram, Life, Parents, Person, PersonId, Twins, codes,
};
use crate::form::{NodeIx, Response};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A family, and where in the response everything of it stands.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The family.
    pub genogram: Genogram,
    /// The entry of each person; the client's is a group of its own.
    pub people: Vec<(PersonId, NodeIx)>,
    /// The entries of ties, in the order of the lists.
    pub ties: Vec<Tie>,
}

/// A tie, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Its entry.
    pub entry: NodeIx,
    /// What it is.
    pub kind: TieKind,
    /// Whom it ties: partners, the child and its parents, or the two of a feeling.
    pub people: Vec<PersonId>,
}

/// What a tie is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieKind {
    /// A couple.
    Couple(CoupleId),
    /// A child of somebody.
    Child(Parents),
    /// A feeling.
    Feeling(Feeling),
}

impl Family {
    /// The entry of a person.
    #[must_use]
    pub fn entry(&self, id: &PersonId) -> Option<NodeIx> {
        self.people.iter().find(|(own, _)| own == id).map(|(_, entry)| *entry)
    }

    /// The person of an entry.
    #[must_use]
    pub fn at(&self, entry: NodeIx) -> Option<&PersonId> {
        self.people.iter().find(|(_, own)| *own == entry).map(|(id, _)| id)
    }

    /// A person.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.genogram.people.iter().find(|person| person.id == *id)
    }

    /// The ties of a person.
    pub fn ties_of<'a>(&'a self, id: &'a PersonId) -> impl Iterator<Item = &'a Tie> {
        self.ties.iter().filter(move |tie| tie.people.contains(id))
    }
}

/// Reads the family from a group with the control `genogram`, with ages as of a day; violence only where it may be seen.
/// A tie that names nobody who is there is left out.
#[must_use]
pub fn family(response: &Response, group: NodeIx, today: NaiveDate, shows_violence: bool) -> Family {
    let mut reader = Reader {
        lists: Lists { response, group },
        today,
        family: Family::default(),
        people: HashMap::new(),
        couples: HashMap::new(),
    };
    let client = reader.lists.all(CLIENT).first().copied();
    client.into_iter().for_each(|entry| reader.person(entry, CLIENT));
    reader.lists.entries(PERSON).for_each(|entry| reader.person(entry, PERSON));
    reader.lists.entries(COUPLE).for_each(|entry| reader.couple(entry));
    reader.lists.entries(CHILD).for_each(|entry| reader.child(entry));
    reader.lists.entries(FEELING).for_each(|entry| reader.feeling(entry, FEELING));
    if shows_violence {
        reader.lists.entries(VIOLENCE).for_each(|entry| reader.feeling(entry, VIOLENCE));
    }
    // With whom somebody lives is said of the others; that is the client's household too.
    let people = &mut reader.family.genogram.people;
    let shared = people.iter().any(|person| person.in_household);
    people.iter_mut().filter(|person| person.is_index).for_each(|person| person.in_household |= shared);
    reader.family
}

struct Reader<'a> {
    lists: Lists<'a>,
    today: NaiveDate,
    family: Family,
    people: HashMap<&'a str, PersonId>,
    couples: HashMap<&'a str, CoupleId>,
}

impl<'a> Reader<'a> {
    fn person(&mut self, entry: NodeIx, list: &str) {
        let lists = self.lists;
        let said = |part: &str| format!("{list}.{part}");
        let is_index = list == CLIENT;
        let written = lists.text(entry, &said("id")).or(is_index.then_some(CLIENT_ID));
        let new = written.filter(|id| !self.people.contains_key(id));
        let id = PersonId(new.map_or_else(|| unwritten(entry), str::to_owned).into());
        if let Some(written) = new {
            self.people.insert(written, id.clone());
        }
        let birth = lists.date(entry, &said("birth"));
        let death = lists.date(entry, &said("death"));
        let life = lists.code(entry, &said("alive")).and_then(codes::life_of);
        let is_dead = life == Some(Life::Dead);
        self.family.genogram.people.push(Person {
            id: id.clone(),
            name: lists.text(entry, &said("name")).unwrap_or_default().to_owned(),
            sex: lists.code(entry, &said("sex")).and_then(codes::sex_of).unwrap_or_default(),
            is_index,
            birth: birth.cloned(),
            death: death.cloned(),
            // Of somebody who died nobody knows when the age would go on.
            age: age(birth, death, self.today).filter(|_| !is_dead || death.is_some()),
            life: life.unwrap_or_default(),
            in_household: lists.truth(entry, &said("lives_with_client")),
            nudge: lists.number(entry, &said("nudge")),
        });
        self.family.people.push((id, entry));
    }

    fn somebody(&self, entry: NodeIx, link_id: &str) -> Option<PersonId> {
        self.people.get(self.lists.text(entry, link_id)?).cloned()
    }

    fn couple(&mut self, entry: NodeIx) {
        let lists = self.lists;
        let [a, b] = ["couple.a", "couple.b"].map(|link_id| self.somebody(entry, link_id));
        let written = lists.text(entry, "couple.id").filter(|id| !self.couples.contains_key(id));
        let id = CoupleId(written.map_or_else(|| unwritten(entry), str::to_owned).into());
        if a == b {
            return;
        }
        if let Some(written) = written {
            self.couples.insert(written, id.clone());
        }
        let people = a.iter().chain(&b).cloned().collect();
        self.family.ties.push(Tie { entry, kind: TieKind::Couple(id.clone()), people });
        self.family.genogram.couples.push(Couple {
            id,
            a,
            b,
            kind: lists.code(entry, "couple.kind").and_then(codes::couple_of).unwrap_or_default(),
            from: lists.date(entry, "couple.from").cloned(),
            to: lists.date(entry, "couple.to").cloned(),
        });
    }

    fn child(&mut self, entry: NodeIx) {
        let lists = self.lists;
        let Some(child) = self.somebody(entry, "child.child") else { return };
        let couple = lists.text(entry, "child.couple").and_then(|id| self.couples.get(id).cloned());
        let parents = match couple {
            Some(couple) => Parents::Couple(couple),
            None => match self.somebody(entry, "child.parent") {
                Some(parent) => Parents::One(parent),
                None => return,
            },
        };
        let mut people = vec![child.clone()];
        people.extend(parents_of(&self.family.genogram, &parents));
        self.family.ties.push(Tie { entry, kind: TieKind::Child(parents.clone()), people });
        let twins = lists.text(entry, "child.twins");
        // Who has no date of birth stands in the order of the list.
        let order = u32::try_from(self.family.genogram.children.len()).ok();
        self.family.genogram.children.push(ChildTie {
            child,
            parents,
            order,
            kind: lists.code(entry, "child.kind").and_then(codes::child_of).unwrap_or_default(),
            twins: twins.map(|group| Twins { group: group.into(), identical: lists.truth(entry, "child.identical") }),
        });
    }

    fn feeling(&mut self, entry: NodeIx, list: &str) {
        let [a, b] = ["a", "b"].map(|end| self.somebody(entry, &format!("{list}.{end}")));
        let Some((a, b)) = a.zip(b).filter(|(a, b)| a != b) else { return };
        let quality = if list == VIOLENCE {
            Feeling::Violent
        } else {
            self.lists.code(entry, "feeling.quality").and_then(codes::feeling_of).unwrap_or_default()
        };
        let people = vec![a.clone(), b.clone()];
        self.family.ties.push(Tie { entry, kind: TieKind::Feeling(quality), people });
        self.family.genogram.feelings.push(FeelingTie { a, b, quality });
    }
}

/// What somebody is called who has no identifier, as one written in the plain list, or one that another has too.
fn unwritten(entry: NodeIx) -> String {
    format!("@{}", entry.number())
}

/// The parents that a tie names.
pub(super) fn parents_of(genogram: &Genogram, parents: &Parents) -> Vec<PersonId> {
    match parents {
        Parents::One(parent) => vec![parent.clone()],
        Parents::Couple(id) => {
            let couple = genogram.couples.iter().find(|couple| couple.id == *id);
            couple.into_iter().flat_map(|couple| couple.a.iter().chain(&couple.b)).cloned().collect()
        }
    }
}
