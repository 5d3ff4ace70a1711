//! A file that somebody else sealed, to be read in full and signed here.

use super::signers::passphrase;
use super::verify;
use super::worker::role_words;
use crate::app::{CosigningStep, Event, KeysEvent, SIGNED_HERE, Screen, Topic};
use crate::json::Value;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, keys as told};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, facts, heading, line, trouble};

/// The file that is read to be signed.
#[inline(never)] // An entry of tools/parts.json.
pub fn cosign(ui: Ui) -> El {
    let cosigning = ui.read(|model| model.enrolment.cosigning.clone());
    let kept = cosigning.as_ref().and_then(|cosigning| cosigning.own);
    let page = el("div").class("page").child(match kept {
        Some(id) => back(ui, Screen::Sealed(id), Key::BackToSealed),
        None => back(ui, Screen::Verify, Key::VerifyFiles),
    });
    let Some(cosigning) = cosigning else {
        return page.child(heading(ui.t(Key::CosignTitle))).child(line("lead", ui.t(Key::CosignGone)));
    };
    let report = &cosigning.report;
    let from = ui.tf(Key::CosignFrom, &[&report.author, &report.organisation]);
    let answers = cosigning.document.get("response").map(|response| items(ui, response, 0));
    let outcome = el("div").live(move |place| {
        ui.watch(Topic::Keys);
        place.append(&step(ui));
    });
    page.child(heading(ui.t(Key::CosignTitle)))
        .child(line("lead", &from))
        .child(line("", ui.t(Key::CosignLead)))
        .child(verify::report(ui, report))
        .child(el("section").class("review").child(el("dl").class("review-section").all(answers.into_iter().flatten())))
        .child(
            el("section")
                .class("seal-panel")
                .child(el("h2").child(icon(Icon::Seal)).text(ui.t(Key::CosignTitle)))
                .child(facts([(ui.t(Key::CosignAs), role_words(ui, &cosigning.role))]))
                .child(outcome),
        )
}

fn step(ui: Ui) -> El {
    let sign = || {
        let sign = button("button button-main", "sign-file", Some(Icon::Seal), ui.t(Key::CosignNow));
        sign.on_click(move || ui.send(Event::Keys(KeysEvent::FileSignAsked)))
    };
    let place = el("div").class("block-body");
    let Some(cosigning) = ui.read(|model| model.enrolment.cosigning.clone()) else { return place };
    match &cosigning.step {
        CosigningStep::Reading => place.child(sign()),
        CosigningStep::Signing(_) => place.child(line("", ui.t(Key::Sealing)).attr("role", "status")),
        CosigningStep::KeyFailed(problem) => place
            .child(trouble(ui, told::file_not_signed(ui, problem), []))
            .maybe(passphrase(ui, Some(problem)))
            .child(sign()),
        CosigningStep::Refused(refusal) => place.child(trouble(ui, told::not_signed(ui, refusal), [])),
        CosigningStep::Signed(_) => {
            let save = button("button button-main", "save-signed", Some(Icon::Download), ui.t(Key::CosignSave));
            let save = save.on_click(move || ui.send(Event::Keys(KeysEvent::SignedFileAsked)));
            let done = line("", &ui.tf(Key::CosignDone, &[&cosigning.report.author]));
            let notice = el("div").class("notice").attr("role", "status").child(icon(Icon::Tick)).child(done);
            // What is kept here goes on to its own page, unless the signature could not be added to it.
            let failed = ui.read(|model| model.enrolment.joining.clone()).filter(|(file, _)| *file == SIGNED_HERE);
            let failed = failed.and_then(|(_, problem)| problem).map(|problem| told::not_joined(ui, &problem));
            place.child(notice).maybe(failed.map(|words| trouble(ui, words, []))).child(save)
        }
    }
}

/// The items of a response or below an answer, as they were sealed. The form itself may not be on this tablet, so they are
/// read from the file alone: nothing of it is left out.
fn items(ui: Ui, element: &Value, depth: usize) -> Vec<El> {
    let list = element.get("item").and_then(Value::as_array).unwrap_or_default();
    list.iter().flat_map(|item| rows(ui, item, depth)).collect()
}

fn rows(ui: Ui, item: &Value, depth: usize) -> Vec<El> {
    let text = |member| item.get(member).and_then(Value::as_str);
    let question = text("text").or_else(|| text("linkId")).unwrap_or_default();
    let answers = item.get("answer").and_then(Value::as_array).unwrap_or_default();
    let absent = absent_words(ui, item);
    let place = el("div").attr("data-depth", &depth.min(3).to_string());
    let group = answers.is_empty() && absent.is_none();
    let head = if group {
        place.class("review-group").child(el("dt").text(question))
    } else {
        let said = answers.iter().map(|answer| shown(ui, question, answer));
        let class = if absent.is_some() { "review-row review-absent" } else { "review-row" };
        let missing = absent.filter(|_| answers.is_empty()).map(|words| el("dd").text(&words));
        place.class(class).child(el("dt").text(question)).all(said).maybe(missing)
    };
    let mut rows = vec![head];
    rows.extend(items(ui, item, depth + 1));
    rows.extend(answers.iter().flat_map(|answer| items(ui, answer, depth + 1)));
    rows
}

/// Why there is no answer.
fn absent_words(ui: Ui, item: &Value) -> Option<String> {
    let list = item.get("extension").and_then(Value::as_array).unwrap_or_default();
    let said = |url: &str, member: &str| {
        let found =
            list.iter().find(|one| one.get("url").and_then(Value::as_str).is_some_and(|own| own.ends_with(url)));
        found.and_then(|one| one.get(member)).and_then(Value::as_str)
    };
    let key = match said("/data-absent-reason", "valueCode")? {
        "asked-unknown" => Key::AskedUnknown,
        "asked-declined" => Key::AskedDeclined,
        "not-applicable" => Key::NotApplicable,
        "not-performed" => Key::NotPerformed,
        _ => Key::NotAsked,
    };
    let note = said("/data-absent-note", "valueString").map(|note| format!(": {note}")).unwrap_or_default();
    Some(format!("{}{note}", ui.t(key)))
}

/// One answer: a picture where it is one, else words.
fn shown(ui: Ui, question: &str, answer: &Value) -> El {
    let Some(file) = answer.get("valueAttachment") else { return el("dd").text(&answer_words(ui, answer)) };
    let text = |member| file.get(member).and_then(Value::as_str).unwrap_or_default();
    match text("contentType") {
        // A picture that stands beside the document is among the files that were given with it.
        kind @ ("image/png" | "image/jpeg" | "image/svg+xml") if file.get("data").is_some() => {
            let picture = el("img").class("picture").attr("alt", question);
            el("dd").child(picture.attr("src", &format!("data:{kind};base64,{}", text("data"))))
        }
        _ => el("dd").text(&ui.tf(Key::AnswerFile, &[text("title")])),
    }
}

fn answer_words(ui: Ui, answer: &Value) -> String {
    let value =
        answer.as_object().into_iter().flat_map(|answer| answer.iter()).find(|(name, _)| name.starts_with("value"));
    let date = answer.get("_valueDate").map(extension_words);
    let words = match value {
        Some((_, Value::Bool(yes))) => ui.t(if *yes { Key::Yes } else { Key::No }).to_owned(),
        Some((_, value)) => value_words(value),
        None => String::new(),
    };
    [Some(words), date].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A value in words: the text of a code, the number and unit of a quantity, anything else as it stands.
fn value_words(value: &Value) -> String {
    let text = |member| value.get(member).map(plain);
    match value {
        Value::Object(_) => {
            let parts = [text("value"), text("unit"), text("display"), text("reference")];
            let words: Vec<String> = parts.into_iter().flatten().collect();
            if words.is_empty() { text("code").unwrap_or_else(|| value.to_string()) } else { words.join(" ") }
        }
        other => plain(other),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What stands beside a date: its precision, the event it was told by.
fn extension_words(beside: &Value) -> String {
    let list = beside.get("extension").and_then(Value::as_array).unwrap_or_default();
    let value = |one: &Value| {
        one.as_object()?.iter().find(|(name, _)| name.starts_with("value")).map(|(_, value)| plain(value))
    };
    let words: Vec<String> = list.iter().filter_map(value).collect();
    if words.is_empty() { String::new() } else { format!("({})", words.join(", ")) }
}
