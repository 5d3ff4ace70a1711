//! Sending what is sealed: requests to endpoints, the lock that lets one window send, the alarm, and what wakes the outbox.

use super::beside;
use super::floor::Floor;
use super::network::words;
use super::storage::{Database, Request, outbox};
use super::{keys, spawn, stamp};
use crate::app::outbox::{
    Answer, Ask, EnrolProblem, News, OutboxEvent, Receiver, Reply, Token, Upload, address, awaits, patience,
};
use crate::app::{Event, StorageProblem};
use crate::domain::SealId;
use crate::seal::{digest, sha256};
use base64ct::{Base64, Encoding};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, CustomEvent, CustomEventInit, HtmlElement, RequestInit, Response};

type Send = Rc<dyn Fn(Event)>;

/// What sending needs as long as the element stands.
pub struct Uploader {
    base: Rc<str>,
    container: HtmlElement,
    database: Database,
    send: Send,
    floor: Floor,
    alarm: RefCell<Option<Timeout>>,
    listeners: RefCell<Vec<EventListener>>,
}

/// More than this of an answer is not read.
const MOST_WORDS: usize = 1 << 12;

impl Uploader {
    /// For one element; `base` is the folder of the module.
    pub fn new(base: Rc<str>, container: HtmlElement, database: Database, send: Send) -> Rc<Self> {
        let (alarm, listeners) = Default::default();
        Rc::new(Self { base, container, database, send, floor: Floor::default(), alarm, listeners })
    }

    /// Carries out one effect.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn perform(self: Rc<Self>, upload: Upload) {
        match upload {
            Upload::LeaveFloor => self.floor.leave(),
            Upload::SetAlarm(millis) => self.set_alarm(millis),
            Upload::Tell(news) => self.tell(&news),
            Upload::AskForToken(url) => self.tell_host("asesmen-token-needed", &[("endpoint", url.into())]),
            _ => spawn(Box::pin(async move {
                let event = self.answer(upload).await;
                if let Some(event) = event {
                    (self.send)(Event::Outbox(event));
                }
            })),
        }
    }

    async fn answer(&self, upload: Upload) -> Option<OutboxEvent> {
        Some(match upload {
            Upload::Read => {
                self.listen();
                OutboxEvent::Read(outbox::read(&self.database).await.map(Box::new))
            }
            Upload::TakeFloor => {
                self.floor.take(&self.database).await;
                OutboxEvent::FloorTaken(outbox::read(&self.database).await.map(Box::new))
            }
            Upload::AskReceiver(url) => {
                let fetched = receiver(&url).await;
                OutboxEvent::ReceiverFetched(url, fetched)
            }
            Upload::LookForReceiver => {
                let url = address(&self.base).ok()?;
                let found = receiver(&url).await.ok()?;
                OutboxEvent::ReceiverFound(url, found)
            }
            Upload::KeepEndpoint(endpoint) => {
                let kept = self.write(outbox::keep_endpoint(&endpoint)).await;
                OutboxEvent::EndpointKept(endpoint, kept)
            }
            Upload::Ask { url, seal, ask, token, tries } => {
                self.floor.go_on(&self.database).await;
                OutboxEvent::Answered(Box::new(self.ask(url, seal, ask, token.as_ref(), tries).await))
            }
            Upload::CheckReceipt(url, seal, checks) => {
                OutboxEvent::ReceiptChecked(url, seal, keys::check(&checks).await)
            }
            Upload::KeepReceipt(url, seal, bytes) => {
                let kept = self.write(outbox::keep_receipt(&url, seal, &bytes)).await;
                OutboxEvent::ReceiptKept(url, seal, kept)
            }
            Upload::KeepHold(hold) => {
                // What is not kept comes up again when it is sent again.
                let _ = self.write(outbox::keep_hold(&hold)).await;
                return None;
            }
            Upload::DropHold(url, seal) => {
                let dropped = self.write(outbox::drop_hold(&url, seal)).await;
                OutboxEvent::HoldDropped(url, seal, dropped)
            }
            Upload::LeaveFloor | Upload::SetAlarm(_) | Upload::Tell(_) | Upload::AskForToken(_) => return None,
        })
    }

    async fn write(&self, request: Request) -> Result<(), StorageProblem> {
        self.database.transact(vec![request]).await.map(drop)
    }

    /// Listens for what makes sending worth another try.
    fn listen(&self) {
        let Some(window) = web_sys::window().filter(|_| self.listeners.borrow().is_empty()) else { return };
        let woken = |send: &Send| send(Event::Outbox(OutboxEvent::Woken));
        let send = Rc::clone(&self.send);
        let mut listeners = vec![EventListener::new(&window, "online", move |_| woken(&send))];
        if let Some(document) = window.document() {
            let (send, watched) = (Rc::clone(&self.send), document.clone());
            listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
                if !watched.hidden() {
                    woken(&send);
                }
            }));
        }
        self.listeners.replace(listeners);
    }

    fn set_alarm(&self, millis: i64) {
        let send = Rc::clone(&self.send);
        // No alarm is farther away than a day.
        let millis = u32::try_from(millis).unwrap_or(u32::MAX >> 1);
        let alarm = Timeout::new(millis, move || send(Event::Outbox(OutboxEvent::AlarmRang)));
        self.alarm.replace(Some(alarm));
    }

    fn tell(&self, news: &News) {
        let number = |count: usize| JsValue::from_f64(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
        let detail = [
            ("sent", number(news.sent)),
            ("unsent", number(news.unsent)),
            ("held", number(news.held)),
            ("state", news.state.into()),
        ];
        self.tell_host("asesmen-upload", &detail);
    }

    /// An event of the element: it comes from inside of it, and the shadow root makes it the element's own.
    fn tell_host(&self, name: &str, detail: &[(&str, JsValue)]) {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&object(detail));
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            // Dispatching fails only for an event that is under way.
            let _ = self.container.dispatch_event(&event);
        }
    }

    /// Asks an endpoint for something about one sealed file, of which no more than these bytes are read.
    async fn ask(&self, url: String, seal: SealId, ask: Ask, token: Option<&Token>, tries: u32) -> Answer {
        let answer = |digest: String, reply| Answer { url: url.clone(), seal, ask, digest, reply };
        let (bytes, attachments) = match outbox::sealed(&self.database, seal).await {
            Ok(read) => read,
            Err(problem) => return answer(String::new(), Reply::Unread(problem)),
        };
        let own = digest(&bytes);
        if ask == Ask::Put && awaits(&bytes, stamp().now) {
            return answer(own, Reply::Awaited);
        }
        if ask == Ask::Put
            && let Some(reply) = beside::send(&url, &bytes, &attachments, token, tries).await
        {
            return answer(own, reply);
        }
        let place =
            [url.as_str(), "/submissions/", &seal.to_string(), if ask == Ask::Receipt { "/receipt" } else { "" }];
        let body = if ask == Ask::Put { Body::Sealed(&bytes) } else { Body::None };
        let reply = request(&place.concat(), body, token, tries).await;
        answer(own, reply.unwrap_or_else(|error| Reply::Silent(words(error))))
    }
}

/// Who receives at an address.
async fn receiver(url: &str) -> Result<Receiver, EnrolProblem> {
    match request(&format!("{url}/receiver"), Body::None, None, 0).await {
        Ok(Reply::Said { status: 200, body, .. }) => Receiver::read(&body).ok_or(EnrolProblem::NotAReceiver),
        Ok(Reply::Said { status, .. }) => Err(EnrolProblem::NoAnswer(format!("HTTP {status}"))),
        Ok(_) => Err(EnrolProblem::NotAReceiver),
        Err(error) => Err(EnrolProblem::NoAnswer(words(error))),
    }
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (member, value) in members {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &(*member).into(), value);
    }
    object
}

/// What is asked with a request.
pub enum Body<'a> {
    /// What is there: `GET`.
    None,
    /// Whether it is there: `HEAD`.
    Asked,
    /// To take a sealed file, only where nothing is yet: `PUT`.
    Sealed(&'a [u8]),
    /// To take any other bytes in the same way.
    Bytes(&'a [u8]),
}

/// One request, given up when nothing comes of it; `Err` where no whole answer came.
pub async fn request(url: &str, body: Body<'_>, token: Option<&Token>, tries: u32) -> Result<Reply, JsValue> {
    let (bytes, kind) = match body {
        Body::None | Body::Asked => (None, ""),
        Body::Sealed(bytes) => (Some(bytes), "application/json"),
        Body::Bytes(bytes) => (Some(bytes), "application/octet-stream"),
    };
    let window = web_sys::window().ok_or("no window")?;
    let mut headers: Vec<(&str, JsValue)> = Vec::new();
    if let Some(token) = token {
        headers.push(("Authorization", format!("Bearer {}", token.reveal()).into()));
    }
    let mut members: Vec<(&str, JsValue)> = ["cache", "credentials", "redirect", "referrerPolicy"]
        .into_iter()
        .zip(["no-store", "omit", "error", "no-referrer"].map(JsValue::from_str))
        .collect();
    if matches!(body, Body::Asked) {
        members.push(("method", "HEAD".into()));
    }
    if let Some(bytes) = bytes {
        let digest = format!("sha-256=:{}:", Base64::encode_string(&sha256(bytes)));
        headers.push(("Content-Digest", digest.into()));
        headers.push(("Content-Type", kind.into()));
        headers.push(("If-None-Match", "*".into()));
        members.push(("method", "PUT".into()));
        members.push(("body", Uint8Array::from(bytes).into()));
    }
    let stop = AbortController::new()?;
    members.push(("headers", object(&headers).into()));
    members.push(("signal", stop.signal().into()));
    let _limit = Timeout::new(patience(bytes.map_or(0, <[u8]>::len), tries), move || stop.abort());
    let init: RequestInit = object(&members).unchecked_into();
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.dyn_into()?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let body = Uint8Array::new(&buffer);
    let most = if response.ok() { body.length() } else { body.length().min(MOST_WORDS as u32) };
    let retry_after = response.headers().get("retry-after").ok().flatten().and_then(|text| pause(&text));
    Ok(Reply::Said { status: response.status(), retry_after, body: body.subarray(0, most).to_vec() })
}

/// How many milliseconds `Retry-After` asks for: a number of seconds, or a moment.
fn pause(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(i64::from(seconds) * 1000);
    }
    let moment = js_sys::Date::parse(text) - js_sys::Date::now();
    #[allow(clippy::cast_possible_truncation, reason = "a whole number of milliseconds far below 2^53")]
    moment.is_finite().then_some(moment.max(0.0) as i64)
}
