//! What surrounds every question: its text, help, problems, where the answer comes from, and why there is none.

use super::bound::beside;
use super::list::{List, is_cell};
use super::proposal::{proposal, taken_from};
use super::value::{basis_key, missing_key, problem_words};
use super::{Field, controls, rich, signature};
use crate::app::Topic;
use crate::form::{Basis, Content, DataAbsentReason, Edit, Guidance, Kind, Problem, Sensitivity, problems};
use crate::ui::dom::{El, distinct, el, value};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, named_set, problem, say_problem};
use crate::ui::reactive::*;
use std::cell::{Cell, RefCell};

/// One question.
pub fn question(field: &Field) -> El {
    let (watched, taken) = (field.clone(), Taken::default());
    let missing =
        distinct(move || watched.watch(|content| format!("{} {}", absence(content.absent), taken.times(content))));
    let inner = field.clone();
    let body = body(missing, move |reason, place| match reason {
        Some(reason) => absent(&inner, reason, place),
        None => {
            answer(&inner, place);
            foot(&inner, true, place);
        }
    });
    around(field, is_set(field)).maybe(proposal(field)).child(body).maybe(taken_from(field)).maybe(beside(field))
}

/// A question whose answers stand in a list; what is chosen for the question as a whole is kept at the first of them.
pub fn listed(list: &List, rows: impl Fn(&El) + 'static) -> El {
    let (watched, inner, taken) = (list.clone(), list.clone(), Taken::default());
    let missing = distinct(move || {
        let entries = watched.watched();
        let Some(first) = entries.first() else { return String::new() };
        // With several answers there, none is missing.
        let only = entries.len() == 1;
        watched.of.at(*first).watch(|content| {
            let reason = content.absent.filter(|_| only);
            format!("{} {}", absence(reason), taken.times(content))
        })
    });
    let body = body(missing, move |reason, place| match (reason, inner.first()) {
        (Some(reason), Some(only)) => absent(&only, reason, place),
        _ => {
            rows(place);
            place.append(&said_of_list(&inner));
            place.append(&foot_of_list(&inner));
        }
    });
    let described = format!("{} {}", list.of.id("-problems"), list.of.id("-format"));
    around(&list.of, true).attr("aria-describedby", &described).child(body)
}

/// How often a question was answered from another document. What is taken over was typed by no hand here, so the control is
/// drawn anew with it.
#[derive(Default)]
struct Taken {
    is: Cell<bool>,
    times: Cell<u32>,
}

impl Taken {
    fn times(&self, content: &Content) -> u32 {
        let is = content.source.is_some();
        let times = self.times.get() + u32::from(is && !self.is.replace(is));
        self.is.set(is);
        self.times.set(times);
        times
    }
}

/// What surrounds the answer: the text as the label of one control or as the name of a set, and help.
fn around(field: &Field, set: bool) -> El {
    let (outer, text) = if set {
        let described = field.described();
        (named_set(&field.id("-text")).attr("aria-describedby", &described), el("p").attr("id", &field.id("-text")))
    } else {
        (el("div"), el("label").attr("for", &field.id("")))
    };
    outer
        .class("question")
        .attr("data-linkid", &field.item().link_id)
        .child(title(field, "question-text", text))
        .maybe(help(field))
        .maybe(format_hint(field))
}

fn absence(reason: Option<DataAbsentReason>) -> String {
    reason.map_or_else(String::new, |reason| reason.code().to_owned())
}

fn body(missing: Memo<String>, fill: impl Fn(Option<DataAbsentReason>, &El) + 'static) -> El {
    let drawn = Cell::new(None);
    el("div").class("body").live(move |place| {
        let reason = missing.get().split(' ').next().and_then(DataAbsentReason::from_code);
        fill(reason, place);
        // What the hand was on is gone; the focus goes to what took its place.
        if drawn.replace(Some(reason)).is_some_and(|before| before != reason) {
            place.focus_within();
        }
    })
}

/// The control and what is wrong with what stands in it.
pub fn answer(field: &Field, place: &El) {
    place.append(&controls::control(field));
    place.append(&said_wrong(field));
}

/// What a typed answer should look like, where the form says so.
fn format_hint(field: &Field) -> Option<El> {
    let format = field.item().entry_format.as_ref()?;
    Some(line("hint", format.in_language(field.ui.locale().tag())).attr("id", &field.id("-format")))
}

/// Whether the question has several controls, so that its text names the set and is not the label of one.
fn is_set(field: &Field) -> bool {
    let item = field.item();
    match item.kind {
        _ if item.read_only || item.is_calculated() => true,
        Kind::Boolean => true,
        Kind::Choice | Kind::OpenChoice => controls::are_options_shown(field),
        Kind::Attachment => signature::is_signature(item),
        Kind::Date => item.partial_date,
        _ => false,
    }
}

/// The text of a question or a group, with what marks it.
pub fn title(field: &Field, class: &str, place: El) -> El {
    let (ui, item) = (field.ui, field.item());
    let prefix = item.prefix.as_ref().map(|prefix| format!("{prefix} ")).unwrap_or_default();
    let text = rich::name(&item.text, ui.locale());
    let required = item.required.then(|| el("span").class("mark").text(ui.t(Key::Required)));
    // Spoken at the head of the section; on each question it is a sign for the eye.
    let sensitive = matches!(item.sensitivity, Some(Sensitivity::S | Sensitivity::X));
    let sensitive = sensitive.then(|| el("span").class("sensitive").child(icon(Icon::Lock)));
    place.class(class).text(&prefix).child(text).maybe(required).maybe(sensitive)
}

/// The help of the form itself, folded away until asked for.
pub fn help(field: &Field) -> Option<El> {
    let ui = field.ui;
    let guidance = &field.item().guidance;
    let list = el("dl");
    for (purpose, text) in guidance {
        let key = match purpose {
            Guidance::HowToAsk => Key::HowToAsk,
            Guidance::WhyAsked => Key::WhyAsked,
            Guidance::Help => Key::Help,
        };
        list.append(&el("dt").text(ui.t(key)));
        list.append(&el("dd").child(rich::words(text, ui.locale())));
    }
    let summary = el("summary").child(icon(Icon::Help)).child(el("span").text(ui.t(Key::HelpAsking)));
    (!guidance.is_empty()).then(|| el("details").class("help").child(summary).child(list))
}

/// What is wrong, once the field was left or the whole document was looked at. What concerns a list as a whole is said
/// at its head.
pub fn said_wrong(field: &Field) -> El {
    let (id, field) = (field.id("-problem"), field.clone());
    said(&id, move || {
        field.ui.watch_node(field.node);
        if field.item().kind == Kind::Group {
            // What is wrong with a group depends on what stands below it.
            field.ui.watch(Topic::Sections);
        }
        let (node, listed) = (field.node, field.item().is_list);
        field.ui.read(|model| {
            let Some(filling) = model.filling() else { return String::new() };
            // That a group is empty is no news to somebody who is about to fill it.
            let touched = filling.is_touched(node);
            let found = touched || filling.is_at_rest(node);
            let found = if found { problems(&filling.response, node) } else { Vec::new() };
            let said =
                |problem: &&Problem| (touched || **problem != Problem::Required) && !(listed && is_of_list(problem));
            words_of(&field, found.iter().filter(said))
        })
    })
}

/// What is wrong with a list as a whole. One entry too many is said at once, for it was added on purpose.
pub fn said_of_list(list: &List) -> El {
    let (id, list) = (list.of.id("-problems"), list.clone());
    said(&id, move || {
        let ui = list.of.ui;
        ui.watch(Topic::Sections);
        let entries = list.watched();
        entries.iter().for_each(|entry| ui.watch_node(*entry));
        ui.read(|model| {
            let Some((filling, first)) = model.filling().zip(entries.first()) else { return String::new() };
            let touched = entries.iter().any(|entry| filling.is_touched(*entry));
            let begun = touched || entries.iter().any(|entry| filling.is_at_rest(*entry));
            let said = |problem: &&Problem| match problem {
                Problem::Required => touched,
                Problem::TooFew(_) => begun,
                Problem::TooMany(_) => true,
                _ => false,
            };
            words_of(&list.of, problems(&filling.response, *first).iter().filter(said))
        })
    })
}

const fn is_of_list(problem: &Problem) -> bool {
    matches!(problem, Problem::Required | Problem::TooFew(_) | Problem::TooMany(_))
}

fn words_of<'a>(field: &Field, problems: impl Iterator<Item = &'a Problem>) -> String {
    problems.map(|problem| problem_words(field.ui, field.item(), problem)).collect::<Vec<_>>().join(" ")
}

fn said(id: &str, words: impl Fn() -> String + 'static) -> El {
    let words = distinct(words);
    problem(id).live(move |place| {
        let words = words.get();
        if !words.is_empty() {
            say_problem(place, &words);
        }
    })
}

/// In place of the control: why there is no answer, which can be changed, and the way back.
fn absent(field: &Field, reason: DataAbsentReason, place: &El) {
    let ui = field.ui;
    let (back, note) = (field.clone(), field.clone());
    let answer = button("button button-quiet", "answer-after-all", None, ui.t(Key::AnswerAfterAll));
    let answer = answer.on_click(move || back.edit(Edit::Missing(None)));
    place.append(&el("div").class("absent").child(reason_choice(field, Some(reason), editing(field))).child(answer));
    if matches!(reason, DataAbsentReason::NotAsked | DataAbsentReason::NotPerformed) {
        let input = el("input")
            .class("input")
            .attr("type", "text")
            .attr("value", &field.content(|content| content.absent_note.clone()).unwrap_or_default())
            .on("input", move |event| note.edit(Edit::MissingNote(value(&event))));
        place.append(&el("label").class("absent-note").child(el("span").text(ui.t(Key::WhyNotAsked))).child(input));
    }
}

/// Where the answer comes from, and the missing answers: quiet, below the control, the same for every question.
fn foot(field: &Field, may_miss: bool, place: &El) {
    let item = field.item();
    if item.basis != Basis::Administrative && !item.read_only && !item.is_calculated() {
        let foot = el("div").class("foot");
        place.append(&if is_cell(field) {
            foot.child(cell_choice(field))
        } else {
            foot.child(basis_choice(field)).maybe(may_miss.then(|| reason_choice(field, None, editing(field))))
        });
    }
}

fn foot_of_list(list: &List) -> El {
    let watched = list.clone();
    let entries = distinct(move || {
        let entries = watched.watched();
        entries.first().map(|first| format!("{} {}", first.number(), entries.len() == 1)).unwrap_or_default()
    });
    let list = list.clone();
    el("div").live(move |place| {
        let only = entries.get().ends_with("true");
        if let Some(first) = list.first() {
            foot(&first, only, place);
        }
    })
}

fn basis_choice(field: &Field) -> El {
    let ui = field.ui;
    let now = basis_of(field);
    let select = like(format!("basis {} {}", ui.locale().tag(), now.code()), &|| {
        el("select").class("quiet-select").attr("data-act", "basis").all(bases(field, Some(now)))
    });
    let select = choosing(field, select);
    el("label").class("foot-choice").child(el("span").text(ui.t(Key::Source))).child(select)
}

fn editing(field: &Field) -> impl Fn(Edit) + 'static {
    let field = field.clone();
    move |edit| field.edit(edit)
}

fn bases(field: &Field, now: Option<Basis>) -> [El; 5] {
    Basis::CHOICES.map(|basis| {
        let option = el("option").attr("value", basis.code()).flag("selected", Some(basis) == now);
        option.text(field.ui.t(basis_key(basis)))
    })
}

/// In the cell of a table there is room for one choice: where the answer comes from, or why there is none. The sources
/// come first, so that the keyboard goes through them before a reason takes the place of the answer.
fn cell_choice(field: &Field) -> El {
    let ui = field.ui;
    let set = |key: Key, options: Vec<El>| el("optgroup").attr("label", ui.t(key)).all(options);
    let select = el("select")
        .class("quiet-select")
        .attr("data-act", "basis")
        .attr("aria-label", &format!("{} {}", ui.t(Key::SourceOrReason), field.text()))
        .child(el("option").attr("value", "").text(ui.t(Key::SourceOrReason)))
        .child(set(Key::Source, bases(field, field.content(|content| content.basis)).into()))
        .child(set(Key::NoAnswer, reasons(field, None)));
    choosing(field, select)
}

/// The reasons that fit. The keyboard goes through them one by one, so the choice stays where it is when one is taken.
pub fn reason_choice(field: &Field, chosen: Option<DataAbsentReason>, choose: impl Fn(Edit) + 'static) -> El {
    let ui = field.ui;
    let (basis, reason) = (basis_of(field).code(), chosen.map_or("", DataAbsentReason::code));
    let select = like(format!("missing {} {basis} {reason}", ui.locale().tag()), &|| {
        let none = chosen.is_none().then(|| el("option").attr("value", "").text(ui.t(Key::NoAnswer)));
        el("select").class("quiet-select").attr("data-act", "missing").maybe(none).all(reasons(field, chosen))
    });
    select.attr("aria-label", &format!("{}: {}", ui.t(Key::NoAnswer), field.text())).on("change", move |event| {
        if let Some(reason) = DataAbsentReason::from_code(&value(&event)) {
            choose(Edit::Missing(Some(reason)));
        }
    })
}

thread_local! {
    static CHOICES: RefCell<Vec<(String, El)>> = const { RefCell::new(Vec::new()) };
}

/// The same choices stand beside every question. Made once for each name that says what is in them, and copied from then
/// on, they take one call into the browser and not fifty.
fn like(name: String, make: &dyn Fn() -> El) -> El {
    CHOICES.with_borrow_mut(|known| {
        if let Some((_, first)) = known.iter().find(|(own, _)| *own == name) {
            return first.copy();
        }
        let first = make();
        let copy = first.copy();
        known.push((name, first));
        copy
    })
}

fn basis_of(field: &Field) -> Basis {
    field.content(|content| content.basis).unwrap_or(field.item().basis)
}

fn reasons(field: &Field, chosen: Option<DataAbsentReason>) -> Vec<El> {
    let fitting = basis_of(field).absent_reasons();
    let reasons = fitting.iter().copied().chain(chosen.filter(|reason| !fitting.contains(reason)));
    let option = |reason: DataAbsentReason| {
        let option = el("option").attr("value", reason.code()).flag("selected", chosen == Some(reason));
        option.text(field.ui.t(missing_key(reason)))
    };
    reasons.map(option).collect()
}

/// Takes the source or the reason that is chosen.
fn choosing(field: &Field, select: El) -> El {
    let changed = field.clone();
    select.on("change", move |event| {
        let code = value(&event);
        if let Some(basis) = Basis::from_code(&code) {
            changed.edit(Edit::Basis(basis));
        } else if let Some(reason) = DataAbsentReason::from_code(&code) {
            changed.edit(Edit::Missing(Some(reason)));
        }
    })
}
