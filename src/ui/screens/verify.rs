//! Checking sealed files: "Who signed? Was it changed?"

use crate::app::{CheckedFile, Event, FileOutcome, Topic};
use crate::platform::{read_files, spawn};
use crate::seal::{About, Jwk, Report, Verdict};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, findings, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{facts, heading, line, trouble};
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
        .attr("accept", ".json,application/json")
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
        FileOutcome::NoCrypto => ("unknown", trouble(ui, words::no_crypto(ui), [])),
        FileOutcome::Running(_) => ("running", line("", ui.t(Key::Checking))),
        FileOutcome::Done(done) => (done.verdict.code(), report(ui, done)),
    };
    el("section").class("checked-file").attr("data-outcome", verdict).child(el("h2").text(&file.name)).child(body)
}

/// What a check found, for people.
#[inline(never)] // As `verify`; a report is there only once something was checked.
pub fn report(ui: Ui, report: &Report) -> El {
    let own = ui.read(|model| model.key.as_ref().ok().map(Jwk::kid));
    let (class, mark, word) = match report.verdict {
        Verdict::Valid => ("verdict verdict-valid", Icon::Tick, Key::VerdictValid),
        Verdict::Invalid => ("verdict verdict-invalid", Icon::Alert, Key::VerdictInvalid),
    };
    let found = report.findings.iter().filter(|finding| !findings::is_own(finding, own));
    let fingerprints: Vec<String> =
        report.signatures.iter().map(|signature| findings::fingerprint(ui, signature, own)).collect();
    let mut list = vec![
        (Key::SealedBy, format!("{}, {}", report.author, report.organisation)),
        (Key::SealedAt, format::date_time(ui.locale(), report.sealed)),
        (Key::Fingerprint, fingerprints.join("; ")),
        (Key::SealNumber, report.seal_id.to_string()),
    ];
    if let About::Document(facts) = &report.about {
        list.insert(0, (Key::About, facts.subject.clone()));
        list.insert(3, (Key::Revision, facts.revision.to_string()));
    }
    el("div")
        .attr("data-verdict", report.verdict.code())
        .child(el("p").class(class).child(icon(mark)).child(el("span").text(ui.t(word))))
        .child(el("ul").class("findings").all(found.map(|finding| el("li").text(&findings::finding(ui, finding)))))
        .child(facts(list.into_iter().map(|(key, value)| (ui.t(key), value))))
}
