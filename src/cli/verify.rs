//! `asesmen verify`: the full profile check on the command line, of each file and of what files say of each other.

use super::UNUSABLE;
use super::terminal::{escaped, pure_text};
use super::verify_beside;
use super::verify_files::{Source, gather, is_something_else};
use super::verify_trust::{self, Trusted, parse_trusted};
use crate::domain::Timestamp;
use crate::json::{Object, Value, array};
use crate::seal::{
    About, Apart, Beside, Finding, Member, Presence, Relation, Report, Trust, Unreadable, Verdict, es256, relations,
};
use std::path::PathBuf;
use std::process::ExitCode;

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
    let (mut outcomes, read): (Vec<Outcome>, Vec<Option<Beside>>) =
        sources.iter().map(|source| check(source, &trust, at)).unzip();
    let beside = look_beside(&mut outcomes, &read, &arguments.files);
    let relations = relate(&mut outcomes);
    let lines: Vec<Line> = (sources.iter().zip(&outcomes).zip(&relations))
        .map(|((source, outcome), relations)| Line {
            name: &source.name,
            outcome,
            relations,
            sources: &sources,
            beside: &beside,
        })
        .collect();
    if arguments.json {
        println!("{}", pure_text(&array(lines.iter().map(Line::machine_words))));
    } else {
        lines.iter().for_each(|line| println!("{}", line.human_words()));
    }
    if outcomes.iter().all(|outcome| matches!(outcome, Outcome::Skipped | Outcome::Attachment)) {
        return Err("none of these files is sealed".to_owned());
    }
    Ok(lines.iter().all(Line::holds))
}

/// The time of the clock.
pub fn now() -> Option<Timestamp> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Timestamp::from_millis(i64::try_from(since.as_millis()).ok()?, 0).ok()
}

/// What became of a file, and the file as one that may be an attachment.
fn check(source: &Source, trust: &Trust, at: Timestamp) -> (Outcome, Option<Beside>) {
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

/// Looks for the attachments that documents name, among the files that were read and those that lie beside them.
fn look_beside(outcomes: &mut [Outcome], read: &[Option<Beside>], files: &[PathBuf]) -> Vec<Beside> {
    let wanted: Vec<Apart> =
        outcomes.iter().filter_map(Outcome::report).flat_map(Report::attachments).cloned().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut beside: Vec<Beside> = read.iter().flatten().cloned().collect();
    beside.extend(verify_beside::find(files, &wanted));
    for (outcome, file) in outcomes.iter_mut().zip(read) {
        match (&mut *outcome, file) {
            (Outcome::Judged(member), _) => member.report.look_beside(&beside),
            (Outcome::Skipped | Outcome::Unreadable(_), Some(file)) if wanted.iter().any(|apart| file.is(apart)) => {
                *outcome = Outcome::Attachment;
            }
            _ => {}
        }
    }
    beside
}

/// What files say of each other; what breaks a seal makes the file invalid.
fn relate(outcomes: &mut [Outcome]) -> Vec<Vec<Relation>> {
    let members: Vec<Option<Member>> = outcomes.iter().map(Outcome::member).collect();
    let relations = relations(&members);
    for (outcome, found) in outcomes.iter_mut().zip(&relations) {
        if let Outcome::Judged(member) = outcome
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
    name: &'a str,
    outcome: &'a Outcome,
    relations: &'a [Relation],
    sources: &'a [Source],
    beside: &'a [Beside],
}

impl Line<'_> {
    fn holds(&self) -> bool {
        match self.outcome {
            Outcome::Judged(member) => member.report.verdict == Verdict::Valid,
            Outcome::Skipped | Outcome::Attachment => true,
            Outcome::Unreadable(_) | Outcome::Unopened(_) => false,
        }
    }

    fn other(&self, relation: Relation) -> &str {
        self.sources.get(relation.other()).map_or("", |source| &source.name)
    }

    fn human_words(&self) -> String {
        // Names from the file are printed quoted and escaped: a hostile file must not write to the terminal.
        let name = self.name;
        match self.outcome {
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
        object.set("file", self.name);
        let (verdict, error) = match self.outcome {
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
