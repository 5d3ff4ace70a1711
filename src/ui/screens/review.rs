//! Everything in a draft before it is sealed: missing answers are shown as missing.

use super::reading::covered;
use super::section::document;
use super::{casework, difference, signers, start};
use crate::app::binding::stale;
use crate::app::casework::gates;
use crate::app::view::{Progress, ReviewRow, ReviewSection, WholeProblem, progress, reach, review as rows, whole};
use crate::app::{Event, KeyProblem, Screen, SealingStep, Topic};
use crate::domain::DocumentId;
use crate::form::{Answer, NodeIx, Sensitivity, Severity};
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::fields::{Field, constraint_words, picture, problem_words, words_at};
use crate::ui::i18n::{Key, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, facts, heading, line, say_problem, trouble};
use crate::ui::paper::draft_runs_along;
use crate::ui::saving::saving_trouble;

/// The review of a draft.
#[inline(never)] // An entry of tools/parts.json.
pub fn review(ui: Ui, id: DocumentId) -> El {
    if !ui.read(|model| model.documents.contains(id)) {
        return start::missing(ui);
    }
    let read = ui.read(|model| {
        let response = &model.filling()?.response;
        let sections = rows(response);
        let whole = whole(response, &sections);
        Some((sections, progress(response, response.roots()), whole))
    });
    let Some((sections, total, whole)) = read else { return start::opening(ui, id) };
    let is_error = |whole: &WholeProblem| whole.problem.severity() == Severity::Error;
    let held_up = ui.read(|model| {
        let document = model.documents.get(id);
        model.rules_problem.is_some()
            || document.is_some_and(|document| !gates(model, document, stamp().now).is_empty())
    });
    let stale = ui.read(|model| model.filling().map(stale)).unwrap_or_default();
    let blocked = held_up || total.problems > 0 || whole.iter().any(is_error) || !stale.is_empty();
    let summary = el("div").attr("tabindex", "-1").attr("role", "group").attr("aria-label", ui.t(Key::MendFirst));
    let summary = summary.child(casework::held_up(ui, id));
    for (severity, key) in [(Severity::Error, Key::MendFirst), (Severity::Warning, Key::LookAgain)] {
        let mut links = to_mend(ui, id, &sections, &whole, severity);
        if severity == Severity::Error {
            links.extend(to_ask_again(ui, id, &sections, &stale));
        }
        if !links.is_empty() {
            summary.append(&mending(ui, key, links));
        }
    }
    draft_runs_along(ui, id);
    let head = el("div")
        .class("section-head")
        .child(line("section-place", ui.t(Key::BeforeSealing)))
        .child(heading(ui.t(Key::ReviewAndSeal)));
    let main = el("div")
        .class("sheet-main")
        .child(head)
        .child(saving_trouble(ui))
        .child(line("lead", &counts(ui, total)).attr("data-counts", ""))
        .child(summary.clone())
        .child(difference::panel(ui))
        .child(answers(ui, Some(id), &sections))
        .child(seal_panel(ui, id, blocked, summary));
    document(ui, id, None, main)
}

fn counts(ui: Ui, total: Progress) -> String {
    let numbers = [total.answered, total.missing, total.open()].map(|number| number.to_string());
    ui.tf(Key::ReviewCounts, &[&numbers[0], &numbers[1], &numbers[2]])
}

/// Problems of one severity, with links to the questions wherever they stand.
fn to_mend(ui: Ui, id: DocumentId, sections: &[ReviewSection], whole: &[WholeProblem], severity: Severity) -> Vec<El> {
    let mut list = Vec::new();
    let link = |at: (usize, NodeIx), words: &str| {
        let link = button("link", "mend", None, words).on_click(move || to_question(ui, id, at));
        el("li").child(link)
    };
    for (position, section) in (0..).zip(sections) {
        for row in &section.rows {
            let Some(field) = Field::new(ui, row.node) else { continue };
            let problems = row.problems.iter().filter(|problem| problem.severity() == severity);
            let words: Vec<String> = problems.map(|problem| problem_words(ui, field.item(), problem)).collect();
            if !words.is_empty() {
                list.push(link((position, row.node), &format!("{}: {}", field.text(), words.join(" "))));
            }
        }
    }
    for WholeProblem { problem, at } in whole.iter().filter(|whole| whole.problem.severity() == severity) {
        let words = constraint_words(ui, problem);
        list.push(match at {
            Some(at) => link(*at, &words),
            // Nothing on a page can be changed about it; it can at least be reached and read.
            None => el("li").attr("tabindex", "0").text(&format!("{words} {}", ui.t(Key::WholeFormWhy))),
        });
    }
    list
}

/// Answers and marks that the content has left behind, with links to them.
fn to_ask_again(ui: Ui, id: DocumentId, sections: &[ReviewSection], stale: &[NodeIx]) -> Vec<El> {
    let link = |node: &NodeIx| {
        let node = *node;
        let position = sections.iter().position(|section| section.rows.iter().any(|row| row.node == node))?;
        let words = format!("{}: {}", Field::new(ui, node)?.text(), ui.t(Key::ContentChanged));
        let go = move || to_question(ui, id, (position, node));
        Some(el("li").child(button("link", "mend", None, &words).on_click(go)))
    };
    stale.iter().filter_map(link).collect()
}

fn to_question(ui: Ui, id: DocumentId, (position, node): (usize, NodeIx)) {
    ui.send(Event::QuestionRequested(Screen::Section(id, position), node));
}

fn mending(ui: Ui, key: Key, links: Vec<El>) -> El {
    let list = el("ul").all(links);
    let body = el("div").class("trouble-words").child(line("trouble-happened", ui.t(key))).child(list);
    el("div").class("trouble").child(icon(Icon::Alert)).child(body)
}

/// The answers, section by section; `edit` names the draft they can be changed in.
pub fn answers(ui: Ui, edit: Option<DocumentId>, sections: &[ReviewSection]) -> El {
    let reach = ui.read(reach);
    let sections = (0..).zip(sections).map(|(position, section)| {
        let edit = edit.filter(|_| reach.is_some_and(|reach| reach.holds(position)));
        answer_section(ui, edit, position, section)
    });
    el("div").class("review").all(sections)
}

fn answer_section(ui: Ui, edit: Option<DocumentId>, position: usize, section: &ReviewSection) -> El {
    let title = section.title.as_ref().map(|title| title.in_language(ui.locale().tag()));
    let title = title.unwrap_or_else(|| ui.t(Key::OtherQuestions));
    let change = edit.map(|id| {
        button("button button-quiet", "change", Some(Icon::Pencil), ui.t(Key::Change))
            .attr("aria-label", &ui.tf(Key::ChangeSection, &[title]))
            .on_click(move || ui.go(Screen::Section(id, position)))
    });
    let head = el("div").class("review-head").child(el("h2").text(title)).maybe(change);
    let list = el("dl").all(section.rows.iter().filter_map(|row| answer_row(ui, edit.zip(Some(position)), row)));
    el("section").class("review-section").child(head).child(list)
}

/// A question with its answer; in a draft the question leads to its field.
fn answer_row(ui: Ui, edit: Option<(DocumentId, usize)>, row: &ReviewRow) -> Option<El> {
    let field = Field::new(ui, row.node)?;
    let question = field.text();
    let place = el("div").attr("data-depth", &row.depth.min(3).to_string());
    if !field.item().kind.is_question() {
        let number = row.instance.map(|number| format!(" {number}")).unwrap_or_default();
        return Some(place.class("review-group").child(el("dt").text(&format!("{question}{number}"))));
    }
    let words = ui.read(|model| words_at(ui, &model.filling()?.response, row.node));
    let (class, words) = match words {
        None => ("review-row review-missing", ui.t(Key::NotAnswered).to_owned()),
        Some(words) if field.content(|content| content.absent.is_some()) => ("review-row review-absent", words),
        Some(words) => ("review-row", words),
    };
    let place = place.class(class).attr("data-linkid", &field.item().link_id);
    let hides = field.item().sensitivity == Some(Sensitivity::X) && class == "review-row";
    let node = row.node;
    let name = match edit.filter(|_| !field.item().read_only) {
        Some((id, position)) => {
            let link = button("link", "to-question", None, &question);
            el("dt").child(link.on_click(move || to_question(ui, id, (position, node))))
        }
        None => el("dt").text(&question),
    };
    let answer = if hides { covered(ui, &question, move || shown(&field, &words)) } else { shown(&field, &words) };
    Some(place.child(name).child(answer))
}

/// An answer: a picture where it is one, else words.
fn shown(field: &Field, words: &str) -> El {
    let file = field.content(|content| content.answers.first().cloned());
    let picture = match &file {
        Some(Answer::Attachment(file)) => picture(&field.text(), file),
        _ => None,
    };
    match picture {
        Some(picture) => el("dd").child(picture),
        None => el("dd").text(words),
    }
}

/// What sealing means, who seals, and the button. Where something has to be mended first, the button leads to the list.
fn seal_panel(ui: Ui, id: DocumentId, blocked: bool, summary: El) -> El {
    // On an insecure address there will never be a key; what to do stands with the signer.
    let keyless = ui.read(|model| model.key == Err(KeyProblem::InsecureOrigin));
    let who = el("div").live(move |place| {
        ui.watch(Topic::Sealing);
        place.append(&signer(ui));
        if let Some(outcome) = seal_outcome(ui) {
            place.append(&outcome);
        }
    });
    let reason = line("problem", "");
    if blocked {
        say_problem(&reason, ui.t(Key::SealBlocked));
    }
    let seal = button("button button-main", "seal", Some(Icon::Seal), ui.t(Key::SealNow)).flag("disabled", keyless);
    let seal = seal.on_click(move || if blocked { summary.focus() } else { ui.send(Event::SealAsked) });
    el("section")
        .class("seal-panel")
        .child(el("h2").child(icon(Icon::Seal)).text(ui.t(Key::Seal)))
        .child(line("", ui.t(Key::SealMeaning)))
        .maybe(asked_signatures(ui))
        .child(signers::choice(ui, id))
        .child(who)
        .child(reason)
        .child(seal)
}

/// What signatures the form as a whole asks for, and which of them the seal is.
fn asked_signatures(ui: Ui) -> Option<El> {
    let kinds: Vec<String> = ui.read(|model| {
        let kinds = model.filling().map(|filling| filling.response.questionnaire().signatures.iter());
        kinds.into_iter().flatten().map(|kind| kind.in_language(model.locale().tag()).to_owned()).collect()
    });
    (!kinds.is_empty()).then(|| line("", &ui.tf(Key::SignaturesAsked, &[&kinds.join(", ")])))
}

fn signer(ui: Ui) -> El {
    match ui.read(|model| (model.worker.clone(), model.key.clone())) {
        (Some(worker), Ok(key)) => facts([
            (ui.t(Key::SealedBy), format!("{}, {}", worker.name, worker.organisation)),
            (ui.t(Key::Fingerprint), key.kid().fingerprint().to_string()),
        ]),
        (_, Err(KeyProblem::Missing)) | (None, Ok(_)) => line("", ui.t(Key::WorkerFirst)),
        (_, Err(problem)) => trouble(ui, words::key(ui, &problem), []),
    }
}

fn seal_outcome(ui: Ui) -> Option<El> {
    let step = ui.read(|model| {
        let sealing = model.sealing.as_ref().filter(|sealing| Some(sealing.document) == model.screen.document());
        sealing.map(|sealing| sealing.step.clone())
    });
    Some(match step? {
        SealingStep::KeyFailed(problem) => {
            el("div").child(trouble(ui, words::key(ui, &problem), [])).maybe(signers::passphrase(ui, Some(&problem)))
        }
        SealingStep::NotStored(problem) => trouble(ui, words::not_sealed(ui, &problem), []),
        _ => line("", ui.t(Key::Sealing)).attr("role", "status"),
    })
}
