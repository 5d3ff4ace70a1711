//! What is counted, for whoever watches over a receiver: the text format of Prometheus. No count tells of a person.

use super::memory::Level;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// A part of the work for a submission.
#[derive(Clone, Copy, Debug)]
pub enum Phase {
    /// Waiting for the body.
    Read,
    /// Reading it as strict JSON, its canonical form and the profile.
    Examine,
    /// ECDSA checks.
    Check,
    /// Signing the receipt.
    Sign,
    /// Writing to and reading from the store.
    Store,
}

/// The phases and their names.
const PHASES: [(Phase, &str); 5] = [
    (Phase::Read, "read"),
    (Phase::Examine, "examine"),
    (Phase::Check, "check"),
    (Phase::Sign, "sign"),
    (Phase::Store, "store"),
];

/// Upper ends of the buckets of durations, in milliseconds.
const BUCKETS: [u64; 10] = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000];

/// The counts since the start.
#[derive(Default)]
pub struct Meter {
    phases: [AtomicU64; PHASES.len()],
    buckets: [AtomicU64; BUCKETS.len()],
    requests: AtomicU64,
    nanos: AtomicU64,
    stored: AtomicU64,
    stored_bytes: AtomicU64,
    under_way: AtomicU64,
    answers: Mutex<BTreeMap<(u16, &'static str), u64>>,
}

impl Meter {
    /// Adds the time since an instant to a phase.
    pub fn took(&self, phase: Phase, since: Instant) {
        self.phases[phase as usize].fetch_add(nanos(since.elapsed()), Relaxed);
    }

    /// Counts a stored submission.
    pub fn stored(&self, bytes: usize) {
        self.stored.fetch_add(1, Relaxed);
        self.stored_bytes.fetch_add(bytes as u64, Relaxed);
    }

    /// Counts a request as under way until the guard is gone.
    pub fn begun(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Relaxed);
        UnderWay(self)
    }

    /// Counts an answer.
    pub fn answered(&self, status: u16, outcome: &'static str, took: Duration) {
        self.requests.fetch_add(1, Relaxed);
        self.nanos.fetch_add(nanos(took), Relaxed);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        for (bucket, end) in self.buckets.iter().zip(BUCKETS) {
            bucket.fetch_add(u64::from(millis < end), Relaxed);
        }
        if let Ok(mut answers) = self.answers.lock() {
            *answers.entry((status, outcome)).or_default() += 1;
        }
    }

    /// All counts as text, with how full the memory is, the turns that readers have, and the connections that linger.
    #[must_use]
    pub fn text(&self, memory: &[Level], turns: usize, lingering: usize) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut text);
        let _ = write_levels(&mut text, memory, turns, lingering);
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        head(text, "requests_total", "counter", "Requests answered, by status and outcome.")?;
        if let Ok(answers) = self.answers.lock() {
            for ((status, outcome), count) in answers.iter() {
                writeln!(text, "asesmen_requests_total{{status=\"{status}\",outcome=\"{outcome}\"}} {count}")?;
            }
        }
        head(text, "request_seconds", "histogram", "How long answers took.")?;
        for (bucket, end) in self.buckets.iter().zip(BUCKETS) {
            let count = bucket.load(Relaxed);
            writeln!(text, "asesmen_request_seconds_bucket{{le=\"{}\"}} {count}", seconds(end * 1_000_000))?;
        }
        let requests = self.requests.load(Relaxed);
        writeln!(text, "asesmen_request_seconds_bucket{{le=\"+Inf\"}} {requests}")?;
        writeln!(text, "asesmen_request_seconds_sum {}", seconds(self.nanos.load(Relaxed)))?;
        writeln!(text, "asesmen_request_seconds_count {requests}")?;
        head(text, "phase_seconds_total", "counter", "Where the time for submissions went.")?;
        for (phase, name) in PHASES {
            let spent = seconds(self.phases[phase as usize].load(Relaxed));
            writeln!(text, "asesmen_phase_seconds_total{{phase=\"{name}\"}} {spent}")?;
        }
        head(text, "stored_total", "counter", "Submissions stored by this process.")?;
        writeln!(text, "asesmen_stored_total {}", self.stored.load(Relaxed))?;
        head(text, "stored_bytes_total", "counter", "Bytes of submissions stored by this process.")?;
        writeln!(text, "asesmen_stored_bytes_total {}", self.stored_bytes.load(Relaxed))?;
        head(text, "requests_under_way", "gauge", "Requests not answered yet.")?;
        writeln!(text, "asesmen_requests_under_way {}", self.under_way.load(Relaxed))
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) -> std::fmt::Result {
    writeln!(text, "# HELP asesmen_{name} {help}\n# TYPE asesmen_{name} {kind}")
}

fn write_levels(text: &mut String, memory: &[Level], turns: usize, lingering: usize) -> std::fmt::Result {
    type Of = fn(&Level) -> usize;
    let gauges: [(&str, &str, Of); 3] = [
        ("memory_held_bytes", "Memory held by bodies and answers.", |level| level.held),
        ("memory_bytes", "Memory for bodies and answers.", |level| level.size),
        ("memory_waiting", "Requests that wait for memory.", |level| level.waiting),
    ];
    for (name, help, of) in gauges {
        head(text, name, "gauge", help)?;
        for level in memory {
            writeln!(text, "asesmen_{name}{{for=\"{}\"}} {}", level.name, of(level))?;
        }
    }
    head(text, "reading_turns", "gauge", "Turns of readers at the store; a list takes several.")?;
    writeln!(text, "asesmen_reading_turns {turns}")?;
    head(text, "lingering", "gauge", "Connections answered early whose body is thrown away.")?;
    writeln!(text, "asesmen_lingering {lingering}")
}

/// A request that is not answered yet.
pub struct UnderWay<'a>(&'a Meter);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Relaxed);
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Nanoseconds as seconds in decimal.
fn seconds(nanos: u64) -> String {
    format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000)
}
