//! People of a drawing in words: for those who hear it, and where there is no room for a picture.

use super::words::{self, Said, filled, said, term};
use crate::app::family::Family;
use crate::diagram::kin::{self, Kin, kinship};
use crate::diagram::{Genogram, Life, Person, PersonId, Sex};
use crate::ui::dispatch::Ui;
use crate::ui::i18n::format;
use std::collections::HashMap;

/// A family, and what each of it is to the client.
pub struct Told {
    /// The family.
    pub family: Family,
    kinship: HashMap<PersonId, Kin>,
}

impl Told {
    /// Finds out what everybody is to the client.
    pub fn of(family: Family) -> Self {
        let index = family.genogram.people.iter().find(|person| person.is_index).map(|person| &person.id);
        let kinship = index.map(|index| kinship(&family.genogram, index)).unwrap_or_default();
        Self { family, kinship }
    }

    /// What somebody is called: by name, or else by what they are to the client.
    pub fn name(&self, ui: Ui, id: &PersonId) -> String {
        let Some(person) = self.family.person(id) else { return said(ui, Said::NobodyKnown).to_owned() };
        if !person.name.is_empty() {
            return person.name.clone();
        }
        match self.kin(id) {
            Some(own) if own != Kin::Other => {
                let word = words::kin(ui, own, person.sex);
                format!("{} ({word})", said(ui, Said::Unnamed))
            }
            _ => said(ui, Said::Unnamed).to_owned(),
        }
    }

    /// The names of several, or that nobody is known.
    pub fn names<'a>(&self, ui: Ui, ids: impl Iterator<Item = &'a PersonId>) -> String {
        let names: Vec<String> = ids.map(|id| self.name(ui, id)).collect();
        match &names[..] {
            [] => said(ui, Said::NobodyKnown).to_owned(),
            [one] => one.clone(),
            [one, two] => filled(ui, Said::And, &[one, two]),
            more => more.join(", "),
        }
    }

    /// What somebody is to the client.
    pub fn kin(&self, id: &PersonId) -> Option<Kin> {
        self.kinship.get(id).copied()
    }

    /// What somebody is to the client, in a word.
    pub fn kin_words(&self, ui: Ui, person: &Person) -> Option<&'static str> {
        if person.is_index {
            return Some(said(ui, Said::Client));
        }
        self.kin(&person.id).filter(|own| *own != Kin::Other).map(|own| words::kin(ui, own, person.sex))
    }

    /// Somebody in one line: name, kinship, sex, birth and death.
    pub fn line(&self, ui: Ui, id: &PersonId) -> String {
        let Some(person) = self.family.person(id) else { return String::new() };
        let mut parts =
            vec![if person.name.is_empty() { said(ui, Said::Unnamed).to_owned() } else { person.name.clone() }];
        parts.extend(self.kin_words(ui, person).map(str::to_owned));
        // Some words for kin say the sex themselves.
        let is_told = matches!(person.sex, Sex::Male | Sex::Female)
            && matches!(
                self.kin(id),
                Some(Kin::Parent | Kin::Grandparent | Kin::Child | Kin::Sibling | Kin::ParentSibling)
            );
        if !is_told {
            parts.push(term(ui, person.sex).to_lowercase());
        }
        parts.extend(person.birth.as_ref().map(|birth| filled(ui, Said::Born, &[&format::partial_date(ui, birth)])));
        parts.extend(person.age.map(|age| filled(ui, Said::Aged, &[&age.to_string()])));
        if person.life == Life::Dead {
            let day = person.death.as_ref().map(|death| format!(" {}", format::partial_date(ui, death)));
            parts.push(format!("{}{}", said(ui, Said::HasDied), day.unwrap_or_default()));
        }
        parts.join(", ")
    }
}

/// Parents, their parents, and the client's own generation.
pub fn covers_three(genogram: &Genogram) -> bool {
    let Some(index) = genogram.people.iter().find(|person| person.is_index) else { return false };
    let generations = kin::generation_of(genogram, &index.id);
    let has = |generation: i32| generations.values().any(|own| *own == generation);
    // The client's own, and two more that hang together with it.
    [[-2, -1], [-1, 1], [1, 2]].iter().any(|two| two.iter().all(|generation| has(*generation)))
}

/// The family in one sentence.
pub fn summary(ui: Ui, genogram: &Genogram) -> String {
    let index = genogram.people.iter().find(|person| person.is_index);
    let generations = index.map(|index| kin::generation_of(genogram, &index.id)).unwrap_or_default();
    let mut depths: Vec<i32> = generations.into_values().collect();
    depths.sort_unstable();
    depths.dedup();
    let numbers = [genogram.people.len(), genogram.couples.len(), depths.len().max(1)].map(|number| number.to_string());
    filled(ui, Said::SummaryOf, &[&numbers[0], &numbers[1], &numbers[2]])
}
