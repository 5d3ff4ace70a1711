//! The contract of `docs/openapi.yaml`, path by path.

use super::attachments;
use super::gate::Right;
use super::index::{self, Position, Wanted};
use super::keep;
use super::listen::Peer;
use super::log::{self, Answered, Note};
use super::memory::Hold;
use super::problem::{Problem, ProblemCode};
use super::receiver::Receiver;
use super::submit::{content_digest, failed, submit};
use crate::json::{Object, Value, array};
use crate::seal::{Receipt, SealId, Timestamp};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use object_store::ObjectStoreExt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_http::cors::{AllowOrigin, CorsLayer};

type Shared = State<Arc<Receiver>>;
type Outcome = Result<Response, Problem>;

/// How many a list holds unless it is told, and at most.
const LIMITS: (usize, usize) = (100, 1000);
/// How many turns of readers a list takes: it asks the store that much more.
const LIST_TURNS: u32 = 8;
/// How long the store may take to show that it is there.
const PULSE: Duration = Duration::from_secs(5);

/// All paths of a receiver. What is none of them is asked of the app, where one is handed out too.
pub fn router(receiver: Arc<Receiver>, origins: &[HeaderValue], app: Option<Router>) -> Router {
    let missing = || async { Problem::not_found() };
    let routes = Router::new()
        .route("/submissions", get(list))
        .route("/submissions/{seal}", get(submission).put(put))
        .route("/submissions/{seal}/receipt", get(receipt))
        .route("/attachments/{hash}", get(attachments::get).head(attachments::head).put(attachments::put))
        .route("/receiver", get(who))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .method_not_allowed_fallback(|| async { Problem::no_such_method() })
        .layer(cors(origins))
        .layer(from_fn_with_state(Arc::clone(&receiver), observed))
        .with_state(receiver);
    match app {
        Some(app) => routes.fallback_service(app),
        None => routes.fallback(missing),
    }
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    let any = origins.iter().any(|origin| origin == "*");
    let origins = if any { AllowOrigin::any() } else { AllowOrigin::list(origins.iter().cloned()) };
    let name = HeaderName::from_static;
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::PUT])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH, name("content-digest")])
        .expose_headers([header::ETAG, header::LOCATION, header::RETRY_AFTER, name("content-digest")])
        .max_age(Duration::from_secs(24 * 60 * 60))
}

/// Counts and logs every request.
async fn observed(State(receiver): Shared, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let under_way = receiver.meter.begun();
    let response = next.run(request).await;
    drop(under_way);
    let status = response.status().as_u16();
    let refused = response.extensions().get::<ProblemCode>().map(|code| code.0);
    let outcome = refused.unwrap_or(match status {
        201 => "stored",
        200 if method == Method::PUT => "known",
        200..300 => "ok",
        _ => "other",
    });
    receiver.meter.answered(status, outcome, begun.elapsed());
    let (route, seal) = place_of(&path);
    let note = response.extensions().get::<Note>().cloned();
    let note = note.or_else(|| seal.map(|seal| Note { seal: Some(seal), ..Note::default() }));
    log::request(&Answered { method: method.as_str(), route, status, outcome, took: begun.elapsed() }, note.as_ref());
    response
}

/// The kind of a path, and the seal it is about.
fn place_of(path: &str) -> (&'static str, Option<SealId>) {
    let mut parts = path.trim_start_matches('/').split('/');
    let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let seal = second.and_then(|text| SealId::parse(text).ok());
    match (first, second, third) {
        ("submissions", None, _) => ("/submissions", None),
        ("submissions", Some(_), None) => ("/submissions/{sealId}", seal),
        ("submissions", ..) => ("/submissions/{sealId}/receipt", seal),
        ("attachments", ..) => ("/attachments/{hash}", None),
        ("receiver", ..) => ("/receiver", None),
        ("health", ..) => ("/health", None),
        ("metrics", ..) => ("/metrics", None),
        _ => ("other", None),
    }
}

async fn put(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    Path(seal): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Outcome {
    let client = receiver.gate.enter(&headers, peer, Right::Send)?;
    submit(&receiver, client, named(&seal)?, &headers, body).await
}

fn named(seal: &str) -> Result<SealId, Problem> {
    SealId::parse(seal).map_err(|_| Problem::bad_seal_id())
}

async fn stored(receiver: &Receiver, seal: &str) -> Result<(Receipt, Bytes), Problem> {
    let found = keep::receipt_of(&receiver.place, named(seal)?).await.map_err(failed)?;
    found.ok_or_else(Problem::not_found)
}

async fn submission(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    Path(seal): Path<String>,
    headers: HeaderMap,
) -> Outcome {
    let client = receiver.gate.enter(&headers, peer, Right::Read)?;
    let turn = receiver.turn(1).await?;
    let (receipt, _) = stored(&receiver, &seal).await?;
    // Memory is waited for without the turn, which others use meanwhile.
    drop(turn);
    let hold = receiver.memory.answer(client, usize::try_from(receipt.size).unwrap_or(usize::MAX)).await?;
    let _turn = receiver.turn(1).await?;
    let bytes = keep::bytes_of(&receiver.place, &receipt).await.map_err(failed)?;
    let note = Note { seal: Some(receipt.seal_id), bytes: bytes.len(), kids: None };
    let mut response = json(Bytes::from_owner(Answer { bytes, _hold: hold }));
    if let Some(digest) = content_digest(&receipt.digest) {
        response.headers_mut().insert("content-digest", digest);
    }
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", receipt.digest)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.extensions_mut().insert(note);
    Ok(response)
}

/// The bytes of an answer with the memory that they hold until the client has taken them.
struct Answer {
    bytes: Bytes,
    _hold: Hold,
}

impl AsRef<[u8]> for Answer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

async fn receipt(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    Path(seal): Path<String>,
    headers: HeaderMap,
) -> Outcome {
    receiver.gate.enter(&headers, peer, Right::Read)?;
    let _turn = receiver.turn(1).await?;
    Ok(json(stored(&receiver, &seal).await?.1))
}

async fn list(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Outcome {
    receiver.gate.enter(&headers, peer, Right::List)?;
    let wanted = wanted(query.as_deref().unwrap_or_default()).ok_or_else(Problem::bad_query)?;
    let _turn = receiver.turn(LIST_TURNS).await?;
    let settled = index::settled(receiver.now()?);
    let page = index::list(&receiver.place, &wanted).await.map_err(failed)?;
    let mut answer = Object::default();
    answer.set("items", array(page.items.iter().map(Receipt::to_json)));
    answer.set_some("next", page.next.as_ref().map(Position::as_str));
    answer.set("settled", settled);
    Ok(json(Value::from(answer).to_string()))
}

/// Reads a query. One that is misspelt would list something else than was meant.
fn wanted(query: &str) -> Option<Wanted> {
    let mut wanted = Wanted { limit: LIMITS.0, ..Wanted::default() };
    let mut given: Vec<String> = Vec::new();
    let time = |text: &str| Position::before(Timestamp::parse(text).ok()?);
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "from" => wanted.from = Some(time(&value)?),
            "to" => wanted.to = Some(time(&value)?),
            "after" => wanted.after = Some(Position::parse(&value)?),
            "limit" => wanted.limit = value.parse().ok().filter(|limit| (1..=LIMITS.1).contains(limit))?,
            _ => return None,
        }
        if given.iter().any(|before| *before == *name) {
            return None;
        }
        given.push(name.into_owned());
    }
    Some(wanted)
}

async fn who(State(receiver): Shared) -> Response {
    json(receiver.identity.to_json().to_string())
}

async fn health(State(receiver): Shared) -> Outcome {
    let layout = object_store::path::Path::from(super::place::LAYOUT);
    match tokio::time::timeout(PULSE, receiver.place.objects.head(&layout)).await {
        Ok(Ok(_)) => Ok(json(r#"{"status":"ok"}"#)),
        _ => Err(Problem::store_failed().after(5)),
    }
}

async fn metrics(State(receiver): Shared) -> Response {
    let kind = (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    ([kind], receiver.counts()).into_response()
}

fn json(body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, body.into()).into_response()
}
