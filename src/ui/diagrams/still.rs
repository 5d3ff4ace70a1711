//! A drawing to be looked at: on the page of a sealed document, in the case file and on paper.

use super::people::summary;
use super::shapes::drawn;
use super::words::{Said, filled, language, term};
use crate::app::family::{family, surroundings};
use crate::diagram::{Scene, ecomap, scene};
use crate::form::{Control, NodeIx, Response};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, svg};
use crate::wording::{ecomap_summary, ecomap_word};
use chrono::NaiveDate;

/// The drawing of a group, as of a day; none where the group is not drawn, or nobody is in it.
#[inline(never)] // An entry of tools/parts.json.
pub fn still(ui: Ui, response: &Response, group: NodeIx, day: NaiveDate, shows_violence: bool) -> Option<El> {
    match response.item(group).control? {
        Control::Genogram => {
            let family = family(response, group, day, shows_violence);
            let scene = scene(&family.genogram, &|key| term(ui, key).to_owned()).ok()?;
            Some(framed(&scene, &filled(ui, Said::Drawing, &[&summary(ui, &family.genogram)])))
        }
        Control::Ecomap => {
            // Who is in the middle stands at the head of the paper.
            let map = surroundings(response, group, "", day).ecomap;
            let scene = ecomap::scene(&map, &|sign| ecomap_word(language(ui), sign).to_owned()).ok()?;
            Some(framed(&scene, &ecomap_summary(language(ui), &map)))
        }
        _ => None,
    }
}

fn framed(scene: &Scene, summary: &str) -> El {
    let picture = svg("svg")
        .class("still")
        .attr("viewBox", &format!("0 0 {} {}", scene.width, scene.height))
        .attr("width", &scene.width.to_string())
        .attr("height", &scene.height.to_string())
        .attr("role", "img")
        .attr("aria-label", summary)
        .child(drawn(scene, &|_| true, |_, group| group));
    el("figure").class("diagram-still").child(picture)
}
