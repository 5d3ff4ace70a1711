//! What an endpoint answered, and what follows from it.

use super::endpoint::Endpoint;
use super::hold::ReceiptProblem;
use crate::app::problem::StorageProblem;
use crate::domain::{SealId, Timestamp};
use crate::json::parse;
use crate::seal::{About, Examination, Report, Trust, Verdict, examine};

/// What is asked of an endpoint for one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To take the document: `PUT {endpoint}/submissions/{seal}`.
    Put,
    /// Its receipt, where it may have been taken already: `GET …/receipt`.
    Receipt,
    /// What it has under that seal: `GET`.
    Bytes,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The endpoint answered, whole.
    Said {
        /// The HTTP status.
        status: u16,
        /// For how many milliseconds it wants to be left alone.
        retry_after: Option<i64>,
        /// What it said.
        body: Vec<u8>,
    },
    /// No answer, or none that was whole; whether the request arrived is not known. The browser's words.
    Silent(String),
    /// The sealed file could not be read on the tablet; nothing was asked.
    Unread(StorageProblem),
    /// Somebody's signature is still awaited for it; nothing was asked.
    Awaited,
}

/// The outcome of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The endpoint.
    pub url: String,
    /// The seal.
    pub seal: SealId,
    /// What was asked.
    pub ask: Ask,
    /// The digest of the bytes on the tablet.
    pub digest: String,
    /// What came of it.
    pub reply: Reply,
}

/// What follows from a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Next {
    /// The body should be a receipt.
    Receipt,
    /// The body should be what the endpoint has under the seal.
    Compare,
    /// Ask for something else at once.
    Ask(Ask),
    /// A person has to decide, as the receiver refused it.
    Refused,
    /// A person has to decide, as it has something else that it does not show.
    Conflict,
    /// It wants to know who asks.
    SignIn,
    /// Later, beginning with this.
    Later(Ask),
}

/// What follows from the status of an answer. `compared`: the endpoint was seen to have the very same bytes, so that sending
/// them once more would lead in a circle.
pub(in crate::app) const fn follow(ask: Ask, compared: bool, status: u16) -> Next {
    match (ask, status) {
        (_, 401 | 403) if !matches!((ask, status), (Ask::Bytes, 403)) => Next::SignIn,
        (Ask::Put, 200 | 201) | (Ask::Receipt, 200) => Next::Receipt,
        (Ask::Put, 409 | 412) => Next::Ask(Ask::Bytes),
        (Ask::Put, 400 | 413 | 415 | 422) => Next::Refused,
        // Where it has no receipt, or cannot be asked for one, the identical bytes bring it.
        (Ask::Receipt, 400 | 404 | 405 | 410 | 501) if !compared => Next::Ask(Ask::Put),
        (Ask::Bytes, 200) => Next::Compare,
        (Ask::Bytes, 400 | 403 | 404 | 405 | 410 | 501) => Next::Conflict,
        // It may have been taken although the answer says that something failed.
        (Ask::Put, 502..=599) | (Ask::Put, 200..=299 | 500) => Next::Later(Ask::Receipt),
        (Ask::Receipt, _) => Next::Later(after(ask)),
        _ => Next::Later(ask),
    }
}

/// What is asked next where an answer settled nothing and the document may have been taken. A receipt that does not come is
/// not asked for without end: the identical bytes bring it wherever they can be taken at all.
pub(in crate::app) const fn after(ask: Ask) -> Ask {
    match ask {
        Ask::Receipt => Ask::Put,
        Ask::Put | Ask::Bytes => Ask::Receipt,
    }
}

/// Whether somebody's signature is still awaited for a sealed file. Another window may have sealed it, so that only the bytes
/// tell; and a receiver keeps the first file that it gets under a seal.
#[must_use]
pub fn awaits(file: &[u8], now: Timestamp) -> bool {
    examine(file).is_ok_and(|examination| {
        let held = vec![true; examination.checks.len()];
        !examination.conclude(&held, &Trust::not_checked(), now).awaited().is_empty()
    })
}

/// Whether a checked receipt is the confirmed receiver's word for these very bytes.
pub(in crate::app) fn believe(
    endpoint: &Endpoint,
    seal: SealId,
    digest: &str,
    examination: Examination,
    outcomes: &[bool],
    now: Timestamp,
) -> Result<(), ReceiptProblem> {
    let kid = endpoint.receiver.kid();
    if examination.checks.iter().any(|check| check.jwk.kid() != kid) {
        return Err(ReceiptProblem::OtherKey);
    }
    let Report { verdict, about, .. } = examination.conclude(outcomes, &Trust::only([kid]), now);
    let About::Receipt(receipt) = about else { return Err(ReceiptProblem::NotAReceipt) };
    if verdict != Verdict::Valid {
        Err(ReceiptProblem::Forged)
    } else if receipt.seal_id != seal {
        Err(ReceiptProblem::OtherDocument)
    } else if receipt.digest != digest {
        Err(ReceiptProblem::OtherBytes)
    } else {
        Ok(())
    }
}

/// The receiver's words for people: the title and detail of a problem as RFC 9457 has them, or else what it said, cut where
/// it would fill the screen. The pages of proxies are no words.
pub(in crate::app) fn words(body: &[u8]) -> String {
    let problem = parse(body).ok();
    let member = |name: &str| problem.as_ref().and_then(|problem| problem.get(name)?.as_str());
    let said = match (member("title"), member("detail")) {
        (Some(title), Some(detail)) => [title, " ", detail].concat(),
        (Some(words), None) | (None, Some(words)) => words.to_owned(),
        (None, None) if problem.is_some() || body.trim_ascii_start().starts_with(b"<") => String::new(),
        (None, None) => String::from_utf8_lossy(&body[..body.len().min(MOST_WORDS)]).into_owned(),
    };
    let plain = said.chars().filter(|letter| !letter.is_control()).take(MOST_WORDS);
    plain.collect::<String>().trim().to_owned()
}

/// How much of an answer is shown or kept as words.
const MOST_WORDS: usize = 400;
