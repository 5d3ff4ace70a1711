//! GEDCOM in and out. All families are invented.

mod charsets;
mod dates;
mod families;
mod hostile;
mod lines;
mod loops;
mod people;
mod relations;
mod samples;
mod trip;

use asesmen::diagram::gedcom::{Imported, NoteKind, read};
use asesmen::diagram::{ChildKind, ChildTie, Couple, Genogram, Parents, Person};

/// A file of version 5.5.1 with these records.
fn file(records: &str) -> String {
    format!("0 HEAD\n1 GEDC\n2 VERS 5.5.1\n2 FORM LINEAGE-LINKED\n1 CHAR UTF-8\n{records}\n0 TRLR\n")
}

/// A file of version 7 with these records.
fn file7(records: &str) -> String {
    format!("0 HEAD\n1 GEDC\n2 VERS 7.0\n{records}\n0 TRLR\n")
}

fn import(text: &str) -> Imported {
    let imported = read(text.as_bytes()).expect("a family");
    sound(&imported.genogram);
    imported
}

fn kinds(imported: &Imported) -> Vec<NoteKind> {
    imported.notes.iter().map(|note| note.kind.clone()).collect()
}

fn person<'g>(genogram: &'g Genogram, id: &str) -> &'g Person {
    genogram.people.iter().find(|person| &*person.id.0 == id).unwrap_or_else(|| panic!("{id} is missing"))
}

fn couple<'g>(genogram: &'g Genogram, id: &str) -> &'g Couple {
    genogram.couples.iter().find(|couple| &*couple.id.0 == id).unwrap_or_else(|| panic!("{id} is missing"))
}

/// The partners of a couple, `-` for one who is unknown.
fn partners(couple: &Couple) -> String {
    [&couple.a, &couple.b].map(|id| id.as_ref().map_or("-".to_owned(), ToString::to_string)).join("+")
}

/// The ties of a child: `parents kind`, in the order of the genogram.
fn ties(genogram: &Genogram, child: &str) -> Vec<(String, ChildKind)> {
    let of = |tie: &&ChildTie| &*tie.child.0 == child;
    let parents = |parents: &Parents| match parents {
        Parents::Couple(id) => id.to_string(),
        Parents::One(id) => format!("only {id}"),
    };
    genogram.children.iter().filter(of).map(|tie| (parents(&tie.parents), tie.kind)).collect()
}

/// What every genogram that comes out of a file keeps to, whatever went in.
fn sound(genogram: &Genogram) {
    let mut people: Vec<&str> = genogram.people.iter().map(|person| &*person.id.0).collect();
    let mut couples: Vec<&str> = genogram.couples.iter().map(|couple| &*couple.id.0).collect();
    for ids in [&mut people, &mut couples] {
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "an identifier is given twice");
    }
    let knows = |id: &str| assert!(people.binary_search(&id).is_ok(), "{id} is nobody");
    for couple in &genogram.couples {
        couple.a.iter().chain(&couple.b).for_each(|partner| knows(&partner.0));
        assert!(couple.a.is_none() || couple.a != couple.b, "{} is married to themselves", partners(couple));
    }
    for tie in &genogram.children {
        knows(&tie.child.0);
        match &tie.parents {
            Parents::Couple(id) => assert!(couples.binary_search(&&*id.0).is_ok(), "{id} is no couple"),
            Parents::One(id) => knows(&id.0),
        }
    }
    for tie in &genogram.feelings {
        knows(&tie.a.0);
        knows(&tie.b.0);
        assert_ne!(tie.a, tie.b);
    }
    assert!(genogram.people.iter().filter(|person| person.is_index).count() < 2);
    assert!(!has_loop(genogram), "somebody is their own ancestor");
}

/// Takes away people of whom no parent is left, until nobody is left or everybody left has one.
fn has_loop(genogram: &Genogram) -> bool {
    use std::collections::{HashMap, HashSet};
    let couples: HashMap<&str, &Couple> = genogram.couples.iter().map(|couple| (&*couple.id.0, couple)).collect();
    let mut below: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut above: HashMap<&str, usize> = genogram.people.iter().map(|person| (&*person.id.0, 0)).collect();
    for tie in &genogram.children {
        let parents: Vec<&str> = match &tie.parents {
            Parents::One(id) => vec![&id.0],
            Parents::Couple(id) => {
                let couple = couples[&*id.0];
                couple.a.iter().chain(&couple.b).map(|id| &*id.0).collect()
            }
        };
        for parent in parents {
            below.entry(parent).or_default().push(&tie.child.0);
            *above.get_mut(&*tie.child.0).expect("known") += 1;
        }
    }
    let mut open: Vec<&str> = above.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    let mut gone = HashSet::new();
    while let Some(id) = open.pop() {
        gone.insert(id);
        for child in below.get(id).into_iter().flatten() {
            let left = above.get_mut(child).expect("known");
            *left -= 1;
            if *left == 0 {
                open.push(child);
            }
        }
    }
    gone.len() < genogram.people.len()
}
