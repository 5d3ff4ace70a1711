//! A package before it is sealed, as its receiver will see it, and after.

use super::pack::packing;
use super::signers::passphrase;
use crate::app::{Event, Made, PackageEvent, PackingStep, Screen};
use crate::domain::{Calendar, Case, Document};
use crate::json::Value;
use crate::seal::{LeftOut, LeftOutWhy, Package, PackagePurpose, short_form};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, format, package_words};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, facts, heading, line, trouble};

/// The steps behind choosing.
pub fn step(ui: Ui, place: &El) {
    let Some(step) = packing(ui, |packing| packing.step.clone()) else { return };
    match &step {
        PackingStep::Choosing => {}
        PackingStep::Reading => place.append(&line("loading", ui.t(Key::PackReading)).attr("role", "status")),
        PackingStep::NotRead(problem) => place.append(&trouble(ui, package_words::package_not_read(ui, problem), [])),
        PackingStep::Preview(package) => place.append(&preview(ui, package)),
        PackingStep::Signing(..) | PackingStep::Encrypting(..) | PackingStep::Noting(..) => {
            place.append(&line("loading", ui.t(Key::PackSealing)).attr("role", "status"));
        }
        PackingStep::KeyFailed(package, problem) => {
            place.append(&preview(ui, package));
            place.append(&trouble(ui, package_words::package_key(ui, problem), []));
            place.append(&el("div").maybe(passphrase(ui, Some(problem))));
        }
        PackingStep::NotEncrypted(package, problem) => {
            place.append(&preview(ui, package));
            place.append(&trouble(ui, package_words::package_not_encrypted(ui, problem), []));
        }
        PackingStep::NotNoted(package, problem) => {
            place.append(&preview(ui, package));
            place.append(&trouble(ui, package_words::package_not_noted(ui, problem), []));
        }
        PackingStep::Done(made) => place.append(&done(ui, made)),
    }
}

fn send(ui: Ui, event: PackageEvent) {
    ui.send(Event::Package(event));
}

fn preview(ui: Ui, package: &Package) -> El {
    let (seal, mark) = match package.purpose {
        PackagePurpose::Export => (Key::PackSeal, Icon::Seal),
        PackagePurpose::Handover => (Key::PackGive, Icon::Seal),
    };
    let seal = button("button button-main", "seal-package", Some(mark), ui.t(seal));
    let change = button("button", "change-package", Some(Icon::Pencil), ui.t(Key::PackBackToChoosing));
    let actions = el("div")
        .class("actions")
        .child(seal.on_click(move || send(ui, PackageEvent::SealAsked)))
        .child(change.on_click(move || send(ui, PackageEvent::ChoosingAsked)));
    el("div")
        .class("package-preview")
        .child(heading(&ui.tf(Key::PackPreviewTitle, &[&package.receiver.name])))
        .child(line("lead", ui.t(Key::PackPreviewLead)))
        .child(contents(ui, package))
        .child(actions)
}

fn contents(ui: Ui, package: &Package) -> El {
    let goes = el("ul").class("package-list").attr("data-list", "goes").all(documents(ui, package));
    el("div")
        .class("package-contents")
        .child(about(ui, package))
        .child(el("h2").text(ui.t(Key::PackGoes)))
        .child(goes)
        .maybe(left_out(ui, package, el("h2").text(ui.t(Key::PackStays))))
}

/// For whom a package is, what for, and about whom: the same before it is sealed and when it is opened.
pub fn about(ui: Ui, package: &Package) -> El {
    let purpose = match package.purpose {
        PackagePurpose::Export => Key::PackForReading,
        PackagePurpose::Handover => Key::PackForHandover,
    };
    let encrypted = if package.receiver.kid.is_some() { Key::PackEncryptedYes } else { Key::PackEncryptedNo };
    let mut list = vec![
        (ui.t(Key::PackTo), format!("{}, {}", package.receiver.name, package.receiver.organisation)),
        (ui.t(Key::PackFor), ui.t(purpose).to_owned()),
        (ui.t(Key::PackClient), client(ui, package)),
        (ui.t(Key::PackEncrypted), ui.t(encrypted).to_owned()),
    ];
    let terms = package.terms.clone().unwrap_or_default();
    let met = |day: String| Calendar::parse_fhir(&day).map_or(day, |date| format::calendar(ui.locale(), date));
    list.extend(terms.introduced.map(|day| (ui.t(Key::UnpackMet), met(day))));
    list.extend(terms.note.map(|note| (ui.t(Key::UnpackMessage), note)));
    el("div").child(facts(list))
}

fn client(ui: Ui, package: &Package) -> String {
    let Some(case) = Case::from_json(&package.case) else { return package.client().to_owned() };
    let details = super::home::details(ui, &case);
    std::iter::once(case.name).chain(details).collect::<Vec<_>>().join(" · ")
}

/// The title of an instrument of this `url|version`.
pub fn title(ui: Ui, canonical: &str) -> String {
    let url = canonical.split('|').next().unwrap_or(canonical);
    let title = ui.read(|model| model.instrument(url).map(|entry| entry.title.in_locale(model.locale()).to_owned()));
    title.unwrap_or_else(|| canonical.to_owned())
}

fn documents(ui: Ui, package: &Package) -> Vec<El> {
    let because = |id: &str| {
        let own = package.deliberate.iter().find(|deliberate| deliberate.id == id)?;
        Some(el("span").class("row-detail").text(&ui.tf(Key::PackBecause, &[&own.reason])))
    };
    let sealed = package.documents.iter().map(|own| {
        let at = own.file.at(&["document", "times", "sealed"]).and_then(crate::domain::Timestamp::from_json);
        let revision = own.file.at(&["document", "revision"]).and_then(Value::as_u64).unwrap_or_default();
        let at = at.map(|at| format::date_time(ui.locale(), at)).unwrap_or_default();
        entry(&title(ui, &own.instrument.canonical), &ui.tf(Key::SealedOn, &[&at, &revision.to_string()]))
            .maybe(because(&own.id))
    });
    let drafts = package.drafts.iter().map(|draft| {
        let instrument = Document::from_json(&draft.head).map(|head| head.instrument.canonical).unwrap_or_default();
        entry(&title(ui, &instrument), ui.t(Key::PackDraft)).maybe(because(draft.id()))
    });
    sealed.chain(drafts).collect()
}

fn entry(title: &str, detail: &str) -> El {
    el("li").child(el("span").class("package-title").text(title)).child(el("span").class("row-detail").text(detail))
}

/// What is not in a package, and why, below a heading.
pub fn left_out(ui: Ui, package: &Package, heading: El) -> Option<El> {
    let why = |own: &LeftOut| {
        ui.t(match own.why {
            LeftOutWhy::Sensitive => Key::PackWhySensitive,
            LeftOutWhy::NotChosen => Key::PackWhyNotChosen,
            LeftOutWhy::Draft => Key::PackWhyDraft,
            LeftOutWhy::Unreadable => Key::PackWhyUnreadable,
        })
    };
    let rows = package.left_out.iter().map(|own| entry(&title(ui, &own.instrument), why(own)));
    let list = || el("ul").class("package-list").attr("data-list", "stays").all(rows);
    (!package.left_out.is_empty()).then(|| el("div").class("package-documents").child(heading).child(list()))
}

fn done(ui: Ui, made: &Made) -> El {
    let (case, purpose, receiver) = packing(ui, |packing| {
        (Some(packing.case), packing.purpose == PackagePurpose::Handover, packing.receiver[0].clone())
    })
    .unwrap_or_default();
    let again = button("button", "package-file", Some(Icon::Download), ui.t(Key::PackSaveAgain));
    let to_case = button("button button-main", "to-case", None, ui.t(Key::UnpackToCase));
    let to_case = to_case.on_click(move || {
        if let Some(case) = case {
            ui.go(Screen::Case(case));
        }
    });
    el("div")
        .attr("data-package", &made.name)
        .class("package-preview")
        .child(heading(ui.t(Key::PackDone)))
        .child(line("lead", &ui.tf(Key::PackDoneLead, &[&made.name, &receiver])))
        .maybe(purpose.then(|| line("", ui.t(Key::PackDoneHandover))))
        .child(facts([
            (ui.t(Key::SealNumber), made.seal_id.to_string()),
            (ui.t(Key::PackDigest), short_form(&made.digest)),
        ]))
        .child(
            el("div").class("actions").child(to_case).child(again.on_click(move || send(ui, PackageEvent::FileAsked))),
        )
}
