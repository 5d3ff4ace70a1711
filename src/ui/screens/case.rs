//! One case: who, and what there is to do.

use super::home::{details, initials};
use super::passage::passage;
use super::signers::awaited_words;
use super::worker::role_key;
use super::{casework, start, version};
use crate::app::casework::{Phase, current_phase, document_state};
use crate::app::passage::given;
use crate::app::view::{State, TaskView, task_of, tasks};
use crate::app::{Event, Part, Screen, Topic};
use crate::domain::{CaseId, Document, DocumentId};
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::{Key, format, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, heading, line, trouble};
use crate::ui::reactive::*;

/// A case's home.
pub fn case(ui: Ui, id: CaseId) -> El {
    let Some(head) = head(ui, id) else { return start::missing(ui) };
    let listed = distinct(move || {
        ui.watch(Topic::Cases);
        let place = |view: &TaskView| view.entry.as_ref().and_then(|entry| entry.phase).map_or(9, Phase::place);
        let line = |view: TaskView| format!("{} {}\n", place(&view), view.url);
        ui.read(|model| tasks(model, id)).into_iter().map(line).collect()
    });
    let list = el("div").class("phases").live(move |list| {
        let listed = listed.get();
        let of = |place: usize| {
            let own = listed
                .lines()
                .filter_map(move |line| line.split_once(' ').filter(|(own, _)| *own == place.to_string()));
            own.map(|(_, url)| url.to_owned()).collect::<Vec<String>>()
        };
        for phase in Phase::ALL.into_iter().filter(|phase| !of(phase.place()).is_empty()) {
            list.append(&in_phase(ui, id, phase, &of(phase.place())));
        }
        let others = of(9);
        if !others.is_empty() {
            list.append(&el("h3").text(ui.t(Key::OtherForms)));
            list.append(&el("ul").class("tasks").all(others.iter().map(|url| task(ui, id, url))));
        }
    });
    let trouble_with_catalogue = el("div").live(move |place| {
        ui.watch(Topic::Cases);
        if let Some(trouble) = no_catalogue(ui) {
            place.append(&trouble);
        }
    });
    let other = button("button button-add", "other-forms", Some(Icon::Plus), ui.t(Key::OtherForms));
    let other = other.on_click(move || ui.go(Screen::Forms(id)));
    el("div")
        .class("page")
        .child(back(ui, Screen::Home, Key::Cases))
        .child(head)
        .child(passage(ui, id))
        .maybe((!is_given(ui, id)).then(|| casework::due(ui, id)))
        .child(el("h2").text(ui.t(Key::Tasks)))
        .child(trouble_with_catalogue)
        .child(list)
        .maybe((!is_given(ui, id)).then_some(other))
}

/// Whether the case is with somebody else now, so that nothing is written in it here.
fn is_given(ui: Ui, id: CaseId) -> bool {
    ui.read(|model| given(model, id).is_some())
}

/// One phase on the map, with its tasks folded in; the one the case is in stands open.
fn in_phase(ui: Ui, case: CaseId, phase: Phase, urls: &[String]) -> El {
    let view = move || casework::phase_views(ui, case).into_iter().find(|view| view.phase == phase);
    let words = el("span").class("row-detail").live(move |place| {
        ui.watch(Topic::Cases);
        if let Some(view) = view() {
            place.append_text(&casework::phase_words(ui, &view));
        }
    });
    let is_current = view().is_some_and(|view| view.is_current);
    let opens = is_current || opens_for_role(ui, case) == Some(phase);
    let number = el("span").class("phase-number").attr("aria-hidden", "true").text(&(phase.place() + 1).to_string());
    let title = el("span").class("phase-title").text(ui.t(casework::phase_key(phase)));
    let now = is_current.then(|| el("span").class("mark").text(ui.t(Key::PhaseNow)));
    let summary = el("summary").child(number).child(title).maybe(now).child(words);
    let tasks = el("ul").class("tasks").all(urls.iter().map(|url| task(ui, case, url)));
    el("details").class("phase").attr("data-phase", phase.code()).flag("open", opens).child(summary).child(tasks)
}

/// The phase in which the worker's role has its next task, where it has none in the phase that the case is in.
fn opens_for_role(ui: Ui, case: CaseId) -> Option<Phase> {
    ui.read(|model| {
        model.worker.as_ref()?;
        let phase = |task: &TaskView| task.entry.as_ref().and_then(|entry| entry.phase);
        let now = current_phase(model, case);
        let mut own: Vec<TaskView> = tasks(model, case).into_iter().filter(|task| task.is_own(model)).collect();
        own.retain(|task| !matches!(task.state, State::Done));
        let here = own.iter().any(|task| phase(task) == Some(now));
        own.iter().filter(|_| !here).find_map(phase)
    })
}

fn head(ui: Ui, id: CaseId) -> Option<El> {
    let Some(case) = ui.read(|model| model.cases.get(id).cloned()) else {
        let has_documents = ui.read(|model| model.documents.iter().any(|document| document.case == id));
        let words =
            || el("div").child(heading(ui.t(Key::CaseUnreadable))).child(line("", ui.t(Key::CaseUnreadableWhy)));
        return has_documents.then(words);
    };
    let mut facts = details(ui, &case);
    facts.push(ui.tf(Key::OpenedOn, &[&format::date(ui.locale(), case.opened)]));
    let who = el("div").class("case-who").child(heading(&case.name)).child(line("", &facts.join(" · ")));
    let pack = button("button", "pack-case", Some(Icon::Seal), ui.t(Key::PackCase));
    let pack = pack.on_click(move || ui.go(Screen::Pack(id)));
    let edit = button("button", "edit-case", Some(Icon::Pencil), ui.t(Key::EditCase));
    let edit = (!is_given(ui, id)).then(|| edit.on_click(move || ui.go(Screen::EditCase(id))));
    let file = button("button", "case-file", Some(Icon::Sheet), ui.t(Key::CaseFile));
    let file = file.on_click(move || ui.go(Screen::CaseFile(id, Part::Contents)));
    Some(
        el("div")
            .class("case-head")
            .child(initials("initials initials-large", &case.name))
            .child(who)
            .child(el("div").class("actions").child(file).child(pack).maybe(edit)),
    )
}

fn no_catalogue(ui: Ui) -> Option<El> {
    let problem = ui.read(|model| model.catalogue.as_ref().err().or(model.rules_problem.as_ref()).cloned())?;
    Some(trouble(ui, words::instrument(ui, &problem), [start::retry(ui)]))
}

/// A state as word and sign; the sign's shape differs, not its colour alone.
pub fn state_mark(ui: Ui, state: State) -> El {
    let (class, mark, key) = match state {
        State::NotStarted => ("state state-new", Icon::Circle, Key::StateNotStarted),
        State::InProgress => ("state state-open", Icon::Half, Key::StateInProgress),
        State::Done => ("state state-done", Icon::Tick, Key::StateDone),
        State::NeedsCheck => ("state state-check", Icon::Alert, Key::StateNeedsCheck),
        State::Optional => ("state state-new", Icon::Circle, Key::StateOptional),
    };
    el("span").class(class).child(icon(mark)).child(el("span").text(ui.t(key)))
}

/// One task. What can be pressed is drawn anew only when it itself changes: counts arrive a moment after the page, and
/// must not take a button away from under the finger.
fn task(ui: Ui, case: CaseId, url: &str) -> El {
    let of = url.to_owned();
    let view = move || {
        ui.watch(Topic::Cases);
        Some(ui.read(|model| task_of(model, case, &of)))
    };
    let (counted, stated, sealed, begun) = (view.clone(), view.clone(), view.clone(), view.clone());
    let versions = offered(ui, view.clone());
    let counts = el("div").live(move |place| {
        if let Some(progress) = counted().and_then(|view| view.progress) {
            let filled = (progress.answered + progress.missing).to_string();
            place.append(&line("row-detail", &ui.tf(Key::FilledCounts, &[&filled, &progress.asked.to_string()])));
        }
    });
    let state = el("div").live(move |place| {
        if let Some(view) = stated() {
            place.append(&state_mark(ui, view.state));
            // What a document is, beyond how far it is filled: agreed, refused, replaced.
            let newest = view.documents.first();
            let words = ui.read(|model| document_state(model, newest?, stamp().now));
            if let Some(words) = words {
                place.append(&line("document-state", words.in_locale(ui.locale())));
            }
        }
    });
    let listed = sealed.clone();
    let heads = move |view: TaskView| view.documents.iter().map(|head| head.to_json().to_string()).collect::<String>();
    let changed = distinct(move || sealed().map(heads).unwrap_or_default());
    let sealed = el("div").live(move |place| {
        changed.get();
        let documents = untrack(&listed).map(|view| view.documents).unwrap_or_default();
        let rows: Vec<El> = documents.iter().filter_map(|document| sealed_row(ui, document)).collect();
        if !rows.is_empty() {
            place.append(&el("ul").class("sealed-list").all(rows));
        }
        if let Some(id) = compared(&documents) {
            let change = button("link", "change", Some(Icon::Other), ui.t(Key::SeeChange));
            place.append(&change.on_click(move || ui.go(Screen::Change(id))));
        }
    });
    let offered = begun.clone();
    let shown =
        move |view: TaskView| begin(ui, &view).map(|(class, key, busy)| format!("{class} {busy} {}", ui.t(key)));
    let changed = distinct(move || begun().and_then(shown).unwrap_or_default());
    let chosen = url.to_owned();
    let begin = el("div").live(move |place| {
        changed.get();
        let offered = untrack(&offered);
        // A draft of a case that is elsewhere is read.
        if is_given(ui, case) {
            let draft = offered.iter().flat_map(|view| &view.documents).find(|document| document.is_draft());
            if let Some(id) = draft.map(|draft| draft.id) {
                let read = button("button", "read-draft", None, ui.t(Key::OpenDocument));
                place.append(&read.on_click(move || ui.go(Screen::Review(id))));
            }
        } else if let Some((class, key, busy)) = offered.and_then(|view| begin(ui, &view)) {
            let url = chosen.clone();
            let begin = button(class, "begin", None, ui.t(key)).flag("disabled", busy);
            place.append(&begin.on_click(move || ui.send(Event::InstrumentChosen(case, url.clone()))));
        }
    });
    let entry = view().and_then(|view| view.entry);
    let title = entry.as_ref().map_or(url, |entry| entry.title.in_locale(ui.locale()));
    let purpose = entry.as_ref().map(|entry| line("", entry.purpose.in_locale(ui.locale())));
    let by = view().filter(|view| !ui.read(|model| view.is_own(model))).and_then(|view| view.entry).map(|entry| {
        let roles: Vec<&str> = entry.roles.iter().map(|role| ui.t(role_key(*role))).collect();
        line("row-detail", &ui.tf(Key::UsuallyFilledBy, &[&roles.join(", ")]))
    });
    let words = el("div").class("task-words").child(el("h3").text(title)).maybe(purpose).maybe(by);
    let words = words.child(counts).child(versions).child(sealed);
    el("li").class("task").attr("data-instrument", url).child(words).child(state).child(begin)
}

/// Another version of the draft's form, where there is one.
fn offered(ui: Ui, view: impl Fn() -> Option<TaskView> + Clone + 'static) -> El {
    let newer = move || view().and_then(|view| view.newer);
    let shown = newer.clone();
    let changed = distinct(move || {
        newer().map(|(head, entry)| head.instrument.digest + &entry.canonical() + &entry.file).unwrap_or_default()
    });
    el("div").live(move |place| {
        changed.get();
        if let Some(offer) = untrack(&shown).and_then(|(head, _)| version::offer(ui, &head)) {
            place.append(&offer);
        }
    })
}

/// How a document is begun, gone on with, or begun once more: looks, words, and whether that is under way. None for forms
/// that only a document on the tablet knows.
fn begin(ui: Ui, view: &TaskView) -> Option<(&'static str, Key, bool)> {
    let draft = view.documents.iter().any(Document::is_draft);
    if !draft && view.entry.is_none() {
        return None;
    }
    let (class, key) = match (draft, view.documents.is_empty()) {
        (true, _) => ("button button-main", Key::ContinueFilling),
        (false, true) => ("button button-main", Key::BeginFilling),
        (false, false) => ("button", Key::BeginAnother),
    };
    let busy = ui.read(|model| model.beginning.as_ref() == Some(&view.url));
    Some((class, if busy { Key::Opening } else { key }, busy))
}

/// The newest of several sealed documents that stand: with it one sees what changed.
fn compared(documents: &[Document]) -> Option<DocumentId> {
    let replaced: Vec<_> =
        documents.iter().filter(|document| !document.is_draft()).filter_map(|document| document.replaces).collect();
    let mut standing =
        documents.iter().filter(|document| document.seal.is_some_and(|seal| !replaced.contains(&seal.id)));
    let newest = standing.next()?.id;
    standing.next().map(|_| newest)
}

fn sealed_row(ui: Ui, document: &Document) -> Option<El> {
    let (id, seal) = (document.id, document.seal?);
    let replaced =
        ui.read(|model| model.documents.iter().any(|other| other.replaces == Some(seal.id) && !other.is_draft()));
    let at = format::date_time(ui.locale(), seal.at);
    let mut words = ui.tf(Key::SealedOn, &[&at, &document.revision.to_string()]);
    if replaced {
        words = format!("{words} · {}", ui.t(Key::Replaced));
    }
    if !document.awaits.is_empty() {
        let names: Vec<String> = document.awaits.iter().map(|one| awaited_words(ui, one)).collect();
        words = format!("{words} · {}", ui.tf(Key::WaitsFor, &[&names.join(", ")]));
    }
    let link = button("link", "open-sealed", Some(Icon::Seal), &words).attr("data-sealed", &seal.id.to_string());
    Some(el("li").child(link.on_click(move || ui.go(Screen::Sealed(id)))))
}
