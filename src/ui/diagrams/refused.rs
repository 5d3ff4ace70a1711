//! An act that was not done, as it would have made a family of which no drawing can be made.

use super::words::{Said, filled, said};
use crate::app::Event;
use crate::diagram::GenogramRefusal;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line};

/// What happened, what is safe, what to do.
#[inline(never)] // An entry of tools/parts.json.
pub fn refused(ui: Ui, refusal: &GenogramRefusal, names: &[String]) -> El {
    let unnamed = said(ui, Said::Unnamed);
    let names: Vec<&str> = names.iter().map(|name| if name.is_empty() { unnamed } else { name }).collect();
    let why = match refusal {
        GenogramRefusal::OwnAncestors(_) => filled(ui, Said::OwnAncestors, &[&names.join(", ")]),
        GenogramRefusal::TooMany => said(ui, Said::TooManyPeople).to_owned(),
        _ => said(ui, Said::NotDrawn).to_owned(),
    };
    let happened = format!("{} {why}", said(ui, Said::NotMade));
    let dismiss = button("button button-quiet", "dismiss", None, said(ui, Said::PutAway));
    let dismiss = dismiss.on_click(move || ui.send(Event::NoticeDismissed));
    let body = el("div")
        .class("trouble-words")
        .child(line("trouble-happened", &happened))
        .child(line("", said(ui, Said::FamilySafe)))
        .child(line("", said(ui, Said::LookAtParents)))
        .child(el("div").class("actions").child(dismiss));
    el("div").class("trouble").attr("role", "alert").child(icon(Icon::Alert)).child(body)
}
