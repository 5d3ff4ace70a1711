//! That a case is with somebody else, or came from somebody, and the way to take it back.

use crate::app::passage::{Way, last};
use crate::app::{Event, PackageEvent, Passage, Topic};
use crate::domain::CaseId;
use crate::platform::Part;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::{Key, format, package_words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, problem, say_problem, trouble};
use crate::ui::parts::parted;

/// What happened to a case last, where it ever passed.
pub fn passage(ui: Ui, case: CaseId) -> El {
    let place = el("div");
    let Some(passage) = ui.read(|model| last(model, case).cloned()) else { return place };
    place.append(
        &el("p")
            .class("display display-marked")
            .child(icon(Icon::Person))
            .child(el("span").text(&words_of(ui, &passage))),
    );
    match passage.way {
        Way::Given => {
            let back = parted(ui, Part::Office, move || back(ui, case), |_| ());
            place.attr("data-passage", "given").child(line("", ui.t(Key::CaseGivenWhy))).child(back)
        }
        Way::Received => place.attr("data-passage", "received"),
        Way::TakenBack => place.attr("data-passage", "taken-back"),
    }
}

/// A passage in words.
pub fn words_of(ui: Ui, passage: &Passage) -> String {
    let [name, organisation] = &passage.who;
    let day = format::date(ui.locale(), passage.at);
    match passage.way {
        Way::Given => ui.tf(Key::CaseGiven, &[name, organisation, &day]),
        Way::Received => ui.tf(Key::CaseReceived, &[name, organisation, &day]),
        Way::TakenBack => ui.tf(Key::CaseTakenBack, &[name, &day, passage.reason.as_deref().unwrap_or_default()]),
    }
}

/// The way to take a case back, folded away.
#[inline(never)] // An entry of tools/parts.json.
fn back(ui: Ui, case: CaseId) -> El {
    let typed = ui.read(|model| model.packages.taking_back.reason.clone());
    let is_refused = move || {
        ui.watch(Topic::Packages);
        ui.read(|model| model.packages.taking_back.is_refused)
    };
    let area = el("textarea")
        .class("input")
        .attr("id", "take-back-reason")
        .attr("rows", "3")
        .attr("aria-describedby", "take-back-hint take-back-problem")
        .text(&typed)
        .live_attr("aria-invalid", move || is_refused().then(|| "true".to_owned()))
        .on("input", move |event| ui.send(Event::Package(PackageEvent::TakingBackTyped(value(&event)))));
    let told = problem("take-back-problem").live(move |place| {
        if is_refused() {
            say_problem(place, ui.t(Key::CaseTakeBackMissing));
        }
    });
    let failed = el("div").live(move |place| {
        ui.watch(Topic::Packages);
        if let Some(problem) = ui.read(|model| model.packages.taking_back.problem.clone()) {
            place.append(&trouble(ui, package_words::not_taken_back(ui, &problem), []));
        }
    });
    let take = button("button", "take-back", Some(Icon::Undo), ui.t(Key::CaseTakeBack));
    let take = take.on_click(move || ui.send(Event::Package(PackageEvent::TakingBackAsked(case))));
    let label = el("label").class("question-text").attr("for", "take-back-reason").text(ui.t(Key::CaseTakeBackReason));
    let hint = line("hint", ui.t(Key::CaseTakeBackHint)).attr("id", "take-back-hint");
    el("details")
        .class("take-back")
        .child(el("summary").text(ui.t(Key::CaseTakeBack)))
        .child(el("div").class("question").child(label).child(hint).child(area).child(told))
        .child(failed)
        .child(el("div").class("actions").child(take))
}
