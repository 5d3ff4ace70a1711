//! Effects of the screens that read sealed documents and hand copies over; they are carried out in their part of the module.

use super::storage::{Database, documents, small};
use super::{files, paint, parts};
use crate::app::{Effect, Event, Records, Screen, Sheet};
use crate::domain::Document;
use std::pin::Pin;
use std::rc::Rc;

/// Something under way that may send events.
type Work = Pin<Box<dyn Future<Output = ()>>>;

/// The work of an effect; none where it is none of these screens.
#[inline(never)] // An entry of tools/parts.json.
pub fn perform(effect: Effect, database: Database, send: Rc<dyn Fn(Event)>) -> Option<Work> {
    Some(match effect {
        Effect::Records(Records::ReadRecord(screen, wanted)) => {
            Box::pin(async move { send(read(&database, screen, wanted).await) })
        }
        Effect::Records(Records::ReadOpenings(case)) => Box::pin(async move {
            let read = parts::read_ready(&database, vec![small::read_openings(case)]).await;
            send(Event::OpeningsRead(case, read.map(|rows| rows.first().map(small::openings).unwrap_or_default())));
        }),
        Effect::Records(Records::NoteOpening(opening)) => Box::pin(async move {
            let noted = database.transact(vec![small::note_opening(&opening)]).await;
            send(Event::OpeningNoted(Box::new(opening), noted.map(drop)));
        }),
        Effect::Paint(name, sheet) => Box::pin(async move {
            if let Err(words) = paint(&name, &sheet).await {
                send(Event::HandOverFailed(words));
            }
        }),
        _ => return None,
    })
}

/// Reads sealed documents that a screen shows together. What cannot be read is named as such by the screen, which knows
/// what it asked for.
async fn read(database: &Database, screen: Screen, wanted: Vec<Document>) -> Event {
    let requests = wanted.iter().flat_map(documents::open).collect();
    let rows = parts::read_ready(database, requests).await.unwrap_or_default();
    // Signatures that came later are put together with their file in the part of the office.
    let more = rows.chunks(3).any(|rows| rows.last().is_some_and(documents::has_more));
    if more && parts::Part::Office.bring().await.is_err() {
        return Event::RecordRead(screen, Vec::new());
    }
    let read = wanted.iter().zip(rows.chunks(3));
    Event::RecordRead(screen, read.filter_map(|(document, rows)| documents::opened(document, rows).ok()).collect())
}

async fn paint(name: &str, sheet: &Sheet) -> Result<(), String> {
    files::download(name, &paint::paint(sheet).await?)
}
