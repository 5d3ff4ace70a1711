//! Where the focus goes when another screen is drawn, and how a question is reached wherever it stands.

use super::dispatch::Ui;
use super::dom::{El, whenever};
use crate::app::{Locale, Screen, Startup, Topic};
use crate::form::NodeIx;
use std::cell::Cell;

/// After another screen was drawn its heading takes the focus, so that a screen reader says where one is and the top is
/// in view; after a change of language the focus stays on the switch. The first screen takes nothing from the page.
pub fn follow(ui: Ui, outer: El) {
    let before: Cell<Option<(Screen, Locale)>> = Cell::new(None);
    whenever(move || {
        ui.watch(Topic::Screen);
        let (ready, screen, locale, question) =
            ui.read(|model| (model.startup == Startup::Ready, model.screen, model.locale(), model.focus));
        let shown = before.replace(ready.then_some((screen, locale)));
        let Some((old_screen, old_locale)) = shown else { return };
        if old_locale != locale {
            outer.find("[data-language]").iter().for_each(El::focus_in_view);
        } else if let Some(node) = question {
            to_question(ui, &outer, node);
        } else if is_next(ui, old_screen, screen) {
            outer.find("h1,h3").iter().for_each(El::focus_in_view);
        }
    });
}

/// Whether a hand led to another screen. What the host of a form puts in place of another takes no focus from its page.
fn is_next(ui: Ui, old: Screen, new: Screen) -> bool {
    old != new && (old.document() == new.document() || ui.read(|model| model.hosted.is_none()))
}

/// Controls that are not folded away.
const CONTROLS: &str = ":is(input,select,textarea,button):not(details:not([open]) *)";

/// Gives the focus to what answers a question: its field, the first of its fields, or the heading of its group. Where a
/// cover lies over it, the button that lifts the cover.
pub fn to_question(ui: Ui, outer: &El, node: NodeIx) {
    let own = node.number();
    let said = outer.find(&format!("[id='q{own}-text'],[for='q{own}'],[id='q{own}-problem']"));
    let place = said.and_then(|said| said.around(".question,.entry,.group"));
    let field = place.and_then(|place| {
        let ways = [
            format!("[id='q{own}']:is(input,select,textarea,summary)"),
            format!("[name='q{own}']:checked"),
            format!("[name='q{own}']"),
            format!("[id='q{own}-text'][tabindex]"),
            format!(".body {CONTROLS}"),
            CONTROLS.to_owned(),
        ];
        ways.iter().find_map(|way| place.find(way))
    });
    if let Some(field) = field.or_else(|| outer.find(&covers(ui, node))) {
        field.focus_in_view();
    }
}

/// The buttons that lift a cover over a question, by the ids of what stands around it.
fn covers(ui: Ui, node: NodeIx) -> String {
    let mut ids = String::new();
    ui.read(|model| {
        let response = model.filling().map(|filling| &filling.response);
        let mut at = response.map(|_| node);
        while let Some((response, ix)) = response.zip(at) {
            let comma = if ids.is_empty() { "" } else { "," };
            ids.push_str(&format!("{comma}[id='q{}-veil']", ix.number()));
            at = response.node(ix).parent;
        }
    });
    ids
}
