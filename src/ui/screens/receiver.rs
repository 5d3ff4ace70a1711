//! Adding a receiver: its address, and the comparison of its key before anything is sent there.

use crate::app::outbox::{Enrolling, OutboxEvent, Receiver};
use crate::app::{Event, Topic};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{self, Key};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, facts, line, trouble};

/// The part of the screen that adds a receiver.
pub fn add(ui: Ui) -> El {
    let input = el("input")
        .class("input")
        .attr("id", "receiver-address")
        .attr("type", "url")
        .attr("inputmode", "url")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "receiver-hint");
    let typed = input.clone();
    let find = button("button", "find-receiver", None, ui.t(Key::FindReceiver)).attr("type", "submit");
    let form = el("form")
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            send(ui, OutboxEvent::AddressGiven(typed.value()));
        })
        .child(
            el("div")
                .class("question")
                .child(
                    el("label").class("question-text").attr("for", "receiver-address").text(ui.t(Key::ReceiverAddress)),
                )
                .child(line("hint", ui.t(Key::ReceiverAddressHint)).attr("id", "receiver-hint"))
                .child(input),
        )
        .child(el("div").class("actions").child(find));
    let outcome = el("div").attr("role", "status").live(move |place| {
        ui.watch(Topic::Outbox);
        let (enrolling, near) = ui.read(|model| (model.outbox.enrolling.clone(), model.outbox.suggestion.clone()));
        match enrolling {
            None => {
                let near = near.filter(|(url, _)| ui.read(|model| model.outbox.line(url).is_none()));
                if let Some((url, receiver)) = near {
                    place.append(&suggestion(ui, url, &receiver));
                }
            }
            Some(Enrolling::Asking(url)) => place.append(&line("", &ui.tf(Key::AskingReceiver, &[&url]))),
            Some(Enrolling::Compare(url, receiver)) => place.append(&compare(ui, url, receiver)),
            Some(Enrolling::Failed(url, problem)) => {
                place.append(&trouble(ui, i18n::outbox::enrol(ui, &url, &problem), []));
            }
        }
    });
    el("section").class("block").child(el("h2").text(ui.t(Key::AddReceiver))).child(outcome).child(form)
}

fn send(ui: Ui, event: OutboxEvent) {
    ui.send(Event::Outbox(event));
}

/// A receiver where the app came from is offered and no more: its key is to be compared like any other.
fn suggestion(ui: Ui, url: String, receiver: &Receiver) -> El {
    let look = button("button button-quiet", "look-at-receiver", None, ui.t(Key::LookAtReceiver));
    let look = look.on_click(move || send(ui, OutboxEvent::AddressGiven(url.clone())));
    let words = line("", &ui.tf(Key::ReceiverNear, &[&receiver.name]));
    el("div").class("outbox-near").child(words).child(look)
}

fn compare(ui: Ui, url: String, receiver: Receiver) -> El {
    let kid = receiver.kid();
    let right = button("button button-main", "confirm-receiver", Some(Icon::Tick), ui.t(Key::ReceiverIsRight));
    let wrong = button("button", "decline-receiver", None, ui.t(Key::ReceiverIsWrong));
    let fingerprint = el("dd").class("fingerprint").attr("data-kid", &kid.to_string());
    let fingerprint =
        el("div").child(el("dt").text(ui.t(Key::Fingerprint))).child(fingerprint.text(&kid.fingerprint().to_string()));
    el("div")
        .class("outbox-compare")
        .child(el("h3").text(ui.t(Key::CompareReceiver)))
        .child(
            facts([
                (ui.t(Key::ReceiverName), receiver.name),
                (ui.t(Key::Organisation), receiver.organisation),
                (ui.t(Key::EndpointAddress), url),
            ])
            .child(fingerprint),
        )
        .child(line("", ui.t(Key::CompareWords)))
        .child(
            el("div")
                .class("actions")
                .child(right.on_click(move || send(ui, OutboxEvent::ReceiverConfirmed)))
                .child(wrong.on_click(move || send(ui, OutboxEvent::ReceiverDeclined))),
        )
}
