//! What another version of a form would change in a draft, in the words of both versions.

use crate::app::{Model, Moving, Prospect, Way};
use crate::form::{
    Answer, Content, Difference, Item, Left, Node, NodeIx, Note, Part, Questionnaire, Response, Sensitivity, Text,
    Unfit,
};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::fields::{answer_words, basis_key, picture, problem_words, told};
use crate::ui::i18n::Key;
use crate::ui::panel::line;

/// Both sides of a comparison.
struct Sides<'a> {
    ui: Ui,
    old: &'a Response,
    new: &'a Response,
}

/// Appends everything that would change, what matters most first, and how much stays.
pub fn differences(ui: Ui, place: &El) {
    ui.read(|model| {
        let Some((old, moving, prospect)) = sides(model) else { return };
        let comparison = &prospect.comparison;
        let sides = Sides { ui, old, new: &comparison.response };
        place.append(&line("version-same", &ui.tf(Key::AnswersUnchanged, &[&comparison.unchanged.to_string()])));
        for (name, title, lead) in PARTS {
            let rows: Vec<El> = comparison
                .differences
                .iter()
                .filter(|one| part_of(one) == name)
                .filter_map(|one| sides.row(one))
                .collect();
            if !rows.is_empty() {
                let list = el(if is_plain(name) { "ul" } else { "dl" }).all(rows);
                let again = title == Key::AddedTitle && moving.way == Way::Earlier;
                let head = el("h2").text(ui.t(if again { Key::AddedAgainTitle } else { title }));
                let part = el("section").class("version-part").attr("data-part", name).child(head);
                place.append(&part.maybe(lead.map(|lead| line("hint", ui.t(lead)))).child(list));
            }
        }
        if comparison.differences.is_empty() {
            place.append(&line("", ui.t(Key::NothingDiffers)));
        }
    });
}

fn sides(model: &Model) -> Option<(&Response, &Moving, &Prospect)> {
    let moving = model.moving.as_ref()?;
    Some((&model.filling()?.response, moving, moving.prospect.as_deref()?))
}

/// The parts in their order: name, heading, and what it means.
const PARTS: [(&str, Key, Option<Key>); 6] = [
    ("leaves", Key::LeavingTitle, Some(Key::LeavingLead)),
    ("returns", Key::ReturningTitle, Some(Key::ReturningLead)),
    ("stays", Key::StayingTitle, None),
    ("reckoned", Key::ReckonedTitle, None),
    ("added", Key::AddedTitle, None),
    ("removed", Key::RemovedTitle, None),
];

const fn part_of(difference: &Difference) -> &'static str {
    match difference {
        Difference::Leaves(_) => "leaves",
        Difference::Returns(_) => "returns",
        Difference::Stays { .. } | Difference::Heading { .. } => "stays",
        Difference::Reckoned { .. } => "reckoned",
        Difference::Added(_) => "added",
        Difference::Removed(_) => "removed",
    }
}

/// Questions without answers are a plain list.
fn is_plain(part: &str) -> bool {
    matches!(part, "added" | "removed")
}

impl Sides<'_> {
    fn row(&self, difference: &Difference) -> Option<El> {
        Some(match difference {
            Difference::Leaves(left) => self.leaves(left),
            Difference::Returns(node) => self.answered(self.new, *node, &self.new.node(*node).content),
            Difference::Stays { old, new, notes } => self.stays(*old, *new, notes)?,
            Difference::Heading { old, new } => {
                let words = |form: &Questionnaire, ix| form.item(ix).text.clone();
                let (old, new) = (words(self.old.questionnaire(), *old), words(self.new.questionnaire(), *new));
                let row = el("div").class("version-row").child(el("dt").text(self.ui.t(Key::NoteHeading)));
                row.child(el("dd").child(self.pair(&old, &new)?))
            }
            Difference::Reckoned { old, new } => {
                let row = el("div").class("version-row").child(el("dt").text(&self.question(self.old, *old)));
                let (was, is) = (self.words(self.old, *old), self.words(self.new, *new));
                row.child(self.told_both(self.old.item(*old), &was, &is))
            }
            Difference::Added(ix) => el("li").text(self.text(&self.new.questionnaire().item(*ix).text)),
            Difference::Removed(ix) => el("li").text(self.text(&self.old.questionnaire().item(*ix).text)),
        })
    }

    fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.in_language(self.ui.locale().tag())
    }

    /// The text of a question, behind the entries of the lists it stands in.
    fn question(&self, response: &Response, node: NodeIx) -> String {
        let mut words = self.text(&response.item(node).text).to_owned();
        let mut at = Some(node);
        while let Some(ix) = at {
            let Node { parent, .. } = response.node(ix);
            let entries = response.entries(ix);
            if response.item(ix).is_list && entries.len() > 1 {
                let number = entries.iter().position(|entry| *entry == ix).unwrap_or_default() + 1;
                words = if ix == node {
                    format!("{words} {number}")
                } else {
                    format!("{} {number} › {words}", self.text(&response.item(ix).text))
                };
            }
            at = *parent;
        }
        words
    }

    fn words(&self, response: &Response, node: NodeIx) -> String {
        self.said(response.item(node), &response.node(node).content)
    }

    fn said(&self, item: &Item, content: &Content) -> String {
        answer_words(self.ui, item, content).unwrap_or_else(|| self.ui.t(Key::NothingHere).to_owned())
    }

    /// A question and an answer to it, in full.
    fn answered(&self, response: &Response, node: NodeIx, content: &Content) -> El {
        let (item, question) = (response.item(node), self.question(response, node));
        let pictures = content.answers.iter().filter(|_| !is_covered(item)).filter_map(|answer| match answer {
            Answer::Attachment(file) => picture(&question, file),
            _ => None,
        });
        let pictures: Vec<El> = pictures.map(|picture| el("dd").child(picture)).collect();
        let row = el("div").class("version-row").attr("data-linkid", &item.link_id);
        row.child(el("dt").text(&question)).child(told(self.ui, item, self.said(item, content))).all(pictures)
    }

    fn leaves(&self, left: &Left) -> El {
        let why = match left.why {
            Unfit::Gone => Key::WhyGone,
            Unfit::Type => Key::WhyType,
            Unfit::Option => Key::WhyOption,
            Unfit::Unit => Key::WhyUnit,
            Unfit::Several => Key::WhySeveral,
            Unfit::Reckoned if self.old.is_reckoned(left.node) => Key::WhyNotReckoned,
            Unfit::Reckoned => Key::WhyReckoned,
            Unfit::Reason => Key::WhyReason,
        };
        self.answered(self.old, left.node, &left.content).child(el("dd").class("hint").text(self.ui.t(why)))
    }

    fn stays(&self, old: NodeIx, new: NodeIx, notes: &[Note]) -> Option<El> {
        let told: Vec<El> = notes.iter().filter_map(|note| self.note(self.old.item(old), note)).collect();
        if told.is_empty() {
            return None;
        }
        let row = if self.old.item(old).kind.is_question() {
            self.answered(self.old, old, &self.new.node(new).content)
        } else {
            el("div").class("version-row").child(el("dt").text(&self.question(self.old, old)))
        };
        Some(row.all(told))
    }

    fn note(&self, item: &Item, note: &Note) -> Option<El> {
        let ui = self.ui;
        let words = match note {
            Note::Reworded(part, old, new) => {
                let key = match part {
                    Part::Question => Key::NoteQuestion,
                    Part::Option => Key::NoteOption,
                    Part::End => Key::NoteEnd,
                };
                if *part == Part::Option && is_covered(item) {
                    // The words of the option are those of the answer.
                    let (old, new) = old.differing(new, ui.locale().tag())?;
                    return Some(told(ui, item, format!("{}: {old} → {new}", ui.t(key))));
                }
                return Some(el("dd").class("version-note").child(line("hint", ui.t(key))).child(self.pair(old, new)?));
            }
            Note::MoreOptions(options) => {
                let words: Vec<&str> = options.iter().take(MOST_OPTIONS).map(|option| self.text(option)).collect();
                let more = if options.len() > MOST_OPTIONS { ", …" } else { "" };
                ui.tf(Key::NoteMoreOptions, &[&(words.join(", ") + more)])
            }
            Note::Basis(was, is) => ui.tf(Key::NoteBasis, &[ui.t(basis_key(*was)), ui.t(basis_key(*is))]),
            Note::NotAsked => ui.t(Key::NoteNotAsked).to_owned(),
            Note::Asked => ui.t(Key::NoteAsked).to_owned(),
            Note::Problem(problem) => problem_words(ui, item, problem),
        };
        Some(el("dd").class("version-note").text(&words))
    }

    /// The words of both versions side by side, in a language in which they differ.
    fn pair(&self, old: &Text, new: &Text) -> Option<El> {
        let (old, new) = old.differing(new, self.ui.locale().tag())?;
        Some(self.before_and_after(old, new))
    }

    /// Two answers to one question; what is most sensitive is shown when asked for.
    fn told_both(&self, item: &Item, old: &str, new: &str) -> El {
        if is_covered(item) {
            told(self.ui, item, format!("{old} → {new}"))
        } else {
            el("dd").child(self.before_and_after(old, new))
        }
    }

    fn before_and_after(&self, old: &str, new: &str) -> El {
        let side = |key, words: &str| {
            let label = el("span").class("hint").text(self.ui.t(key));
            el("div").child(label).child(el("span").text(words))
        };
        el("div").class("version-pair").child(side(Key::VersionNow, old)).child(side(Key::VersionThen, new))
    }
}

/// Whether answers to it need privacy on the screen.
fn is_covered(item: &Item) -> bool {
    item.sensitivity == Some(Sensitivity::X)
}

/// A longer list says no more to somebody who decides.
const MOST_OPTIONS: usize = 6;
