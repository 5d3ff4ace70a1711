//! A drawing on paper by itself, as large as the paper lets: with its legend, whose it is, and the day.

use super::handing::File;
use super::words::{Said, said};
use crate::app::Event;
use crate::platform::{once_printed, stamp};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::format;
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use crate::ui::paper::client;
use base64ct::{Base64, Encoding};

/// The sizes of paper, each with the button that prints on it, and how much larger than on the screen, in percent, a drawing
/// becomes that has room.
const SIZES: [(&str, &str, Said, i32); 2] =
    [("a4", "print-a4", Said::PrintA4, 140), ("a3", "print-a3", Said::PrintA3, 200)];

/// The buttons that print a drawing; `failed` takes the words where that cannot be done.
pub fn printing(ui: Ui, file: impl Fn() -> Option<File> + Clone + 'static, failed: &El) -> [El; 2] {
    SIZES.map(|(size, act, key, percent)| {
        let (file, failed) = (file.clone(), failed.clone());
        let print = button("button", act, Some(Icon::Printer), said(ui, key));
        print.on_click(move || {
            failed.clear();
            if let (Some(file), Some(app)) = (file(), failed.around(".app")) {
                sheet(ui, &file, (size, percent), &app, &failed);
            }
        })
    })
}

/// Puts a sheet with the drawing on the page, which alone is printed, and takes it off when that is done.
fn sheet(ui: Ui, file: &File, (size, percent): (&str, i32), app: &El, failed: &El) {
    let (wide, high) = file.size;
    let way = if wide > high { "wide" } else { "tall" };
    let picture = el("img").attr("alt", "").attr("width", &(wide * percent / 100).to_string());
    let page = el("div").class("drawing-sheet").attr("data-paper", &format!("{size}-{way}"));
    let page = page.child(line("drawing-head", &head(ui, &file.title))).child(picture.clone());
    let lay = {
        let (app, page) = (app.clone(), page.clone());
        move |shown: bool| {
            app.set_attr("data-prints", shown.then_some("drawing"));
            if shown { app.append(&page) } else { page.remove() }
        }
    };
    let (drawn, refused, put) = (lay.clone(), lay.clone(), lay);
    let failed = failed.clone();
    // What is printed has to be drawn before the browser lays its pages out.
    let picture = picture.on("load", move |_| {
        let printed = drawn.clone();
        once_printed(move || printed(false));
        ui.send(Event::PrintAsked);
    });
    let picture = picture.on("error", move |_| {
        refused(false);
        failed.append_text(said(ui, Said::NotPrinted));
    });
    // A sheet that was not printed, as the browser did not say when it was done, gives way to this one.
    app.all_below(".drawing-sheet").iter().for_each(El::remove);
    put(true);
    picture
        .set_attr("src", Some(&format!("data:image/svg+xml;base64,{}", Base64::encode_string(file.text.as_bytes()))));
}

/// What is drawn, whose it is and the day. The name is told by its initials, as on all paper that is not asked for more.
fn head(ui: Ui, title: &str) -> String {
    let today = format::date(ui.locale(), stamp().now);
    let client = ui.read(|model| {
        let case = model.filling().and_then(|filling| model.case_of(filling.document.id));
        case.map(|case| client(ui, case, false))
    });
    [Some(title.to_owned()), client, Some(today)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
