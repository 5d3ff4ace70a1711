//! Linking two people who are both in the drawing: as family, or by the quality of their tie.

use super::genogram::Editor;
use super::panel::is_directed;
use super::tools::folded;
use super::words::{Said, filled, said, term};
use crate::app::family::FamilyAct;
use crate::diagram::{ChildKind, CoupleKind, Feeling, Parents, PersonId};
use crate::ui::dom::{El, el, value};
use crate::ui::panel::button;
use std::cell::RefCell;
use std::rc::Rc;

/// The form that links somebody, made when it is opened: it names everybody else.
pub fn linking(editor: &Editor, id: &PersonId) -> El {
    let (own, id) = (editor.clone(), id.clone());
    folded(said(editor.ui, Said::Link), move || form(&own, &id)).attr("data-act", "link")
}

fn form(editor: &Editor, id: &PersonId) -> El {
    let (ui, told) = (editor.ui, editor.told());
    let others: Vec<PersonId> =
        told.family.genogram.people.iter().map(|person| person.id.clone()).filter(|other| other != id).collect();
    let options = others
        .iter()
        .enumerate()
        .map(|(at, other)| el("option").attr("value", &at.to_string()).text(&told.line(ui, other)));
    let whom = select("link-whom").child(choose(editor)).all(options);
    let what = select("link-what").child(choose(editor));
    let acts: Rc<RefCell<Vec<FamilyAct>>> = Rc::default();
    let (filled_in, own, offered, chosen) = (what.clone(), editor.clone(), Rc::clone(&acts), id.clone());
    let whom = whom.on("change", move |event| {
        let other = value(&event).parse::<usize>().ok().and_then(|at| others.get(at).cloned());
        filled_in.clear();
        filled_in.append(&choose(&own));
        offered.borrow_mut().clear();
        if let Some(other) = other {
            offer(&own, &chosen, &other, &filled_in, &mut offered.borrow_mut());
        }
    });
    let (asked, acting) = (what.clone(), editor.clone());
    let link = button("button", "link-now", None, said(ui, Said::LinkNow)).on_click(move || {
        let act = asked.value().parse::<usize>().ok().and_then(|at| acts.borrow().get(at).cloned());
        match act {
            Some(act) => acting.act(act),
            None => asked.focus(),
        }
    });
    let labelled =
        |key: Said, control: El| el("label").class("link-part").child(el("span").text(said(ui, key))).child(control);
    let body = el("div").class("questions").child(labelled(Said::LinkWhom, whom)).child(labelled(Said::LinkAs, what));
    body.child(link)
}

fn select(name: &str) -> El {
    el("select").class("input").attr("data-act", name)
}

fn choose(editor: &Editor) -> El {
    el("option").attr("value", "").text(said(editor.ui, Said::Choose))
}

/// What two people can be to each other.
fn offer(editor: &Editor, id: &PersonId, other: &PersonId, place: &El, acts: &mut Vec<FamilyAct>) {
    let (ui, told) = (editor.ui, editor.told());
    let (own, theirs) = (told.name(ui, id), told.name(ui, other));
    let mut group = |key: Said, offered: Vec<(String, FamilyAct)>| {
        let options = el("optgroup").attr("label", said(ui, key));
        for (words, act) in offered {
            options.append(&el("option").attr("value", &acts.len().to_string()).text(&words));
            acts.push(act);
        }
        place.append(&options);
    };
    let child_of = |child: &PersonId, parent: &PersonId| {
        FamilyAct::ChildOf(child.clone(), Parents::One(parent.clone()), ChildKind::Birth)
    };
    group(
        Said::Kinship,
        vec![
            (
                filled(ui, Said::LinkPartner, &[&theirs]),
                FamilyAct::Couple(id.clone(), other.clone(), CoupleKind::Married),
            ),
            (filled(ui, Said::LinkParent, &[&theirs]), child_of(id, other)),
            (filled(ui, Said::LinkChild, &[&theirs]), child_of(other, id)),
        ],
    );
    // Those with a direction are offered both ways.
    let feelings = Feeling::ALL.iter().copied().flat_map(|quality| {
        let word = term(ui, quality);
        let act = |a: &PersonId, b: &PersonId| FamilyAct::Feeling(a.clone(), b.clone(), quality);
        if is_directed(quality) {
            let towards = |a: &str, b: &str| filled(ui, Said::FeelTowards, &[a, &word.to_lowercase(), b]);
            vec![(towards(&own, &theirs), act(id, other)), (towards(&theirs, &own), act(other, id))]
        } else {
            vec![(word.to_owned(), act(id, other))]
        }
    });
    group(Said::Feelings, feelings.collect());
}
