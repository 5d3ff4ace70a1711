//! From a genogram to GEDCOM 7.
//!
//! What GEDCOM can say is said in its own structures; our extension tags (7, 1, Extensions) stand only where it cannot, and
//! each has a URI in the header. Identifiers that are no cross-references go along as EXID.
//!
//! Invariant: reading what was written gives the same genogram; children have the places in which they are drawn.

use super::calendars::month_name;
use super::lines::is_banned;
use super::people::plain;
use super::words::{BASE, EXTENSIONS, ID_TYPE, child_code, feeling_code, union_code};
use crate::diagram::family::birth_order;
use crate::diagram::{
    ChildKind, ChildTie, Couple, CoupleId, CoupleKind, FeelingTie, Genogram, Life, Parents, Person, PersonId, Sex,
};
use crate::domain::{Calendar, PartialDate, Qualifier};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// Writes a genogram as a GEDCOM 7 file in UTF-8.
#[must_use]
pub fn write(genogram: &Genogram) -> String {
    let mut file = Writer::new(genogram);
    file.header();
    for person in &genogram.people {
        file.person(person);
    }
    file.families();
    file.line(0, "TRLR", "");
    file.text
}

struct Writer<'g> {
    genogram: &'g Genogram,
    text: String,
    people: HashMap<&'g PersonId, String>,
    sexes: HashMap<&'g PersonId, Sex>,
    couples: HashMap<&'g CoupleId, String>,
    /// Families of those whose children are told to have them alone, in the order in which they come up.
    alone: Vec<(&'g PersonId, String)>,
    alone_in: HashMap<&'g PersonId, String>,
    ties: HashMap<&'g PersonId, Vec<&'g ChildTie>>,
    feelings: HashMap<&'g PersonId, Vec<&'g FeelingTie>>,
    partner_in: HashMap<&'g PersonId, Vec<String>>,
}

impl<'g> Writer<'g> {
    fn new(genogram: &'g Genogram) -> Self {
        let mut names = Names::default();
        let people = genogram.people.iter().map(|person| (&person.id, names.give(&person.id.0, "I"))).collect();
        let sexes = genogram.people.iter().map(|person| (&person.id, person.sex)).collect();
        let couples = genogram.couples.iter().map(|couple| (&couple.id, names.give(&couple.id.0, "F"))).collect();
        let mut file = Self {
            genogram,
            text: String::from("\u{feff}"),
            people,
            sexes,
            couples,
            alone: Vec::new(),
            alone_in: HashMap::new(),
            ties: HashMap::new(),
            feelings: HashMap::new(),
            partner_in: HashMap::new(),
        };
        file.find_ties(&mut names);
        file
    }

    /// Whose child and whose partner everybody is, and what they feel.
    fn find_ties(&mut self, names: &mut Names) {
        for tie in &self.genogram.feelings {
            self.feelings.entry(&tie.a).or_default().push(tie);
        }
        for tie in &self.genogram.children {
            if let Parents::One(parent) = &tie.parents
                && !self.alone_in.contains_key(parent)
            {
                let name = names.free("F");
                self.partner_in.entry(parent).or_default().push(name.clone());
                self.alone_in.insert(parent, name.clone());
                self.alone.push((parent, name));
            }
            self.ties.entry(&tie.child).or_default().push(tie);
        }
        for couple in &self.genogram.couples {
            let Some(name) = self.couples.get(&couple.id) else { continue };
            for partner in couple.a.iter().chain(&couple.b) {
                self.partner_in.entry(partner).or_default().push(name.clone());
            }
        }
    }

    /// One structure. Text of several lines goes on in CONT; what GEDCOM bans is left out (7, 1, Characters and Lines).
    fn line(&mut self, level: u8, tag: &str, value: &str) {
        let (mut level, mut tag) = (level, tag);
        for part in value.replace("\r\n", "\n").split(['\n', '\r']) {
            let part: String = part.chars().filter(|c| !is_banned(*c)).collect();
            let doubled = if part.starts_with('@') { "@" } else { "" };
            let space = if part.is_empty() { "" } else { " " };
            let _ = writeln!(self.text, "{level} {tag}{space}{doubled}{part}");
            if tag != "CONT" {
                (level, tag) = (level + 1, "CONT");
            }
        }
    }

    fn pointer(&mut self, level: u8, tag: &str, name: &str) {
        let _ = writeln!(self.text, "{level} {tag} @{name}@");
    }

    /// 7, 3 (Header): the version, and what our own tags mean.
    fn header(&mut self) {
        self.line(0, "HEAD", "");
        self.line(1, "GEDC", "");
        self.line(2, "VERS", "7.0");
        self.line(1, "SCHMA", "");
        for tag in EXTENSIONS {
            self.line(2, "TAG", &format!("{tag} {BASE}{tag}"));
        }
        self.line(1, "SOUR", "Asesmen");
        self.line(2, "VERS", env!("CARGO_PKG_VERSION"));
    }

    fn record(&mut self, name: &str, tag: &str, id: &str) {
        let _ = writeln!(self.text, "0 @{name}@ {tag}");
        if name != id {
            self.line(1, "EXID", id);
            self.line(2, "TYPE", ID_TYPE);
        }
    }

    /// 7, 3 (Individual).
    fn person(&mut self, person: &'g Person) {
        let name = self.people.get(&person.id).cloned().unwrap_or_default();
        self.record(&name, "INDI", &person.id.0);
        self.name(&person.name);
        self.line(1, "SEX", sex_code(person.sex));
        if person.is_index {
            self.line(1, "_INDEX", "Y");
        }
        if person.in_household {
            self.line(1, "_HOUSEHOLD", "Y");
        }
        if person.nudge != 0 {
            self.line(1, "_NUDGE", &person.nudge.to_string());
        }
        if person.birth.is_some() {
            self.line(1, "BIRT", "");
            self.date(2, person.birth.as_ref());
        }
        self.life(person);
        self.ties_of(person);
        self.feelings_of(person);
    }

    /// A name as GEDCOM can have it, and exactly as it is shown where that is not the same.
    fn name(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        let written = plain(name);
        self.line(1, "NAME", &written);
        if written != name {
            self.line(2, "_SHOWN", name);
        }
    }

    /// Death with the age at it, or that somebody lives and their age (7, NO; DEAT).
    fn life(&mut self, person: &Person) {
        let age = person.age.map(|age| format!("{age}y"));
        if person.life == Life::Dead || person.death.is_some() {
            self.line(1, "DEAT", if person.death.is_some() { "" } else { "Y" });
            self.date(2, person.death.as_ref());
            age.into_iter().for_each(|age| self.line(2, "AGE", &age));
            return;
        }
        if person.life == Life::Living {
            self.line(1, "NO", "DEAT");
        }
        age.into_iter().for_each(|age| self.line(1, "_AGE", &age));
    }

    /// 7, 2 (Date). A date that is known by an event alone has an empty payload and a PHRASE.
    fn date(&mut self, level: u8, date: Option<&PartialDate>) {
        let Some(date) = date else { return };
        let sure = match date.qualifier {
            Qualifier::Exact => "",
            Qualifier::About => "ABT ",
            Qualifier::Before => "BEF ",
            Qualifier::After => "AFT ",
        };
        let payload = date.calendar.map(|calendar| format!("{sure}{}", date_text(calendar)));
        self.line(level, "DATE", payload.as_deref().unwrap_or_default());
        date.event.iter().for_each(|event| self.line(level + 1, "PHRASE", event));
        if payload.is_none() && date.qualifier != Qualifier::Exact {
            self.line(level + 1, "_QUALIFIER", date.qualifier.code());
        }
        date.told_age.into_iter().for_each(|age| self.line(level + 1, "_TOLDAGE", &age.to_string()));
    }

    /// FAMC with PEDI, and FAMS.
    fn ties_of(&mut self, person: &'g Person) {
        for tie in self.ties.get(&person.id).cloned().unwrap_or_default() {
            let Some(family) = self.family_of(&tie.parents) else { continue };
            self.pointer(1, "FAMC", &family);
            self.child_kind(tie.kind);
            if let Some(twins) = &tie.twins {
                self.line(2, "_TWINS", &twins.group);
                self.line(3, "_IDENTICAL", if twins.identical { "Y" } else { "N" });
            }
        }
        for family in self.partner_in.get(&person.id).cloned().unwrap_or_default() {
            self.pointer(1, "FAMS", &family);
        }
    }

    fn family_of(&self, parents: &Parents) -> Option<String> {
        match parents {
            Parents::Couple(couple) => self.couples.get(couple).cloned(),
            Parents::One(person) => {
                self.people.get(person)?;
                self.alone_in.get(person).cloned()
            }
        }
    }

    fn child_kind(&mut self, kind: ChildKind) {
        let (pedigree, phrase) = match kind {
            ChildKind::Adopted => ("ADOPTED", ""),
            ChildKind::Foster => ("FOSTER", ""),
            ChildKind::Step => ("OTHER", "step child"),
            ChildKind::Unclear => ("OTHER", "unclear"),
            _ => ("BIRTH", ""),
        };
        self.line(2, "PEDI", pedigree);
        if !phrase.is_empty() {
            self.line(3, "PHRASE", phrase);
        }
        if !matches!(kind, ChildKind::Birth | ChildKind::Adopted | ChildKind::Foster) {
            self.line(2, "_CHILD", child_code(kind));
        }
    }

    fn feelings_of(&mut self, person: &Person) {
        for tie in self.feelings.get(&person.id).cloned().unwrap_or_default() {
            let Some(other) = self.people.get(&tie.b).cloned() else { continue };
            let (code, words) = feeling_code(tie.quality);
            self.pointer(1, "ASSO", &other);
            self.line(2, "ROLE", "OTHER");
            self.line(3, "PHRASE", words);
            self.line(2, "_FEELING", code);
        }
    }

    fn families(&mut self) {
        let mut members: HashMap<&'g Parents, Vec<String>> = HashMap::new();
        // Children in birth order (7, CHIL); where they have no dates, the order of the lines is all that tells it.
        for tie in birth_order(self.genogram) {
            let child = self.people.get(&tie.child).cloned();
            members.entry(&tie.parents).or_default().extend(child);
        }
        for couple in &self.genogram.couples {
            let name = self.couples.get(&couple.id).cloned().unwrap_or_default();
            self.record(&name, "FAM", &couple.id.0);
            self.partners(couple);
            self.union(couple);
            let children = members.get(&Parents::Couple(couple.id.clone())).cloned().unwrap_or_default();
            children.iter().for_each(|child| self.pointer(1, "CHIL", child));
        }
        for (parent, name) in std::mem::take(&mut self.alone) {
            let Some(person) = self.people.get(parent).cloned() else { continue };
            let _ = writeln!(self.text, "0 @{name}@ FAM");
            let tag = if self.sexes.get(parent) == Some(&Sex::Female) { "WIFE" } else { "HUSB" };
            self.pointer(1, tag, &person);
            let children = members.get(&Parents::One(parent.clone())).cloned().unwrap_or_default();
            children.iter().for_each(|child| self.pointer(1, "CHIL", child));
        }
    }

    /// The first partner comes first. The tags follow the sexes where they differ, for programs that look for it.
    fn partners(&mut self, couple: &Couple) {
        let sex = |partner: Option<&PersonId>| partner.and_then(|id| self.sexes.get(id)).copied();
        let (a, b) = (couple.a.as_ref(), couple.b.as_ref());
        let wife_first = match (sex(a), sex(b)) {
            (Some(Sex::Female), other) => other != Some(Sex::Female),
            (Some(Sex::Male), _) => false,
            (_, other) => other == Some(Sex::Male),
        };
        let tags = if wife_first { ["WIFE", "HUSB"] } else { ["HUSB", "WIFE"] };
        let name = |partner: Option<&PersonId>| partner.and_then(|id| self.people.get(id)).cloned();
        let (first, second) = (name(a), name(b));
        if first.is_some() || second.is_some() {
            self.pointer(1, tags[0], first.as_deref().unwrap_or("VOID"));
        }
        second.into_iter().for_each(|second| self.pointer(1, tags[1], &second));
    }

    /// Marriage and divorce as events; what is no marriage, and how else one ended, by our own tags.
    fn union(&mut self, couple: &Couple) {
        let kind = couple.kind;
        if matches!(kind, CoupleKind::Cohabiting | CoupleKind::Dating) {
            self.line(1, "_UNION", union_code(kind));
            self.date(2, couple.from.as_ref());
        } else {
            self.line(1, "MARR", if couple.from.is_some() { "" } else { "Y" });
            if kind == CoupleKind::Unregistered {
                self.line(2, "TYPE", "unregistered");
            }
            self.date(2, couple.from.as_ref());
        }
        match kind {
            CoupleKind::Divorced => {
                self.line(1, "DIV", if couple.to.is_some() { "" } else { "Y" });
                self.date(2, couple.to.as_ref());
                // Otherwise a marriage after a divorce would be read as another one.
                if is_before(couple.to.as_ref(), couple.from.as_ref()) {
                    self.line(1, "_UNION", union_code(kind));
                }
                return;
            }
            CoupleKind::Separated | CoupleKind::Widowed | CoupleKind::Simultaneous => {
                self.line(1, "_UNION", union_code(kind));
            }
            _ => {}
        }
        if couple.to.is_some() {
            self.line(1, "_UNTIL", "");
            self.date(2, couple.to.as_ref());
        }
    }
}

fn is_before(one: Option<&PartialDate>, other: Option<&PartialDate>) -> bool {
    let calendar = |date: Option<&PartialDate>| date.and_then(|date| date.calendar);
    calendar(one).zip(calendar(other)).is_some_and(|(one, other)| one.compare(other) == Some(Ordering::Less))
}

fn sex_code(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "M",
        Sex::Female => "F",
        Sex::Unknown => "U",
        Sex::Other => "X",
    }
}

/// 7, appendix A (Gregorian). The year 0 of our calendar is 1 BCE.
fn date_text(calendar: Calendar) -> String {
    let (year, month, day) = calendar.parts();
    let year = if year > 0 { year.to_string() } else { format!("{} BCE", 1 - year) };
    let month = month.map(|month| format!("{} ", month_name(month))).unwrap_or_default();
    let day = day.map(|day| format!("{day} ")).unwrap_or_default();
    format!("{day}{month}{year}")
}

/// Cross-references, each once (7, 1, Xref).
#[derive(Default)]
struct Names {
    given: HashSet<String>,
    next: usize,
}

impl Names {
    /// The identifier itself where it can be a cross-reference and is free.
    fn give(&mut self, id: &str, start: &str) -> String {
        let fits = !id.is_empty() && id != "VOID" && id.len() <= 40;
        let fits = fits && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if fits && self.given.insert(id.to_owned()) { id.to_owned() } else { self.free(start) }
    }

    fn free(&mut self, start: &str) -> String {
        loop {
            self.next += 1;
            let name = format!("{start}{}", self.next);
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }
}
