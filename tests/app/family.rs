//! A genogram as answers: acts of the editor, what they leave in the lists, and the way back.

use super::story::Story;
use asesmen::app::family::{Family, FamilyAct, TieKind, family};
use asesmen::app::{Event, Notice, Screen};
use asesmen::diagram::{ChildKind, CoupleKind, Feeling, Life, Parents, PersonId, Sex, check};
use asesmen::form::{Edit, NodeIx};
use chrono::NaiveDate;
use proptest::prelude::*;

/// A draft of the genogram, with its client alone.
fn begun() -> (Story, NodeIx) {
    let mut story = Story::of("Sekar Ayu Lestari");
    story.begin("genogram", &[]);
    let group = story.tablet.node("family", &[]);
    (story, group)
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 28).expect("a day")
}

fn read(story: &Story, group: NodeIx) -> Family {
    family(&story.tablet.filling().response, group, today(), true)
}

fn client() -> PersonId {
    PersonId("klien".into())
}

impl Story {
    fn family_act(&mut self, group: NodeIx, act: FamilyAct) -> Option<PersonId> {
        self.tablet.act(Event::FamilyActed(group, act));
        let made = self.tablet.filling().made?;
        read(self, group).at(made).cloned()
    }
}

#[test]
fn a_new_genogram_holds_the_client_alone() {
    let (story, group) = begun();
    let family = read(&story, group);
    let [person] = &family.genogram.people[..] else { panic!("one person: {:?}", family.genogram.people) };
    assert!(person.is_index);
    assert_eq!(person.id, client());
    assert_eq!(person.name, "Sekar Ayu Lestari");
    assert!(family.ties.is_empty());
}

#[test]
fn a_family_of_three_generations_grows_by_acts() {
    let (mut story, group) = begun();
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    story.family_act(group, FamilyAct::Parents(mother.clone(), ChildKind::Birth)).expect("a grandmother");
    let partner = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Unregistered)).expect("a partner");
    let second = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Divorced)).expect("another");
    let now = read(&story, group);
    let couple = |of: &PersonId| {
        let couples = now.genogram.couples.iter();
        couples.clone().find(|couple| couple.b.as_ref() == Some(of)).expect("a couple").id.clone()
    };
    let (first, other) = (Parents::Couple(couple(&partner)), Parents::Couple(couple(&second)));
    let child = story.family_act(group, FamilyAct::Child(first.clone(), ChildKind::Birth)).expect("a child");
    story.family_act(group, FamilyAct::Sibling(child.clone(), Some(true))).expect("a twin");
    story.family_act(group, FamilyAct::Child(other, ChildKind::Foster)).expect("a foster child");
    story.family_act(group, FamilyAct::Feeling(client(), mother.clone(), Feeling::CutOff));
    story.family_act(group, FamilyAct::Feeling(partner, client(), Feeling::Violent));
    let family = read(&story, group);
    assert_eq!(family.genogram.people.len(), 10);
    assert_eq!(family.genogram.couples.len(), 4);
    check(&family.genogram).expect("it can be drawn");
    let twins: Vec<_> = family.genogram.children.iter().filter_map(|tie| tie.twins.as_ref()).collect();
    assert_eq!(twins.len(), 2);
    assert_eq!(twins[0], twins[1]);
    assert!(twins[0].identical);
    let sexes = |id: &PersonId| family.person(id).expect("a person").sex;
    assert_eq!(sexes(&mother), Sex::Female);
    let qualities: Vec<Feeling> = family.genogram.feelings.iter().map(|tie| tie.quality).collect();
    assert_eq!(qualities, [Feeling::CutOff, Feeling::Violent]);
    let seen = asesmen::app::family::family(&story.tablet.filling().response, group, today(), false);
    assert_eq!(seen.genogram.feelings.len(), 1, "violence is told only where it may be seen");
}

#[test]
fn what_was_done_is_there_after_a_crash() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    let before = read(&story, group).genogram;
    let id = story.tablet.filling().document.id;
    let head = story.tablet.storage.heads[&id].clone();
    let opened = story.tablet.opened(&head).expect("a document");
    let filling = asesmen::app::Filling::open(head, opened, crate::form::sheet::context()).expect("it opens");
    let group = filling.response.nodes_of(filling.response.questionnaire().find("family").expect("a group")).next();
    assert_eq!(family(&filling.response, group.expect("a node"), today(), true).genogram, before);
}

#[test]
fn a_missing_parent_is_added_to_the_one_who_is_known() {
    let (mut story, group) = begun();
    let partner = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Married)).expect("a partner");
    let child = story.family_act(group, FamilyAct::Child(Parents::One(partner), ChildKind::Birth)).expect("a child");
    let parent = story.family_act(group, FamilyAct::Parents(child.clone(), ChildKind::Birth)).expect("a parent");
    let family = read(&story, group);
    let tie = family.genogram.children.iter().find(|tie| tie.child == child).expect("a tie");
    let Parents::Couple(id) = &tie.parents else { panic!("a couple: {tie:?}") };
    let couple = family.genogram.couples.iter().find(|couple| couple.id == *id).expect("it is there");
    assert_eq!(couple.b.as_ref(), Some(&parent));
    // Now both are there, and nobody is added.
    let before = family.genogram.clone();
    story.family_act(group, FamilyAct::Parents(child, ChildKind::Birth));
    assert_eq!(read(&story, group).genogram, before);
}

#[test]
fn nobody_becomes_their_own_ancestor() {
    let (mut story, group) = begun();
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    let before = read(&story, group).genogram;
    story.family_act(group, FamilyAct::ChildOf(mother, Parents::One(client()), ChildKind::Birth));
    assert!(matches!(&story.tablet.model.notice, Some(Notice::FamilyRefused(_, names)) if names.len() == 2));
    assert_eq!(read(&story, group).genogram, before);
    story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Married));
    assert_eq!(story.tablet.model.notice, None, "what comes next puts the message away");
}

#[test]
fn who_goes_leaves_no_tie_behind_and_comes_back_whole() {
    let (mut story, group) = begun();
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    story.family_act(group, FamilyAct::Feeling(client(), mother.clone(), Feeling::Close));
    let before = read(&story, group).genogram;
    story.family_act(group, FamilyAct::RemovePerson(mother.clone()));
    let after = read(&story, group);
    assert!(after.person(&mother).is_none());
    assert!(after.genogram.feelings.is_empty());
    let [couple] = &after.genogram.couples[..] else { panic!("the father is known: {:?}", after.genogram.couples) };
    assert!(couple.b.is_none());
    assert_eq!(after.genogram.children.len(), 1, "the client is still the father's child");
    story.tablet.act(Event::StepUndone);
    assert_eq!(read(&story, group).genogram, before);
    story.tablet.act(Event::StepRedone);
    assert_eq!(read(&story, group).genogram, after.genogram);
    story.family_act(group, FamilyAct::RemovePerson(client()));
    assert!(read(&story, group).person(&client()).is_some(), "the client stays");
}

#[test]
fn typing_a_name_is_one_step() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    let family = read(&story, group);
    let entry = family.entry(&family.genogram.people[1].id).expect("an entry");
    let within = story.tablet.filling().response.place(entry).within;
    let name = story.tablet.node("person.name", &within);
    for letters in ["S", "Si", "Sit", "Siti"] {
        story.tablet.act(Event::Edited(name, Edit::Typed(letters.to_owned())));
    }
    assert_eq!(read(&story, group).genogram.people[1].name, "Siti");
    story.tablet.act(Event::StepUndone);
    assert_eq!(read(&story, group).genogram.people[1].name, "");
    assert_eq!(read(&story, group).genogram.people.len(), 3);
    story.tablet.act(Event::StepUndone);
    assert_eq!(read(&story, group).genogram.people.len(), 1);
    assert!(!story.tablet.filling().history.can_undo());
}

#[test]
fn the_next_genogram_goes_on_from_the_one_before() {
    let (mut story, group) = begun();
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    story.family_act(group, FamilyAct::Feeling(client(), mother, Feeling::CutOff));
    let before = read(&story, group).genogram;
    story.complete();
    let id = story.tablet.filling().document.id;
    story.tablet.act(Event::ScreenRequested(Screen::Review(id)));
    story.tablet.act(Event::SealAsked);
    assert_eq!(story.tablet.model.screen, Screen::Sealed(id));
    story.days(30);
    story.begin("genogram", &[]);
    let group = story.tablet.node("family", &[]);
    assert_eq!(read(&story, group).genogram.people.len(), 1, "nothing is taken unasked");
    story.tablet.act(Event::DrawingContinued);
    assert_eq!(read(&story, group).genogram, before);
    let name = story.tablet.node("couple.kind", &[0]);
    let source = &story.tablet.filling().response.node(name).content.source;
    assert_eq!(source.as_deref(), Some(&*format!("urn:uuid:{id}")));
    story.tablet.act(Event::StepUndone);
    assert_eq!(read(&story, group).genogram.people.len(), 1, "all of it is one step");
}

#[test]
fn a_couple_goes_with_whose_children_they_are() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    let family = read(&story, group);
    let tie = family.ties.iter().find(|tie| matches!(tie.kind, TieKind::Couple(_))).expect("a couple");
    story.family_act(group, FamilyAct::RemoveTie(tie.entry));
    let after = read(&story, group).genogram;
    assert!(after.couples.is_empty() && after.children.is_empty());
    assert_eq!(after.people.len(), 3);
}

#[test]
fn people_written_in_the_plain_list_are_tied_like_any_others() {
    let (mut story, group) = begun();
    let first = story.tablet.node("person", &[0]);
    let name = story.tablet.node("person.name", &[0]);
    story.tablet.act(Event::Edited(name, Edit::Typed("Wulan".to_owned())));
    let family = read(&story, group);
    let wulan = family.at(first).expect("a person").clone();
    story.family_act(group, FamilyAct::Couple(client(), wulan, CoupleKind::Cohabiting));
    let family = read(&story, group);
    let wulan = family.at(first).expect("a person").clone();
    assert!(wulan.0.starts_with('p'), "{wulan}");
    assert_eq!(family.genogram.couples[0].b, Some(wulan));
    assert_eq!(family.genogram.couples[0].kind, CoupleKind::Cohabiting);
}

#[test]
fn life_and_age_are_read_from_the_answers() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    let family = read(&story, group);
    let entry = family.entry(&family.genogram.people[1].id).expect("an entry");
    let within = story.tablet.filling().response.place(entry).within;
    let choose = |story: &mut Story, link_id: &str, position: usize| {
        let node = story.tablet.node(link_id, &within);
        story.tablet.act(Event::Edited(node, Edit::Option { position, chosen: true }));
    };
    let birth = story.tablet.node("person.birth", &within);
    let year = |year: &str| asesmen::form::DateParts { year: year.to_owned(), ..Default::default() };
    story.tablet.act(Event::Edited(birth, Edit::Date(year("1950"))));
    choose(&mut story, "person.alive", 1);
    let person = |story: &Story| read(story, group).genogram.people[1].clone();
    assert_eq!(person(&story).life, Life::Dead);
    assert_eq!(person(&story).age, None, "nobody knows when");
    let death = story.tablet.node("person.death", &within);
    story.tablet.act(Event::Edited(death, Edit::Date(year("2010"))));
    assert_eq!(person(&story).age, Some(60));
    choose(&mut story, "person.alive", 0);
    assert_eq!(person(&story).age, Some(76), "what is not asked does not count");
}

/// Any act on whoever is there.
fn any_act(family: &Family, (kind, one, two, what): (u8, usize, usize, usize)) -> FamilyAct {
    let people = &family.genogram.people;
    let person = |at: usize| people[at % people.len()].id.clone();
    let (one, two) = (person(one), person(two));
    let kinds = [ChildKind::Birth, ChildKind::Adopted, ChildKind::Foster, ChildKind::Miscarriage];
    let kind_of_child = kinds[what % kinds.len()];
    match kind % 10 {
        0 => FamilyAct::Partner(one, CoupleKind::Married),
        1 => FamilyAct::Parents(one, kind_of_child),
        2 => FamilyAct::Child(Parents::One(one), kind_of_child),
        3 => match family.genogram.couples.get(what % family.genogram.couples.len().max(1)) {
            Some(couple) => FamilyAct::Child(Parents::Couple(couple.id.clone()), kind_of_child),
            None => FamilyAct::Sibling(one, None),
        },
        4 => FamilyAct::Sibling(one, (what % 3 > 0).then_some(what % 3 == 1)),
        5 if one != two => FamilyAct::Couple(one, two, CoupleKind::Dating),
        6 if one != two => FamilyAct::ChildOf(one, Parents::One(two), kind_of_child),
        7 if one != two => FamilyAct::Feeling(one, two, [Feeling::Close, Feeling::Violent][what % 2]),
        8 => FamilyAct::RemovePerson(one),
        _ => match family.ties.get(what % family.ties.len().max(1)) {
            Some(tie) => FamilyAct::RemoveTie(tie.entry),
            None => FamilyAct::Parents(two, ChildKind::Birth),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is done, a drawing can be made of it, nothing names somebody who is gone, and all of it can be taken back
    /// step by step and done again.
    #[test]
    fn any_acts_leave_a_family_that_can_be_drawn_and_taken_back(
        acts in prop::collection::vec((any::<u8>(), 0..40_usize, 0..40_usize, 0..40_usize), 1..25)
    ) {
        let (mut story, group) = begun();
        let mut states = vec![read(&story, group).genogram];
        for numbers in acts {
            let act = any_act(&read(&story, group), numbers);
            story.tablet.act(Event::FamilyActed(group, act));
            let family = read(&story, group);
            prop_assert_eq!(check(&family.genogram), Ok(()));
            prop_assert_eq!(ties_written(&story), family.ties.len(), "a tie names somebody who is gone");
            if states.last() != Some(&family.genogram) {
                states.push(family.genogram);
            }
        }
        let all = states.clone();
        while states.len() > 1 {
            states.pop();
            while read(&story, group).genogram != *states.last().expect("a state") {
                prop_assert!(story.tablet.filling().history.can_undo());
                story.tablet.act(Event::StepUndone);
            }
        }
        for state in &all[1..] {
            while read(&story, group).genogram != *state {
                prop_assert!(story.tablet.filling().history.can_redo());
                story.tablet.act(Event::StepRedone);
            }
        }
    }
}

/// How many entries of ties somebody began.
fn ties_written(story: &Story) -> usize {
    let response = &story.tablet.filling().response;
    let lists = ["couple", "child", "feeling", "violence"].into_iter();
    let items = lists.filter_map(|link_id| response.questionnaire().find(link_id));
    items.flat_map(|item| response.nodes_of(item)).filter(|entry| !response.is_unbegun_entry(*entry)).count()
}
