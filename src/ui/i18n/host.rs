//! What the host of a form gave and is not taken, in words.

use super::Key;
use super::words::{Words, refusal_words};
use crate::app::HostRefusal;
use crate::form::{Misfit, MisfitAt, ReadRefusal};
use crate::ui::dispatch::Ui;

/// The kind of a refusal, for the host's own program.
pub const fn kind(refusal: &HostRefusal) -> &'static str {
    match refusal {
        HostRefusal::Form(_) => "definition",
        HostRefusal::Response(_) | HostRefusal::Misfits(_) => "response",
        HostRefusal::Context => "context",
    }
}

/// What happened, what is safe, what to do.
pub fn not_taken(ui: Ui, refusal: &HostRefusal) -> Words {
    let happened = match refusal {
        HostRefusal::Form(_) => Key::HappenedFormNotTaken,
        HostRefusal::Response(_) | HostRefusal::Misfits(_) => Key::HappenedResponseNotTaken,
        HostRefusal::Context => Key::HappenedContextNotTaken,
    };
    Words { happened: ui.t(happened).to_owned(), safe: Key::SafeHosted, todo: Key::TodoHost, detail: None }
}

/// Every reason.
pub fn reasons(ui: Ui, refusal: &HostRefusal) -> Vec<String> {
    match refusal {
        HostRefusal::Form(refusals) => refusals.iter().map(|refusal| refusal_words(ui, refusal)).collect(),
        HostRefusal::Response(refusal) => vec![unread(ui, refusal)],
        HostRefusal::Misfits(misfits) => misfits.iter().map(|at| misfit(ui, at)).collect(),
        HostRefusal::Context => Vec::new(),
    }
}

fn unread(ui: Ui, refusal: &ReadRefusal) -> String {
    match refusal {
        ReadRefusal::NotJson(_) => ui.t(Key::RefusalNotJson).to_owned(),
        ReadRefusal::NotAResponse(kind) => ui.tf(Key::ReadNotAResponse, &[kind]),
        ReadRefusal::TooLarge => ui.t(Key::ReadTooLarge).to_owned(),
        ReadRefusal::OtherForm { expected, found } => ui.tf(Key::ReadOtherForm, &[found, expected]),
    }
}

fn misfit(ui: Ui, MisfitAt { place, misfit }: &MisfitAt) -> String {
    let words = match misfit {
        Misfit::NoList(member) => ui.tf(Key::MisfitNoList, &[member]),
        Misfit::NoLinkId => ui.t(Key::MisfitNoLinkId).to_owned(),
        Misfit::UnknownItem(link_id) => ui.tf(Key::MisfitUnknown, &[link_id]),
        Misfit::Misplaced(link_id) | Misfit::OutOfOrder(link_id) => ui.tf(Key::MisfitMisplaced, &[link_id]),
        Misfit::Repeated(link_id, times) => ui.tf(Key::MisfitRepeated, &[link_id, &times.to_string()]),
        Misfit::SeveralAnswers => ui.t(Key::MisfitSeveral).to_owned(),
        Misfit::GroupAnswered | Misfit::DisplayAnswered => ui.t(Key::MisfitNoQuestion).to_owned(),
        Misfit::ItemsBesideAnswers => ui.t(Key::MisfitBeside).to_owned(),
        Misfit::NoValue => ui.t(Key::MisfitNoValue).to_owned(),
        Misfit::SeveralValues => ui.t(Key::MisfitSeveralValues).to_owned(),
        Misfit::WrongType(_) => ui.t(Key::MisfitType).to_owned(),
        Misfit::OtherText => ui.t(Key::MisfitText).to_owned(),
    };
    format!("{place}: {words}")
}
