//! What printed pages need beyond the screen: a running head and foot, a head on the first page, and what the worker
//! decides about names, numbers and answers that need privacy.

use super::dispatch::Ui;
use super::dom::{El, checked, el, whenever};
use super::i18n::{Key, format};
use super::icon::Icon;
use super::panel::{button, facts};
use crate::app::{Event, Recorded, Sheet};
use crate::domain::{Case, CaseId, DocumentId, Initials, Timestamp};
use crate::platform;
use crate::ui::reactive::*;

/// What the worker decides about a print. By default it tells least.
#[derive(Clone, Copy)]
pub struct Choices {
    /// The client's name stands in full at the head of each page, not the initials.
    pub name: RwSignal<bool>,
    /// Answers that need most privacy are printed.
    pub sensitive: RwSignal<bool>,
    /// Identity numbers are printed whole.
    pub numbers: RwSignal<bool>,
}

impl Choices {
    /// The choices of a screen that was just opened.
    pub fn new() -> Self {
        Self { name: RwSignal::new(false), sensitive: RwSignal::new(false), numbers: RwSignal::new(false) }
    }
}

/// The button that prints what is on the screen.
pub fn print_button(ui: Ui) -> El {
    let print = button("button", "print", Some(Icon::Printer), ui.t(Key::Print));
    print.on_click(move || ui.send(Event::PrintAsked))
}

/// The choices as boxes, folded away. `withholds` tells whether there are answers that need most privacy, and identity
/// numbers.
pub fn print_choices(ui: Ui, choices: Choices, withholds: (bool, bool)) -> El {
    let choice = |key: Key, name: &str, signal: RwSignal<bool>| {
        let input = el("input").attr("type", "checkbox").attr("name", name);
        input.set_checked(signal.get_untracked());
        let input = input.on("change", move |event| signal.set(checked(&event)));
        el("label").class("option option-small").child(input).child(el("span").text(ui.t(key)))
    };
    let boxes = el("div")
        .class("options")
        .child(choice(Key::PrintName, "print-name", choices.name))
        .maybe(withholds.0.then(|| choice(Key::PrintSensitive, "print-sensitive", choices.sensitive)))
        .maybe(withholds.1.then(|| choice(Key::PrintNumbers, "print-numbers", choices.numbers)));
    let summary = el("summary").text(ui.t(Key::PrintChoices));
    el("details").class("help print-choices").child(summary).child(boxes)
}

/// The client as named on paper.
pub fn client(ui: Ui, case: &Case, full: bool) -> String {
    let Initials(initials) = Initials::of(&case.name);
    let name = if full { case.name.clone() } else { initials };
    match &case.register_number {
        Some(number) => format!("{name} · {}", ui.tf(Key::RegisterNumberIs, &[number])),
        None => name,
    }
}

/// What runs along with the pages of a print.
#[derive(Clone)]
pub struct Running {
    /// The case whose client stands at the head.
    pub case: CaseId,
    /// What is printed.
    pub what: String,
    /// Its day.
    pub day: Timestamp,
    /// What stands at the foot.
    pub foot: String,
}

/// Puts a head and a foot on the pages of whoever prints this screen, where the app owns the page.
pub fn run_along(ui: Ui, choices: Choices, running: Running) {
    if !ui.owns_page() {
        return;
    }
    whenever(move || {
        let full = choices.name.get();
        let client = ui.read(|model| model.cases.get(running.case).map(|case| client(ui, case, full)));
        let client = client.unwrap_or_default();
        let day = format::date(ui.locale(), running.day);
        // The number of a page is known only to whoever lays the pages out.
        let pages = quoted(&ui.tf(Key::PageOf, &["\u{1}", "\u{2}"]));
        let pages = pages.replace('\u{1}', "\" counter(page) \"").replace('\u{2}', "\" counter(pages) \"");
        let small = "font:8.5pt sans-serif;color:#000;white-space:pre";
        let rules = format!(
            "@page{{@top-left{{content:{};{small}}}@top-right{{content:{};{small}}}@bottom-left{{content:{};{small}}}@bottom-right{{content:{pages};{small}}}}}",
            quoted(&format!("{} {client}", ui.t(Key::Client))),
            quoted(&format!("{} · {day}", running.what)),
            quoted(&running.foot),
        );
        platform::paper(&rules, &format!("{client} – {} – {day}", running.what));
    });
}

/// A draft that somebody prints says on each page that it is one.
pub fn draft_runs_along(ui: Ui, id: DocumentId) {
    if let Some(head) = ui.read(|model| model.documents.get(id).cloned()) {
        let what = ui.read(|model| {
            let title = model.filling().map(|filling| filling.response.questionnaire().title.clone());
            title.unwrap_or_default().in_language(model.locale().tag()).to_owned()
        });
        let foot = ui.t(Key::NotSealedYet).to_owned();
        run_along(ui, Choices::new(), Running { case: head.case, what, day: head.begun, foot });
    }
}

/// Each page of a copy says which text it belongs to.
pub fn copy_runs_along(ui: Ui, id: DocumentId, sheet: &Sheet) {
    if let Some(head) = ui.read(|model| model.documents.get(id).cloned()) {
        let foot = sheet.foot.first().cloned().unwrap_or_default();
        let day = head.seal.map_or(head.begun, |seal| seal.at);
        run_along(ui, Choices::new(), Running { case: head.case, what: sheet.title.clone(), day, foot });
    }
}

/// Takes head and foot off again.
pub fn plain(ui: Ui) {
    if ui.owns_page() {
        platform::paper("", "Asesmen");
    }
}

/// A text as CSS writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter if letter.is_control() && letter > '\u{2}' => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// What stands under the title of the first printed page: about whom it is, when it was made and by whom. The screen says
/// that in other places.
pub fn paper_head(ui: Ui, choices: Choices, case: CaseId, list: Vec<(&'static str, String)>) -> El {
    el("div").class("paper-head").live(move |place| {
        let full = choices.name.get();
        let client = ui.read(|model| model.cases.get(case).map(|case| client(ui, case, full))).unwrap_or_default();
        let all = std::iter::once((ui.t(Key::Client), client)).chain(list.iter().cloned());
        place.append(&facts(all));
    })
}

/// When a sealed document was made and by whom.
pub fn made(ui: Ui, document: &Recorded) -> Vec<(&'static str, String)> {
    let locale = ui.locale();
    let contact = document.contact.map(|at| (ui.t(Key::MetAt), format::date_time(locale, at)));
    let revision = (document.head.revision > 1).then(|| (ui.t(Key::Revision), document.head.revision.to_string()));
    let sealed = (ui.t(Key::SealedAt), format::date_time(locale, document.sealed));
    contact.into_iter().chain([sealed, (ui.t(Key::SealedBy), document.author.join(", "))]).chain(revision).collect()
}

/// What identifies a sealed document on paper: the number of its seal, and the digest of its file.
pub fn seal_line(ui: Ui, document: &Recorded) -> String {
    let number = document.head.seal.map(|seal| seal.id.to_string()).unwrap_or_default();
    ui.tf(Key::SealLine, &[&number, &short_digest(&document.digest)])
}

/// The first sixteen digits of a SHA-256, in groups of four, as people compare them by eye.
fn short_digest(digest: &str) -> String {
    let digits: Vec<char> = digest.trim_start_matches("sha-256:").chars().take(16).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
