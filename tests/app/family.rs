//! A genogram as answers: acts of the editor, what they leave in the lists, and the way back.

use super::story::Story;
use asesmen::app::family::{Family, FamilyAct, TieKind, family, surroundings};
use asesmen::app::view::review;
use asesmen::app::{Event, Notice, Screen};
use asesmen::diagram::ecomap::{Centre, Kind, Strength, SystemKind};
use asesmen::diagram::{
    ChildKind, CoupleKind, FURTHEST, Feeling, GenogramRefusal, Life, Parents, PersonId, Sex, check,
};
use asesmen::domain::DocumentId;
use asesmen::form::{Edit, NodeIx};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::sync::Arc;

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

    /// Seals the drawing that is open; a month goes by.
    fn seal_drawing(&mut self) -> DocumentId {
        self.complete();
        let id = self.tablet.filling().document.id;
        self.tablet.act(Event::ScreenRequested(Screen::Review(id)));
        self.tablet.act(Event::SealAsked);
        assert_eq!(self.tablet.model.screen, Screen::Sealed(id));
        self.days(30);
        id
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
fn who_is_moved_in_the_picture_stays_there_until_put_back() {
    let (mut story, group) = begun();
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    let nudge = |story: &Story, who: &PersonId| read(story, group).person(who).map(|person| person.nudge);
    for (who, steps) in [(client(), 2), (mother.clone(), -3), (client(), 2), (client(), 0)] {
        story.family_act(group, FamilyAct::Nudge(who, Some(steps)));
    }
    assert_eq!((nudge(&story, &client()), nudge(&story, &mother)), (Some(4), Some(-3)));
    story.tablet.act(Event::StepUndone);
    assert_eq!(nudge(&story, &client()), Some(2));
    story.family_act(group, FamilyAct::Nudge(mother.clone(), Some(i16::MIN)));
    assert_eq!(nudge(&story, &mother), Some(-FURTHEST));
    story.family_act(group, FamilyAct::Nudge(mother.clone(), None));
    story.family_act(group, FamilyAct::Nudge(client(), Some(-2)));
    assert_eq!((nudge(&story, &client()), nudge(&story, &mother)), (Some(0), Some(0)));
    // Nothing is left behind where somebody is back in place.
    let entry = read(&story, group).entry(&mother).expect("an entry");
    let response = &story.tablet.filling().response;
    let item = response.questionnaire().find("person.nudge").expect("an item");
    let node = response.children_of(Some(entry), item)[0];
    assert!(response.node(node).content.is_empty());
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
    let id = story.seal_drawing();
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

#[test]
fn who_lives_with_somebody_makes_a_household_with_the_client() {
    let (mut story, group) = begun();
    assert!(!read(&story, group).genogram.people[0].in_household, "nobody was said to live with the client");
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    let entry = read(&story, group).people[1].1;
    let within = story.tablet.filling().response.place(entry).within;
    let together = story.tablet.node("person.lives_with_client", &within);
    story.tablet.act(Event::Edited(together, Edit::Decided(true)));
    let people = read(&story, group).genogram.people;
    assert_eq!(people.iter().map(|person| person.in_household).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn an_age_is_reached_on_the_birthday() {
    let (mut story, group) = begun();
    let birth = story.tablet.node("client.birth", &[]);
    let [day, month, year] = ["15", "6", "2000"].map(str::to_owned);
    let parts = asesmen::form::DateParts { day, month, year, ..Default::default() };
    story.tablet.act(Event::Edited(birth, Edit::Date(parts)));
    let at = |year: i32, month: u32, day: u32| {
        let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        family(&story.tablet.filling().response, group, day, true).genogram.people[0].age
    };
    assert_eq!(
        [at(2026, 6, 14), at(2026, 6, 15), at(2026, 5, 30), at(2026, 7, 1)],
        [Some(25), Some(26), Some(25), Some(26)]
    );
    assert_eq!(at(1999, 1, 1), None, "nobody is as old as less than nothing");
}

#[test]
fn the_second_of_two_known_parents_makes_them_a_couple() {
    let (mut story, group) = begun();
    let father = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Married)).expect("a partner");
    let alone = Parents::One(client());
    let child = story.family_act(group, FamilyAct::Child(alone, ChildKind::Foster)).expect("a child");
    story.family_act(group, FamilyAct::ChildOf(child.clone(), Parents::One(father), ChildKind::Birth));
    let genogram = read(&story, group).genogram;
    let [tie] = &genogram.children[..] else { panic!("one tie: {:?}", genogram.children) };
    assert_eq!((&tie.child, &tie.parents), (&child, &Parents::Couple(genogram.couples[0].id.clone())));
    assert_eq!(tie.kind, ChildKind::Foster, "how it is a child stays as it was said");
}

#[test]
fn a_couple_written_in_the_plain_list_has_children_like_any_other() {
    let (mut story, group) = begun();
    let partner = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Married)).expect("a partner");
    let tie = read(&story, group).ties[0].entry;
    story.family_act(group, FamilyAct::RemoveTie(tie));
    story.tablet.act(Event::InstanceAdded(Some(group), "couple".to_owned()));
    story.answer("couple.a", "klien");
    story.answer("couple.b", &partner.0);
    let couple = read(&story, group).genogram.couples[0].id.clone();
    let child = story.family_act(group, FamilyAct::Child(Parents::Couple(couple), ChildKind::Birth)).expect("a child");
    let genogram = read(&story, group).genogram;
    let [tie] = &genogram.children[..] else { panic!("one tie: {:?}", genogram.children) };
    assert_eq!((&tie.child, &tie.parents), (&child, &Parents::Couple(genogram.couples[0].id.clone())));
}

#[test]
fn a_family_from_a_file_comes_whole_and_as_one_step() {
    let (mut story, group) = begun();
    let file = "0 HEAD\n1 GEDC\n2 VERS 7.0\n0 @A@ INDI\n1 NAME Wayan\n1 SEX M\n1 BIRT\n2 DATE 1950\n1 DEAT\n2 DATE 2010\n\
                0 @B@ INDI\n1 NAME Made\n1 SEX F\n0 @C@ INDI\n1 NAME Putu\n0 @D@ INDI\n1 NAME Kadek\n\
                0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR\n2 DATE 1975\n1 DIV\n2 DATE 1990\n1 CHIL @C@\n1 CHIL @D@\n0 TRLR\n";
    let given = asesmen::diagram::gedcom::read(file.as_bytes()).expect("GEDCOM").genogram;
    let putu = PersonId("C".into());
    story.family_act(group, FamilyAct::Bring(Arc::new(given.clone()), Some(putu)));
    let brought = read(&story, group).genogram;
    let names: Vec<&str> = brought.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Sekar Ayu Lestari", "Wayan", "Made", "Kadek"], "the client keeps the name that the case has");
    let wayan = &brought.people[1];
    assert_eq!((wayan.sex, wayan.life, wayan.age), (Sex::Male, Life::Dead, Some(60)));
    let (couple, from) = (&brought.couples[0], &given.couples[0]);
    assert_eq!((couple.kind, &couple.from, &couple.to), (from.kind, &from.from, &from.to));
    assert!(couple.to.is_some());
    let children: Vec<&PersonId> = brought.children.iter().map(|tie| &tie.child).collect();
    assert_eq!(children, [&client(), &brought.people[3].id]);
    story.tablet.act(Event::StepUndone);
    assert_eq!(read(&story, group).genogram.people.len(), 1);
}

#[test]
fn a_family_for_which_there_is_no_room_is_refused_whole() {
    let (mut story, group) = begun();
    let person = |number: usize| format!("0 @I{number}@ INDI\n1 NAME Orang {number}\n");
    let file: String = (0..12_000).map(person).collect();
    let given = asesmen::diagram::gedcom::read(format!("0 HEAD\n{file}0 TRLR\n").as_bytes()).expect("GEDCOM").genogram;
    story.family_act(group, FamilyAct::Bring(Arc::new(given), None));
    assert_eq!(story.tablet.model.notice, Some(Notice::FamilyRefused(GenogramRefusal::TooMany, Vec::new())));
    assert_eq!(read(&story, group).genogram.people.len(), 1);
}

#[test]
fn what_is_done_anew_leaves_nothing_to_be_done_again() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Married));
    story.tablet.act(Event::StepUndone);
    assert!(story.tablet.filling().history.can_redo());
    story.family_act(group, FamilyAct::Sibling(client(), None));
    assert!(!story.tablet.filling().history.can_redo());
}

#[test]
fn an_act_that_brings_nobody_points_to_nobody() {
    let (mut story, group) = begun();
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    assert_eq!(story.family_act(group, FamilyAct::Feeling(client(), mother, Feeling::Close)), None);
}

#[test]
fn going_on_changes_nothing_that_was_said_here_and_takes_the_newest() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    story.answer("client.sex", "male");
    story.seal_drawing();
    story.begin("genogram", &[]);
    let group = story.tablet.node("family", &[]);
    story.tablet.act(Event::DrawingContinued);
    story.family_act(group, FamilyAct::Sibling(client(), None));
    story.seal_drawing();
    story.begin("genogram", &[("client.sex", "female")]);
    let group = story.tablet.node("family", &[]);
    story.tablet.act(Event::DrawingContinued);
    let people = read(&story, group).genogram.people;
    assert_eq!(people.len(), 4, "the brother or sister of the second one is there");
    assert_eq!(people[0].sex, Sex::Female);
}

#[test]
fn of_people_in_a_drawing_the_review_tells_what_was_said() {
    let (mut story, group) = begun();
    story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth));
    let response = &story.tablet.filling().response;
    let rows = review(response).into_iter().flat_map(|section| section.rows).map(|row| row.node);
    let told: Vec<String> = rows.map(|node| response.item(node).link_id.clone()).collect();
    assert!(told.iter().any(|link_id| link_id == "person.sex"));
    assert!(!told.iter().any(|link_id| link_id == "person.job"), "nobody asked for it");
    assert!(told.iter().any(|link_id| link_id == "place"), "elsewhere a gap is one");
}

#[test]
fn an_ecomap_is_read_from_its_list() {
    let mut story = Story::of("Sekar Ayu Lestari");
    story.begin("ekomap", &[]);
    let group = story.tablet.node("map", &[]);
    story.tablet.act(Event::SystemAdded(group, Some(SystemKind::Work)));
    story.answer("system.name", "Mandor");
    story.answer("system.strength", "weak");
    story.tablet.act(Event::SystemAdded(group, None));
    let kind = story.tablet.filling().response.place(story.tablet.filling().made.expect("a system")).within;
    let kind = story.tablet.node("system.kind", &kind);
    story.tablet.act(Event::Edited(kind, Edit::Other(Some("Lapak".to_owned()))));
    let map = |story: &Story| surroundings(&story.tablet.filling().response, group, "Sekar", today()).ecomap;
    let read = map(&story);
    assert_eq!((read.centre, read.name.as_str()), (Centre::Client, "Sekar"));
    let kinds: Vec<_> = read.systems.iter().map(|system| (system.name.as_str(), system.kind.clone())).collect();
    assert_eq!(kinds, [("Mandor", Some(Kind::Of(SystemKind::Work))), ("", Some(Kind::Own("Lapak".to_owned())))]);
    assert_eq!(read.systems[0].strength, Some(Strength::Weak));
    story.answer("centre", "household");
    assert_eq!((map(&story).centre, map(&story).name), (Centre::Household, String::new()));
    // Each system is one step.
    story.tablet.act(Event::StepUndone);
    story.tablet.act(Event::StepUndone);
    story.tablet.act(Event::StepUndone);
    assert_eq!(map(&story).systems.len(), 1);
}

#[test]
fn a_household_comes_from_the_newest_genogram() {
    let (mut story, group) = begun();
    story.answer("client.sex", "female");
    let mother = story.family_act(group, FamilyAct::Parents(client(), ChildKind::Birth)).expect("a mother");
    let first = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Divorced)).expect("a partner");
    let parted = read(&story, group).genogram.couples.last().expect("a couple").id.clone();
    let child = story.family_act(group, FamilyAct::Child(Parents::Couple(parted), ChildKind::Birth)).expect("a child");
    let second = story.family_act(group, FamilyAct::Partner(client(), CoupleKind::Unregistered)).expect("another");
    let couple = read(&story, group).genogram.couples.last().expect("a couple").id.clone();
    let small = story.family_act(group, FamilyAct::Child(Parents::Couple(couple), ChildKind::Birth)).expect("a child");
    for who in [&child, &second, &small] {
        let within = story.tablet.filling().response.place(read(&story, group).entry(who).expect("an entry")).within;
        let node = story.tablet.node("person.lives_with_client", &within);
        story.tablet.act(Event::Edited(node, Edit::Decided(true)));
    }
    story.tablet.act(Event::PageHidden);
    story.begin("ekomap", &[]);
    let map = |story: &Story| {
        let group = story.tablet.node("map", &[]);
        surroundings(&story.tablet.filling().response, group, "Sekar", today()).ecomap
    };
    assert_eq!(map(&story).household.people.len(), 0);
    story.answer("centre", "household");
    assert_eq!(map(&story).household.people, [], "nothing is filled in unseen");
    let all = ["client.sex", "person", "couple", "child"].map(|link_id| {
        let response = &story.tablet.filling().response;
        response.nodes_of(response.questionnaire().find(link_id).expect("an item")).next().expect("a node")
    });
    story.tablet.act(Event::ProposalsTaken(all.to_vec(), None));
    let household = map(&story).household;
    let ids = |people: &[&PersonId]| -> Vec<String> { people.iter().map(|id| id.to_string()).collect() };
    let mut found = ids(&household.people.iter().map(|person| &person.id).collect::<Vec<_>>());
    let mut wanted = ids(&[&client(), &child, &second, &small]);
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "neither the mother {mother} nor the first partner {first} live there");
    assert_eq!(household.people.iter().find(|person| person.is_index).map(|person| person.sex), Some(Sex::Female));
    let [together] = &household.couples[..] else { panic!("one couple: {:?}", household.couples) };
    assert_eq!((together.kind, together.b.as_ref()), (CoupleKind::Unregistered, Some(&second)));
    let parents =
        |who: &PersonId| household.children.iter().find(|tie| tie.child == *who).map(|tie| tie.parents.clone());
    assert_eq!(parents(&small), Some(Parents::Couple(together.id.clone())));
    assert_eq!(parents(&child), Some(Parents::One(client())), "of its parents one lives there");
    assert_eq!(household.children.len(), 2, "the client's own parents live elsewhere");
}

/// Any act on whoever is there.
fn any_act(family: &Family, (kind, one, two, what): (u8, usize, usize, usize)) -> FamilyAct {
    let people = &family.genogram.people;
    let person = |at: usize| people[at % people.len()].id.clone();
    let (one, two) = (person(one), person(two));
    let kinds = [ChildKind::Birth, ChildKind::Adopted, ChildKind::Foster, ChildKind::Miscarriage];
    let kind_of_child = kinds[what % kinds.len()];
    match kind % 11 {
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
        9 => FamilyAct::Nudge(one, (what > 2).then_some(what as i16 - 20)),
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
