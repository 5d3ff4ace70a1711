//! The command line: serve the bundle, receive, verify and print what is sealed, look into packages, try forms and responses, draw
//! genograms and ecomaps.
//!
//! Invariant: nothing here decides; it reads arguments and files, calls the pure rooms and prints.

mod ecomap;
mod fhir;
mod form;
mod form_answers;
mod form_check;
mod form_use;
mod genogram;
mod package;
mod receive;
mod schema;
mod serve;
mod terminal;
mod verify;
mod verify_beside;
mod verify_files;
mod verify_trust;

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
    /// Check sealed files: documents, packages and what is in them, receipts, credentials, registers of keys. Exit 0 if every file holds, 1 if
    /// one does not or cannot be read, 2 if nothing could be checked
    Verify(verify::Arguments),
    /// Print a FHIR R4 Bundle of sealed documents, and of those in packages with their forms. Exit 0, 1 if a seal does not hold, 2 if a file cannot be used
    Fhir {
        /// Sealed documents (*.asesmen.json) and packages (*.asesmen-package.json)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// A Questionnaire, or a folder of them, to go beside responses that answer exactly it; may be given several times
        #[arg(long = "form", value_name = "FILE")]
        forms: Vec<PathBuf>,
    },
    /// Print the JSON Schema of a format, or the names of all
    Schema {
        /// Its name, such as receipt-1
        name: Option<String>,
    },
    /// Look into packages and take out what is sealed in them
    #[command(subcommand)]
    Package(PackageCommand),
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
enum PackageCommand {
    /// Print what is in a package, every seal checked. Exit 0 if all hold, 1 if one does not, 2 if it is no package
    List {
        /// The package (*.asesmen-package.json)
        file: PathBuf,
        /// Believe only this key (RFC 7638 thumbprint), or those of this register; may be given several times
        #[arg(long, value_name = "KID|FILE", value_parser = verify_trust::parse_trusted)]
        trust: Vec<verify_trust::Trusted>,
        /// Print one JSON object with the full findings
        #[arg(long)]
        json: bool,
    },
    /// Write the sealed files of a package, byte for byte as they were sealed, and the forms that they answer; only those
    /// whose seals hold. Exit 0, 1 if one was left in, 2 if nothing can be written
    Extract {
        /// The package (*.asesmen-package.json)
        file: PathBuf,
        /// Where to; nothing that is there is overwritten
        folder: PathBuf,
        /// Believe only this key (RFC 7638 thumbprint), or those of this register; may be given several times
        #[arg(long, value_name = "KID|FILE", value_parser = verify_trust::parse_trusted)]
        trust: Vec<verify_trust::Trusted>,
    },
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
/// them is a file or another option again. A register named by `--trust FILE` stands alone.
fn with_named_keys(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut named = Vec::new();
    let mut arguments = arguments.peekable();
    let is_kid = |argument: &OsString| argument.to_str().is_some_and(verify_trust::is_kid);
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
        Command::Verify(arguments) => verify::verify(&arguments),
        Command::Fhir { files, forms } => fhir::fhir(&files, &forms),
        Command::Schema { name } => schema::schema(name.as_deref()),
        Command::Receive(arguments) => match receive::receive(*arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("asesmen receive: {error}");
                ExitCode::from(UNUSABLE)
            }
        },
        Command::Package(PackageCommand::List { file, trust, json }) => package::list(&file, &trust, json),
        Command::Package(PackageCommand::Extract { file, folder, trust }) => package::extract(&file, &folder, &trust),
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
