//! `asesmen verify`: the full profile check on the command line, of each file and of what files say of each other.

use super::UNUSABLE;
use super::terminal::{escaped, pure_text};
use super::verify_beside;
use super::verify_files::{Source, gather, is_something_else};
use super::verify_trust::{self, Trusted, parse_trusted};
use crate::domain::Timestamp;
use crate::json::{Object, Value, array};
use crate::seal::{
    About, Apart, Beside, Contained, Finding, Member, Presence, Relation, Report, Trust, Unreadable, Verdict, es256,
    relations,
};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// What to check, and by what.
#[derive(clap::Args)]
pub struct Arguments {
    /// Sealed files (*.asesmen.json), the attachments beside them, folders that hold some, or - for the standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Believe only this key (RFC 7638 thumbprint) or the keys of this register (sealed, or {"keys": […]}); may be given
    /// several times
    #[arg(long, value_name = "KID|FILE", value_parser = parse_trusted)]
    trust: Vec<Trusted>,
    /// Believe no key that this register says is revoked; may be given several times
    #[arg(long, value_name = "FILE")]
    revoked: Vec<PathBuf>,
    /// Judge keys as of this time of receipt (RFC 3339) instead of now
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    at: Option<Timestamp>,
    /// Print one JSON array with the full findings
    #[arg(long)]
    json: bool,
}

/// A file, or a document in a package, and what became of it.
struct Entry {
    /// The name of the file; of a document in a package the name of the package, `#` and its seal.
    name: String,
    /// The name of the package that it is in.
    package: Option<String>,
    /// What it may be the attachment of: the file itself, and what a package encloses.
    beside: Vec<Beside>,
    outcome: Outcome,
}

/// What became of one file.
enum Outcome {
    Judged(Box<Member>),
    Skipped,
    /// No sealed file, but the attachment of one that was given with it.
    Attachment,
    Unreadable(Unreadable),
    Unopened(std::io::Error),
}

/// Checks files and prints a verdict a line.
pub fn verify(arguments: &Arguments) -> ExitCode {
    match judge(arguments) {
        Ok(holds) => ExitCode::from(u8::from(!holds)),
        Err(error) => {
            eprintln!("asesmen verify: {}", escaped(&error));
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Whether every file holds.
fn judge(arguments: &Arguments) -> Result<bool, String> {
    let at = arguments.at.or_else(now).ok_or("the system clock is outside the calendar")?;
    let trust = verify_trust::read(&arguments.trust, &arguments.revoked, at)?;
    let sources = gather(&arguments.files)?;
    let mut entries: Vec<Entry> = sources.iter().flat_map(|source| check(source, &trust, at)).collect();
    let beside = look_beside(&mut entries, &arguments.files);
    let relations = relate(&mut entries);
    let lines: Vec<Line> = (entries.iter().zip(&relations))
        .map(|(entry, relations)| Line { entry, relations, entries: &entries, beside: &beside })
        .collect();
    if arguments.json {
        println!("{}", pure_text(&array(lines.iter().map(Line::machine_words))));
    } else {
        lines.iter().for_each(|line| println!("{}", line.human_words()));
    }
    if entries.iter().all(|entry| matches!(entry.outcome, Outcome::Skipped | Outcome::Attachment)) {
        return Err("none of these files is sealed".to_owned());
    }
    Ok(lines.iter().all(Line::holds))
}

/// The time of the clock.
pub fn now() -> Option<Timestamp> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Timestamp::from_millis(i64::try_from(since.as_millis()).ok()?, 0).ok()
}

/// A file, and where it is a package each document in it, which has a seal of its own.
fn check(source: &Source, trust: &Trust, at: Timestamp) -> Vec<Entry> {
    let name = source.name.clone();
    let (outcome, beside) = judged(source, trust, at);
    let mut entries = vec![Entry { name, package: None, beside: beside.into_iter().collect(), outcome }];
    if let Outcome::Judged(member) = &entries[0].outcome
        && let About::Package(package) = &member.report.about
    {
        let package = Arc::clone(package);
        entries[0].beside.extend(package.attachments.iter().map(|(_, bytes)| Beside::new("", bytes)));
        entries.extend(package.documents.iter().map(|own| contained(&source.name, own, trust, at)));
    }
    entries
}

fn contained(package: &str, own: &Contained, trust: &Trust, at: Timestamp) -> Entry {
    let outcome = match es256::verify_contained(own, trust, at) {
        Err(error) => Outcome::Unreadable(error),
        Ok(report) => Outcome::Judged(Box::new(Member::new(&own.bytes(), report))),
    };
    let name = format!("{package}#{}", own.seal_id);
    Entry { name, package: Some(package.to_owned()), beside: Vec::new(), outcome }
}

/// What became of a file, and the file as one that may be an attachment.
fn judged(source: &Source, trust: &Trust, at: Timestamp) -> (Outcome, Option<Beside>) {
    let bytes = match source.read() {
        Ok(bytes) => bytes,
        Err(error) => return (Outcome::Unopened(error), None),
    };
    let beside = Some(Beside::new(&verify_beside::last(&source.name), &bytes));
    if source.found && is_something_else(&bytes) {
        return (Outcome::Skipped, beside);
    }
    let outcome = match es256::verify(&bytes, trust, at) {
        Err(error) => Outcome::Unreadable(error),
        Ok(report) => Outcome::Judged(Box::new(Member::new(&bytes, report))),
    };
    (outcome, beside)
}

/// Looks for the attachments that documents name, among the files that were read, what is in packages, and the files that lie
/// beside them.
fn look_beside(entries: &mut [Entry], files: &[PathBuf]) -> Vec<Beside> {
    let reports = entries.iter().filter_map(|entry| entry.outcome.report());
    let wanted: Vec<Apart> = reports.flat_map(Report::attachments).cloned().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut beside: Vec<Beside> = entries.iter().flat_map(|entry| &entry.beside).cloned().collect();
    beside.extend(verify_beside::find(files, &wanted));
    for entry in entries {
        match (&mut entry.outcome, entry.beside.first()) {
            (Outcome::Judged(member), _) => member.report.look_beside(&beside),
            (Outcome::Skipped | Outcome::Unreadable(_), Some(file)) if wanted.iter().any(|apart| file.is(apart)) => {
                entry.outcome = Outcome::Attachment;
            }
            _ => {}
        }
    }
    beside
}

/// What files say of each other; what breaks a seal makes the file invalid.
fn relate(entries: &mut [Entry]) -> Vec<Vec<Relation>> {
    let members: Vec<Option<Member>> = entries.iter().map(|entry| entry.outcome.member()).collect();
    let relations = relations(&members);
    for (entry, found) in entries.iter_mut().zip(&relations) {
        if let Outcome::Judged(member) = &mut entry.outcome
            && found.iter().any(|relation| relation.breaks_seal())
        {
            member.report.verdict = Verdict::Invalid;
        }
    }
    relations
}

impl Outcome {
    fn member(&self) -> Option<Member> {
        match self {
            Self::Judged(member) => Some(Member::clone(member)),
            _ => None,
        }
    }

    fn report(&self) -> Option<&Report> {
        match self {
            Self::Judged(member) => Some(&member.report),
            _ => None,
        }
    }
}

/// A file with all that was found.
struct Line<'a> {
    entry: &'a Entry,
    relations: &'a [Relation],
    entries: &'a [Entry],
    beside: &'a [Beside],
}

impl Line<'_> {
    fn holds(&self) -> bool {
        match &self.entry.outcome {
            Outcome::Judged(member) => member.report.verdict == Verdict::Valid,
            Outcome::Skipped | Outcome::Attachment => true,
            Outcome::Unreadable(_) | Outcome::Unopened(_) => false,
        }
    }

    fn other(&self, relation: Relation) -> &str {
        self.entries.get(relation.other()).map_or("", |entry| &entry.name)
    }

    fn human_words(&self) -> String {
        // Names from the file are printed quoted and escaped: a hostile file must not write to the terminal.
        let name = &self.entry.name;
        match &self.entry.outcome {
            Outcome::Unopened(error) => format!("unreadable {name:?}: cannot be opened: {error}"),
            Outcome::Unreadable(error) => format!("unreadable {name:?}: {}", escaped(&error.to_string())),
            Outcome::Skipped => format!("skipped    {name:?}: not a sealed file"),
            Outcome::Attachment => format!("attachment {name:?}: unchanged, of a document among these"),
            Outcome::Judged(member) => {
                let word = if self.holds() { "valid     " } else { "invalid   " };
                format!("{word} {name:?}: {}", self.told(&member.report).join("; "))
            }
        }
    }

    /// What breaks the seal first, then what is to be known, who sealed what, and the keys.
    fn told(&self, report: &Report) -> Vec<String> {
        let (breaking, known): (Vec<&Finding>, Vec<&Finding>) =
            report.findings.iter().partition(|finding| finding.breaks_seal());
        let (conflicts, related): (Vec<Relation>, Vec<Relation>) =
            self.relations.iter().partition(|relation| relation.breaks_seal());
        let finding = |finding: &Finding| escaped(&finding.to_string());
        let relation = |relation: Relation| relation.message(&format!("{:?}", self.other(relation)));
        let mut told: Vec<String> = breaking.into_iter().map(finding).collect();
        told.extend(conflicts.into_iter().map(relation).chain(related.into_iter().map(relation)));
        told.extend(known.into_iter().map(finding));
        let what = match &report.about {
            About::Document(facts) => format!("revision {}", facts.revision),
            other => other.format().code().to_owned(),
        };
        let present = report.attachments().iter().filter(|apart| apart.among(self.beside) == Presence::Present).count();
        if present > 0 {
            told.push(format!("attachments beside it and unchanged: {present}"));
        }
        told.push(format!("sealed {} by {:?} ({:?}), {what}", report.sealed, report.author, report.organisation));
        told.extend(report.signatures.iter().map(|one| format!("key {} = {}", one.kid, one.fingerprint)));
        told
    }

    fn machine_words(&self) -> Value {
        let mut object = Object::default();
        object.set("file", self.entry.name.as_str());
        object.set_some("package", self.entry.package.as_deref());
        let (verdict, error) = match &self.entry.outcome {
            Outcome::Unopened(error) => ("unreadable", error.to_string()),
            Outcome::Unreadable(error) => ("unreadable", error.to_string()),
            Outcome::Skipped => ("skipped", "not a sealed file".to_owned()),
            Outcome::Attachment => {
                object.set("verdict", "attachment");
                return object.into();
            }
            Outcome::Judged(member) => {
                for (name, value) in member.report.to_json().iter() {
                    object.set(name, value.clone());
                }
                if !member.report.attachments().is_empty() {
                    object.set("attachments", member.report.attachments_beside(self.beside));
                }
                let own = member.report.findings.iter().map(Finding::to_json);
                let set = self.relations.iter().map(|relation| relation.to_json(self.other(*relation)));
                object.set("findings", array(own.chain(set)));
                return object.into();
            }
        };
        object.set("verdict", verdict);
        object.set("error", error);
        object.into()
    }
}
