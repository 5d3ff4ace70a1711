//! Other versions of the form that a draft answers. Versions are free text, so none is older than another by itself.

use crate::app::catalogue::CatalogueEntry;
use crate::app::model::Model;
use crate::domain::{Document, InstrumentPin};

/// The version of a draft's form that is now begun with, where it is another than the draft's. A form from outside is known
/// by its digest; one that comes with the app is listed by its version alone.
#[must_use]
pub fn newer<'a>(model: &'a Model, document: &Document) -> Option<&'a CatalogueEntry> {
    let entry = model.instrument(document.instrument.url()).filter(|_| document.is_draft())?;
    let same = if entry.is_kept() {
        entry.file == document.instrument.digest
    } else {
        entry.canonical() == document.instrument.canonical
    };
    Some(entry).filter(|_| !same)
}

/// The version that a draft was in last, other than its own and the one that [`newer`] offers.
#[must_use]
pub fn earlier<'a>(model: &Model, document: &'a Document) -> Option<&'a InstrumentPin> {
    let newer = newer(model, document);
    let offered = |pin: &InstrumentPin| match newer {
        Some(entry) if entry.is_kept() => entry.file == pin.digest,
        Some(entry) => entry.canonical() == pin.canonical,
        None => false,
    };
    let others = document.earlier.iter().rev().filter(|_| document.is_draft());
    others.into_iter().find(|pin| pin.digest != document.instrument.digest && !offered(pin))
}
