//! The outbox: what is sealed and not received yet, receiver by receiver, and what a person has to decide.

use super::receiver;
use crate::app::outbox::{Confirmation, Floor, Hold, HoldReason, Line, OutboxEvent, Waiting};
use crate::app::{Event, Model, Screen, Topic};
use crate::domain::{Document, SealId};
use crate::platform::stamp;
use crate::seal::short_form;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::i18n::{self, Key, format, words};
use crate::ui::icon::Icon;
use crate::ui::panel::{back, button, facts, heading, line, trouble};
use crate::ui::reactive::*;
use std::cell::Cell;
use std::rc::Rc;

/// So many documents are listed; of the others it is said how many there are.
const LISTED: usize = 8;

/// The screen.
#[inline(never)] // An entry of tools/parts.json.
pub fn outbox(ui: Ui) -> El {
    let total = line("outbox-total", "").live(move |place| {
        ui.watch(Topic::Outbox);
        place.append_text(&i18n::outbox::state(ui));
    });
    let problem = el("div").live(move |place| {
        ui.watch(Topic::Outbox);
        if let Some(problem) = ui.read(|model| model.outbox.problem.clone()) {
            place.append(&trouble(ui, words::storage(ui, &problem), []));
        }
    });
    let now = button("button button-main", "send-now", Some(Icon::Up), ui.t(Key::SendNow));
    let now = now.on_click(move || send(ui, OutboxEvent::Woken)).live_attr("hidden", move || {
        ui.watch(Topic::Outbox);
        ui.read(|model| model.outbox.lines.iter().all(|line| line.pending.is_empty())).then(String::new)
    });
    // Blocks are drawn anew only when receivers come; what moves in them is drawn for itself.
    let known = distinct(move || {
        ui.watch(Topic::Outbox);
        ui.read(|model| model.outbox.lines.iter().map(identity).collect())
    });
    let confirmed = Rc::new(Cell::new(false));
    let added = Rc::clone(&confirmed);
    let lines = el("div").live(move |place| {
        let known = known.get();
        let mut last = None;
        for identity in known.lines() {
            let url = identity.split(' ').next().unwrap_or_default();
            place.append(last.insert(receiver_block(ui, url)));
        }
        // The button that was pressed is gone; the hand goes on with what it added.
        if let Some(heading) = last.filter(|_| added.take()).and_then(|block| block.find("h2")) {
            heading.focus_drawn();
        }
    });
    el("div")
        .class("page page-narrow")
        .child(back(ui, Screen::Tablet, Key::ThisTablet))
        .child(heading(ui.t(Key::OutboxTitle)))
        .child(line("lead", ui.t(Key::OutboxLead)))
        .child(total)
        .child(problem)
        .child(el("div").class("actions").child(now))
        .child(lines)
        .child(receiver::add(ui, confirmed))
}

fn send(ui: Ui, event: OutboxEvent) {
    ui.send(Event::Outbox(event));
}

fn identity(line: &Line) -> String {
    format!("{} {}\n", line.endpoint.url, line.endpoint.receiver.kid())
}

/// What a line says, where it is still there.
fn of_line<R>(ui: Ui, url: &str, read: impl FnOnce(&Model, &Line) -> R) -> Option<R> {
    ui.read(|model| model.outbox.line(url).map(|line| read(model, line)))
}

/// One receiver.
fn receiver_block(ui: Ui, url: &str) -> El {
    let Some(endpoint) = of_line(ui, url, |_, line| line.endpoint.clone()) else { return el("div") };
    let own = endpoint.url.clone();
    let state = el("div").class("outbox-state").live(move |place| {
        ui.watch(Topic::Outbox);
        for words in of_line(ui, &own, |_, line| state(ui, line)).unwrap_or_default() {
            place.append(&el("p").text(&words));
        }
    });
    let own = endpoint.url.clone();
    let signs_in = distinct(move || {
        ui.watch(Topic::Outbox);
        let signed_out = of_line(ui, &own, |_, line| line.signed_out).unwrap_or(false);
        yes(signed_out)
    });
    let (own, name) = (endpoint.url.clone(), endpoint.receiver.name.clone());
    let sign_in = el("div").live(move |place| {
        if !signs_in.get().is_empty() {
            place.append(&sign_in(ui, &own, &name));
        }
    });
    let own = endpoint.url.clone();
    let items = el("ul").class("rows outbox-items").live(move |place| {
        ui.watch(Topic::Outbox);
        of_line(ui, &own, |model, line| items(ui, model, line))
            .unwrap_or_default()
            .iter()
            .for_each(|one| place.append(one));
    });
    let held = held_items(ui, endpoint.url.clone());
    let confirmed = match endpoint.how {
        Confirmation::Host => Key::ConfirmedByHost,
        Confirmation::Fingerprint => Key::ConfirmedByWorker,
    };
    let kid = endpoint.receiver.kid();
    let details = facts([
        (ui.t(Key::Organisation), endpoint.receiver.organisation.clone()),
        (ui.t(Key::EndpointAddress), endpoint.url.clone()),
        (ui.t(Key::Fingerprint), kid.fingerprint().to_string()),
        (ui.t(Key::ConfirmedHow), ui.tf(confirmed, &[&format::date(ui.locale(), endpoint.confirmed)])),
    ]);
    el("section")
        .class("block")
        .attr("data-endpoint", &endpoint.url)
        .child(el("h2").attr("tabindex", "-1").text(&endpoint.receiver.name))
        .child(state)
        .child(el("div").class("actions").child(pause(ui, endpoint.url.clone())))
        .child(sign_in)
        .child(held)
        .child(items)
        .child(details)
}

/// One button that pauses and lets go on; it stays where it is, with the focus.
fn pause(ui: Ui, url: String) -> El {
    let paused = move |url: &str| of_line(ui, url, |_, line| line.endpoint.paused).unwrap_or(false);
    let own = url.clone();
    let words = el("span").live(move |place| {
        ui.watch(Topic::Outbox);
        place.append_text(ui.t(if paused(&own) { Key::ResumeSending } else { Key::PauseSending }));
    });
    let button = button("button", "pause", None, "").child(words);
    button.on_click(move || send(ui, OutboxEvent::PauseChosen(url.clone(), !paused(&url))))
}

/// How sending to a receiver stands, sentence by sentence.
fn state(ui: Ui, line: &Line) -> Vec<String> {
    let waiting = line.pending.len() + line.held.len();
    let all = (line.sent() + waiting).to_string();
    let mut said = vec![ui.tf(Key::OutboxProgress, &[&line.sent().to_string(), &all])];
    let open = line.held.iter().filter(|hold| !hold.left).count();
    if open > 0 {
        said.push(ui.tf(Key::OutboxDecide, &[&open.to_string()]));
    }
    if line.endpoint.paused {
        said.push(ui.t(Key::OutboxPaused).to_owned());
    } else if line.on_the_way() > 0 {
        said.push(ui.tf(Key::OutboxSending, &[&line.on_the_way().to_string()]));
    } else if !line.pending.is_empty() && ui.read(|model| model.outbox.floor == Floor::Asked) {
        said.push(ui.t(Key::OutboxElsewhere).to_owned());
    }
    let rests = line.trouble().filter(|_| !line.endpoint.paused && !line.signed_out);
    if let Some(trouble) = rests {
        said.push(i18n::outbox::trouble(ui, trouble));
        if line.resting_until() > stamp().now.millis() {
            said.push(ui.tf(Key::OutboxWaits, &[&i18n::outbox::moment(ui, line.resting_until())]));
        }
    }
    said
}

/// Asks for what the receiver asks for. It is in memory alone.
fn sign_in(ui: Ui, url: &str, name: &str) -> El {
    let id = format!("code:{url}");
    let input = el("input")
        .class("input")
        .attr("id", &id)
        .attr("type", "password")
        .attr("autocomplete", "off")
        .attr("data-act", "access-code");
    let (typed, url) = (input.clone(), url.to_owned());
    let go = button("button button-main", "use-code", None, ui.t(Key::UseCode)).attr("type", "submit");
    el("form")
        .class("outbox-sign-in")
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            // The form goes when it was of use, and the focus with it.
            let heading = typed.around("[data-endpoint]").and_then(|block| block.find("h2"));
            send(ui, OutboxEvent::TokenGiven(url.clone(), typed.value()));
            heading.iter().for_each(El::focus_drawn);
        })
        .child(el("h3").text(&ui.tf(Key::SignInTitle, &[name])))
        .child(line("", ui.t(Key::SignInWords)))
        .child(
            el("div")
                .class("question")
                .child(el("label").class("question-text").attr("for", &id).text(ui.t(Key::AccessCode)))
                .child(input),
        )
        .child(el("div").class("actions").child(go))
}

/// Documents that wait for a person. They are drawn anew only when others do, so that the focus stays on their buttons
/// while other documents move.
fn held_items(ui: Ui, url: String) -> El {
    let own = url.clone();
    let held = distinct(move || {
        ui.watch(Topic::Outbox);
        let of = |hold: &Hold| format!("{} {} {}\n", hold.seal, hold.left, hold.at.millis());
        of_line(ui, &own, |_, line| line.held.iter().map(of).collect()).unwrap_or_default()
    });
    el("ul").class("rows outbox-items").live(move |place| {
        held.get();
        of_line(ui, &url, |model, line| {
            line.held.iter().for_each(|hold| place.append(&held_item(ui, model, hold)));
        });
    })
}

/// Documents that are not received and wait for nobody: first those on the way, then the others.
fn items(ui: Ui, model: &Model, line: &Line) -> Vec<El> {
    let (mut moving, mut resting): (Vec<&Waiting>, Vec<&Waiting>) = (Vec::new(), Vec::new());
    for one in &line.pending {
        if line.is_under_way(one.seal) {
            moving.push(one)
        } else {
            resting.push(one)
        }
        if resting.len() > LISTED {
            break;
        }
    }
    let listed = moving.iter().chain(&resting).take(LISTED);
    let listed = listed.map(|one| {
        let document = model.documents.get(one.document);
        el("li")
            .attr("data-seal", &one.seal.to_string())
            .child(item_words(ui, model, document))
            .child(el("p").class("row-detail").text(&item_state(ui, line, one)))
    });
    let more = line.pending.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| el("li").class("row-detail").text(&ui.tf(Key::MoreItems, &[&more.to_string()])));
    listed.chain(more).collect()
}

fn item_state(ui: Ui, line: &Line, one: &Waiting) -> String {
    if line.is_under_way(one.seal) {
        return ui.t(Key::ItemSending).to_owned();
    }
    match line.rest_of(one.seal) {
        Some((trouble, until)) => {
            let again = ui.tf(Key::ItemAgain, &[&i18n::outbox::moment(ui, until)]);
            [&again, " · ", &i18n::outbox::trouble(ui, trouble)].concat()
        }
        None => ui.t(Key::ItemWaiting).to_owned(),
    }
}

/// Which document it is: whose, what, and when it was sealed.
fn item_words(ui: Ui, model: &Model, document: Option<&Document>) -> El {
    let case = document.and_then(|document| model.cases.get(document.case)).map(|case| case.name.clone());
    let url = document.map_or("", |document| document.instrument.canonical.split('|').next().unwrap_or_default());
    let title = model.instrument(url).map(|entry| entry.title.in_locale(ui.locale()).to_owned());
    let title = title.unwrap_or_else(|| ui.t(Key::UnknownForm).to_owned());
    let sealed = document.and_then(|document| document.seal).map(|seal| format::date_time(ui.locale(), seal.at));
    let words: Vec<String> = case.into_iter().chain(sealed).collect();
    el("div")
        .child(el("span").class("row-title").text(&title))
        .child(el("span").class("row-detail").text(&words.join(" · ")))
}

fn held_item(ui: Ui, model: &Model, hold: &Hold) -> El {
    let document = model.documents.iter().find(|one| one.seal.is_some_and(|seal| seal.id == hold.seal));
    let item = el("li").class("outbox-held").attr("data-seal", &hold.seal.to_string());
    let item = item.attr("data-held", if hold.left { "left" } else { "open" }).child(item_words(ui, model, document));
    let item = match &hold.reason {
        HoldReason::Refused(status, said) => {
            let (happened, todo) = i18n::outbox::refused(*status);
            let happened = line("trouble-happened", &ui.tf(happened, &[&status.to_string()]));
            // In the receiver's own language, which is not known.
            let said = (!said.is_empty()).then(|| line("hint", &ui.tf(Key::ReceiverSaid, &[said])));
            item.child(happened).child(line("", ui.t(todo))).maybe(said)
        }
        HoldReason::Conflict(mine, theirs) => {
            let theirs = theirs.as_deref().map_or_else(|| ui.t(Key::HoldTheirsHidden).to_owned(), short_form);
            let digests = facts([(ui.t(Key::HoldMine), short_form(mine)), (ui.t(Key::HoldTheirs), theirs)]);
            let happened = line("trouble-happened", ui.t(Key::HoldConflict));
            item.child(happened).child(digests).child(line("", ui.t(Key::HoldConflictTodo)))
        }
    };
    let acts = el("div").class("actions").child(decide(ui, hold, "again", Key::HoldAgain, OutboxEvent::AgainAsked));
    if hold.left {
        return item.child(line("row-detail", ui.t(Key::HoldLeft))).child(acts);
    }
    item.child(acts.child(decide(ui, hold, "leave", Key::HoldLeave, OutboxEvent::LeaveChosen)))
}

fn decide(ui: Ui, hold: &Hold, act: &str, key: Key, event: fn(String, SealId) -> OutboxEvent) -> El {
    let (url, seal) = (hold.url.clone(), hold.seal);
    button("button", act, None, ui.t(key)).on_click(move || send(ui, event(url.clone(), seal)))
}
