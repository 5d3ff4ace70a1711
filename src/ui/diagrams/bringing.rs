//! A family from a GEDCOM file: looked at first, with all that was changed or left out, and brought in only then.

use super::genogram::Editor;
use super::people::summary;
use super::words::{Said, filled, language, said};
use crate::app::family::FamilyAct;
use crate::diagram::gedcom::{self, GedcomRefusal, Imported};
use crate::diagram::{Genogram, PersonId, around};
use crate::platform::{read_files, spawn};
use crate::ui::dom::{El, checked, el, target, value};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;
use crate::wording;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// More notes than this are counted and not told one by one.
const MOST_NOTES: usize = 100;
/// A family of more people than this is brought in around the client alone, unless the worker wants all of it.
const MANY: usize = 60;
/// How many generations up and down are brought in then.
const NEAR: usize = 2;

/// The field for the file, and what is told of it.
pub fn bringing(editor: &Editor) -> El {
    let ui = editor.ui;
    let (place, own) = (el("div").class("brought").attr("role", "status"), editor.clone());
    let told = place.clone();
    let input =
        el("input").class("input").attr("type", "file").attr("accept", ".ged,.gedcom").attr("data-act", "gedcom");
    let owner = Owner::current().unwrap_or_default();
    let input = input.on("change", move |event| {
        let input = target(&event).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let Some(files) = input.as_ref().and_then(HtmlInputElement::files) else { return };
        let (editor, told, owner) = (own.clone(), told.clone(), owner.clone());
        spawn(Box::pin(async move {
            let read = read_files(files).await.into_iter().next();
            // The same file may be given again.
            input.into_iter().for_each(|input| input.set_value(""));
            let Some((_, read)) = read.filter(|_| told.stands()) else { return };
            told.clear();
            let shown = match read.ok().map(|bytes| gedcom::read(&bytes)) {
                Some(Ok(imported)) => owner.with(|| preview(&editor, &told, imported)),
                Some(Err(refusal)) => refused(&editor, refusal),
                None => trouble(&editor, said(ui, Said::FileUnread)),
            };
            told.append(&shown);
        }));
    });
    let label = el("label").class("link-part").child(el("span").text(said(ui, Said::FromGedcom))).child(input);
    el("div").child(label).child(place)
}

fn trouble(editor: &Editor, happened: &str) -> El {
    let ui = editor.ui;
    let body = el("div").class("trouble-words").child(line("trouble-happened", happened));
    let body = body.child(line("", said(ui, Said::FamilySafe))).child(line("", said(ui, Said::OtherFile)));
    el("div").class("trouble").child(icon(Icon::Alert)).child(body)
}

fn refused(editor: &Editor, refusal: GedcomRefusal) -> El {
    let key = match refusal {
        GedcomRefusal::NotGedcom => Said::NotGedcom,
        GedcomRefusal::Gedzip => Said::Gedzip,
        GedcomRefusal::TooLarge { .. } | GedcomRefusal::TooManyLines { .. } => Said::GedcomTooLarge,
    };
    trouble(editor, said(editor.ui, key))
}

/// What the worker decides before a family is brought in.
struct Choice {
    genogram: Genogram,
    client: RefCell<Option<PersonId>>,
    all: Cell<bool>,
}

impl Choice {
    /// The part that is wanted.
    fn part(&self) -> Genogram {
        let client = self.client.borrow().clone();
        let near = client.filter(|_| !self.all.get()).and_then(|client| around(&self.genogram, &client, NEAR));
        near.unwrap_or_else(|| self.genogram.clone())
    }
}

fn preview(editor: &Editor, place: &El, Imported { genogram, notes }: Imported) -> El {
    let ui = editor.ui;
    let many = genogram.people.len() > MANY;
    let index = genogram.people.iter().find(|person| person.is_index).map(|person| person.id.clone());
    let choice = Rc::new(Choice { genogram, client: RefCell::new(index), all: Cell::new(!many) });
    let counted = el("p");
    let count = {
        let (choice, counted) = (Rc::clone(&choice), counted.clone());
        Rc::new(move || {
            counted.clear();
            counted.append_text(&filled(ui, Said::WouldBring, &[&summary(ui, &choice.part())]));
        })
    };
    count();
    let panel = el("div").class("questions brought-preview");
    let panel = panel.child(line("trouble-happened", &filled(ui, Said::InFile, &[&summary(ui, &choice.genogram)])));
    let panel = panel.child(whom(editor, &choice, Rc::clone(&count) as Rc<dyn Fn()>));
    let panel = panel.maybe(many.then(|| all_of_it(editor, &choice, Rc::clone(&count) as Rc<dyn Fn()>))).child(counted);
    let panel = panel.maybe((!notes.is_empty()).then(|| told(editor, &notes)));
    let (acting, done, closed) = (editor.clone(), place.clone(), place.clone());
    let bring = button("button button-main", "bring-family", None, said(ui, Said::BringIn)).on_click(move || {
        let (part, client) = (choice.part(), choice.client.borrow().clone());
        done.clear();
        acting.act(FamilyAct::Bring(Arc::new(part), client));
    });
    let cancel = button("button button-quiet", "cancel-bring", None, said(ui, Said::Cancel));
    panel.child(el("div").class("actions").child(bring).child(cancel.on_click(move || closed.clear())))
}

/// Who in the file the client is.
fn whom(editor: &Editor, choice: &Rc<Choice>, count: Rc<dyn Fn()>) -> El {
    let ui = editor.ui;
    let people = &choice.genogram.people;
    let options = people.iter().enumerate().map(|(at, person)| {
        let born = person.birth.as_ref().map(|birth| crate::ui::i18n::format::partial_date(ui, birth));
        let name = if person.name.is_empty() { said(ui, Said::Unnamed) } else { &person.name };
        let words = born.map_or_else(|| name.to_owned(), |born| format!("{name} ({born})"));
        el("option").attr("value", &at.to_string()).flag("selected", person.is_index).text(&words)
    });
    let chosen = Rc::clone(choice);
    let select = el("select").class("input").attr("data-act", "client-in-file");
    let select = select.child(el("option").attr("value", "").text(said(ui, Said::NotInFile))).all(options);
    let select = select.on("change", move |event| {
        let at = value(&event).parse::<usize>().ok();
        let id = at.and_then(|at| chosen.genogram.people.get(at)).map(|person| person.id.clone());
        chosen.client.replace(id);
        count();
    });
    el("label").class("link-part").child(el("span").text(said(ui, Said::WhoIsClient))).child(select)
}

fn all_of_it(editor: &Editor, choice: &Rc<Choice>, count: Rc<dyn Fn()>) -> El {
    let chosen = Rc::clone(choice);
    let input = el("input").attr("type", "checkbox").attr("data-act", "all-of-file").on("change", move |event| {
        chosen.all.set(checked(&event));
        count();
    });
    el("label").class("option option-small").child(input).child(el("span").text(said(editor.ui, Said::AllOfFile)))
}

/// What was changed or left out.
fn told(editor: &Editor, notes: &[gedcom::Note]) -> El {
    let ui = editor.ui;
    let language = language(ui);
    let rows = notes.iter().take(MOST_NOTES).map(|note| el("li").text(&wording::gedcom_note(language, note)));
    let more = notes.len().saturating_sub(MOST_NOTES);
    let more = (more > 0).then(|| el("li").text(&filled(ui, Said::MoreNotes, &[&more.to_string()])));
    let summary = el("summary").child(el("span").text(&filled(ui, Said::Changed, &[&notes.len().to_string()])));
    let list = el("ul").class("findings").all(rows).maybe(more);
    el("details").class("person-tie").attr("open", "").child(summary).child(list)
}
