//! A small chart of a total over time, drawn so that it can be read in black and white: every point bears its number, and
//! where there is none a sign of its own stands in its place.

use super::dispatch::Ui;
use super::dom::{El, el, svg};
use super::i18n::{Key, format};
use crate::app::view::Series;
use crate::form::Item;

/// The room for one point, in CSS pixels; the chart is not made smaller, so that its letters stay readable.
const STEP: usize = 108;
const HEIGHT: usize = 190;
/// Where the highest and the lowest points stand.
const TOP: usize = 44;
const GROUND: usize = 148;

/// The chart with its table.
pub fn chart(ui: Ui, item: &Item, series: &Series) -> El {
    let title = item.text.in_language(ui.locale().tag());
    let name = format!("chart-{}", item.link_id);
    el("figure")
        .class("chart")
        .child(el("figcaption").attr("id", &name).text(title))
        .child(el("div").class("chart-room").attr("aria-hidden", "true").child(drawing(ui, series)))
        .child(table(ui, series, &name))
}

fn drawing(ui: Ui, series: &Series) -> El {
    let width = STEP * series.points.len();
    let picture = svg("svg")
        .attr("width", &width.to_string())
        .attr("height", &HEIGHT.to_string())
        .attr("viewBox", &format!("0 0 {width} {HEIGHT}"));
    let ground = format!("M0 {GROUND}H{width}");
    let picture = picture.child(svg("path").class("chart-ground").attr("d", &ground));
    let mut before: Option<(usize, usize)> = None;
    let (mut lines, mut signs) = (Vec::new(), Vec::new());
    for (at, point) in series.points.iter().enumerate() {
        let x = STEP * at + STEP / 2;
        if let Some((number, height)) = &point.value {
            let y = GROUND - (GROUND - TOP) * usize::from(*height) / 1000;
            if let Some((from_x, from_y)) = before {
                let line = format!("M{from_x} {from_y}L{x} {y}");
                lines.push(svg("path").class("chart-line").attr("d", &line));
            }
            let dot = svg("circle").class("chart-dot").attr("r", "5");
            signs.push(dot.attr("cx", &x.to_string()).attr("cy", &y.to_string()));
            signs.push(text("chart-value", x, y - 14, &format::decimal(ui.locale(), number)));
            before = Some((x, y));
        } else {
            // A gap is a gap: no line leads over it, and it stands on no number.
            signs.push(text("chart-gap", x, GROUND - 12, "?"));
            before = None;
        }
        signs.push(text("chart-day", x, GROUND + 22, &format::short_date(ui.locale(), point.at)));
    }
    picture.all(lines).all(signs)
}

fn text(class: &str, x: usize, y: usize, words: &str) -> El {
    let text = svg("text").class(class).attr("x", &x.to_string()).attr("y", &y.to_string());
    text.attr("text-anchor", "middle").text(words)
}

/// The same as numbers, for those who do not see the drawing and those who want to be sure.
fn table(ui: Ui, series: &Series, named_by: &str) -> El {
    let head = |key: Key| el("th").attr("scope", "col").text(ui.t(key));
    let rows = series.points.iter().map(|point| {
        let number = point.value.as_ref().map(|(number, _)| format::decimal(ui.locale(), number));
        let number = number.unwrap_or_else(|| ui.t(Key::Incomplete).to_owned());
        let day = el("th").attr("scope", "row").text(&format::date(ui.locale(), point.at));
        el("tr").child(day).child(el("td").text(&number))
    });
    let heads = el("tr").child(head(Key::OnDay)).child(head(Key::Total));
    el("table").attr("aria-labelledby", named_by).child(el("thead").child(heads)).child(el("tbody").all(rows))
}
