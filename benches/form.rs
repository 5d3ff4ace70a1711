//! How fast the form engine is: what an answer costs in forms and lists of different size, and what loading, reading,
//! validating and replaying cost. At the end stands one table of ratios of the same run, which hold on any machine, with
//! what each may be. `docs/benchmarks.md` tells what limits each figure.

#![allow(missing_docs, reason = "a program of its own, not a library")]
#![allow(clippy::panic, reason = "a benchmark that cannot run has to say so")]

mod forms;

use asesmen::form::{Operation, Questionnaire, Reading, Response, as_given, issues};
use criterion::{BatchSize, Bencher, Criterion};
use forms::{Tie, add, answer, apply, begun, context, filled, remove, sections};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

fn main() {
    let mut bench = Bench::new();
    answers_in_forms(&mut bench);
    answers_in_lists(&mut bench);
    entries(&mut bench);
    loading(&mut bench);
    reading(&mut bench);
    validating(&mut bench);
    replaying(&mut bench);
    bench.criterion.final_summary();
    bench.table();
}

/// What a figure may be.
enum Target {
    /// So many times the small one.
    Ratio(f64),
    /// So many milliseconds on a machine with nothing else to do.
    Milliseconds(f64),
}

/// A line of the table: a small and a large case, and how many times more there is to do in the large one.
struct Figure {
    name: String,
    cases: [String; 2],
    more: f64,
    target: Target,
}

struct Bench {
    criterion: Criterion,
    folder: PathBuf,
    figures: Vec<Figure>,
}

impl Bench {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
        let criterion = Criterion::default()
            .output_directory(&folder)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_millis(1_500))
            .sample_size(40)
            .configure_from_args();
        Self { criterion, folder, figures: Vec::new() }
    }

    /// Measures a small and a large case one behind the other, so that both find the machine alike.
    fn pair(&mut self, name: &str, sizes: [u32; 2], more: f64, target: Target, case: impl Fn(&mut Bencher<'_>, u32)) {
        let cases = sizes.map(|size| format!("{name} ({size})"));
        for (id, size) in cases.iter().zip(sizes) {
            self.criterion.bench_function(id, |bencher| case(bencher, size));
        }
        self.figures.push(Figure { name: format!("{name}, {} : {}", sizes[1], sizes[0]), cases, more, target });
    }

    /// The fastest sample of a case in nanoseconds, as measured in this run or, where only some were run, in the last.
    /// What else the machine does only makes samples slower, so the fastest tells most about the work itself.
    fn fastest(&self, id: &str) -> Option<f64> {
        let file = self.folder.join(folder_of(id)).join("new/sample.json");
        let sample: serde_json::Value = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
        let (times, iterations) = (sample["times"].as_array()?, sample["iters"].as_array()?);
        let each = times.iter().zip(iterations).filter_map(|(time, count)| Some(time.as_f64()? / count.as_f64()?));
        each.reduce(f64::min)
    }

    fn table(&self) {
        println!("\n{:<64} {:>10} {:>10} {:>7}   may be", "figure", "small", "large", "ratio");
        for figure in &self.figures {
            let [Some(small), Some(large)] = [self.fastest(&figure.cases[0]), self.fastest(&figure.cases[1])] else {
                continue;
            };
            let ratio = large / small / figure.more;
            let (target, kept) = match figure.target {
                Target::Ratio(most) => (format!("{most}"), ratio <= most),
                Target::Milliseconds(most) => (format!("{most} ms"), large <= most * 1e6),
            };
            let kept = if kept { "" } else { "  missed" };
            println!("{:<64} {:>10} {:>10} {ratio:>7.2}   {target}{kept}", figure.name, time(small), time(large));
        }
        println!(
            "\nFastest of 40 samples. Ratios are for each unit of work, so 1 is best; milliseconds are of the large case."
        );
    }
}

/// The folder in which a case is kept.
fn folder_of(id: &str) -> String {
    id.chars().map(|c| if "?\"/\\*<>:|^".contains(c) { '_' } else { c }).collect()
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.2} µs", ns / 1e3),
        ns => format!("{:.2} ms", ns / 1e6),
    }
}

/// Answers one question by turns with two answers, so that each changes what depends on it.
fn by_turns(bencher: &mut Bencher<'_>, mut response: Response, answers: [Operation; 2]) {
    let mut turn = 0;
    bencher.iter(|| {
        turn = 1 - turn;
        response.apply(&answers[turn])
    });
}

fn answers_in_forms(bench: &mut Bench) {
    let ties = [
        ("no rule", Tie::Plain),
        ("enableWhen", Tie::EnableWhen),
        ("enableWhenExpression", Tie::EnableExpression),
        ("calculation by path", Tie::Path),
        ("calculation by %context", Tie::Context),
        ("calculation by descendants()", Tie::Descendants),
    ];
    for (name, tie) in ties {
        let name = format!("answer in a form, {name}");
        bench.pair(&name, [50, 5_000], 1.0, Target::Ratio(2.0), |bencher, items| {
            let middle = format!("a{}-7", items / 50);
            let answers = [3, 9].map(|number| answer(&middle, &[], number));
            by_turns(bencher, begun(&sections(tie, items as usize)), answers);
        });
    }
}

fn answers_in_lists(bench: &mut Bench) {
    let ties = [
        ("no rule", Tie::Plain, 1.0),
        ("enableWhen", Tie::EnableWhen, 1.0),
        ("calculation by %context", Tie::Context, 1.0),
        // The sum has to look at every entry.
        ("sum of the list, for each entry", Tie::Total, 100.0),
    ];
    for sizes in [[1, 100], [10, 1_000]] {
        for (name, tie, more) in ties {
            let name = format!("answer in a list, {name}");
            bench.pair(&name, sizes, more, Target::Ratio(2.0), |bencher, entries| {
                let answers = [3, 9].map(|number| answer("a", &[entries / 2], number));
                by_turns(bencher, filled(tie, entries), answers);
            });
        }
    }
}

fn entries(bench: &mut Bench) {
    const AT_ONCE: u32 = 200;
    for (name, tie) in [("enableWhen", Tie::EnableWhen), ("calculation by %context", Tie::Context)] {
        bench.pair(&format!("200 entries added, {name}"), [10, 100], 1.0, Target::Ratio(2.0), |bencher, entries| {
            let response = filled(tie, entries);
            let add_many = |mut response: Response| {
                (entries..entries + AT_ONCE).for_each(|entry| apply(&mut response, &add(entry)));
                response
            };
            bencher.iter_batched(|| response.clone(), add_many, BatchSize::SmallInput);
        });
    }
    bench.pair("an entry deleted and brought back", [10, 100], 1.0, Target::Ratio(2.0), |bencher, entries| {
        let mut response = filled(Tie::Context, entries);
        bencher.iter(|| {
            apply(&mut response, &remove(entries / 2));
            apply(&mut response, &add(entries / 2));
        });
    });
}

fn loading(bench: &mut Bench) {
    let most = || Target::Milliseconds(5.0);
    let ties = [
        ("no rule", Tie::Plain),
        ("enableWhen", Tie::EnableWhen),
        ("an expression at every question", Tie::Everywhere),
        ("descendants()", Tie::Descendants),
    ];
    for (name, tie) in ties {
        bench.pair(&format!("load of items, {name}"), [100, 1_000], 10.0, most(), |bencher, items| {
            let bytes = sections(tie, items as usize);
            bencher.iter_with_large_drop(|| Questionnaire::load(&bytes));
        });
    }
    bench.pair("form begun, an expression at every question", [100, 1_000], 10.0, most(), |bencher, items| {
        let form = Questionnaire::load(&sections(Tie::Everywhere, items as usize));
        let form = Arc::new(form.unwrap_or_else(|refusal| panic!("{refusal}")));
        bencher.iter_with_large_drop(|| Response::new(Arc::clone(&form), context()));
    });
}

fn reading(bench: &mut Bench) {
    let written = |answers: u32| {
        let mut response = filled(Tie::Context, answers / 4);
        for entry in 0..answers / 4 {
            for link_id in ["c", "d"] {
                apply(&mut response, &forms::words(link_id, &[entry], "dua kali"));
            }
        }
        response
    };
    bench.pair("response read, for each answer", [1_000, 10_000], 10.0, Target::Ratio(2.0), |bencher, answers| {
        let response = written(answers);
        let bytes = as_given(&response, "id").to_string().into_bytes();
        let form = Arc::clone(response.questionnaire());
        bencher.iter_with_large_drop(|| Reading::read(Arc::clone(&form), context(), &bytes));
    });
    bench.pair("response written, for each answer", [1_000, 10_000], 10.0, Target::Ratio(2.0), |bencher, answers| {
        let response = written(answers);
        let bytes = as_given(&response, "id").to_string().into_bytes();
        let read = Reading::read(Arc::clone(response.questionnaire()), context(), &bytes);
        let read = read.unwrap_or_else(|refusal| panic!("{refusal}")).response;
        bencher.iter(|| as_given(&read, "id").to_string());
    });
}

fn validating(bench: &mut Bench) {
    let sizes = [100, 1_000];
    for (name, tie) in [("no rule", Tie::Plain), ("an expression at every question", Tie::Everywhere)] {
        let name = format!("complete validation, {name}");
        bench.pair(&name, sizes, 10.0, Target::Milliseconds(5.0), |bencher, items| {
            let response = begun(&sections(tie, items as usize));
            bencher.iter(|| issues(&response));
        });
    }
    bench.pair("complete validation of entries", [100, 1_000], 10.0, Target::Ratio(2.0), |bencher, entries| {
        let response = filled(Tie::Context, entries);
        bencher.iter(|| issues(&response));
    });
}

fn replaying(bench: &mut Bench) {
    let target = Target::Milliseconds(100.0);
    bench.pair("operations replayed", [1_000, 10_000], 10.0, target, |bencher, operations| {
        let form = Questionnaire::load(&sections(Tie::Everywhere, 1_000));
        let form = Arc::new(form.unwrap_or_else(|refusal| panic!("{refusal}")));
        let question = |number: u32| format!("a{}-{}", number / 12 % 40, number % 12);
        let log: Vec<Operation> = (0..operations).map(|number| answer(&question(number), &[], 7)).collect();
        let replay = |mut log: Vec<Operation>| {
            let mut response = Response::new(Arc::clone(&form), context());
            response.replay(&mut log);
            (response, log)
        };
        bencher.iter_batched(|| log.clone(), replay, BatchSize::LargeInput);
    });
}
