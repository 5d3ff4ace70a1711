//! Making a package: what it is for, for whom, and which documents.

use super::change::title_of;
use super::{packed, start};
use crate::app::{
    DocumentMark, Event, PackageEvent, Packing, PackingField, PackingRefusal, PackingStep, Piece, Screen, Topic,
};
use crate::domain::{CaseId, DocumentId, SealId};
use crate::platform::{read_files, spawn};
use crate::seal::{EncryptionKeyRefusal, PackagePurpose};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, checked, distinct, el, value, yes};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, heading, line, problem, say_problem};
use crate::ui::reactive::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The page on which a package of a case is made.
#[inline(never)] // An entry of tools/parts.json.
pub fn pack(ui: Ui, case: CaseId) -> El {
    if !ui.read(|model| model.cases.contains(case)) {
        return start::missing(ui);
    }
    // Each step is drawn once; what is typed does not draw it anew.
    let step = distinct(move || {
        ui.watch(Topic::Packages);
        packing(ui, |packing| std::mem::discriminant(&packing.step)).map(|step| format!("{step:?}")).unwrap_or_default()
    });
    let body = el("div").class("package").live(move |place| {
        step.get();
        let shown = packing(ui, |packing| matches!(packing.step, PackingStep::Choosing));
        match shown {
            Some(true) => choosing(ui, case, place),
            Some(false) => packed::step(ui, place),
            None => {}
        }
    });
    el("div").class("page page-narrow").child(back(ui, Screen::Case(case), Key::Tasks)).child(body)
}

/// Reads the package being made.
pub fn packing<R>(ui: Ui, read: impl FnOnce(&Packing) -> R) -> Option<R> {
    ui.read(|model| model.packages.packing.as_ref().map(read))
}

fn send(ui: Ui, event: PackageEvent) {
    ui.send(Event::Package(event));
}

fn choosing(ui: Ui, case: CaseId, place: &El) {
    let name = ui.read(|model| model.cases.get(case).map(|case| case.name.clone())).unwrap_or_default();
    let form = el("form").flag("novalidate", true).on("submit", move |event| {
        event.prevent_default();
        send(ui, PackageEvent::PreviewAsked);
    });
    let preview = button("button button-main", "preview-package", None, ui.t(Key::PackPreview)).attr("type", "submit");
    let form = form
        .child(purpose(ui))
        .child(field(ui, PackingField::Name))
        .child(field(ui, PackingField::Organisation))
        .child(key(ui))
        .child(documents(ui))
        .child(handover(ui))
        .child(refused(ui))
        .child(el("div").class("actions").child(preview));
    place.append(&heading(&ui.tf(Key::PackTitle, &[&name])));
    place.append(&line("lead", ui.t(Key::PackLead)));
    place.append(&form);
}

/// What stands only in a handover, or only elsewhere, follows the purpose.
fn purpose(ui: Ui) -> El {
    let now = packing(ui, |packing| packing.purpose);
    let options = [
        (PackagePurpose::Export, Key::PackForReading, Key::PackForReadingHint),
        (PackagePurpose::Handover, Key::PackForHandover, Key::PackForHandoverHint),
    ];
    let option = |(purpose, title, hint): (PackagePurpose, Key, Key)| {
        let input = el("input").attr("type", "radio").attr("name", "package-purpose").attr("value", purpose.code());
        input.set_checked(now == Some(purpose));
        let input = input.on("change", move |_| send(ui, PackageEvent::PurposeChosen(purpose)));
        let words = el("span")
            .child(el("span").class("package-title").text(ui.t(title)))
            .child(el("span").class("row-detail").text(ui.t(hint)));
        el("label").class("option").child(input).child(words)
    };
    let title = el("p").class("question-text").attr("id", "package-purpose").text(ui.t(Key::PackPurpose));
    let list = el("div").class("options").attr("role", "radiogroup").attr("aria-labelledby", "package-purpose");
    el("div").class("question").child(title).child(list.all(options.map(option)))
}

fn typed(packing: &Packing, field: PackingField) -> String {
    let text = match field {
        PackingField::Name => &packing.receiver[0],
        PackingField::Organisation => &packing.receiver[1],
        PackingField::Reason => &packing.reason,
        PackingField::Introduced => &packing.introduced,
        PackingField::Note => &packing.note,
    };
    text.clone()
}

fn field(ui: Ui, field: PackingField) -> El {
    let (id, label, hint, refusal) = match field {
        PackingField::Name => ("package-name", Key::PackReceiver, None, None),
        PackingField::Organisation => {
            let refusal = Some((PackingRefusal::ReceiverMissing, Key::PackReceiverMissing));
            ("package-organisation", Key::PackReceiverOrganisation, None, refusal)
        }
        PackingField::Reason => {
            let refusal = Some((PackingRefusal::ReasonMissing, Key::PackReasonMissing));
            ("package-reason", Key::PackReason, Some(Key::PackReasonHint), refusal)
        }
        PackingField::Introduced => {
            let refusal = Some((PackingRefusal::NotADay, Key::PackNotADay));
            ("package-introduced", Key::PackIntroduced, Some(Key::PackIntroducedHint), refusal)
        }
        PackingField::Note => ("package-note", Key::PackNote, None, None),
    };
    let text = packing(ui, |packing| typed(packing, field)).unwrap_or_default();
    let input = match field {
        PackingField::Reason | PackingField::Note => el("textarea").attr("rows", "3").text(&text),
        PackingField::Introduced => el("input").attr("type", "date").attr("value", &text),
        _ => el("input").attr("type", "text").attr("autocomplete", "off").attr("value", &text),
    };
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let shown = input.clone();
    if matches!(field, PackingField::Name | PackingField::Organisation) {
        // A key brings whose it is.
        crate::ui::dom::whenever(move || {
            ui.watch(Topic::Packages);
            let text = packing(ui, |packing| typed(packing, field)).unwrap_or_default();
            if shown.value() != text {
                shown.set_value(&text);
            }
        });
    }
    let is_refused = move || {
        ui.watch(Topic::Packages);
        let now = packing(ui, |packing| packing.refusal).flatten();
        refusal.filter(|(refusal, _)| Some(*refusal) == now).map(|(_, key)| key)
    };
    let input = input
        .class("input")
        .attr("id", id)
        .attr("aria-describedby", &[hint_id.as_str(), problem_id.as_str()][usize::from(hint.is_none())..].join(" "))
        .live_attr("aria-invalid", move || is_refused().map(|_| "true".to_owned()))
        .on("input", move |event| send(ui, PackageEvent::Typed(field, value(&event))));
    let told = problem(&problem_id).live(move |place| {
        if let Some(key) = is_refused() {
            say_problem(place, ui.t(key));
        }
    });
    el("div")
        .class("question")
        .child(el("label").class("question-text").attr("for", id).text(ui.t(label)))
        .maybe(hint.map(|hint| line("hint", ui.t(hint)).attr("id", &hint_id)))
        .child(input)
        .child(told)
}

/// The key to encrypt to.
fn key(ui: Ui) -> El {
    let now = distinct(move || {
        ui.watch(Topic::Packages);
        let said = packing(ui, |packing| {
            let key = packing.key.as_ref().map(|key| key.kid.clone());
            format!("{key:?} {:?}", packing.key_refusal)
        });
        said.unwrap_or_default()
    });
    let state = el("div").attr("role", "status").live(move |place| {
        now.get();
        let (key, refusal) =
            packing(ui, |packing| (packing.key.clone(), packing.key_refusal.clone())).unwrap_or_default();
        if let Some(key) = key {
            let whose = key.name.clone().unwrap_or_default();
            let words = ui.tf(Key::PackKeyTaken, &[&key.jwk.kid().fingerprint().to_string(), &whose]);
            let drop = button("button button-quiet", "drop-key", None, ui.t(Key::PackKeyDrop));
            place.append(&line("", &words).attr("data-key", &key.kid));
            place.append(&drop.on_click(move || send(ui, PackageEvent::KeyDropped)));
        }
        if let Some(refusal) = refusal {
            let told = el("p").class("problem");
            say_problem(&told, ui.t(key_refusal(&refusal)));
            place.append(&told);
        }
    });
    let input = el("input")
        .class("file-input")
        .attr("type", "file")
        .attr("accept", ".json,application/json,application/jwk+json")
        .attr("data-act", "package-key")
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(files) = input.and_then(|input| input.files()) else { return };
            spawn(Box::pin(async move {
                for (_, bytes) in read_files(files).await {
                    send(ui, PackageEvent::KeyGiven(bytes));
                }
            }));
        });
    let choose = el("span").text(ui.t(Key::PackKeyChoose));
    let choose = el("label").class("button file-choose").child(icon(Icon::Lock)).child(choose).child(input);
    el("div")
        .class("question")
        .child(el("p").class("question-text").text(ui.t(Key::PackEncryptFor)))
        .child(line("hint", ui.t(Key::PackKeyHint)))
        .child(el("div").class("actions").child(choose))
        .child(state)
}

const fn key_refusal(refusal: &EncryptionKeyRefusal) -> Key {
    match refusal {
        EncryptionKeyRefusal::NotAKey => Key::PackNoEncryptionFile,
        EncryptionKeyRefusal::Private => Key::PackKeyPrivate,
        EncryptionKeyRefusal::NotForEncryption => Key::PackKeyNotForEncryption,
        EncryptionKeyRefusal::NotP256 => Key::PackKeyNotP256,
    }
}

/// The documents, each with what it is marked with.
fn documents(ui: Ui) -> El {
    let pieces: Vec<Piece> = packing(ui, |packing| packing.pieces.clone()).unwrap_or_default();
    let specific = el("input").attr("type", "checkbox").attr("data-act", "without-specific");
    specific.set_checked(packing(ui, |packing| packing.without_specific).unwrap_or_default());
    let specific = specific.on("change", move |event| send(ui, PackageEvent::SpecificLeftOut(checked(&event))));
    let ids: Vec<DocumentId> = pieces.iter().map(|piece| piece.head.id).collect();
    let all = button("button", "choose-all", None, ui.t(Key::PackAll)).on_click(move || {
        ids.iter().for_each(|id| send(ui, PackageEvent::Chosen(*id, true)));
    });
    let needs_reason = distinct(move || {
        ui.watch(Topic::Packages);
        yes(packing(ui, Packing::needs_reason).unwrap_or_default())
    });
    let reason = el("div").live(move |place| {
        if !needs_reason.get().is_empty() {
            place.append(&field(ui, PackingField::Reason));
        }
    });
    el("section")
        .class("package-documents")
        .child(el("h2").text(ui.t(Key::PackDocuments)))
        .child(line("", ui.t(Key::PackWhole)))
        .child(
            el("label")
                .class("option option-small")
                .child(specific)
                .child(el("span").text(ui.t(Key::PackWithoutSpecific))),
        )
        .child(el("div").class("actions").child(all))
        .child(el("div").class("options").all(pieces.iter().map(|piece| row(ui, piece))))
        .child(reason)
}

fn row(ui: Ui, piece: &Piece) -> El {
    let (id, is_draft) = (piece.head.id, piece.head.is_draft());
    let own = move |packing: &Packing| {
        let piece = packing.pieces.iter().find(|piece| piece.head.id == id)?;
        Some((packing.is_chosen(piece), packing.may_go(piece)))
    };
    let input = el("input").attr("type", "checkbox").attr("data-piece", &id.to_string());
    let shown = input.clone();
    crate::ui::dom::whenever(move || {
        ui.watch(Topic::Packages);
        let (chosen, may_go) = packing(ui, own).flatten().unwrap_or_default();
        shown.set_checked(chosen);
        shown.set_attr("disabled", (!may_go).then_some(""));
    });
    let input = input.on("change", move |event| send(ui, PackageEvent::Chosen(id, checked(&event))));
    let when = match piece.head.seal {
        Some(seal) => {
            let at = format::date_time(ui.locale(), seal.at);
            ui.tf(Key::SealedOn, &[&at, &piece.head.revision.to_string()])
        }
        None => format!("{} · {}", ui.t(Key::PackDraft), ui.t(Key::PackDraftStays)),
    };
    let mark = mark_key(piece.mark)
        .map(|key| el("span").class("package-mark").child(icon(Icon::Lock)).child(el("span").text(ui.t(key))));
    let words = el("span")
        .class("package-words")
        .child(el("span").class("package-title").text(&title_of(ui, &piece.head)))
        .child(el("span").class("row-detail").text(&when))
        .maybe(mark);
    el("label").class("option").flag("data-draft", is_draft).child(input).child(words)
}

const fn mark_key(mark: DocumentMark) -> Option<Key> {
    match mark {
        DocumentMark::Plain | DocumentMark::Personal => None,
        DocumentMark::Specific => Some(Key::PackMarkS),
        DocumentMark::Private => Some(Key::PackMarkX),
        DocumentMark::Unknown => Some(Key::PackMarkUnknown),
    }
}

/// What a handover asks besides (domain inventory F4).
fn handover(ui: Ui) -> El {
    let purpose = distinct(move || {
        ui.watch(Topic::Packages);
        yes(packing(ui, |packing| packing.purpose == PackagePurpose::Handover).unwrap_or_default())
    });
    el("div").live(move |place| {
        if !purpose.get().is_empty() {
            place.append(&consent(ui));
            place.append(&field(ui, PackingField::Introduced));
            place.append(&field(ui, PackingField::Note));
        }
    })
}

fn consent(ui: Ui) -> El {
    let (pieces, now) = packing(ui, |packing| (packing.pieces.clone(), packing.consent)).unwrap_or_default();
    let sealed = pieces.iter().filter(|piece| piece.head.instrument.url().ends_with("/persetujuan"));
    let options = sealed.filter_map(|piece| {
        let seal = piece.head.seal?;
        let words = format!("{} · {}", title_of(ui, &piece.head), format::date(ui.locale(), seal.at));
        let option = el("option").attr("value", &seal.id.to_string()).flag("selected", now == Some(seal.id));
        Some(option.text(&words))
    });
    let none = el("option").attr("value", "").text(ui.t(Key::PackNoConsent));
    let select = el("select").class("input").attr("id", "package-consent").child(none).all(options);
    let select = select.on("change", move |event| {
        send(ui, PackageEvent::ConsentChosen(SealId::parse(&value(&event)).ok()));
    });
    let label = el("label").class("question-text").attr("for", "package-consent").text(ui.t(Key::PackConsent));
    el("div").class("question").child(label).child(select)
}

/// Why there is no preview, where no field says so.
fn refused(ui: Ui) -> El {
    problem("package-problem").live(move |place| {
        ui.watch(Topic::Packages);
        let key = match packing(ui, |packing| packing.refusal).flatten() {
            Some(PackingRefusal::Empty) => Key::PackEmpty,
            Some(PackingRefusal::Unsaved) => Key::PackUnsaved,
            Some(PackingRefusal::TooLarge) => Key::PackTooLarge,
            // Said once more where the button is, as the field may be out of sight.
            Some(PackingRefusal::ReceiverMissing) => Key::PackReceiverMissing,
            Some(PackingRefusal::ReasonMissing) => Key::PackReasonMissing,
            Some(PackingRefusal::NotADay) => Key::PackNotADay,
            None => return,
        };
        say_problem(place, ui.t(key));
    })
}
