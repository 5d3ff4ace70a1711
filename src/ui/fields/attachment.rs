//! Files and photographs as answers.

use super::Field;
use crate::app::Event;
use crate::form::{Answer, Attachment, Edit};
use crate::platform::{FileRefusal, attach, spawn};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, say_problem};
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A file that can be chosen, seen and taken away.
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
            _ => place.append(&choose(&field)),
        }
        if drawn.replace(true) {
            place.focus_within();
        }
    })
}

fn chosen(field: &Field, file: &Attachment) -> El {
    let (ui, removed) = (field.ui, field.clone());
    let picture = || {
        let source = format!("data:{};base64,{}", file.content_type, file.data);
        el("img").class("file-picture").attr("alt", &file.title).attr("src", &source)
    };
    let remove = button("button button-quiet", "remove-file", Some(Icon::Bin), ui.t(Key::RemoveFile));
    el("div")
        .class("file")
        .maybe(file.content_type.starts_with("image/").then(picture))
        .child(el("span").text(&format!("{} · {}", file.title, format::bytes(ui, file.size))))
        .child(remove.on_click(move || removed.edit(Edit::Cleared)))
}

fn choose(field: &Field) -> El {
    let taken = field.clone();
    let refused = el("p").class("problem").attr("role", "status");
    let place = refused.clone();
    let input =
        el("input").class("file-input").attr("id", &field.id("")).attr("type", "file").on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
            if let Some(file) = file {
                let (field, place) = (taken.clone(), place.clone());
                let limit = field.item().bounds.max_size;
                let Some((document, question)) = field.address() else { return };
                place.clear();
                spawn(Box::pin(async move {
                    match attach(file, limit).await {
                        Ok(file) => field.ui.send(Event::FileAttached(document, question, file)),
                        // Words are asked for only while the app they are said in stands.
                        Err(refusal) if place.stands() => say_problem(&place, &refusal_words(field.ui, &refusal)),
                        Err(_) => {}
                    }
                }));
            }
        });
    let kinds = &field.item().bounds.mime_types;
    input.set_attr("accept", (!kinds.is_empty()).then(|| kinds.join(",")).as_deref());
    let words = el("span").text(field.ui.t(Key::ChooseFile));
    let button = el("label").class("button file-choose").child(icon(Icon::Sheet)).child(words).child(input);
    el("div").class("file").child(button).child(refused)
}

fn refusal_words(ui: Ui, refusal: &FileRefusal) -> String {
    match refusal {
        FileRefusal::TooLarge(limit) => ui.tf(Key::FileTooLarge, &[&format::bytes(ui, *limit)]),
        FileRefusal::Unread(words) => ui.tf(Key::FileUnread, &[words]),
    }
}
