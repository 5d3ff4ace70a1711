//! The log: one JSON object a line on the standard error. It says what happened to which seal, and nothing of people: no
//! names, no addresses, no tokens. Keys are named by their ids.

use crate::cli::verify::now;
use crate::json::{Object, Value};
use crate::seal::SealId;
use std::io::Write;
use std::time::Duration;

/// What a handler knows of a request beyond its answer.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// The seal it is about.
    pub seal: Option<SealId>,
    /// How many bytes came or went.
    pub bytes: usize,
    /// The keys that signed.
    pub kids: Option<Value>,
}

/// A request that was answered.
pub struct Answered<'a> {
    /// Its method.
    pub method: &'a str,
    /// The kind of path.
    pub route: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What became of it.
    pub outcome: &'static str,
    /// How long it took.
    pub took: Duration,
}

/// Writes a line about a request.
pub fn request(answered: &Answered<'_>, note: Option<&Note>) {
    let mut line = begun();
    line.set("method", answered.method);
    line.set("route", answered.route);
    line.set("status", u64::from(answered.status));
    line.set("outcome", answered.outcome);
    line.set("ms", u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX));
    if let Some(note) = note {
        line.set_some("sealId", note.seal);
        line.set("bytes", note.bytes as u64);
        line.set_some("kids", note.kids.clone());
    }
    write(line);
}

/// Writes a line about something that happened to the receiver.
pub fn event(name: &'static str, members: &[(&str, Value)]) {
    let mut line = begun();
    line.set("event", name);
    for (member, value) in members {
        line.set(member, value.clone());
    }
    write(line);
}

/// Writes a line about something that an administrator has to look after.
pub fn trouble(what: &str) {
    event("trouble", &[("detail", what.into())]);
}

fn begun() -> Object {
    let mut line = Object::default();
    line.set_some("time", now());
    line
}

fn write(line: Object) {
    let mut text = Value::from(line).to_string();
    text.push('\n');
    // A log that nobody reads any more must not stop the receiver.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
