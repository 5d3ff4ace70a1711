//! The client's screen: one clause a card, in large type, with nothing of the worker's around it.

use super::start;
use crate::app::view::{Card, Difference, client_cards};
use crate::app::{Event, Handed, Locale, Model, Purpose, Topic};
use crate::domain::DocumentId;
use crate::form::{ItemIx, NodeIx};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, measure, property, svg, target, yes};
use crate::ui::fields;
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line};
use crate::ui::picture::picture;
use crate::ui::reactive::*;
use crate::ui::told;
use std::cell::Cell;
use std::rc::Rc;

/// A finger that moves sideways at least this far, in CSS pixels, turns the card.
const SWIPE: f64 = 60.0;

/// The screen of a client who has the tablet.
#[inline(never)] // An entry of tools/parts.json.
pub fn client(ui: Ui, document: DocumentId) -> El {
    let title = ui.read(|model| Some(form_title(model.locale(), model.filling()?))).unwrap_or_default();
    let shown = distinct(move || {
        ui.watch(Topic::Client);
        let cards = |handed: &Handed| cards(ui, handed.purpose).len();
        handed(ui).map(|handed| format!("{} {} {}", handed.at, handed.leaving, cards(&handed))).unwrap_or_default()
    });
    let drawn = Cell::new(false);
    let card = el("div").class("client-place").live(move |place| {
        shown.get();
        if let Some(handed) = untrack(|| handed(ui)) {
            place.append(&stage(ui, document, &handed));
        }
        // The heading of what is before the client now takes the focus, so that it is read out; the first one comes with
        // the screen.
        if drawn.replace(true)
            && let Some(heading) = place.find("h1")
        {
            heading.focus();
        }
    });
    let bar =
        el("header").class("client-bar").child(line("client-title", &title)).child(language(ui)).child(
            button("button button-quiet", "return", None, ui.t(Key::BackToWorker)).on_click(move || ask(ui, true)),
        );
    swiped(ui, el("main").class("client").child(bar).child(card)).on("keydown", move |event| {
        // In a field the arrow keys move within it.
        if target(&event).is_some_and(|target| target.matches("input,textarea,select").unwrap_or(false)) {
            return;
        }
        match property(&event, "key").as_str() {
            "ArrowRight" | "PageDown" => turn(ui, true),
            "ArrowLeft" | "PageUp" => turn(ui, false),
            "Escape" => ask(ui, true),
            _ => {}
        }
    })
}

fn handed(ui: Ui) -> Option<Handed> {
    ui.read(|model| model.handed.clone())
}

fn cards(ui: Ui, purpose: Purpose) -> Vec<Card> {
    ui.read(|model| Some(client_cards(model.filling()?, purpose))).unwrap_or_default()
}

fn form_title(locale: Locale, filling: &crate::app::Filling) -> String {
    filling.response.questionnaire().title.in_language(locale.tag()).to_owned()
}

fn turn(ui: Ui, onward: bool) {
    if handed(ui).is_some_and(|handed| !handed.leaving && !matches!(handed.purpose, Purpose::Answering(_))) {
        ui.send(Event::CardTurned(onward));
    }
}

fn ask(ui: Ui, leaving: bool) {
    ui.send(Event::ReturnAsked(leaving));
}

/// The other language; the card stays where it is.
fn language(ui: Ui) -> El {
    let (other, name) = match ui.locale() {
        Locale::Id => (Locale::En, "English"),
        Locale::En => (Locale::Id, "Indonesia"),
    };
    button("language", "language", None, name)
        .attr("data-language", other.tag())
        .attr("lang", other.tag())
        .on_click(move || ui.send(Event::LocaleChosen(other)))
}

/// Turns the card with a finger; there are buttons that do the same.
fn swiped(ui: Ui, place: El) -> El {
    let begun = Rc::new(Cell::new(None));
    let start = Rc::clone(&begun);
    place.on("pointerdown", move |event| start.set(Some((measure(&event, "clientX"), measure(&event, "clientY"))))).on(
        "pointerup",
        move |event| {
            let Some((x, y)) = begun.take() else { return };
            let (right, down) = (measure(&event, "clientX") - x, measure(&event, "clientY") - y);
            if right.abs() >= SWIPE && right.abs() > 2.0 * down.abs() {
                turn(ui, right < 0.0);
            }
        },
    )
}

/// What is before the client: a card, the closing words, or the way back.
fn stage(ui: Ui, document: DocumentId, handed: &Handed) -> El {
    if handed.leaving {
        return leaving(ui);
    }
    if ui.read(|model| model.filling().is_none()) {
        return start::opening(ui, document);
    }
    let cards = cards(ui, handed.purpose);
    match (cards.get(handed.at), handed.purpose) {
        (Some(card), Purpose::Answering(group)) => answering(ui, card, group),
        (Some(card), _) => reading(ui, card, handed.at, cards.len()),
        (None, purpose) => closing(ui, purpose, cards.len()),
    }
}

/// Two steps, so that a stray touch does not show what is the worker's.
fn leaving(ui: Ui) -> El {
    let stay = button("button button-main", "stay", Some(Icon::Back), ui.t(Key::StayWithClient));
    let open = button("button", "returned", Some(Icon::Lock), ui.t(Key::WorkerOpens));
    el("div")
        .class("client-card client-leaving")
        .child(heading(ui.t(Key::GiveBack)))
        .child(line("clause", ui.t(Key::GiveBackWhy)))
        .child(steps([stay.on_click(move || ask(ui, false)), open.on_click(move || ui.send(Event::TabletReturned))]))
}

fn steps(buttons: impl IntoIterator<Item = El>) -> El {
    el("div").class("client-steps").all(buttons)
}

/// A card's picture and title.
fn head(ui: Ui, card: &Card) -> El {
    let (title, drawn) = ui.read(|model| of_item(model, card.group)).unwrap_or_default();
    let entry = card.entry.filter(|(_, count)| *count > 1);
    let entry = entry
        .map(|(number, count)| line("client-entry", &ui.tf(Key::EntryOf, &[&number.to_string(), &count.to_string()])));
    let drawn = drawn.map(|drawn| el("div").class("client-picture").child(picture(drawn)));
    el("div").class("client-head").maybe(drawn).child(el("div").child(heading(&title)).maybe(entry))
}

fn of_item(model: &Model, item: ItemIx) -> Option<(String, Option<crate::form::Picture>)> {
    let item = model.filling()?.response.questionnaire().item(item);
    Some((item.text.in_language(model.locale().tag()).to_owned(), item.picture))
}

fn reading(ui: Ui, card: &Card, at: usize, count: usize) -> El {
    let (title, paragraphs) = ui
        .read(|model| {
            let (title, _) = of_item(model, card.group)?;
            let response = &model.filling()?.response;
            let mut sentences: Vec<String> = card.lines.iter().map(|node| told::line(ui, response, *node)).collect();
            // Of an entry the first sentence says what it is about; the others belong together.
            let others =
                sentences.split_off(if card.entry.is_some() { 1.min(sentences.len()) } else { sentences.len() });
            sentences.extend(Some(others.join(" ")).filter(|others| !others.is_empty()));
            Some((title, sentences))
        })
        .unwrap_or_default();
    let spoken = format!("{title}. {}", paragraphs.join(" "));
    let clause = if card.changes.is_empty() {
        // Long words typed by somebody are no reason for a card that has to be scrolled.
        let long = paragraphs.iter().map(String::len).sum::<usize>() > 160;
        let clause = el("div").class(if long { "client-clause client-long" } else { "client-clause" });
        let begins = title.encode_utf16().count() + 2;
        spoken_clause(ui, clause, &paragraphs, begins)
    } else {
        let around = paragraphs.iter().map(|words| line("clause clause-around", words));
        let changes = card.changes.iter().flat_map(|change| changed(ui, change));
        el("div").class("client-clause").all(around).all(changes)
    };
    let done = svg("rect").attr("width", &(at + 1).to_string()).attr("height", "1");
    let progress = svg("svg").class("client-progress").attr("aria-hidden", "true").attr("preserveAspectRatio", "none");
    el("div")
        .class("client-card")
        .child(progress.attr("viewBox", &format!("0 0 {count} 1")).child(done))
        .child(line("client-count", &ui.tf(Key::CardOf, &[&(at + 1).to_string(), &count.to_string()])))
        .child(head(ui, card))
        .child(clause)
        .child(voice(ui, spoken))
        .child(turning(ui, at, (at + 1 == count).then_some(card.changes.is_empty())))
}

/// The buttons that turn the card; behind the last one everything was read, or the changes were seen.
fn turning(ui: Ui, at: usize, last: Option<bool>) -> El {
    let (words, mark) = match last {
        None => (Key::CardNext, Icon::Next),
        Some(true) => (Key::CardLast, Icon::Tick),
        Some(false) => (Key::AnswerDone, Icon::Tick),
    };
    let back = button("button", "card-back", Some(Icon::Back), ui.t(Key::CardBack)).flag("disabled", at == 0);
    let next = button("button button-main", "card-next", None, ui.t(words)).child(icon(mark));
    steps([back.on_click(move || turn(ui, false)), next.on_click(move || turn(ui, true))])
}

/// The sentences, word by word, so that the eye can follow the voice. `begins` is where the first stands in what is read.
fn spoken_clause(ui: Ui, place: El, paragraphs: &[String], begins: usize) -> El {
    let mut at = begins;
    for sentence in paragraphs {
        let paragraph = el("p").class("clause");
        for word in sentence.split_inclusive(char::is_whitespace) {
            let (from, to) = (at, at + word.encode_utf16().count());
            let is_now = distinct(move || {
                ui.watch(Topic::Client);
                let spoken = ui.read(|model| model.handed.as_ref()?.spoken);
                yes(spoken.is_some_and(|spoken| (from..to).contains(&spoken)))
            });
            let now = move || (!is_now.get().is_empty()).then(String::new);
            paragraph.append(&el("span").live_attr("data-now", now).text(word));
            at = to;
        }
        at += 1;
        place.append(&paragraph);
    }
    place
}

/// Reads the card aloud where the browser has a voice for the language; else the worker does.
fn voice(ui: Ui, words: String) -> El {
    let state = distinct(move || {
        ui.watch(Topic::Client);
        ui.read(|model| {
            let tag = model.locale().tag();
            let spoken = |voice: &String| voice.to_ascii_lowercase().starts_with(tag);
            let speaks = model.handed.as_ref().is_some_and(|handed| handed.spoken.is_some());
            match (model.voices.iter().any(spoken), speaks) {
                (false, _) => String::new(),
                (true, false) => "silent".to_owned(),
                (true, true) => "speaks".to_owned(),
            }
        })
    });
    el("div").class("client-voice").live(move |place| match state.get().as_str() {
        "" => place.append(&line("client-reader", ui.t(Key::WorkerReads))),
        "silent" => {
            let words = words.clone();
            let speak = button("button", "speak", Some(Icon::Voice), ui.t(Key::ReadAloud));
            place.append(&speak.on_click(move || ui.send(Event::SpeechAsked(words.clone()))));
        }
        _ => {
            let hush = button("button", "hush", Some(Icon::Half), ui.t(Key::StopReading));
            place.append(&hush.on_click(move || ui.send(Event::SpeechStopped)));
        }
    })
}

/// What an answer said before and says now.
fn changed(ui: Ui, change: &Difference) -> Vec<El> {
    let told = |response: Option<&crate::form::Response>, node: Option<NodeIx>| Some(told::line(ui, response?, node?));
    let (before, after) = ui.read(|model| {
        let filling = model.filling();
        let old = filling.and_then(|filling| filling.replaced.as_deref());
        (told(old, change.old), told(filling.map(|filling| &filling.response), change.new))
    });
    let row = |key, class: &str, words: String| {
        el("p").class(&format!("clause {class}")).child(el("span").class("mark").text(ui.t(key))).text(" ").text(&words)
    };
    let is_new = before.is_none();
    let before =
        before.map(|words| row(if change.new.is_none() { Key::Removed } else { Key::Before }, "clause-old", words));
    let after = after.map(|words| row(if is_new { Key::Added } else { Key::Now }, "clause-new", words));
    before.into_iter().chain(after).collect()
}

fn answering(ui: Ui, card: &Card, group: NodeIx) -> El {
    let done = button("button button-main", "answered", Some(Icon::Tick), ui.t(Key::AnswerDone));
    el("div")
        .class("client-card client-answers")
        .child(head(ui, card))
        .child(fields::for_client(ui, group))
        .child(steps([done.on_click(move || ui.send(Event::CardTurned(true)))]))
}

fn closing(ui: Ui, purpose: Purpose, count: usize) -> El {
    let (title, words) = match purpose {
        _ if count == 0 => (Key::NothingToRead, Key::NothingToReadWhy),
        Purpose::Reading => (Key::AllRead, Key::AllReadWhy),
        Purpose::Changes => (Key::ChangesSeen, Key::AllReadWhy),
        Purpose::Answering(_) => (Key::AnswerGiven, Key::AnswerGivenWhy),
    };
    let again = button("button", "card-back", Some(Icon::Back), ui.t(Key::CardBack)).flag("disabled", count == 0);
    let back = button("button button-main", "return", None, ui.t(Key::BackToWorker));
    el("div")
        .class("client-card client-closing")
        .child(heading(ui.t(title)))
        .child(line("clause", ui.t(words)))
        .child(steps([again.on_click(move || ui.send(Event::CardTurned(false))), back.on_click(move || ask(ui, true))]))
}
