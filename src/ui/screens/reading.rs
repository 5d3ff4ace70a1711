//! A sealed document read as a record: every question with its answer or shown as missing, pictures as pictures.

use crate::app::view::{RecordSection, ReviewRow};
use crate::form::{Answer, Attachment, Content, Control, DataAbsentReason, Item, NodeIx, Response, Sensitivity};
use crate::platform::Part;
use crate::ui::diagrams;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::fields::words_at;
use crate::ui::i18n::Key;
use crate::ui::icon::Icon;
use crate::ui::panel::button;
use crate::ui::parts::parted;
use chrono::NaiveDate;

/// How what is not for everybody's eyes is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Discretion {
    /// As on the screen of the worker: answers that need most privacy are covered, and identity numbers are masked on paper.
    Covered,
    /// Identity numbers are masked everywhere.
    Masked,
    /// Everything is open.
    Open,
}

/// How a document is shown.
#[derive(Clone, Copy)]
pub struct Manner {
    /// Answers that need most privacy.
    pub sensitive: Discretion,
    /// Identity numbers.
    pub numbers: Discretion,
    /// The element that heads a section.
    pub heading: &'static str,
    /// The day as of which drawings tell ages.
    pub day: NaiveDate,
}

/// The answers, section by section.
pub fn answers(ui: Ui, response: &Response, sections: &[RecordSection], manner: Manner) -> El {
    let section = |section: &RecordSection| {
        let title = section.title.as_ref().map(|title| title.in_language(ui.locale().tag()));
        let title = title.unwrap_or_else(|| ui.t(Key::OtherQuestions));
        let open = (section.unanswered > 0).then(|| ui.tf(Key::Unanswered, &[&section.unanswered.to_string()]));
        let open = open.map(|words| el("p").class("row-detail").text(&words));
        let head = el("div").class("review-head").child(el(manner.heading).text(title)).maybe(open);
        let list = el("dl").all(section.rows.iter().map(|row| answer_row(ui, response, row, manner)));
        let list = (!section.rows.is_empty()).then_some(list);
        el("section").class("review-section").child(head).maybe(drawing(ui, response, section, manner)).maybe(list)
    };
    el("div").class("review").all(sections.iter().map(section))
}

/// The drawing of a section that is one.
fn drawing(ui: Ui, response: &Response, section: &RecordSection, manner: Manner) -> Option<El> {
    let above = std::iter::successors(Some(section.rows.first()?.node), |node| response.node(*node).parent);
    let is_drawn = |node: &NodeIx| matches!(response.item(*node).control, Some(Control::Genogram | Control::Ecomap));
    let group = above.into_iter().find(is_drawn)?;
    let (response, shows_violence) = (response.clone(), manner.sensitive == Discretion::Open);
    let still = move || diagrams::still(ui, &response, group, manner.day, shows_violence).unwrap_or_else(|| el("div"));
    Some(parted(ui, Part::Drawing, still, |_| {}))
}

fn answer_row(ui: Ui, response: &Response, row: &ReviewRow, manner: Manner) -> El {
    let (item, content) = (response.item(row.node), &response.node(row.node).content);
    let question = item.text.in_language(ui.locale().tag());
    let place = el("div").attr("data-depth", &row.depth.min(3).to_string());
    if !item.kind.is_question() {
        let number = row.instance.map(|number| format!(" {number}")).unwrap_or_default();
        return place.class("review-group").child(el("dt").text(&format!("{question}{number}")));
    }
    let reckoned = item.is_calculated() && content.answers.is_empty();
    let (class, answer) = match words_at(ui, response, row.node) {
        // Nobody was to be asked for what the form reckons; something that it needs is missing.
        _ if reckoned => ("review-row review-missing", el("dd").text(ui.t(Key::Incomplete))),
        None => ("review-row review-missing", el("dd").text(ui.t(Key::NotAnswered))),
        Some(words) if content.absent == Some(DataAbsentReason::NotAsked) && content.absent_note.is_none() => {
            ("review-row review-missing", el("dd").text(&words))
        }
        Some(words) if content.absent.is_some() => ("review-row review-absent", el("dd").text(&words)),
        Some(words) => ("review-row", given(ui, item, content, &words, manner)),
    };
    place.class(class).attr("data-linkid", &item.link_id).child(el("dt").text(question)).child(answer)
}

/// An answer: covered, masked, as a picture, or in words.
fn given(ui: Ui, item: &Item, content: &Content, words: &str, manner: Manner) -> El {
    if item.sensitivity == Some(Sensitivity::X) && manner.sensitive != Discretion::Open {
        let (item, content, words) = (item.clone(), content.clone(), words.to_owned());
        let question = item.text.in_language(ui.locale().tag()).to_owned();
        let open = Manner { sensitive: Discretion::Open, ..manner };
        return covered(ui, &question, move || given(ui, &item, &content, &words, open));
    }
    if item.is_identity_number() {
        let on = |class: &str, words: &str| el("span").class(class).text(words);
        return match manner.numbers {
            Discretion::Open => el("dd").text(words),
            Discretion::Masked => el("dd").text(&masked(words)),
            Discretion::Covered => el("dd").child(on("on-screen", words)).child(on("on-paper", &masked(words))),
        };
    }
    let pictures: Vec<El> = content.answers.iter().filter_map(|answer| picture(item, ui, answer)).collect();
    // A picture says more than the name of its file.
    let words = if pictures.is_empty() { words } else { "" };
    el("dd").all(pictures).text(words)
}

/// A photograph or a drawn signature.
fn picture(item: &Item, ui: Ui, answer: &Answer) -> Option<El> {
    let Answer::Attachment(Attachment { content_type, data, title, .. }) = answer else { return None };
    // As the source of an image nothing in a file can run, not even in a drawing.
    let is_picture = content_type.starts_with("image/") && !data.is_empty();
    let words = format!("{}: {title}", item.text.in_language(ui.locale().tag()));
    let source = format!("data:{content_type};base64,{data}");
    is_picture.then(|| el("img").class("answer-picture").attr("alt", &words).attr("src", &source))
}

/// A number of which only the end is readable.
fn masked(number: &str) -> String {
    let letters: Vec<char> = number.trim().chars().collect();
    let hidden = letters.len().saturating_sub(4);
    letters.iter().enumerate().map(|(at, letter)| if at < hidden { '•' } else { *letter }).collect()
}

/// An answer that needs privacy: shown when asked for, by the question it answers.
pub fn covered(ui: Ui, question: &str, answer: impl Fn() -> El + 'static) -> El {
    let place = el("dd").attr("data-veiled", ui.t(Key::Veiled)).attr("tabindex", "-1");
    let covered = place.clone();
    let reveal = button("link", "reveal", Some(Icon::Veil), ui.t(Key::Reveal));
    let reveal = reveal.attr("aria-label", &ui.tf(Key::RevealOf, &[question])).on_click(move || {
        let answer = answer().attr("tabindex", "-1");
        covered.replace_with(&answer);
        answer.focus();
    });
    place.child(reveal)
}
