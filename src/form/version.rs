//! What would change if a response went over to another version of its form: data for a person to look at before choosing.

use super::answer::Answer;
use super::answer_option::AnswerOption;
use super::basis::Basis;
use super::carry::{Carried, Left, carry};
use super::fit::fit;
use super::item::{Item, ItemIx, Kind};
use super::operation::Content;
use super::questionnaire::Questionnaire;
use super::response::{NodeIx, Response};
use super::text::Text;
use super::validation::{Problem, Severity, problems};

/// One thing that would change. Nodes and items called old are those of the response as it is, new those of
/// [`Comparison::response`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// An answer has no place in the other version and would leave the draft.
    Leaves(Left),
    /// An answer, or what stands in a group, stays, but not all about it is the same.
    Stays {
        /// Where it stands.
        old: NodeIx,
        /// Where it would stand.
        new: NodeIx,
        /// What is not the same.
        notes: Vec<Note>,
    },
    /// The heading or text above answers that stay has other words.
    Heading {
        /// The group or display text.
        old: ItemIx,
        /// The same in the other version.
        new: ItemIx,
    },
    /// What the form says by itself comes out differently.
    Reckoned {
        /// The value now.
        old: NodeIx,
        /// The value then.
        new: NodeIx,
    },
    /// An answer given in that version before, which the draft does not hold now, comes back.
    Returns(NodeIx),
    /// A question that only the other version asks.
    Added(ItemIx),
    /// A question that nobody answered and the other version does not ask.
    Removed(ItemIx),
}

/// What is not the same about an answer that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Other words: which, the words now, the words then.
    Reworded(Part, Text, Text),
    /// Options that could not be chosen when the answer was given.
    MoreOptions(Vec<Text>),
    /// It would rest on something else: on what now, on what then.
    Basis(Basis, Basis),
    /// It would not be asked, and stand in the draft alone.
    NotAsked,
    /// It is not asked now and would be.
    Asked,
    /// Something to be mended before sealing.
    Problem(Problem),
}

/// Which words of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The question itself.
    Question,
    /// The chosen option.
    Option,
    /// What an end of a scale means.
    End,
}

/// A response and what it would be over another version of its form.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The answers over the other version.
    pub response: Response,
    /// What would change, in the order of the forms.
    pub differences: Vec<Difference>,
    /// How many answers stay as they are.
    pub unchanged: usize,
}

/// Carries answers over as [`carry`] does, and says what would change thereby.
#[must_use]
pub fn compare(old: &Response, onto: Response, since: Option<&Response>) -> Comparison {
    let Carried { response, left, pairs, .. } = carry(old, onto, since);
    let returning = since.is_some();
    let mut comparer = Comparer { old, new: response, returning, differences: Vec::new(), unchanged: 0 };
    for node in old.walk(old.roots()) {
        let leaving: Vec<Left> = left.iter().filter(|left| left.node == node).cloned().collect();
        let whole = leaving.is_empty();
        comparer.differences.extend(leaving.into_iter().map(Difference::Leaves));
        if let Some((_, at)) = pairs.iter().find(|(own, _)| *own == node) {
            comparer.pair(node, *at, whole);
        }
    }
    comparer.headings();
    comparer.returns(&pairs);
    comparer.questions();
    Comparison { response: comparer.new, differences: comparer.differences, unchanged: comparer.unchanged }
}

struct Comparer<'a> {
    old: &'a Response,
    new: Response,
    /// Whether a version is taken up again that the draft was in before.
    returning: bool,
    differences: Vec<Difference>,
    unchanged: usize,
}

impl Comparer<'_> {
    /// Looks at what stands at the same item in both; `whole` tells whether nothing of it leaves.
    fn pair(&mut self, node: NodeIx, at: NodeIx, whole: bool) {
        let (was, is) = (self.old.item(node), self.new.item(at));
        let (content, after) = (&self.old.node(node).content, &self.new.node(at).content);
        if self.old.is_of_form(node)
            && (self.new.is_of_form(at) || !self.new.holds_answers(at))
            && was.kind.is_question()
        {
            let seen = !(was.hidden && is.hidden);
            if seen && content.answers != after.answers {
                self.differences.push(Difference::Reckoned { old: node, new: at });
            }
            return;
        }
        if !self.old.holds_answers(node) || was.kind.is_question() && (content.is_empty() || after.is_empty()) {
            return;
        }
        let notes = self.notes(node, at);
        if !notes.is_empty() {
            self.differences.push(Difference::Stays { old: node, new: at, notes });
        } else if whole && was.kind.is_question() {
            self.unchanged += 1;
        }
    }

    fn notes(&self, node: NodeIx, at: NodeIx) -> Vec<Note> {
        let (was, is) = (self.old.item(node), self.new.item(at));
        let before = problems(self.old, node);
        let mended = |problem: &Problem| problem.severity() == Severity::Error && !before.contains(problem);
        let found = problems(&self.new, at).into_iter().filter(mended).map(Note::Problem);
        if !was.kind.is_question() {
            return found.collect();
        }
        let mut notes = reworded(was, is, &self.old.node(node).content);
        notes.extend(more_options(was, is));
        let (rested, rests) = (self.old.basis(node), self.new.basis(at));
        notes.extend((rested != rests).then_some(Note::Basis(rested, rests)));
        let (asked, asks) = (is_asked(self.old, node), is_asked(&self.new, at));
        notes.extend((asked && !asks).then_some(Note::NotAsked));
        notes.extend((asks && !asked).then_some(Note::Asked));
        notes.extend(found);
        notes
    }

    /// Other words above answers change what they say as other words of the question itself do.
    fn headings(&mut self) {
        let (old, new) = (self.old.questionnaire(), self.new.questionnaire());
        let mut answered = vec![false; old.len()];
        let nodes = self.old.walk(self.old.roots()).into_iter();
        for node in nodes.filter(|node| !self.old.node(*node).content.is_empty()) {
            let mut at = Some(self.old.node(node).item);
            while let Some(ix) = at.filter(|ix| !std::mem::replace(&mut answered[ix.at()], true)) {
                at = old.item(ix).parent;
            }
        }
        for (ix, item) in positions(old).filter(|(_, item)| !item.kind.is_question() && !item.hidden) {
            // A text without questions below it stands above those beside it.
            let over = if item.kind == Kind::Display { item.parent } else { Some(ix) };
            let concerns = over.map_or_else(|| answered.contains(&true), |over| answered[over.at()]);
            let same = new.find(&item.link_id).filter(|found| !new.item(*found).kind.is_question());
            if let Some(found) =
                same.filter(|found| concerns && new.item(*found).text.differing(&item.text, "").is_some())
            {
                self.differences.push(Difference::Heading { old: ix, new: found });
            }
        }
    }

    /// Names what stands in the version taken up again and does not in the draft.
    fn returns(&mut self, pairs: &[(NodeIx, NodeIx)]) {
        if !self.returning {
            return;
        }
        for at in self.new.walk(self.new.roots()) {
            let content = &self.new.node(at).content;
            if content.is_empty() || self.new.is_of_form(at) {
                continue;
            }
            let known = pairs.iter().filter(|(_, own)| *own == at).any(|(node, _)| {
                let (was, now) = (self.old.node(*node), self.old.context.now);
                fit(self.old.item(*node), &was.content, self.new.item(at), now).content.answers == content.answers
                    && !was.content.is_empty()
            });
            if !known {
                self.differences.push(Difference::Returns(at));
            }
        }
    }

    /// Names the questions that only one of the forms asks.
    fn questions(&mut self) {
        let (old, new) = (self.old.questionnaire(), self.new.questionnaire());
        let only = |own: &Questionnaire, other: &Questionnaire| {
            let asked = |found: ItemIx| other.item(found).kind.is_question();
            let only = positions(own).filter(|(_, item)| item.kind.is_question() && !item.hidden);
            only.filter(|(_, item)| !other.find(&item.link_id).is_some_and(asked)).map(|(ix, _)| ix).collect::<Vec<_>>()
        };
        let (added, removed) = (only(new, old), only(old, new));
        let named = |ix: ItemIx, difference: &Difference| match difference {
            Difference::Leaves(left) => self.old.node(left.node).item == ix,
            _ => false,
        };
        let returned = |ix: ItemIx, difference: &Difference| match difference {
            Difference::Returns(node) => self.new.node(*node).item == ix,
            _ => false,
        };
        let unnamed = |ix: &ItemIx| !self.differences.iter().any(|difference| named(*ix, difference));
        let unreturned = |ix: &ItemIx| !self.differences.iter().any(|difference| returned(*ix, difference));
        let removed: Vec<Difference> = removed.into_iter().filter(unnamed).map(Difference::Removed).collect();
        let added: Vec<Difference> = added.into_iter().filter(unreturned).map(Difference::Added).collect();
        self.differences.extend(added.into_iter().chain(removed));
    }
}

fn positions(form: &Questionnaire) -> impl Iterator<Item = (ItemIx, &Item)> {
    (0..).map(ItemIx).zip(form.items())
}

fn is_asked(response: &Response, node: NodeIx) -> bool {
    response.is_enabled(node) && !response.item(node).hidden
}

/// Which words are others: of the question, of the ends of its scale, of what was chosen.
fn reworded(was: &Item, is: &Item, content: &Content) -> Vec<Note> {
    let words =
        |part, old: &Text, new: &Text| old.differing(new, "").map(|_| Note::Reworded(part, old.clone(), new.clone()));
    let mut notes: Vec<Note> = words(Part::Question, &was.text, &is.text).into_iter().collect();
    for (old, new) in was.ends.iter().zip(&is.ends) {
        notes.extend(old.as_ref().zip(new.as_ref()).and_then(|(old, new)| words(Part::End, old, new)));
    }
    for answer in &content.answers {
        let both = chosen(was, answer).zip(chosen(is, answer));
        notes.extend(both.and_then(|(old, new)| words(Part::Option, &old.text, &new.text)));
    }
    notes
}

fn chosen<'a>(item: &'a Item, answer: &Answer) -> Option<&'a AnswerOption> {
    item.options.iter().find(|option| option.matches(answer))
}

fn more_options(was: &Item, is: &Item) -> Option<Note> {
    let new = is.options.iter().filter(|option| chosen(was, &option.answer).is_none());
    let new: Vec<Text> = new.map(|option| option.text.clone()).collect();
    (!was.options.is_empty() && !new.is_empty()).then_some(Note::MoreOptions(new))
}
