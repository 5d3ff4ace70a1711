//! How good drawings of families are, and how fast they are made: one table, measured from the SVG alone. A family can be
//! given as files (GEDCOM, or JSON as `docs/genogram.md` describes it) behind `--`; else made-up ones are drawn.

#![allow(missing_docs, reason = "a program of its own, not a library")]
#![allow(clippy::panic, reason = "a benchmark that cannot run has to say so")]
#![allow(dead_code, reason = "the tests use more of what they share with this")]

#[path = "../tests/diagram/made.rs"]
mod made;
#[path = "../tests/diagram/measure.rs"]
mod measure;

use asesmen::diagram::{Genogram, Term, gedcom, scene, svg};
use asesmen::json::parse;
use made::expected;
use std::alloc::{GlobalAlloc, Layout, System};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How often a family is drawn under other names.
const TRIES: u64 = 50;
/// What takes longer is drawn once.
const SLOW: Duration = Duration::from_secs(1);

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
    let families: Vec<(String, Genogram)> =
        if files.is_empty() { made_up() } else { files.iter().map(|file| read(file)).collect() };
    println!(
        "{:<28} {:>6} {:>9} {:>8} {:>8} {:>7} {:>6} {:>10} {:>8} {:>8} {:>7} {:>6} {:>9} {:>7} {:>6}",
        "family",
        "people",
        "fastest",
        "kB each",
        "overlaps",
        "missing",
        "twice",
        "misaligned",
        "across",
        "inverted",
        "through",
        "shared",
        "crossings",
        "best of",
        "apart"
    );
    families.iter().for_each(|(name, family)| line(name, family));
    println!(
        "\nTargets: 100 people in 16 ms, 3000 in 1 s; none of overlaps, missing, twice, misaligned, inverted, through, shared."
    );
    println!(
        "Best of: the fewest crossings of {TRIES} drawings of the same family under other names, which decide where nothing else does."
    );
    println!(
        "Kilobytes each: the most memory that a drawing needs, for each person. Across: unions said to cross generations. Apart: unions of people with at most two, with somebody between."
    );
}

fn made_up() -> Vec<(String, Genogram)> {
    let mut families = Vec::new();
    for people in [100, 300, 3_000, 10_000] {
        families.push((format!("offspring of {people}"), made::offspring(people, 4)));
        families.push((format!("village of {people}"), made::village(people, 5)));
    }
    families.push(("ancestors, 7 generations".to_owned(), made::ancestors(7)));
    for people in [100, 1_000, 10_000] {
        families.push((format!("anything, {people} people"), made::anything(people, people / 2, 7)));
    }
    // Families of others, where they lie beside the repository.
    let parents = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).take(2);
    for folder in parents.map(|parent| parent.join("shared/data/gedcom")).filter(|folder| folder.is_dir()) {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
        files.sort();
        families.extend(files.iter().map(|file| read(&file.to_string_lossy())));
    }
    families
}

fn read(file: &str) -> (String, Genogram) {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let name = file.rsplit('/').next().unwrap_or(file).to_owned();
    let genogram = if bytes.starts_with(b"{") {
        let value = parse(&bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
        Genogram::from_json(&value).unwrap_or_else(|error| panic!("{file}: {error}"))
    } else {
        gedcom::read(&bytes).unwrap_or_else(|error| panic!("{file}: {error}")).genogram
    };
    (name, genogram)
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
    let first = timed(draw);
    let more = if first > SLOW { 0 } else { 10 };
    let fastest = (0..more).map(|_| timed(draw)).min().unwrap_or(first).min(first);
    let found = measure::measure(&drawing, &expected(family));
    println!(
        "{name:<28} {:>6} {:>6.1} ms {:>8.1} {:>8} {:>7} {:>6} {:>10} {:>8} {:>8} {:>7} {:>6} {:>9} {:>7} {:>6}",
        family.people.len(),
        fastest.as_secs_f64() * 1e3,
        memory as f64 / 1e3 / family.people.len().max(1) as f64,
        found.overlaps,
        found.missing,
        found.twice,
        found.misaligned,
        found.across,
        found.inversions,
        found.through,
        found.shared,
        found.crossings,
        best_of(family),
        found.apart
    );
}

/// The fewest crossings of many beginnings; families that are large are drawn once.
fn best_of(family: &Genogram) -> String {
    if family.people.len() > 500 {
        return "–".to_owned();
    }
    let words = |term: Term| format!("{term:?}");
    let crossings = (1..=TRIES).filter_map(|seed| {
        let other = made::renamed(family, seed);
        let drawing = svg(&scene(&other, &words).ok()?, &words, "");
        Some(measure::measure(&drawing, &expected(&other)).crossings)
    });
    crossings.min().map_or_else(String::new, |least| least.to_string())
}

fn timed<T>(work: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
