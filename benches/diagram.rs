//! How good drawings of families are, and how fast they are made: one table, measured from the SVG alone. A family can be
//! given as files (JSON as `docs/genogram.md` describes it) behind `--`; else made-up ones are drawn.

#![allow(missing_docs, reason = "a program of its own, not a library")]
#![allow(clippy::panic, reason = "a benchmark that cannot run has to say so")]
#![allow(dead_code, reason = "the tests use more of what they share with this")]

#[path = "../tests/diagram/made.rs"]
mod made;
#[path = "../tests/diagram/measure.rs"]
mod measure;

use asesmen::diagram::{Genogram, Parents, Term, scene, svg};
use asesmen::json::parse;
use measure::Expected;
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Counts what is allocated, to tell the most that a drawing needs.
struct Counted;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[allow(unsafe_code, reason = "an allocator cannot be written otherwise; both calls are handed on as they are")]
// SAFETY: the system's allocator does the work, on exactly what was asked.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTED: Counted = Counted;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let families: Vec<(String, Genogram)> = if files.is_empty() { made_up() } else { files.iter().map(read).collect() };
    println!(
        "{:<28} {:>6} {:>9} {:>8} {:>8} {:>7} {:>6} {:>10} {:>8} {:>8} {:>7} {:>6} {:>9} {:>6}",
        "family",
        "people",
        "fastest",
        "memory",
        "overlaps",
        "missing",
        "twice",
        "misaligned",
        "across",
        "inverted",
        "through",
        "shared",
        "crossings",
        "apart"
    );
    families.iter().for_each(|(name, family)| line(name, family));
    println!(
        "\nTargets: 100 people in 16 ms, 3000 in 1 s; none of overlaps, missing, twice, misaligned, inverted, through, shared."
    );
    println!(
        "Across: unions said to cross generations. Apart: unions of people with at most two, with somebody between."
    );
}

fn made_up() -> Vec<(String, Genogram)> {
    let mut families = Vec::new();
    for people in [100, 300, 3_000] {
        families.push((format!("offspring of {people}"), made::offspring(people, 4)));
        families.push((format!("village of {people}"), made::village(people, 5)));
    }
    families.push(("ancestors, 7 generations".to_owned(), made::ancestors(7)));
    families.push(("anything, 100 people".to_owned(), made::anything(100, 50, 7)));
    families
}

fn read(file: &String) -> (String, Genogram) {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let value = parse(&bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
    let name = file.rsplit('/').next().unwrap_or(file).to_owned();
    (name, Genogram::from_json(&value).unwrap_or_else(|error| panic!("{file}: {error}")))
}

fn expected(family: &Genogram) -> Expected {
    let mut main = HashMap::new();
    for tie in &family.children {
        let union = match &tie.parents {
            Parents::Couple(couple) => couple.to_string(),
            Parents::One(parent) => format!("+{parent}"),
        };
        let of = main.entry(tie.child.to_string()).or_insert((tie.kind, union.clone()));
        if tie.kind < of.0 {
            *of = (tie.kind, union);
        }
    }
    let birth = |person: &asesmen::diagram::Person| Some(person.birth.as_ref()?.calendar?.parts());
    Expected {
        people: family.people.iter().map(|person| (person.id.to_string(), birth(person))).collect(),
        children: main.into_iter().map(|(child, (_, union))| (child, union)).collect(),
    }
}

fn line(name: &str, family: &Genogram) {
    let words = |term: Term| format!("{term:?}");
    let draw = || scene(family, &words).map(|scene| svg(&scene, &words, name));
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let drawing = match draw() {
        Ok(drawing) => drawing,
        Err(refusal) => return println!("{name:<28} refused: {refusal}"),
    };
    let memory = MOST.load(Ordering::Relaxed) - before;
    let fastest = (0..5).map(|_| timed(draw)).min().unwrap_or_default();
    let found = measure::measure(&drawing, &expected(family));
    println!(
        "{name:<28} {:>6} {:>6.1} ms {:>5.1} MB {:>8} {:>7} {:>6} {:>10} {:>8} {:>8} {:>7} {:>6} {:>9} {:>6}",
        family.people.len(),
        fastest.as_secs_f64() * 1e3,
        memory as f64 / 1e6,
        found.overlaps,
        found.missing,
        found.twice,
        found.misaligned,
        found.across,
        found.inversions,
        found.through,
        found.shared,
        found.crossings,
        found.apart
    );
}

fn timed<T>(work: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
