//! Effects of packages: reading a case, encrypting and decrypting, comparing with what is here, keeping what came.

use super::storage::{Database, Request, Rows, documents, packages, stores};
use super::{encryption, keys, parts};
use crate::app::{
    CaseParts, Compared, ComparisonProblem, Event, Here, KeptSeal, PackageEffect, PackageEvent, StorageProblem,
};
use crate::domain::{Document, DocumentId, SealId};
use crate::json::parse;
use crate::seal::{SignatureCheck, signatures_of, signed_digest};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;

/// Carries out an effect.
pub async fn perform(effect: PackageEffect, database: Database) -> Event {
    Event::Package(match effect {
        PackageEffect::ReadCase { case, documents } => {
            PackageEvent::CaseRead(case, read_case(&database, &documents).await)
        }
        PackageEffect::Sign { kid, bytes } => PackageEvent::Signed(keys::sign(&database, kid, &bytes).await),
        PackageEffect::Encrypt { key, bytes } => PackageEvent::Encrypted(encryption::encrypt(&key, &bytes).await),
        PackageEffect::Note(passage) => {
            let noted = database.transact(vec![packages::note(&passage)]).await;
            PackageEvent::Noted(passage, noted.map(drop))
        }
        PackageEffect::ReadOwnKey => PackageEvent::OwnKeyRead(encryption::read(&database).await),
        PackageEffect::MakeOwnKey => PackageEvent::OwnKeyRead(encryption::ensure(&database).await),
        PackageEffect::Decrypt(number, encrypted) => {
            PackageEvent::Decrypted(number, encryption::decrypt(&database, &encrypted).await)
        }
        PackageEffect::Compare { number, checks, seals, documents, forms } => {
            PackageEvent::Compared(number, compare(&database, &checks, &seals, &documents, forms).await)
        }
        PackageEffect::Keep(intake) => {
            PackageEvent::TakenIn(database.transact(packages::take_in(&intake)).await.map(drop))
        }
    })
}

async fn read_case(database: &Database, heads: &[Document]) -> Result<CaseParts, StorageProblem> {
    let forms: Vec<&str> = heads.iter().flat_map(|head| &head.earlier).map(|pin| pin.digest.as_str()).collect();
    let mut requests: Vec<Request> = heads.iter().flat_map(documents::open).collect();
    requests.extend(forms.iter().map(|digest| Request::one(stores::INSTRUMENTS, digest)));
    if requests.is_empty() {
        return Ok(CaseParts::default());
    }
    let rows = parts::read_ready(database, requests).await?;
    let (read, earlier) = rows.split_at(heads.len() * 3);
    // What cannot be read is named by the screen, which knows what there is.
    let opened = heads.iter().zip(read.chunks(3));
    let opened = opened.filter_map(|(head, rows)| documents::opened(head, rows).ok()).collect();
    let form = |(digest, rows): (&&str, &Rows)| Some(((*digest).to_owned(), bytes(rows)?));
    Ok(CaseParts { opened, forms: forms.iter().zip(earlier).filter_map(form).collect() })
}

async fn compare(
    database: &Database,
    checks: &[SignatureCheck],
    seals: &[SealId],
    ids: &[DocumentId],
    forms: Vec<Vec<u8>>,
) -> Result<Compared, ComparisonProblem> {
    for form in forms {
        let stands = parts::ready_for_form(&form).await;
        stands.map_err(|words| ComparisonProblem::Storage(StorageProblem::PartMissing(words)))?;
    }
    let outcomes = keys::check(checks).await.map_err(ComparisonProblem::Key)?;
    let mut requests: Vec<Request> = seals.iter().map(|seal| documents::sealed(*seal)).collect();
    requests.extend(ids.iter().map(|id| documents::operations_from(*id, 0)));
    if requests.is_empty() {
        return Ok(Compared { outcomes, here: Here::default() });
    }
    let rows = database.read(requests).await.map_err(ComparisonProblem::Storage)?;
    let (files, journals) = rows.split_at(seals.len());
    // What is here and cannot be read is another file than the one that came.
    let kept = |(id, rows): (&SealId, &Rows)| {
        let read = || {
            let file = documents::sealed_file(*id, rows).ok()?;
            let signed = signatures_of(&file).ok()?.into_iter().map(|(kid, _)| kid).collect();
            Some((signed_digest(&parse(&file).ok()?)?, signed))
        };
        let is_here = !rows.is_empty();
        is_here.then(|| {
            let (digest, signed) = read().unwrap_or_default();
            KeptSeal { id: *id, digest, signed }
        })
    };
    let here = Here {
        seals: seals.iter().zip(files).filter_map(kept).collect(),
        journals: ids.iter().zip(journals).map(|(id, rows)| (*id, documents::journal(*id, 0, rows))).collect(),
    };
    Ok(Compared { outcomes, here })
}

fn bytes(rows: &Rows) -> Option<Vec<u8>> {
    let (_, value) = rows.first()?;
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}
