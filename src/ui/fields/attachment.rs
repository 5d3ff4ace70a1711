//! Files and photographs as answers.

use super::Field;
use crate::app::Event;
use crate::form::{Answer, Attachment, Bounds, Edit};
use crate::platform::{FileRefusal, attach, spawn};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, target};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, say_problem};
use crate::ui::reactive::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A file that can be chosen, seen and taken away.
#[inline(never)] // An entry of tools/parts.json.
pub fn attachment(field: &Field) -> El {
    let watched = field.clone();
    let shown = distinct(move || {
        watched.watch(|content| match content.answers.first() {
            Some(Answer::Attachment(file)) => format!("{} {} {}", file.size, file.content_type, file.title),
            _ => String::new(),
        })
    });
    let (field, drawn) = (field.clone(), Cell::new(false));
    el("div").live(move |place| {
        // Read and not only tracked: a reading that was never made knows nothing to watch.
        shown.get();
        match field.content(|content| content.answers.first().cloned()) {
            Some(Answer::Attachment(file)) => place.append(&chosen(&field, &file)),
            _ => place.append(&file_input(&field, &field.id(""), &field.item().bounds.mime_types.join(","))),
        }
        if drawn.replace(true) {
            place.focus_within();
        }
    })
}

/// A file that is there, and the way to take it away.
pub fn chosen(field: &Field, file: &Attachment) -> El {
    let (ui, removed) = (field.ui, field.clone());
    let remove = button("button button-quiet", "remove-file", Some(Icon::Bin), ui.t(Key::RemoveFile));
    let remove = remove.on_click(move || {
        removed.edit(Edit::Cleared);
        removed.leave();
    });
    let name = el("span").class("file-name").text(&format!("{} · {}", file.title, format::bytes(ui, file.size)));
    el("div").class("file").maybe(picture(&field.text(), file)).child(name).child(remove)
}

/// What a picture shows, described by the question it answers.
pub fn picture(question: &str, file: &Attachment) -> Option<El> {
    // As the source of an image nothing in a file can run, not even in a drawing.
    let source = format!("data:{};base64,{}", file.content_type, file.data);
    let picture = || {
        let words = format!("{question}: {}", file.title);
        el("img").class("file-picture").attr("alt", &words).attr("src", &source)
    };
    (file.content_type.starts_with("image/") && !file.data.is_empty()).then(picture)
}

/// The ways to choose a file; where pictures are taken, hand-held devices also offer the camera.
pub fn file_input(field: &Field, id: &str, kinds: &str) -> El {
    let refused = el("p").class("problem").attr("role", "status");
    let way = |class: &str, words: Key, sign: Icon, input: El| {
        let input = take(field, input.class("file-input").attr("type", "file"), refused.clone());
        el("label").class(class).child(icon(sign)).child(el("span").text(field.ui.t(words))).child(input)
    };
    let input = el("input").attr("id", id).attr("aria-describedby", &field.described());
    input.set_attr("accept", (!kinds.is_empty()).then_some(kinds));
    let choose = way("button file-choose", Key::ChooseFile, Icon::Sheet, input);
    let camera = || {
        let input = el("input").attr("accept", "image/*").attr("capture", "environment");
        way("button file-choose file-camera", Key::TakePhoto, Icon::Camera, input)
    };
    let pictures = kinds.is_empty() || kinds.contains("image/");
    el("div").class("file").child(choose).maybe(pictures.then(camera)).child(refused)
}

fn take(field: &Field, input: El, refused: El) -> El {
    let taken = field.clone();
    input.on("change", move |event| {
        let input = target(&event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
        let Some((file, (document, question))) = file.zip(taken.address()) else { return };
        let (field, place) = (taken.clone(), refused.clone());
        place.clear();
        spawn(Box::pin(async move {
            match attach(file, &field.item().bounds).await {
                Ok(file) => field.ui.send(Event::FileAttached(document, question, file)),
                // Words are asked for only while the app they are said in stands.
                Err(refusal) if place.stands() => {
                    say_problem(&place, &refusal_words(field.ui, &refusal, &field.item().bounds));
                }
                Err(_) => {}
            }
        }));
    })
}

fn refusal_words(ui: Ui, refusal: &FileRefusal, bounds: &Bounds) -> String {
    match refusal {
        FileRefusal::Kind(kind) => ui.tf(Key::FileKindRefused, &[kind, &bounds.mime_types.join(", ")]),
        FileRefusal::Undrawable => ui.t(Key::FileUndrawable).to_owned(),
        FileRefusal::TooLarge(limit) => ui.tf(Key::FileTooLarge, &[&format::bytes(ui, *limit)]),
        FileRefusal::Unread(words) => ui.tf(Key::FileUnread, &[words]),
    }
}
