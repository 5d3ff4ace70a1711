//! New entries in the lists of a genogram, as operations.

use super::lists::{CHILD, COUPLE, FEELING, Lists, PERSON, VIOLENCE};
use super::reading::{Family, TieKind};
use crate::diagram::{ChildKind, CoupleId, CoupleKind, FURTHEST, Feeling, Parents, PersonId, Sex, Twins, codes};
use crate::domain::PartialDate;
use crate::form::{Answer, Content, NodeIx, Operation, Place};

/// Operations being made.
pub(super) struct Making<'a> {
    /// The lists as they are.
    pub lists: Lists<'a>,
    /// The family that they say.
    pub family: &'a Family,
    /// The number of the next new entry.
    pub fresh: u32,
    /// First entries that nobody began and that are begun now.
    taken: Vec<NodeIx>,
    /// Identifiers given to people who had none.
    given: Vec<(PersonId, PersonId)>,
    /// What was made so far.
    pub operations: Vec<Operation>,
}

impl<'a> Making<'a> {
    /// Nothing yet; new entries are numbered from `fresh` on.
    pub fn new(lists: Lists<'a>, family: &'a Family, fresh: u32) -> Self {
        Self { lists, family, fresh, taken: Vec::new(), given: Vec::new(), operations: Vec::new() }
    }

    fn number(&mut self) -> u32 {
        let number = self.fresh.max(1);
        self.fresh = number.wrapping_add(1);
        number
    }

    /// A new entry of a list, or the one that it begins with while nobody began it; by the lists around it.
    pub fn entry(&mut self, list: &str) -> Vec<u32> {
        let response = self.lists.response;
        let free = |entry: &&NodeIx| response.is_unbegun_entry(**entry) && !self.taken.contains(entry);
        if let Some(&free) = self.lists.all(list).iter().find(free) {
            self.taken.push(free);
            return response.place(free).within;
        }
        let mut within = response.place(self.lists.group).within;
        within.push(self.number());
        self.operations.push(Operation::Add { at: Place { link_id: list.to_owned(), within: within.clone() } });
        within
    }

    /// Puts an answer at a question of an entry, or nothing.
    pub fn set(&mut self, within: &[u32], link_id: &str, answer: Option<Answer>) {
        let at = Place { link_id: link_id.to_owned(), within: within.to_vec() };
        let content = Content { answers: answer.into_iter().collect(), ..Content::default() };
        self.operations.push(Operation::Set { at, content });
    }

    /// Puts a text there.
    pub fn set_text(&mut self, within: &[u32], link_id: &str, text: &str) {
        self.set(within, link_id, Some(Answer::String(text.to_owned())));
    }

    /// The option with this code, if the form offers it.
    pub fn set_code(&mut self, within: &[u32], link_id: &str, code: &str) {
        let item = self.lists.item(link_id).map(|item| self.lists.response.questionnaire().item(item));
        let options = item.into_iter().flat_map(|item| item.options.iter());
        let mut answers = options.map(|option| &option.answer);
        let chosen = answers.find(|answer| matches!(answer, Answer::Coding(coding) if coding.code == code)).cloned();
        if chosen.is_some() {
            self.set(within, link_id, chosen);
        }
    }

    /// The identifier of a person, written now if there is none.
    pub fn written(&mut self, id: &PersonId) -> PersonId {
        if let Some((_, given)) = self.given.iter().find(|(own, _)| own == id) {
            return given.clone();
        }
        let Some(entry) = self.family.entry(id) else { return id.clone() };
        let has_own = self.lists.text(entry, "person.id") == Some(&*id.0);
        if has_own || self.lists.response.item(entry).link_id != PERSON {
            return id.clone();
        }
        let new = PersonId(format!("p{:08x}", self.number()).into());
        let within = self.lists.response.place(entry).within;
        self.set_text(&within, "person.id", &new.0);
        self.given.push((id.clone(), new.clone()));
        new
    }

    /// The identifier of a couple, written now if there is none, as where it was entered in the plain list.
    fn written_couple(&mut self, id: &CoupleId) -> CoupleId {
        let tie = self.family.ties.iter().find(|tie| tie.kind == TieKind::Couple(id.clone()));
        let Some(entry) = tie.map(|tie| tie.entry) else { return id.clone() };
        if self.lists.text(entry, "couple.id") == Some(&*id.0) {
            return id.clone();
        }
        let new = CoupleId(format!("c{:08x}", self.number()).into());
        let within = self.lists.response.place(entry).within;
        self.set_text(&within, "couple.id", &new.0);
        new
    }

    /// Somebody new, and their entry.
    pub fn person(&mut self, sex: Sex) -> (PersonId, Place) {
        let within = self.entry(PERSON);
        let id = PersonId(format!("p{:08x}", self.number()).into());
        self.set_text(&within, "person.id", &id.0);
        if sex != Sex::Unknown {
            self.set_code(&within, "person.sex", codes::sex_code(sex));
        }
        (id, Place { link_id: PERSON.to_owned(), within })
    }

    /// Two people as a couple.
    pub fn couple(&mut self, a: &PersonId, b: &PersonId, kind: CoupleKind) -> CoupleId {
        self.couple_of(Some(a), Some(b), kind).0
    }

    /// A couple of which one may not be known, and the lists around its entry.
    pub fn couple_of(&mut self, a: Option<&PersonId>, b: Option<&PersonId>, kind: CoupleKind) -> (CoupleId, Vec<u32>) {
        let [a, b] = [a, b].map(|own| own.map(|own| self.written(own)));
        let within = self.entry(COUPLE);
        let id = CoupleId(format!("c{:08x}", self.number()).into());
        self.set_text(&within, "couple.id", &id.0);
        for (link_id, own) in [("couple.a", a), ("couple.b", b)] {
            if let Some(own) = own {
                self.set_text(&within, link_id, &own.0);
            }
        }
        self.set_code(&within, "couple.kind", codes::couple_code(kind));
        (id, within)
    }

    /// A date at a question of an entry, where one is known.
    pub fn set_date(&mut self, within: &[u32], link_id: &str, date: Option<&PartialDate>) {
        if let Some(date) = date {
            self.set(within, link_id, Some(Answer::Date(date.clone())));
        }
    }

    /// A child of somebody.
    pub fn child(&mut self, child: &PersonId, parents: &Parents, kind: ChildKind, twins: Option<&Twins>) {
        let child = self.written(child);
        let within = self.entry(CHILD);
        self.set_text(&within, "child.child", &child.0);
        self.set_parents(&within, parents);
        self.set_code(&within, "child.kind", codes::child_code(kind));
        if let Some(twins) = twins {
            self.set_twins(&within, twins);
        }
    }

    /// Puts parents at the entry of a child.
    pub fn set_parents(&mut self, within: &[u32], parents: &Parents) {
        match parents {
            Parents::Couple(couple) => {
                let couple = self.written_couple(couple);
                self.set_text(within, "child.couple", &couple.0);
                self.set(within, "child.parent", None);
            }
            Parents::One(parent) => {
                let parent = self.written(parent);
                self.set_text(within, "child.parent", &parent.0);
            }
        }
    }

    /// Puts a birth of several at the entry of a child.
    pub fn set_twins(&mut self, within: &[u32], twins: &Twins) {
        self.set_text(within, "child.twins", &twins.group);
        self.set(within, "child.identical", Some(Answer::Boolean(twins.identical)));
    }

    /// A group of those who are born together.
    pub fn twins(&mut self, identical: bool) -> Twins {
        Twins { group: format!("t{:08x}", self.number()).into(), identical }
    }

    /// What somebody feels for somebody, or does to them.
    pub fn feeling(&mut self, a: &PersonId, b: &PersonId, quality: Feeling) {
        let (a, b) = (self.written(a), self.written(b));
        let list = if quality == Feeling::Violent { VIOLENCE } else { FEELING };
        let within = self.entry(list);
        self.set_text(&within, &format!("{list}.a"), &a.0);
        self.set_text(&within, &format!("{list}.b"), &b.0);
        if list == FEELING {
            self.set_code(&within, "feeling.quality", codes::feeling_code(quality));
        }
    }

    /// Moves somebody along their generation, from where they were moved to before.
    pub fn nudge(&mut self, who: &PersonId, steps: Option<i16>) {
        let Some((entry, person)) = self.family.entry(who).zip(self.family.person(who)) else { return };
        let nudge = steps.map_or(0, |steps| person.nudge.saturating_add(steps).clamp(-FURTHEST, FURTHEST));
        if nudge == person.nudge {
            return;
        }
        let list = &self.lists.response.item(entry).link_id;
        let within = self.lists.response.place(entry).within;
        let answer = (nudge != 0).then_some(Answer::Integer(nudge.into()));
        self.set(&within, &format!("{list}.nudge"), answer);
    }

    /// Takes an entry away.
    pub fn remove(&mut self, entry: NodeIx) {
        self.operations.push(Operation::Remove { at: self.lists.response.place(entry) });
    }

    /// Takes away what stands at a question of an entry.
    pub fn empty(&mut self, entry: NodeIx, link_id: &str) {
        let within = self.lists.response.place(entry).within;
        self.set(&within, link_id, None);
    }

    /// Puts somebody at a question of an entry.
    pub fn name(&mut self, entry: NodeIx, link_id: &str, who: &PersonId) {
        let (who, within) = (self.written(who), self.lists.response.place(entry).within);
        self.set_text(&within, link_id, &who.0);
    }
}
