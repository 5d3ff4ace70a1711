//! A drawing out of the app: as a picture, and a family in GEDCOM; and a family into it.

use super::bringing::bringing;
use super::genogram::Editor;
use super::people::summary;
use super::printing::printing;
use super::words::{Said, filled, said, term};
use crate::app::Event;
use crate::diagram::{Term, gedcom, scene, svg};
use crate::platform::{Part, painted, spawn};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use base64ct::{Base64, Encoding};

/// The longest side of a picture, in pixels; more than that some tablets cannot draw.
const LONGEST: i32 = 4096;

/// A drawing as a file.
pub struct File {
    /// What kind of drawing it is.
    pub title: String,
    /// SVG.
    pub text: String,
    /// Width and height, pixels.
    pub size: (i32, i32),
}

/// The ways out of a genogram and into it, folded away.
pub fn handing(editor: &Editor) -> El {
    let (ui, own, written) = (editor.ui, editor.clone(), editor.clone());
    let as_gedcom = button("button", "save-gedcom", Some(Icon::Download), said(ui, Said::SaveGedcom));
    let as_gedcom = as_gedcom.on_click(move || {
        let text = gedcom::write(&written.told().family.genogram);
        written.ui.send(Event::DrawingMade("ged", text.into_bytes()));
    });
    let body = saving(ui, move || file(&own), Some(as_gedcom)).child(bringing(editor));
    let summary = el("summary").child(el("span").text(said(ui, Said::OutAndIn)));
    el("details").class("person-tie").attr("data-act", "out-and-in").child(summary).child(body)
}

/// The buttons that save a drawing.
pub fn saving(ui: Ui, file: impl Fn() -> Option<File> + Clone + 'static, more: Option<El>) -> El {
    // A form on a host's page keeps nothing and gives nothing out; that is the host's.
    if ui.read(|model| model.hosted.is_some()) {
        return el("div").class("questions");
    }
    let failed = el("p").class("problem").attr("role", "status");
    let save = |key: Said, act: &str| button("button", act, Some(Icon::Download), said(ui, key));
    let drawn = file.clone();
    let as_svg = save(Said::SaveSvg, "save-svg").on_click(move || {
        if let Some(file) = drawn() {
            ui.send(Event::DrawingMade("svg", file.text.into_bytes()));
        }
    });
    let said_failed = failed.clone();
    let print = printing(ui, file.clone(), &failed);
    let as_png = save(Said::SavePng, "save-png").on_click(move || {
        if let Some(file) = file() {
            paint(ui, file, &said_failed);
        }
    });
    let buttons = el("div").class("actions").child(as_svg).child(as_png).maybe(more).all(print);
    el("div").class("questions").child(line("hint", said(ui, Said::OutHint))).child(buttons).child(failed)
}

/// The genogram as a file of its own. Lines of violence are in it only while they are shown.
fn file(editor: &Editor) -> Option<File> {
    let (ui, told) = (editor.ui, editor.told());
    let genogram = &told.family.genogram;
    let words = |key| term(ui, key).to_owned();
    let scene = scene(genogram, &words).ok()?;
    let whole = filled(ui, Said::Drawing, &[&summary(ui, genogram)]);
    let title = words(Term::Genogram);
    Some(File { title, text: svg(&scene, &words, &whole), size: (scene.width, scene.height) })
}

fn paint(ui: Ui, File { text, size: (width, height), .. }: File, failed: &El) {
    failed.clear();
    // Twice as fine as on the screen, as far as a picture may be so large.
    let fits = |times: i32| width.max(height) * times <= LONGEST;
    let (wide, high) = match (fits(2), fits(1)) {
        (true, _) => (width * 2, height * 2),
        (_, true) => (width, height),
        _ if width > height => (LONGEST, (height * LONGEST / width).max(1)),
        _ => ((width * LONGEST / height).max(1), LONGEST),
    };
    let size = [wide, high].map(|side| u16::try_from(side).unwrap_or(u16::MAX));
    // The picture says itself how large it is.
    let bare = text.replacen(&format!(" width=\"{width}\" height=\"{height}\""), "", 1);
    let failed = failed.clone();
    spawn(Box::pin(async move {
        let come = Part::Fields.bring().await;
        let picture = match come {
            Ok(()) => painted(bare, (size[0], size[1]), "image/png").await,
            Err(_) => None,
        };
        match picture.and_then(|data| Base64::decode_vec(&data).ok()) {
            Some(bytes) => ui.send(Event::DrawingMade("png", bytes)),
            None => failed.append_text(said(ui, Said::NotPainted)),
        }
    }));
}
