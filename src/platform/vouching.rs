//! What is asked for with keys and with files that wait for a signature; carried out in the part of the office.

use super::keys;
use super::storage::{Database, Request, Rows, documents, known};
use crate::app::KeptKeys;
use crate::app::{KeyProblem, KeysEffect, KeysEvent, KnownKey, StorageProblem};
use crate::seal::{Jwk, Kid};

/// Carries out one effect.
pub async fn perform(effect: KeysEffect, database: Database) -> KeysEvent {
    match effect {
        KeysEffect::Read => KeysEvent::Read(database.read(known::read()).await.map(|rows| known::found(&rows))),
        KeysEffect::Check(checking) => {
            let checked = keys::check(&checking.examination.checks).await;
            KeysEvent::Checked(checking, checked)
        }
        KeysEffect::Keep(kept) => keep(&database, kept).await,
        KeysEffect::Sign(purpose, kid, bytes) => KeysEvent::Signed(purpose, keys::sign(&database, kid, &bytes).await),
        KeysEffect::ReadSeal(number, seal) => {
            let rows = database.read(vec![documents::sealed(seal)]).await;
            let file = rows.and_then(|rows| documents::sealed_file(seal, rows.first().unwrap_or(&Rows::new())));
            KeysEvent::SealRead(number, file)
        }
        KeysEffect::Join { file, document, seal, entries, at } => {
            let requests = documents::add_signatures(&document, seal, &entries, at);
            let joined = database.transact(requests).await.map(drop);
            KeysEvent::Joined(file, document, joined)
        }
        KeysEffect::MakeNext => KeysEvent::NextMade(keys::make_next(&database).await),
        KeysEffect::Renew(old, next) => KeysEvent::Renewed(renew(&database, old, next).await),
        KeysEffect::Unlock(passphrase) => KeysEvent::Unlocked(keys::unlock(&database, &passphrase).await),
    }
}

async fn keep(database: &Database, kept: KeptKeys) -> KeysEvent {
    let mut requests: Vec<Request> = kept.keys.iter().map(known::keep).collect();
    requests.extend(kept.credential.as_ref().map(|credential| known::keep_credential(&credential.bytes)));
    let outcome: Result<(), StorageProblem> = database.transact(requests).await.map(drop);
    KeysEvent::Kept(KeptKeys { outcome, ..kept })
}

async fn renew(database: &Database, old: KnownKey, next: Kid) -> Result<Jwk, KeyProblem> {
    // A credential is about one key; that of the old one ends with it.
    keys::renew(database, [old.key.kid, next], vec![known::keep(&old), known::forget_credential()]).await
}
