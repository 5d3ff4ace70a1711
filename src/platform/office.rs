//! Effects that the screens of the office ask for; they are carried out in their part of the module.

use super::storage::{Database, Request, documents, small};
use super::{files, health, keys, packages, parts, vouching};
use crate::app::{Effect, Event, Records, StorageProblem};
use crate::domain::{Document, DocumentId, Worker};
use std::pin::Pin;

/// Something under way that ends in an event.
pub type Work = Pin<Box<dyn Future<Output = Event>>>;

/// The work of an effect; none where it is none of the office.
#[inline(never)] // An entry of tools/parts.json.
pub fn perform(effect: Effect, database: Database) -> Option<Work> {
    Some(match effect {
        Effect::SaveWorker(worker) => Box::pin(save_worker(database, worker)),
        Effect::Sign { kid, bytes } => Box::pin(async move { Event::Signed(keys::sign(&database, kid, &bytes).await) }),
        Effect::CheckSignatures { ticket, checks } => {
            Box::pin(async move { Event::SignaturesChecked(ticket, keys::check(&checks).await) })
        }
        Effect::Keys(effect) => Box::pin(async move { Event::Keys(vouching::perform(effect, database).await) }),
        Effect::MeasureHealth => Box::pin(health::measure(false)),
        Effect::AskPersistence => Box::pin(health::measure(true)),
        Effect::Package(effect) => Box::pin(packages::perform(effect, database)),
        Effect::Records(Records::KeepForm(entry, bytes)) => {
            let requests = small::keep_form(&entry, &bytes);
            written(database, requests, Box::new(move |kept| Event::FormKept(entry, kept)))
        }
        Effect::Records(Records::ForgetForm(url)) => {
            let requests = small::forget_form(&url);
            written(database, requests, Box::new(move |kept| Event::FormForgotten(url, kept)))
        }
        Effect::Records(Records::MoveDocument { document, questionnaire, moved }) => {
            let requests = documents::move_to(&document, &questionnaire, &moved);
            written(database, requests, Box::new(move |kept| Event::DocumentMoved(document.id, kept)))
        }
        Effect::Records(Records::StoreSealed { document, seal, sequence, bytes, attachments }) => {
            let requests = documents::store_sealed(&document, seal, sequence, (&bytes, &attachments));
            written(database, requests, Box::new(Event::SealStored))
        }
        Effect::Records(Records::ReadSources(id, sources)) => Box::pin(read_sources(database, id, sources)),
        _ => return None,
    })
}

/// Writes in one transaction.
fn written(
    database: Database,
    requests: Vec<Request>,
    finish: Box<dyn FnOnce(Result<(), StorageProblem>) -> Event>,
) -> Work {
    Box::pin(async move { finish(database.transact(requests).await.map(drop)) })
}

async fn save_worker(database: Database, worker: Worker) -> Event {
    let kept = database.transact(small::save_worker(&worker)).await.map(|_| worker);
    Event::WorkerSaved(kept, keys::ensure(&database).await)
}

/// Reads documents that answers are proposed from. What cannot be read, or not be run, proposes nothing.
async fn read_sources(database: Database, id: DocumentId, sources: Vec<Document>) -> Event {
    let requests = sources.iter().flat_map(documents::open).collect();
    let rows = parts::read_ready(&database, requests).await.unwrap_or_default();
    let read = sources.into_iter().zip(rows.chunks(3));
    Event::SourcesRead(id, read.filter_map(|(source, rows)| documents::opened(&source, rows).ok()).collect())
}

/// Hands over all that is stored of a document as it is.
#[inline(never)] // As `perform`.
pub fn raw_copy(database: Database, id: DocumentId) -> Work {
    Box::pin(async move {
        let copy = documents::raw_copy(&database, id).await;
        let hand_over =
            |bytes: Vec<u8>| files::download(&format!("{id}.raw.json"), &bytes).map_err(StorageProblem::Failed);
        Event::RawCopyMade(copy.and_then(hand_over))
    })
}
