//! Attachments on their way: those that stand beside a document go before it, so that it is taken with all that it names.
//!
//! Invariant: none travels that the endpoint has already, and what is sent is what the document names.

use super::network::words;
use super::upload::{Body, request};
use crate::app::StorageProblem;
use crate::app::outbox::{Reply, Token};
use crate::seal::{Apart, Enclosed, apart_in};

/// Sends the attachments that a sealed file names, where the endpoint has them not; none where all are there now, else the
/// answer that stands for that of the document, which is not sent then.
pub async fn send(
    url: &str,
    file: &[u8],
    attachments: &[Enclosed],
    token: Option<&Token>,
    tries: u32,
) -> Option<Reply> {
    for apart in apart_in(file) {
        match sent(url, &apart, attachments, token, tries).await {
            Ok(true) => {}
            Ok(false) => return Some(Reply::Unread(StorageProblem::Missing(apart.digest))),
            Err(reply) => return Some(reply),
        }
    }
    None
}

/// Whether one is there now; `false` where it is neither there nor here.
async fn sent(
    url: &str,
    apart: &Apart,
    attachments: &[Enclosed],
    token: Option<&Token>,
    tries: u32,
) -> Result<bool, Reply> {
    let place = [url, "/attachments/", apart.hex()].concat();
    let silent = |error| Reply::Silent(words(error));
    match request(&place, Body::Asked, token, tries).await.map_err(silent)? {
        Reply::Said { status: 200, .. } => return Ok(true),
        // Sending it would be answered in the same way.
        busy @ Reply::Said { status: 401 | 403 | 408 | 429 | 500.., .. } => return Err(busy),
        _ => {}
    }
    let own = attachments.iter().find(|(digest, _)| *digest == apart.digest);
    let Some((_, bytes)) = own.filter(|(_, bytes)| apart.is(bytes)) else { return Ok(false) };
    match request(&place, Body::Bytes(bytes), token, tries).await.map_err(silent)? {
        // Under its digest there can be nothing else, whoever put it there.
        Reply::Said { status: 200 | 201 | 204 | 409 | 412, .. } => Ok(true),
        reply => Err(reply),
    }
}
