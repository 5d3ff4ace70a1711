//! The command line: serve the bundle, verify sealed files, try forms and responses, draw genograms and ecomaps.
//!
//! Invariant: nothing here decides; it reads arguments and files, calls the pure rooms and prints.

mod ecomap;
mod form;
mod form_answers;
mod form_check;
mod form_use;
mod genogram;
mod receive;
mod serve;
mod terminal;
mod verify;

use crate::wording::Language;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit status of a run that could not do what was asked (wrong usage, unreadable folder, busy port).
const UNUSABLE: u8 = 2;

#[derive(Parser)]
#[command(name = "asesmen", version, about = "Guided social-work assessments: serve the app, verify what it sealed")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the built app with correct types, a strict content security policy and compression
    Serve {
        /// Address and port to listen on; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8080")]
        addr: SocketAddr,
        /// Folder with the built app
        #[arg(long, default_value = "dist")]
        dir: PathBuf,
    },
    /// Take sealed documents, verify and keep them, and answer with sealed receipts
    Receive(Box<receive::ReceiveArguments>),
    /// Check sealed documents; exit 0 only if every file holds
    Verify {
        /// Sealed files (*.asesmen.json)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Believe only this key (RFC 7638 thumbprint); may be given several times
        #[arg(long = "trust", value_name = "KID", value_parser = verify::parse_kid)]
        trust: Vec<crate::seal::Kid>,
        /// Print one JSON array with the full findings
        #[arg(long)]
        json: bool,
    },
    /// Try FHIR Questionnaires and their responses with the form engine
    #[command(subcommand)]
    Form(FormCommand),
    /// Draw genograms
    #[command(subcommand)]
    Genogram(GenogramCommand),
    /// Draw ecomaps
    #[command(subcommand)]
    Ecomap(EcomapCommand),
}

#[derive(Subcommand)]
enum EcomapCommand {
    /// Draw an ecomap and print the drawing as SVG. Exit 0, or 2 if no drawing can be made of the file
    Draw {
        /// The ecomap (the JSON of docs/ecomap.md)
        file: PathBuf,
        /// The language of the legend
        #[arg(long, value_enum, default_value_t = Language::Id)]
        language: Language,
    },
}

#[derive(Subcommand)]
enum GenogramCommand {
    /// Draw a family and print the drawing as SVG. Exit 0, or 2 if no drawing can be made of the file; what was changed or
    /// left out is told on the standard error
    Draw {
        /// The family (GEDCOM, or the JSON of docs/genogram.md)
        file: PathBuf,
        /// Only those around this person: within --generations above and below, with brothers, sisters and partners
        #[arg(long, value_name = "ID", requires = "generations")]
        root: Option<String>,
        /// How many generations above and below --root
        #[arg(long, value_name = "N", requires = "root")]
        generations: Option<usize>,
        /// The language of the legend
        #[arg(long, value_enum, default_value_t = Language::Id)]
        language: Language,
    },
}

#[derive(Subcommand)]
enum FormCommand {
    /// Load forms; name by linkId what is not supported, not known to FHIR R4, not translated and always
    /// empty. Exit 0 if all can be used, 1 if
    /// one uses what is not supported, 2 if one is no usable Questionnaire
    Check {
        /// Questionnaires (JSON)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Check a QuestionnaireResponse against its form and print a FHIR OperationOutcome. Exit 0 valid, 1 invalid, 2
    /// unusable
    Validate {
        /// The Questionnaire (JSON)
        #[arg(long, value_name = "FILE")]
        questionnaire: PathBuf,
        /// The QuestionnaireResponse (JSON)
        response: PathBuf,
        #[command(flatten)]
        context: form::ContextArguments,
    },
    /// Fill a form by answers from a file, in order, and print the QuestionnaireResponse with calculated values. Exit 0,
    /// or 2 if the form or an answer cannot be used
    Run {
        /// The Questionnaire (JSON)
        form: PathBuf,
        /// A QuestionnaireResponse, or an array of items {linkId, answer: […], within: […]} and {add|remove: {at: …}}
        #[arg(long, value_name = "FILE")]
        answers: Option<PathBuf>,
        #[command(flatten)]
        context: form::ContextArguments,
    },
}

/// Writes `--trust KID KID` as `--trust=KID --trust=KID`: a key id may begin with a hyphen, and what follows the last of
/// them is a file or another option again.
fn with_named_keys(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut named = Vec::new();
    let mut arguments = arguments.peekable();
    let is_kid = |argument: &OsString| argument.to_str().is_some_and(|text| verify::parse_kid(text).is_ok());
    while let Some(argument) = arguments.next() {
        if argument != "--trust" || !arguments.peek().is_some_and(is_kid) {
            named.push(argument);
            continue;
        }
        while let Some(kid) = arguments.next_if(is_kid) {
            let mut trust = OsString::from("--trust=");
            trust.push(kid);
            named.push(trust);
        }
    }
    named
}

/// Runs the command line: 0 when all is well, 1 when a checked file does not hold, 2 when the call cannot be carried out.
#[must_use]
pub fn run() -> ExitCode {
    match Arguments::parse_from(with_named_keys(std::env::args_os())).command {
        Command::Serve { addr, dir } => match serve::serve(addr, &dir) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("asesmen serve: {error}");
                ExitCode::from(UNUSABLE)
            }
        },
        Command::Receive(arguments) => match receive::receive(*arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("asesmen receive: {error}");
                ExitCode::from(UNUSABLE)
            }
        },
        Command::Verify { files, trust, json } => verify::verify(&files, trust, json),
        Command::Form(FormCommand::Check { files, json }) => form_check::check(&files, json),
        Command::Form(FormCommand::Validate { questionnaire, response, context }) => {
            form::validate(&questionnaire, &response, &context)
        }
        Command::Ecomap(EcomapCommand::Draw { file, language }) => ecomap::draw(&file, language),
        Command::Genogram(GenogramCommand::Draw { file, root, generations, language }) => {
            genogram::draw(&file, root.as_deref().zip(generations), language)
        }
        Command::Form(FormCommand::Run { form, answers, context }) => form::run(&form, answers.as_deref(), &context),
    }
}
