//! Effects that the screens of the office ask for; they are carried out in their part of the module.

use super::storage::{Database, small};
use super::{health, keys};
use crate::app::{Effect, Event};
use crate::domain::Worker;
use std::pin::Pin;

/// The work of an effect; none where it is none of the office.
#[inline(never)] // An entry of tools/parts.json.
pub fn perform(effect: Effect, database: Database) -> Option<Pin<Box<dyn Future<Output = Event>>>> {
    Some(match effect {
        Effect::SaveWorker(worker) => Box::pin(save_worker(database, worker)),
        Effect::Sign { kid, bytes } => Box::pin(async move { Event::Signed(keys::sign(&database, kid, &bytes).await) }),
        Effect::CheckSignatures { ticket, checks } => {
            Box::pin(async move { Event::SignaturesChecked(ticket, keys::check(&checks).await) })
        }
        Effect::MeasureHealth => Box::pin(health::measure(false)),
        Effect::AskPersistence => Box::pin(health::measure(true)),
        _ => return None,
    })
}

async fn save_worker(database: Database, worker: Worker) -> Event {
    let kept = database.transact(small::save_worker(&worker)).await.map(|_| worker);
    Event::WorkerSaved(kept, keys::ensure(&database).await)
}
