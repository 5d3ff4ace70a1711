//! Checking sealed files: "Who signed? Was it changed?"

use super::worker::role_words;
use crate::app::{CheckedFile, Event, FileOutcome, FileUse, KeysEvent, Screen, Topic, asks_here, file_use, own_card};
use crate::platform::{read_files, spawn};
use crate::seal::{About, Finding, Jwk, Kid, Report, SignatureReport};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, findings, format, keys, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, facts, heading, line, trouble};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

/// The page that checks files.
#[inline(never)] // An entry of tools/parts.json.
pub fn verify(ui: Ui) -> El {
    let checked = el("div").class("checked").attr("role", "status").live(move |place| {
        ui.watch(Topic::Verification);
        let files = ui.read(|model| model.files.clone());
        for file in files.iter().rev() {
            place.append(&outcome(ui, file));
        }
    });
    el("div")
        .class("page page-narrow")
        .child(heading(ui.t(Key::VerifyFiles)))
        .child(line("lead", ui.t(Key::VerifyLead)))
        .child(drop_zone(ui))
        .child(checked)
}

fn drop_zone(ui: Ui) -> El {
    let input = el("input")
        .class("file-input")
        .attr("type", "file")
        .attr("data-act", "verify-files")
        .flag("multiple", true)
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            take(ui, input.and_then(|input| input.files()));
        });
    let choose = el("span").class("button").text(ui.t(Key::ChooseFiles));
    let zone = el("label")
        .class("drop file-choose")
        .child(icon(Icon::Sheet))
        .child(el("span").text(ui.t(Key::DropFiles)))
        .child(choose)
        .child(input);
    let (over, out, dropped) = (zone.clone(), zone.clone(), zone.clone());
    zone.on("dragover", move |event| {
        event.prevent_default();
        over.set_attr("data-over", Some(""));
    })
    .on("dragleave", move |_| out.set_attr("data-over", None))
    .on("drop", move |event| {
        event.prevent_default();
        dropped.set_attr("data-over", None);
        let transfer = event.dyn_into::<DragEvent>().ok().and_then(|event| event.data_transfer());
        take(ui, transfer.and_then(|transfer| transfer.files()));
    })
}

fn take(ui: Ui, files: Option<FileList>) {
    if let Some(files) = files {
        spawn(Box::pin(async move { ui.send(Event::FilesGiven(read_files(files).await)) }));
    }
}

fn outcome(ui: Ui, file: &CheckedFile) -> El {
    let (verdict, body) = match &file.outcome {
        FileOutcome::Unread(problem) => ("unreadable", trouble(ui, words::files(ui, problem), [])),
        FileOutcome::Unreadable(unreadable) => ("unreadable", trouble(ui, words::unreadable(ui, unreadable), [])),
        FileOutcome::Attachment => ("attachment", line("", ui.t(Key::FileIsAttachment))),
        FileOutcome::NoCrypto => ("unknown", trouble(ui, words::no_crypto(ui), [])),
        FileOutcome::Running(_) => ("running", line("", ui.t(Key::Checking))),
        FileOutcome::Done(done) => {
            let judged = match file.received {
                Some(received) => ui.tf(Key::JudgedAt, &[&format::date_time(ui.locale(), received)]),
                None => ui.t(Key::JudgedNow).to_owned(),
            };
            let body = report(ui, done).child(line("hint", &judged)).maybe(use_of(ui, file));
            (opinion(ui, done).code, body.maybe(matches!(done.about, About::Package(_)).then(|| to_unpack(ui))))
        }
    };
    el("section").class("checked-file").attr("data-outcome", verdict).child(el("h2").text(&file.name)).child(body)
}

/// A package is only looked at here.
fn to_unpack(ui: Ui) -> El {
    let open = button("button", "unpack", Some(Icon::Sheet), ui.t(Key::UnpackTitle));
    let open = open.on_click(move || ui.go(Screen::Unpack));
    el("div").class("block-body").child(line("", ui.t(Key::PackageToOpen))).child(open)
}

/// What can be done with a file: sign it, or take the signatures that it brings.
fn use_of(ui: Ui, file: &CheckedFile) -> Option<El> {
    let number = file.number;
    let act = |act: &str, key: Key, event: fn(u32) -> KeysEvent| {
        button("button button-main", act, Some(Icon::Seal), ui.t(key))
            .on_click(move || ui.send(Event::Keys(event(number))))
    };
    let (why, button) = match ui.read(|model| file_use(model, file))? {
        FileUse::Sign(role) => (
            ui.tf(Key::AsksYou, &[&role_words(ui, &role)]),
            act("sign-this", Key::SignThisFile, KeysEvent::SignFileAsked),
        ),
        FileUse::Join(_) => (ui.t(Key::JoinWhy).to_owned(), act("join-this", Key::JoinThisFile, KeysEvent::JoinAsked)),
    };
    let failed = ui.read(|model| model.enrolment.joining.clone()).filter(|(other, _)| *other == number);
    let failed = failed.and_then(|(_, problem)| problem);
    let failed = failed.map(|problem| trouble(ui, keys::not_joined(ui, &problem), []));
    Some(el("div").class("block-body").child(line("", &why)).maybe(failed).child(button))
}

/// What lies here, came from somebody else and asks for the signature of this tablet.
#[inline(never)] // An entry of tools/parts.json.
pub fn to_sign(ui: Ui, report: &Report) -> Option<El> {
    let role = ui.read(|model| asks_here(model, report))?;
    let sign = button("button button-main", "sign-kept", Some(Icon::Seal), ui.t(Key::SignThisFile));
    let sign = sign.on_click(move || ui.send(Event::Keys(KeysEvent::SignKeptAsked)));
    Some(el("div").class("block-body").child(line("", &ui.tf(Key::AsksYou, &[&role_words(ui, &role)]))).child(sign))
}

/// How a report is to be taken by people: whether the file is whole, and apart from that whose keys are in it.
struct Opinion {
    code: &'static str,
    class: &'static str,
    mark: Icon,
    words: Key,
}

fn opinion(ui: Ui, report: &Report) -> Opinion {
    let own = own(ui);
    let breaks = |finding: &&Finding| finding.breaks_seal() && !finding.is_about_trust();
    let any = |holds: fn(&Finding) -> bool| {
        report.findings.iter().any(|finding| holds(finding) && !findings::is_own(finding, own))
    };
    let unknown = any(|finding| matches!(finding, Finding::UntrustedKey { .. } | Finding::TrustNotChecked { .. }));
    let (code, class, mark, words) = if !report.awaited().is_empty() {
        ("waiting", "verdict verdict-waiting", Icon::Half, Key::VerdictWaits)
    } else if report.findings.iter().any(|finding| breaks(&finding)) {
        ("invalid", "verdict verdict-invalid", Icon::Alert, Key::VerdictInvalid)
    } else if any(|finding| finding.is_about_trust() && finding.breaks_seal() && !is_unknown(finding)) {
        ("withdrawn", "verdict verdict-invalid", Icon::Alert, Key::VerdictNoLonger)
    } else if unknown {
        ("unknown-key", "verdict verdict-waiting", Icon::Help, Key::VerdictUnknown)
    } else {
        ("valid", "verdict verdict-valid", Icon::Tick, Key::VerdictValid)
    };
    Opinion { code, class, mark, words }
}

const fn is_unknown(finding: &Finding) -> bool {
    matches!(finding, Finding::UntrustedKey { .. } | Finding::TrustNotChecked { .. })
}

fn own(ui: Ui) -> Option<Kid> {
    ui.read(|model| model.key.as_ref().ok().map(Jwk::kid))
}

/// Whose signature it is, as far as that is known here.
fn signer(ui: Ui, signature: &SignatureReport) -> String {
    let role = role_words(ui, &signature.role);
    let name = ui.read(|model| {
        let own = own_card(model).filter(|card| card.kid() == signature.kid).map(|card| card.name);
        own.or_else(|| model.known.get(signature.kid).map(|known| known.name().to_owned()))
    });
    match name.filter(|name| !name.is_empty()) {
        Some(name) => ui.tf(Key::SignerKnown, &[&name, &role]),
        None => ui.tf(Key::SignerUnknown, &[&role, &signature.fingerprint]),
    }
}

/// What a check found, for people.
#[inline(never)] // As `verify`; a report is there only once something was checked.
pub fn report(ui: Ui, report: &Report) -> El {
    let own = own(ui);
    let Opinion { code, class, mark, words } = opinion(ui, report);
    let awaited = report.awaited();
    let is_awaited = |finding: &Finding| matches!(finding, Finding::MissingSigner { .. }) && !awaited.is_empty();
    let told = report.findings.iter().filter(|finding| !is_unknown(finding) && !is_awaited(finding));
    let mut told: Vec<String> = told.map(|finding| findings::finding(ui, finding)).collect();
    if !awaited.is_empty() {
        let roles: Vec<String> = awaited.iter().map(|(role, _)| role_words(ui, role)).collect();
        told.push(ui.tf(Key::WaitsOther, &[&roles.join(", ")]));
    }
    let unknown = report.findings.iter().any(|finding| is_unknown(finding) && !findings::is_own(finding, own));
    // Whose key it is matters only where nothing else is wrong.
    if unknown && report.is_whole() {
        told.push(ui.t(Key::UnknownTodo).to_owned());
    }
    el("div")
        .attr("data-verdict", code)
        .child(el("p").class(class).child(icon(mark)).child(el("span").text(ui.t(words))))
        .child(el("ul").class("findings").all(told.iter().map(|words| el("li").text(words))))
        .child(facts(report_facts(ui, report, own)))
}

fn report_facts(ui: Ui, report: &Report, own: Option<Kid>) -> Vec<(&'static str, String)> {
    let all =
        |one: &dyn Fn(&SignatureReport) -> String| report.signatures.iter().map(one).collect::<Vec<_>>().join("; ");
    let mut list = match &report.about {
        About::Document(facts) => vec![(Key::About, facts.subject.clone())],
        About::Package(package) => vec![
            (Key::KindOther, ui.tf(Key::KindPackage, &[&package.documents.len().to_string()])),
            (Key::About, package.client().to_owned()),
        ],
        About::Receipt(receipt) => vec![
            (Key::KindOther, ui.t(Key::KindReceipt).to_owned()),
            (Key::ReceivedAt, format::date_time(ui.locale(), receipt.received)),
            (Key::ReceivedFile, receipt.seal_id.to_string()),
        ],
        About::Credential(credential) => {
            let key = &credential.key;
            let holder = format!("{}, {}", key.name.clone().unwrap_or_default(), key.kid.fingerprint());
            vec![(Key::KindOther, ui.t(Key::KindCredential).to_owned()), (Key::CredentialFor, holder)]
        }
        About::Register(keys) => {
            vec![(Key::KindOther, ui.tf(Key::KindRegister, &[&keys.len().to_string()]))]
        }
    };
    list.push((Key::SealedBy, format!("{}, {}", report.author, report.organisation)));
    list.push((Key::SealedAt, format::date_time(ui.locale(), report.sealed)));
    if let About::Document(facts) = &report.about {
        list.push((Key::Revision, facts.revision.to_string()));
    }
    list.push((Key::SignedBy, all(&|signature| signer(ui, signature))));
    list.push((Key::Fingerprint, all(&|signature| findings::fingerprint(ui, signature, own))));
    list.push((Key::SealNumber, report.seal_id.to_string()));
    // A document may say nothing of whom it is about.
    list.retain(|(_, value)| !value.is_empty());
    list.into_iter().map(|(key, value)| (ui.t(key), value)).collect()
}
