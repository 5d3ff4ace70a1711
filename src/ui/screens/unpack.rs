//! Opening a package: who sealed it, what would come in, and the key that others encrypt to.

use super::packed;
use super::signers::awaited_words;
use super::verify::report;
use crate::app::{DraftFate, Event, Fate, KeyProblem, PackageEvent, Plan, Screen, Topic, UnpackRefusal, UnpackingStep};
use crate::domain::CaseId;
use crate::platform::{Part, read_files, spawn};
use crate::seal::Jwk;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::findings::finding;
use crate::ui::i18n::{Key, package_words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, facts, heading, line, trouble};
use crate::ui::parts::parted;
use crate::ui::sheet::{code, matrix};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The page on which packages are opened.
#[inline(never)] // An entry of tools/parts.json.
pub fn unpack(ui: Ui) -> El {
    let outcome = el("div").class("package").attr("role", "status").live(move |place| {
        ui.watch(Topic::Packages);
        if let Some((name, step)) = ui.read(|model| {
            model.packages.unpacking.as_ref().map(|unpacking| (unpacking.name.clone(), unpacking.step.clone()))
        }) {
            place.append(&shown(ui, &name, &step));
        }
    });
    el("div")
        .class("page page-narrow")
        .child(back(ui, Screen::Home, Key::Cases))
        .child(heading(ui.t(Key::UnpackTitle)))
        .child(line("lead", ui.t(Key::UnpackLead)))
        .child(choose(ui))
        .child(outcome)
        .child(own_key(ui))
}

fn send(ui: Ui, event: PackageEvent) {
    ui.send(Event::Package(event));
}

fn choose(ui: Ui) -> El {
    let input = el("input")
        .class("file-input")
        .attr("type", "file")
        .attr("accept", ".json,.jwe,application/json,application/jose")
        .attr("data-act", "open-package")
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(files) = input.and_then(|input| input.files()) else { return };
            spawn(Box::pin(async move {
                if let Some((name, bytes)) = read_files(files).await.pop() {
                    send(ui, PackageEvent::FileGiven(name, bytes));
                }
            }));
        });
    el("label")
        .class("drop file-choose")
        .child(icon(Icon::Sheet))
        .child(el("span").text(ui.t(Key::UnpackDrop)))
        .child(el("span").class("button").text(ui.t(Key::UnpackChoose)))
        .child(input)
}

fn shown(ui: Ui, name: &str, step: &UnpackingStep) -> El {
    let (state, body) = match step {
        UnpackingStep::Decrypting => ("decrypting", line("", ui.t(Key::UnpackDecrypting))),
        UnpackingStep::Checking(_) => ("checking", line("", ui.t(Key::Checking))),
        UnpackingStep::Keeping(_) => ("keeping", line("", ui.t(Key::UnpackKeeping))),
        UnpackingStep::Refused(refusal) => ("refused", refused(ui, refusal)),
        UnpackingStep::Ready(plan) => ("ready", ready(ui, plan, Key::UnpackTake)),
        UnpackingStep::NotKept(plan, problem) => {
            let told = trouble(ui, package_words::package_not_kept(ui, problem), []);
            ("not-kept", el("div").child(told).child(ready(ui, plan, Key::TryAgain)))
        }
        UnpackingStep::Kept(plan) => ("kept", kept(ui, plan)),
    };
    el("section").class("checked-file").attr("data-unpacking", state).child(el("h2").text(name)).child(body)
}

fn refused(ui: Ui, refusal: &UnpackRefusal) -> El {
    let told = trouble(ui, package_words::package_refused(ui, refusal), []);
    match refusal {
        UnpackRefusal::Broken(broken) => el("div").child(told).child(report(ui, broken)),
        _ => el("div").child(told),
    }
}

/// What would come in, and the button that takes it in.
fn ready(ui: Ui, plan: &Plan, take: Key) -> El {
    let take = button("button button-main", "take-in", Some(Icon::Download), ui.t(take));
    let take = take.on_click(move || send(ui, PackageEvent::TakingInAsked));
    let end = if plan.brings_something() {
        el("div").class("actions").child(take)
    } else {
        line("", ui.t(Key::UnpackNothing)).attr("data-nothing", "")
    };
    what_comes(ui, plan).child(end)
}

fn what_comes(ui: Ui, plan: &Plan) -> El {
    let package = &plan.unsealed.package;
    let documents = plan.documents.iter().map(|own| {
        let told = own.report.as_deref().filter(|_| matches!(own.fate, Fate::Broken(_))).map(|own| report(ui, own));
        row(&packed::title(ui, &own.instrument), fate(ui, &own.fate))
            .attr("data-fate", fate_code(&own.fate))
            .maybe(told)
    });
    let drafts = plan.drafts.iter().map(|own| {
        let title = format!("{} · {}", packed::title(ui, &own.instrument), ui.t(Key::PackDraft));
        row(&title, draft_fate(ui, own.fate))
    });
    el("div")
        .class("package-preview")
        .child(report(ui, &plan.report))
        .child(line("package-key", &sender(ui, plan)))
        .child(packed::about(ui, package))
        .all(about_case(ui, plan))
        .child(el("h3").text(ui.t(Key::UnpackDocuments)))
        .child(el("ul").class("package-list").all(documents))
        .maybe((!plan.drafts.is_empty()).then(|| el("h3").text(ui.t(Key::UnpackDrafts))))
        .child(el("ul").class("package-list").all(drafts))
        .maybe(packed::left_out(ui, package, el("h3").text(ui.t(Key::UnpackLeftOut))))
}

/// Whether the key that sealed it is known here.
fn sender(ui: Ui, plan: &Plan) -> String {
    let own = ui.read(|model| model.key.as_ref().ok().map(Jwk::kid));
    let is_own = plan.report.signatures.iter().any(|signature| Some(signature.kid) == own);
    let signed = plan.report.signatures.iter();
    let known = ui.read(|model| signed.clone().find_map(|one| Some(model.known.get(one.kid)?.name().to_owned())));
    let said = match known {
        _ if is_own => ui.t(Key::UnpackKeyOwn).to_owned(),
        Some(name) => ui.tf(Key::UnpackKeyKnown, &[&name]),
        None => ui.t(Key::UnpackKeyUnknown).to_owned(),
    };
    format!("{}: {said}", ui.t(Key::UnpackFrom))
}

fn about_case(ui: Ui, plan: &Plan) -> Vec<El> {
    let came = &plan.unsealed.case;
    let known = if plan.known.is_some() { Key::UnpackCaseKnown } else { Key::UnpackCaseNew };
    let mut said = vec![line("", ui.t(known))];
    let differs = plan.known.as_ref().is_some_and(|here| {
        (&here.name, &here.register_number, &here.birth) != (&came.name, &came.register_number, &came.birth)
    });
    if differs {
        let details = std::iter::once(came.name.clone()).chain(super::home::details(ui, came));
        said.push(warning(&ui.tf(Key::UnpackCaseDiffers, &[&details.collect::<Vec<_>>().join(" · ")])));
    }
    let name = |id: &CaseId| ui.read(|model| model.cases.get(*id).map(|case| case.name.clone()));
    let names: Vec<String> = plan.namesakes.iter().filter_map(name).collect();
    if !names.is_empty() {
        said.push(warning(&ui.tf(Key::UnpackNamesake, &[&names.join(", ")])).attr("data-namesake", ""));
    }
    said
}

fn warning(words: &str) -> El {
    el("p").class("display display-marked").child(icon(Icon::Alert)).child(el("span").text(words))
}

fn row(title: &str, detail: String) -> El {
    el("li").child(el("span").class("package-title").text(title)).child(el("span").class("row-detail").text(&detail))
}

fn fate(ui: Ui, fate: &Fate) -> String {
    let key = match fate {
        Fate::New => Key::UnpackNew,
        Fate::Here => Key::UnpackHere,
        Fate::Signed(by) => {
            let names: Vec<String> = by.iter().map(|one| awaited_words(ui, one)).collect();
            return ui.tf(Key::UnpackSigned, &[&by.len().to_string(), &names.join(", ")]);
        }
        Fate::NotSigned(why) => return ui.tf(Key::UnpackNotSigned, &[&finding(ui, why)]),
        Fate::OtherBytes => Key::UnpackOtherBytes,
        Fate::Broken(_) => Key::UnpackBroken,
        Fate::NoSeal(_) => Key::UnpackNoSeal,
        Fate::FormRefused => Key::UnpackFormRefused,
    };
    ui.t(key).to_owned()
}

const fn fate_code(fate: &Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::Here => "here",
        Fate::Signed(_) => "signed",
        _ => "refused",
    }
}

fn draft_fate(ui: Ui, fate: DraftFate) -> String {
    let key = match fate {
        DraftFate::New => Key::UnpackNew,
        DraftFate::Here => Key::UnpackHere,
        DraftFate::Longer(entries) => return ui.tf(Key::UnpackLonger, &[&entries.to_string()]),
        DraftFate::Sealed => Key::UnpackSealed,
        DraftFate::Apart => Key::UnpackApart,
        DraftFate::Unreadable => Key::UnpackUnreadable,
    };
    ui.t(key).to_owned()
}

fn kept(ui: Ui, plan: &Plan) -> El {
    let case = plan.unsealed.case.id;
    let open = button("button button-main", "to-case", None, ui.t(Key::UnpackToCase));
    let done = el("p").class("verdict verdict-valid").child(icon(Icon::Tick));
    let signed = plan.documents.iter().filter(|own| matches!(own.fate, Fate::Signed(_)));
    let signed =
        signed.map(|own| line("", &format!("{}: {}", packed::title(ui, &own.instrument), fate(ui, &own.fate))));
    el("div")
        .child(done.child(el("span").text(ui.t(Key::UnpackKept))))
        .all(signed)
        .child(el("div").class("actions").child(open.on_click(move || ui.go(Screen::Case(case)))))
}

/// The key that others encrypt to, or the way to make one.
fn own_key(ui: Ui) -> El {
    let shown = el("div").class("block-body").live(move |place| {
        ui.watch(Topic::Packages);
        match ui.read(|model| model.packages.own_key.clone()) {
            None => {}
            Some(Err(KeyProblem::Missing)) => {
                let make = button("button", "make-own-key", Some(Icon::Lock), ui.t(Key::OwnKeyMake));
                place.append(&make.on_click(move || send(ui, PackageEvent::OwnKeyAsked)));
            }
            Some(Err(problem)) => place.append(&trouble(ui, package_words::receiving_key(ui, &problem), [])),
            Some(Ok(jwk)) => {
                let fingerprint = jwk.kid().fingerprint().to_string();
                let file = button("button", "own-key-file", Some(Icon::Download), ui.t(Key::OwnKeyFile));
                let file = file.on_click(move || send(ui, PackageEvent::OwnKeyFileAsked));
                let text = jwk.to_json().to_string();
                let drawn = move || code(&matrix(&text)).unwrap_or_else(|| el("div"));
                let code = parted(ui, Part::Record, drawn, |_| {});
                let code = el("div")
                    .class("key-qr")
                    .attr("role", "img")
                    .attr("aria-label", ui.t(Key::EncryptionKeyCode))
                    .child(code);
                place.append(&facts([(ui.t(Key::Fingerprint), fingerprint)]));
                place.append(&el("div").class("actions").child(file));
                place.append(&code);
            }
        }
    });
    let head = el("h2").text(ui.t(Key::OwnKeyTitle));
    el("section").class("block").child(head).child(line("", ui.t(Key::OwnKeyLead))).child(shown)
}
