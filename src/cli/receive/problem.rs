//! Refusals and failures as answers: `application/problem+json` (RFC 9457), with a title that says what to do.

use crate::json::{Object, Value};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Under which address the kinds of problems are described.
pub const TYPES: &str = "https://asesmen.id/problems/";

/// An answer that is no success.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    members: Object,
    retry_after: Option<u64>,
}

/// The name of a problem, for the log.
#[derive(Clone, Copy, Debug)]
pub struct ProblemCode(pub &'static str);

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $code:literal, $title:literal;)*) => {
        impl Problem {
            $($(#[$doc])*
            #[must_use]
            pub fn $name() -> Self {
                Self::new(StatusCode::$status, $code, $title)
            })*
        }
    };
}

problems! {
    /// The path names no seal.
    bad_seal_id = BAD_REQUEST, "bad-seal-id", "Put the file under its sealId, a UUID in lower case.";
    /// The path names no attachment.
    bad_name = BAD_REQUEST, "bad-name", "Put an attachment under its SHA-256, 64 hexadecimal digits in lower case.";
    /// The digest does not belong to the body.
    digest_mismatch = BAD_REQUEST, "digest-mismatch",
        "The body is not what its digest says. Send the file again.";
    /// The digest cannot be read.
    bad_digest = BAD_REQUEST, "bad-digest",
        "Give Content-Digest as sha-256=:BASE64: (RFC 9530), or leave it out.";
    /// The body ended early.
    cut_off = BAD_REQUEST, "cut-off", "The body ended before it was complete. Send the file again.";
    /// A query that cannot be read.
    bad_query = BAD_REQUEST, "bad-query",
        "Give from and to as RFC 3339 times with an offset, limit as 1 to 1000, after as an earlier answer's next.";
    /// No or a wrong token.
    unauthorised = UNAUTHORIZED, "unauthorised", "Send a token that this receiver knows: Authorization: Bearer TOKEN.";
    /// A token that may not do this.
    forbidden = FORBIDDEN, "forbidden",
        "This token may send and read single submissions. Use one of --reader-tokens to list them.";
    /// Nothing there.
    not_found = NOT_FOUND, "not-found", "Nothing was received here. Check the address, or send the file.";
    /// A method that is not offered.
    no_such_method = METHOD_NOT_ALLOWED, "method-not-allowed", "Use one of the methods that Allow names.";
    /// The body takes too long.
    slow = REQUEST_TIMEOUT, "too-slow", "The body did not arrive in time. Send the file again.";
    /// Another file under the same seal.
    conflict = CONFLICT, "conflict",
        "Other bytes were received under this sealId. Keep both files and have a person compare them.";
    /// Too large.
    too_large = PAYLOAD_TOO_LARGE, "too-large", "The file is larger than this receiver takes. See maxBytes.";
    /// A compressed body.
    encoded = UNSUPPORTED_MEDIA_TYPE, "encoded", "Send the file as it is, without Content-Encoding.";
    /// Not a sealed document.
    unreadable = UNPROCESSABLE_ENTITY, "unreadable",
        "This is no sealed document that can be read. Send the file exactly as it was sealed.";
    /// The seal does not hold.
    invalid = UNPROCESSABLE_ENTITY, "invalid",
        "The seal does not hold. Send the file exactly as it was sealed; findings say what is wrong.";
    /// Sealed, but nothing that is submitted.
    no_submission = UNPROCESSABLE_ENTITY, "no-submission", "Send a sealed document or package; other files are not kept.";
    /// The path names another seal.
    other_seal = UNPROCESSABLE_ENTITY, "other-seal", "The file has another sealId. Put it under its own.";
    /// An attachment is another than the document says.
    other_attachment = UNPROCESSABLE_ENTITY, "other-attachment",
        "An attachment has another size than the document says, so no file can be the one it names.";
    /// The document names what is not here.
    attachments_missing = FAILED_DEPENDENCY, "attachments-missing",
        "Attachments that the document names are not here. Put each below /attachments, then send the document again.";
    /// Too many requests.
    too_many = TOO_MANY_REQUESTS, "too-many", "Too many requests. Wait for as long as Retry-After says.";
    /// Others hold the memory or the seal.
    busy = SERVICE_UNAVAILABLE, "busy", "The receiver is busy. Send the file again after Retry-After.";
    /// The store fails.
    store_failed = SERVICE_UNAVAILABLE, "store-failed",
        "The store does not answer. Nothing was promised; send the file again after Retry-After.";
    /// Something that should not be.
    failed = INTERNAL_SERVER_ERROR, "failed", "The receiver failed. Nothing was promised; send the file again later.";
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self { status, code, title, members: Object::default(), retry_after: None }
    }

    /// The same with one more member.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.set(member, value);
        self
    }

    /// The same with the seconds after which to come again.
    #[must_use]
    pub const fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = Object::default();
        body.set("type", format!("{TYPES}{}", self.code));
        body.set("title", self.title);
        body.set("status", u64::from(self.status.as_u16()));
        for (name, value) in self.members.iter() {
            body.set(name, value.clone());
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"asesmen\""));
        }
        let mut response = (self.status, headers, Value::from(body).to_string()).into_response();
        response.extensions_mut().insert(ProblemCode(self.code));
        response
    }
}
