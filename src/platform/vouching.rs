//! What is asked for with keys and with files that wait for a signature; carried out in the part of the office.

use super::keys;
use super::storage::{Database, Request, Rows, documents, known};
use crate::app::KeptKeys;
use crate::app::{KeyProblem, KeysEffect, KeysEvent, KnownKey};
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
        KeysEffect::Renew { old, next, statement } => KeysEvent::Renewed(renew(&database, old, next, &statement).await),
        KeysEffect::Unlock(passphrase) => KeysEvent::Unlocked(keys::unlock(&database, &passphrase).await),
    }
}

async fn keep(database: &Database, mut kept: KeptKeys) -> KeysEvent {
    let mut requests: Vec<Request> = kept.keys.iter().cloned().map(known::keep).collect();
    requests.extend(kept.credential.as_ref().map(|credential| known::keep_credential(&credential.bytes)));
    let outcome = database.transact(requests).await;
    if let Ok(rows) = &outcome {
        // What is there now may say more than what was to be kept.
        kept.keys = rows.iter().flatten().filter_map(known::kept).collect();
    }
    KeysEvent::Kept(KeptKeys { outcome: outcome.map(drop), ..kept })
}

async fn renew(database: &Database, old: KnownKey, next: Kid, statement: &[u8]) -> Result<Jwk, KeyProblem> {
    let kid = old.key.kid;
    // A credential is about one key; that of the old one ends with it.
    let others = vec![known::keep(old), known::keep_statement(kid, statement), known::forget_credential()];
    keys::renew(database, [kid, next], others).await
}
