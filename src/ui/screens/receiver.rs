//! Adding a receiver: its address, and the comparison of its key before anything is sent there.

use crate::app::outbox::{Enrolling, OutboxEvent, Receiver};
use crate::app::{Event, Topic};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::{self, Key};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, facts, line, trouble};
use crate::ui::reactive::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The part of the screen that adds a receiver; `confirmed` is set once one was confirmed here.
pub fn add(ui: Ui, confirmed: Rc<Cell<bool>>) -> El {
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
    let (last, turns) = (RefCell::new(Step::default()), Cell::new(0_u32));
    // What is sent meanwhile draws nothing here anew: the focus stays where it is.
    let turn = distinct(move || {
        ui.watch(Topic::Outbox);
        let step = step(ui);
        if *last.borrow() != step {
            last.replace(step);
            turns.set(turns.get() + 1);
        }
        turns.get().to_string()
    });
    let outcome = el("div").attr("role", "status").live(move |place| {
        turn.get();
        match step(ui) {
            (None, near) => {
                if let Some((url, receiver)) = near {
                    place.append(&suggestion(ui, url, &receiver));
                }
            }
            (Some(Enrolling::Asking(url)), _) => place.append(&line("", &ui.tf(Key::AskingReceiver, &[&url]))),
            (Some(Enrolling::Compare(url, receiver)), _) => {
                let shown = compare(ui, url, receiver, &confirmed);
                place.append(&shown);
                // Not the button: whoever presses a key twice has compared nothing.
                shown.find("h3").iter().for_each(El::focus_drawn);
            }
            (Some(Enrolling::Failed(url, problem)), _) => {
                place.append(&trouble(ui, i18n::outbox::enrol(ui, &url, &problem), []));
            }
        }
    });
    el("section").class("block").child(el("h2").text(ui.t(Key::AddReceiver))).child(outcome).child(form)
}

/// The endpoint that is being added, and the receiver that is offered meanwhile.
type Step = (Option<Enrolling>, Option<(String, Receiver)>);

fn step(ui: Ui) -> Step {
    ui.read(|model| {
        let near = model.outbox.suggestion.clone().filter(|(url, _)| model.outbox.line(url).is_none());
        (model.outbox.enrolling.clone(), near)
    })
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

fn compare(ui: Ui, url: String, receiver: Receiver, confirmed: &Rc<Cell<bool>>) -> El {
    let kid = receiver.kid();
    let right = button("button button-main", "confirm-receiver", Some(Icon::Tick), ui.t(Key::ReceiverIsRight));
    let confirmed = Rc::clone(confirmed);
    let right = right.on_click(move || {
        confirmed.set(true);
        send(ui, OutboxEvent::ReceiverConfirmed);
    });
    let wrong = button("button", "decline-receiver", None, ui.t(Key::ReceiverIsWrong));
    let fingerprint = el("dd").class("fingerprint").attr("data-kid", &kid.to_string());
    let fingerprint =
        el("div").child(el("dt").text(ui.t(Key::Fingerprint))).child(fingerprint.text(&kid.fingerprint().to_string()));
    el("div")
        .class("outbox-compare")
        .child(el("h3").attr("tabindex", "-1").text(ui.t(Key::CompareReceiver)))
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
                .child(right)
                .child(wrong.on_click(move || send(ui, OutboxEvent::ReceiverDeclined))),
        )
}
