//! The copy for the client in words of the language in force, and the code that leads back to the sealed document.

use super::dispatch::Ui;
use super::dom::{El, svg};
use super::i18n::{Key, format};
use super::told;
use crate::app::view::{SectionView, cards, marked, sections};
use crate::app::{BLANK, Filling, Mark, Model, Sheet, SheetPart, binding};
use crate::form::{Answer, Audience, Kind, NodeIx, Response};
use crate::seal::short_form;
use qrcodegen::{QrCode, QrCodeEcc};

/// The copy of the open document; none while it is not open.
pub fn sheet(ui: Ui) -> Option<Sheet> {
    ui.read(|model| {
        let filling = model.filling()?;
        let response = &filling.response;
        let language = model.locale().tag();
        let mut sheet = Sheet {
            language: language.to_owned(),
            title: response.questionnaire().title.in_language(language).to_owned(),
            ..Sheet::default()
        };
        let mut headings = Headings { sections: sections(response), last: None };
        sheet.parts = parts(ui, response, &mut headings);
        letterhead(ui, model, filling, &mut sheet);
        let first = marked(response, Audience::Client).first().copied();
        let beside = response.walk(response.roots()).into_iter().filter(|node| is_for_copy(response, *node));
        let mut is_head = true;
        for node in beside {
            // What stands before the first card is the head of the paper.
            is_head &= first.is_none_or(|first| is_before(response, node, first));
            place(ui, response, node, Some(&mut headings).filter(|_| !is_head), &mut sheet);
        }
        // The first one replaces nothing, so its number says nothing to anybody.
        if filling.document.revision > 1 {
            sheet.facts.push((ui.t(Key::Revision).to_owned(), filling.document.revision.to_string()));
        }
        foot(ui, model, filling, &mut sheet);
        Some(sheet)
    })
}

fn is_for_copy(response: &Response, node: NodeIx) -> bool {
    let item = response.item(node);
    let marked = matches!(item.audience, Some(Audience::Copy | Audience::ClientAnswers));
    let elsewhere = ["address", "number", "client-number"].iter().any(|place| item.stands_at(place));
    marked && !elsewhere && response.is_enabled(node)
}

fn is_before(response: &Response, node: NodeIx, other: NodeIx) -> bool {
    response.node(node).item < response.node(other).item
}

/// The titles of sections, each before the first part of it.
struct Headings {
    sections: Vec<SectionView>,
    last: Option<usize>,
}

impl Headings {
    fn before(&mut self, ui: Ui, response: &Response, node: NodeIx) -> Option<String> {
        let here = self.sections.iter().position(|section| response.walk(&section.nodes).contains(&node))?;
        let is_new = self.last.replace(here) != Some(here);
        let title = self.sections.get(here).filter(|_| is_new)?.title.as_ref()?;
        Some(title.in_language(ui.locale().tag()).to_owned())
    }
}

/// What an office writes above a title and above marks; lines to write on where nobody has said it.
fn letterhead(ui: Ui, model: &Model, filling: &Filling, sheet: &mut Sheet) {
    let response = &filling.response;
    let said = |place: &str| {
        let mut nodes = response.walk(response.roots()).into_iter();
        let node = nodes.find(|node| response.item(*node).stands_at(place) && is_said(response, *node))?;
        super::fields::answer_words(ui, response.item(node), &response.node(node).content)
    };
    let or_line = |words: Option<String>| words.unwrap_or_else(|| BLANK.to_owned());
    let own = || model.worker.as_ref().map(|worker| worker.organisation.clone());
    let known = || model.cases.get(filling.document.case)?.register_number.clone();
    let address = ui.tf(Key::CopyAddress, &[&or_line(said("address"))]);
    sheet.letterhead = vec![or_line(said("institution").or_else(own)), address];
    sheet.number = Some(ui.tf(Key::CopyNumber, &[&or_line(said("number"))]));
    let client = or_line(said("client-number").or_else(known));
    sheet.facts.push((ui.t(Key::CopyClientNumber).to_owned(), client));
    let day = or_line(said("signed-on"));
    sheet.signed = Some(format!("{}, {day}", or_line(said("place"))));
}

/// The cards, one after the other; the entries of a list are a line each.
fn parts(ui: Ui, response: &Response, headings: &mut Headings) -> Vec<SheetPart> {
    let language = ui.locale().tag();
    let (mut parts, mut last): (Vec<SheetPart>, _) = (Vec::new(), None);
    for card in cards(response) {
        let lines = card.lines.iter().map(|node| told::line(ui, response, *node));
        let lines: Vec<String> = if card.entry.is_some() { vec![joined(lines)] } else { lines.collect() };
        if last != Some(card.group) {
            let heading = card.lines.first().and_then(|line| headings.before(ui, response, *line));
            let title = response.questionnaire().item(card.group).text.in_language(language).to_owned();
            // A card under a heading that says the same would say it twice.
            let title = Some(title).filter(|title| heading.as_ref() != Some(title));
            parts.push(SheetPart { heading, title, lines: Vec::new() });
            last = Some(card.group);
        }
        if let Some(part) = parts.last_mut() {
            part.lines.extend(lines);
        }
    }
    parts
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join(" ")
}

/// Puts what is for the copy alone into its place: a fact where there are no headings yet, a part, or somebody's mark.
fn place(ui: Ui, response: &Response, node: NodeIx, headings: Option<&mut Headings>, sheet: &mut Sheet) {
    let item = response.item(node);
    let title = item.text.in_language(ui.locale().tag()).to_owned();
    let below = response.walk(&[node]);
    let is_mark = |node: &NodeIx| response.item(*node).binds_content && response.item(*node).kind == Kind::Attachment;
    let said: Vec<NodeIx> = below.iter().copied().filter(|node| is_said(response, *node)).collect();
    if below.iter().any(is_mark) {
        let mut mark = Mark { title, ..Mark::default() };
        for node in said {
            match response.node(node).content.answers.first() {
                Some(Answer::Attachment(file)) => mark.pictures.push((file.content_type.clone(), file.data.clone())),
                _ => mark.lines.push(told::line(ui, response, node)),
            }
        }
        // Whoever signs on paper writes their name there too.
        if mark.lines.is_empty() {
            mark.lines.push(BLANK.to_owned());
        }
        return sheet.marks.push(mark);
    }
    let lines: Vec<String> = said.iter().map(|node| told::line(ui, response, *node)).collect();
    if lines.is_empty() {
        return;
    }
    let Some(headings) = headings else {
        let content = &response.node(node).content;
        let words = super::fields::answer_words(ui, item, content).unwrap_or_else(|| lines.join(" "));
        return sheet.facts.push((title, words));
    };
    // Entries of a list of answers stand under one title.
    if let Some(part) = sheet.parts.last_mut().filter(|part| part.title.as_ref() == Some(&title)) {
        return part.lines.extend(lines);
    }
    let heading = headings.before(ui, response, node);
    let title = Some(title).filter(|title| heading.as_ref() != Some(title));
    sheet.parts.push(SheetPart { heading, title, lines });
}

fn is_said(response: &Response, node: NodeIx) -> bool {
    let (item, content) = (response.item(node), &response.node(node).content);
    item.kind.is_question()
        && !item.hidden
        && response.is_enabled(node)
        && content.answers.iter().any(|answer| !answer.is_blank())
}

/// The fingerprint of the content, the seal, and the code with both.
fn foot(ui: Ui, model: &Model, filling: &Filling, sheet: &mut Sheet) {
    let digest = binding::shown_digest(filling);
    let seal = filling.document.seal;
    let sealed =
        seal.map(|seal| ui.tf(Key::CopySealed, &[&format::date_time(model.locale(), seal.at), &seal.id.to_string()]));
    sheet.foot = vec![
        ui.tf(Key::CopyFingerprint, &[&short_form(&digest)]),
        sealed.unwrap_or_else(|| ui.t(Key::CopyUnsealed).to_owned()),
    ];
    let (kind, id) =
        seal.map_or_else(|| ("CASE", filling.document.case.to_string()), |seal| ("SEAL", seal.id.to_string()));
    // Capital letters, digits and few signs take the least room in the code.
    let text = format!("ASESMEN:1:{kind}:{id}:{digest}").to_ascii_uppercase();
    sheet.code = matrix(&text);
}

/// The code for machines that says a text, row by row; none where the text is too long for one.
#[inline(never)] // An entry of tools/parts.json.
pub fn matrix(text: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return Vec::new() };
    let row = |y| (0..code.size()).map(|x| code.get_module(x, y)).collect();
    (0..code.size()).map(row).collect()
}

/// The code for machines, with the quiet zone around it that readers need.
pub fn code(rows: &[Vec<bool>]) -> Option<El> {
    const QUIET: usize = 4;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    let side = rows.len() + 2 * QUIET;
    (!rows.is_empty()).then(|| {
        svg("svg")
            .class("copy-code")
            .attr("viewBox", &format!("0 0 {side} {side}"))
            .attr("shape-rendering", "crispEdges")
            .attr("aria-hidden", "true")
            .child(svg("path").attr("d", &path))
    })
}
