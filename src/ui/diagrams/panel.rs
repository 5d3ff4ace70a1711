//! The chosen person beside the picture: whom to add, what is known of them, and their ties.

use super::genogram::{Editor, PRESS};
use super::linking::linking;
use super::people::Told;
use super::tools::{folded, questions};
use super::words::{Said, filled, said, term};
use crate::app::family::{FamilyAct, Tie, TieKind};
use crate::app::{Event, Topic};
use crate::diagram::{ChildKind, CoupleKind, Feeling, Parents, PersonId, kin};
use crate::form::NodeIx;
use crate::ui::dom::{El, el};
use crate::ui::fields;
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};

/// What the drawing shows of a person.
const DRAWN: [&str; 6] = ["name", "sex", "birth", "alive", "death", "lives_with_client"];

/// The panel of a person.
pub fn person_panel(editor: &Editor, id: &PersonId) -> Option<El> {
    let told = editor.told();
    let (ui, entry) = (editor.ui, told.family.entry(id)?);
    let name = told.name(ui, id);
    let heading = el("h2").class("person-name").attr("id", "chosen-person").attr("tabindex", "-1");
    let (named, who) = (editor.clone(), id.clone());
    let heading = heading.live(move |place| {
        // The name follows the hand that types it.
        ui.watch_later(Topic::Drawing);
        let told = named.told();
        let Some(person) = told.family.person(&who) else { return };
        let name = if person.name.is_empty() { said(ui, Said::Unnamed) } else { &person.name };
        place.append(&el("span").text(name));
        let kinship = told.kin_words(ui, person);
        if let Some(words) = kinship.filter(|words| *words != name) {
            place.append(&el("span").class("row-detail").text(&format!(" {words}")));
        }
    });
    let panel = el("section").class("person-panel").attr("data-person", &id.0).attr("aria-labelledby", "chosen-person");
    let panel = panel.child(heading).child(adding(editor, &told, id, &name));
    let (drawn, others) = questions(ui, entry, &DRAWN);
    let ties: Vec<El> = told.family.ties_of(id).map(|tie| tie_card(editor, &told, id, tie)).collect();
    let heading = || el("h3").text(said(ui, Said::TiesOf));
    let ties = (!ties.is_empty()).then(|| el("div").class("person-ties").child(heading()).all(ties));
    let is_index = told.family.person(id).is_some_and(|person| person.is_index);
    let removal = (!is_index).then(|| removal(editor, &told, id, &name));
    Some(
        panel
            .child(drawn)
            .child(others)
            .maybe(ties)
            .child(linking(editor, id))
            .child(placing(editor, id))
            .maybe(removal),
    )
}

/// The buttons that add somebody, and what they ask before.
fn adding(editor: &Editor, told: &Told, id: &PersonId, name: &str) -> El {
    let (ui, genogram) = (editor.ui, &told.family.genogram);
    let asking = el("div").class("person-asking");
    let act = |key: Said, name: &str, act: FamilyAct| {
        let editor = editor.clone();
        add(&editor, key, name).on_click(move || editor.act(act.clone()))
    };
    let ask = |key: Said, name: &str, question: Said, answers: Vec<(String, FamilyAct)>| {
        let (editor, place) = (editor.clone(), asking.clone());
        add(&editor, key, name).on_click(move || asked(&editor, &place, question, &answers))
    };
    let parents = kin::parents(genogram, id);
    let (key, kind) = if parents.len() < 2 {
        (Said::AddParents, ChildKind::Birth)
    } else {
        (Said::AddOtherParents, ChildKind::Foster)
    };
    let unions = unions(editor, told, id);
    let child = match &unions[..] {
        [(_, only)] => act(Said::AddChild, "add-child", FamilyAct::Child(only.clone(), ChildKind::Birth)),
        _ => {
            let answer = |(words, parents): &(String, Parents)| {
                (words.clone(), FamilyAct::Child(parents.clone(), ChildKind::Birth))
            };
            ask(Said::AddChild, "add-child", Said::ChildWith, unions.iter().map(answer).collect())
        }
    };
    let twin = |key: Said, identical: bool| (said(ui, key).to_owned(), FamilyAct::Sibling(id.clone(), Some(identical)));
    let twins = vec![twin(Said::TwinIdentical, true), twin(Said::TwinOther, false)];
    let row = el("div").class("actions").attr("role", "group").attr("aria-label", &filled(ui, Said::AddOf, &[name]));
    let row = row
        .child(act(Said::AddPartner, "add-partner", FamilyAct::Partner(id.clone(), CoupleKind::Married)))
        .child(child)
        .child(act(key, "add-parents", FamilyAct::Parents(id.clone(), kind)))
        .child(act(Said::AddSibling, "add-sibling", FamilyAct::Sibling(id.clone(), None)))
        .child(ask(Said::AddTwin, "add-twin", Said::TwinKind, twins));
    el("div").class("person-adding").child(row).child(asking)
}

fn add(editor: &Editor, key: Said, name: &str) -> El {
    button("button button-add-kin", name, Some(Icon::Plus), said(editor.ui, key))
}

/// With whom somebody can have a child: each partner, and nobody who is known. One without partners has it alone.
fn unions(editor: &Editor, told: &Told, id: &PersonId) -> Vec<(String, Parents)> {
    let alone = || (said(editor.ui, Said::Alone).to_owned(), Parents::One(id.clone()));
    let mut unions: Vec<(String, Parents)> = told
        .family
        .ties_of(id)
        .filter_map(|tie| match &tie.kind {
            TieKind::Couple(couple) => {
                let partner = told.names(editor.ui, tie.people.iter().filter(|other| *other != id));
                Some((filled(editor.ui, Said::With, &[&partner]), Parents::Couple(couple.clone())))
            }
            _ => None,
        })
        .collect();
    // With one partner a child is theirs; whose else it is can be said by linking.
    if unions.len() != 1 {
        unions.push(alone());
    }
    unions
}

/// Asks which of several acts is meant.
fn asked(editor: &Editor, place: &El, question: Said, answers: &[(String, FamilyAct)]) {
    let ui = editor.ui;
    place.clear();
    let name = "asked-person";
    place.append(&line("asking-words", said(ui, question)).attr("id", name).attr("tabindex", "-1"));
    let row = el("div").class("actions").attr("role", "group").attr("aria-labelledby", name);
    for (words, act) in answers {
        let (editor, act) = (editor.clone(), act.clone());
        row.append(&button("button", "answer-act", None, words).on_click(move || editor.act(act.clone())));
    }
    let closed = place.clone();
    let cancel = button("button button-quiet", "cancel-act", None, said(ui, Said::Cancel));
    row.append(&cancel.on_click(move || closed.clear()));
    place.append(&row);
    place.focus_within();
}

/// One tie: whom with, what it is, and the way out of it.
fn tie_card(editor: &Editor, told: &Told, id: &PersonId, tie: &Tie) -> El {
    let ui = editor.ui;
    let others = || tie.people.iter().filter(|other| *other != id);
    let title = match &tie.kind {
        TieKind::Couple(_) => filled(ui, Said::CoupleWith, &[&told.names(ui, others())]),
        TieKind::Child(_) if tie.people.first() == Some(id) => {
            filled(ui, Said::ChildOf, &[&told.names(ui, tie.people[1..].iter())])
        }
        TieKind::Child(_) => filled(ui, Said::ParentOf, &[&told.names(ui, tie.people.iter().take(1))]),
        TieKind::Feeling(quality) => {
            let word = term(ui, *quality);
            match &tie.people[..] {
                [a, b] if is_directed(*quality) => {
                    filled(ui, Said::FeelTowards, &[&told.name(ui, a), &word.to_lowercase(), &told.name(ui, b)])
                }
                _ => format!("{word}: {}", told.names(ui, others())),
            }
        }
    };
    let entry = tie.entry;
    let editor = editor.clone();
    let remove = button("button button-quiet", "remove-tie", Some(Icon::Bin), said(ui, Said::RemoveTie));
    let remove = remove.attr("aria-label", &format!("{}: {title}", said(ui, Said::RemoveTie)));
    let remove = remove.on_click(move || editor.act(FamilyAct::RemoveTie(entry)));
    folded(&title, move || {
        let questions = fields::below(ui, entry, &|item| item.names.is_empty());
        el("div").class("questions").all(questions).child(remove.clone())
    })
}

/// Whether a feeling goes from one to the other.
pub const fn is_directed(quality: Feeling) -> bool {
    matches!(quality, Feeling::Violent | Feeling::Caring | Feeling::Controlling)
}

/// Moves somebody in the picture; nobody changes places for it.
fn placing(editor: &Editor, id: &PersonId) -> El {
    let (ui, editor, id) = (editor.ui, editor.clone(), id.clone());
    let make = move || {
        let press = |key: Said, act: &str, sign: Icon, steps: Option<i16>| {
            let (editor, id) = (editor.clone(), id.clone());
            button("button", act, Some(sign), said(ui, key)).on_click(move || editor.nudge(id.clone(), steps))
        };
        let (moved, who) = (editor.clone(), id.clone());
        // At its place the button stays where it is, so that the focus does.
        let back = press(Said::MoveBack, "move-back", Icon::Undo, None).live_attr("aria-disabled", move || {
            ui.watch(Topic::Drawing);
            let nudge = moved.told().family.person(&who).map_or(0, |person| person.nudge);
            (nudge == 0).then(|| "true".to_owned())
        });
        el("div")
            .class("actions")
            .child(press(Said::MoveLeft, "move-left", Icon::Back, Some(-PRESS)))
            .child(press(Said::MoveRight, "move-right", Icon::Next, Some(PRESS)))
            .child(back)
    };
    folded(said(ui, Said::Placing), make).attr("data-act", "placing")
}

/// Takes somebody out, once asked.
fn removal(editor: &Editor, told: &Told, id: &PersonId, name: &str) -> El {
    let ui = editor.ui;
    let place = el("div").class("person-removal");
    let ties: Vec<NodeIx> = told.family.ties_of(id).map(|tie| tie.entry).collect();
    let words = filled(ui, Said::RemoveAsk, &[name, &ties.len().to_string()]);
    let remove = button("button button-quiet", "remove-person", Some(Icon::Bin), said(ui, Said::RemovePerson));
    let (editor, id, asking) = (editor.clone(), id.clone(), place.clone());
    place.child(remove.on_click(move || {
        let (yes, no) = (editor.clone(), editor.clone());
        let id = id.clone();
        asking.clear();
        asking.append(&line("", &words));
        let sure = button("button", "remove-yes", None, said(ui, Said::RemoveYes));
        let cancel = button("button button-quiet", "cancel-act", None, said(ui, Said::Cancel));
        let sure = sure.on_click(move || yes.act(FamilyAct::RemovePerson(id.clone())));
        let cancel = cancel.on_click(move || no.redraw_panel());
        asking.append(&el("div").class("actions").child(sure).child(cancel));
        asking.focus_within();
    }))
}

/// Says what a hand did to the family.
pub fn send(editor: &Editor, act: FamilyAct) {
    editor.ui.send(Event::FamilyActed(editor.group, act));
}
