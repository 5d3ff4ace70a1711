//! `asesmen form …`: the form engine on the command line, for form authors and for tests without a browser.

use super::UNUSABLE;
use super::form_answers;
use super::form_use;
use super::terminal::{escaped, pure_text};
use crate::domain::Timestamp;
use crate::form::{Context, Finding, LoadRefusal, Questionnaire, Reading, Response, Severity, as_given};
use crate::json::{Value, object, parse};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// What surrounds the filling of a form.
#[derive(clap::Args)]
pub struct ContextArguments {
    /// A resource that the form's launch context asks for, such as patient=patient.json; may be given several times
    #[arg(long = "context", value_name = "NAME=FILE", value_parser = named_file)]
    resources: Vec<(String, PathBuf)>,
    /// The time that today() and now() give, as an ISO 8601 time; the time of the clock if not given
    #[arg(long, value_name = "TIME", value_parser = |text: &str| Timestamp::parse(text))]
    now: Option<Timestamp>,
}

fn named_file(text: &str) -> Result<(String, PathBuf), String> {
    let (name, file) = text.split_once('=').ok_or("a context is NAME=FILE")?;
    Ok((name.to_owned(), PathBuf::from(file)))
}

/// Why a command cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error("{0:?} cannot be read: {1}")]
    Unread(PathBuf, std::io::Error),
    #[error("{0:?}: {1}")]
    Form(PathBuf, LoadRefusal),
    #[error("{0:?}: {1}")]
    Response(PathBuf, crate::form::ReadRefusal),
    #[error("{0:?}: {1}")]
    Answers(PathBuf, form_answers::AnswersRefusal),
    #[error("{0:?} is not JSON: {1}")]
    NotJson(PathBuf, crate::json::JsonRefusal),
    #[error("the system clock is outside the calendar")]
    Clock,
}

impl ContextArguments {
    fn read(&self) -> Result<Context, Unusable> {
        let now = self.now.or_else(super::verify::now).ok_or(Unusable::Clock)?;
        let mut context = Context::at(now);
        for (name, file) in &self.resources {
            let value = parse(&read(file)?).map_err(|error| Unusable::NotJson(file.clone(), error))?;
            context.resources.push((name.clone(), value));
        }
        Ok(context)
    }
}

/// The bytes of a file; `-` is the standard input, as usual.
pub fn bytes_of(file: &Path) -> std::io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
}

fn read(file: &Path) -> Result<Vec<u8>, Unusable> {
    bytes_of(file).map_err(|error| Unusable::Unread(file.to_owned(), error))
}

/// Ends a command: what it found, or why it could not be carried out.
fn ended(command: &str, outcome: Result<ExitCode, Unusable>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        eprintln!("asesmen form {command}: {}", escaped(&error.to_string()));
        ExitCode::from(UNUSABLE)
    })
}

/// Checks a response against its form and prints an `OperationOutcome`.
pub fn validate(form: &Path, response: &Path, context: &ContextArguments) -> ExitCode {
    let outcome = (|| {
        let (bytes, given) = (read(form)?, read(response)?);
        let (questionnaire, exclusions) =
            Questionnaire::load_in_part(&bytes).map_err(|refusal| Unusable::Form(form.to_owned(), refusal))?;
        let reading = Reading::read(Arc::new(questionnaire), context.read()?, &given)
            .map_err(|refusal| Unusable::Response(response.to_owned(), refusal))?;
        Ok((form_use::warnings(&bytes, &given), reading, exclusions))
    })();
    match outcome {
        Ok((warnings, reading, exclusions)) => {
            let findings = reading.findings();
            let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
            let unknown = exclusions.iter().map(|exclusion| issue("information", "not-supported", exclusion));
            let issues = warnings.iter().chain(&findings).map(Finding::to_fhir);
            print_outcome(issues.chain(unknown).collect());
            ExitCode::from(u8::from(wrong))
        }
        Err(error) => {
            print_outcome(vec![issue("fatal", "processing", &error)]);
            ended("validate", Err(error))
        }
    }
}

fn issue(severity: &str, code: &str, text: &impl ToString) -> Value {
    object([
        ("severity", severity.into()),
        ("code", code.into()),
        ("details", object([("text", text.to_string().into())])),
    ])
}

fn print_outcome(mut issues: Vec<Value>) {
    // FHIR knows no OperationOutcome without an issue.
    if issues.is_empty() {
        issues.push(issue("information", "informational", &"no problems found"));
    }
    println!("{}", pure_text(&object([("resourceType", "OperationOutcome".into()), ("issue", issues.into())])));
}

/// Fills a form and prints the response; beside it, on the error stream, which given answers it does not ask for.
pub fn run(form: &Path, answers: Option<&Path>, context: &ContextArguments) -> ExitCode {
    ended(
        "run",
        filled(form, answers, context).map(|(response, left_out)| {
            for finding in left_out {
                let told = escaped(&format!("{}: {}", finding.place, finding.text));
                eprintln!("asesmen form run: {told}; it is left out");
            }
            println!("{}", pure_text(&as_given(&response, &response.questionnaire().language)));
            ExitCode::SUCCESS
        }),
    )
}

fn filled(
    form: &Path,
    answers: Option<&Path>,
    context: &ContextArguments,
) -> Result<(Response, Vec<Finding>), Unusable> {
    let questionnaire =
        Questionnaire::load(&read(form)?).map_err(|refusal| Unusable::Form(form.to_owned(), refusal))?;
    let (form, context) = (Arc::new(questionnaire), context.read()?);
    let Some(file) = answers else {
        let mut response = Response::new(form, context);
        response.populate();
        return Ok((response, Vec::new()));
    };
    let bytes = read(file)?;
    let value = parse(&bytes).map_err(|error| Unusable::NotJson(file.to_owned(), error))?;
    form_answers::applied(form, context, &bytes, &value).map_err(|refusal| Unusable::Answers(file.to_owned(), refusal))
}
