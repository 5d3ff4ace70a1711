//! Carrying out effects.

use super::spawn;
use super::speech::Speech;
use super::storage::{Database, Request, Rows, documents, small};
use super::{files, health, keys, network, offline, page, paint, settings};
use crate::app::casework::Rulebook;
use crate::app::{Catalogue, Effect, Event, InstrumentProblem, Loaded, Records, StorageProblem, Wish};
use crate::domain::Worker;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

/// Whether the app owns the page or is a guest on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The installable app.
    Page,
    /// An element on somebody else's page.
    Embedded,
}

/// Sends an outcome to the app; after the element was removed it goes nowhere.
type Send = Rc<dyn Fn(Event)>;

/// The browser as the app uses it.
pub struct Platform {
    base: Rc<str>,
    build: Rc<str>,
    mode: Mode,
    database: Database,
    send: Send,
    pause: RefCell<Option<Pause>>,
    guard: Rc<Cell<bool>>,
    speech: Speech,
    _listeners: Vec<EventListener>,
}

/// The writing pause: the timer under way, and when the first change it waits for was made.
struct Pause {
    _timer: Timeout,
    since: f64,
}

const PAUSE_MILLIS: u32 = 300;
/// Somebody who types without pausing is saved at least this often.
const LONGEST_PAUSE_MILLIS: f64 = 2000.0;

impl Platform {
    /// A platform for one element; `base` is the folder of the module, with a slash at its end, `build` its name.
    pub fn new(base: &str, build: &str, send: Send) -> Self {
        let mode = page::mode(base);
        let guard = Rc::new(Cell::new(false));
        Self {
            base: base.into(),
            build: build.into(),
            mode,
            database: Database::default(),
            pause: RefCell::new(None),
            _listeners: page::listen(mode, &guard, &send),
            guard,
            speech: Speech::default(),
            send,
        }
    }

    /// Whether the app owns the page.
    pub fn owns_page(&self) -> bool {
        self.mode == Mode::Page
    }

    /// The screen to begin with.
    pub fn first_screen(&self) -> crate::app::Screen {
        if self.mode == Mode::Page { page::screen() } else { crate::app::Screen::Home }
    }

    /// Carries out one effect.
    pub fn execute(&self, effect: Effect) {
        let database = self.database.clone();
        match effect {
            Effect::Start => self.start(),
            Effect::KeepSettings(new) => settings::keep(new),
            Effect::ShowLocation(screen) => {
                if self.mode == Mode::Page {
                    page::show(screen);
                }
            }
            Effect::ScheduleFlush => self.schedule_flush(),
            Effect::GuardLeaving(guard) => self.guard.set(guard),
            Effect::Download { name, bytes } => {
                if let Err(words) = files::download(&name, &bytes) {
                    (self.send)(Event::HandOverFailed(words));
                }
            }
            Effect::Print => report(print()),
            Effect::FindVoices => self.speech.find_voices(&self.send),
            Effect::Speak(words, locale) => self.speech.speak(&words, locale, &self.send),
            Effect::Hush => self.speech.hush(),
            Effect::Paint(name, sheet) => {
                let send = Rc::clone(&self.send);
                spawn(Box::pin(async move {
                    let painted = paint::paint(&sheet).await;
                    if let Err(words) = painted.and_then(|bytes| files::download(&name, &bytes)) {
                        send(Event::HandOverFailed(words));
                    }
                }));
            }
            Effect::ApplyUpdate => spawn(Box::pin(async { report(offline::apply_update().await) })),
            Effect::FetchInstrument { wish, file } => {
                self.answer(fetch_instrument(Rc::clone(&self.base), wish, file));
            }
            Effect::FetchForm(address) => self.answer(async move {
                let bytes = network::fetch("", &address).await;
                Event::FormGiven(address, bytes)
            }),
            Effect::SaveWorker(worker) => self.answer(save_worker(database, worker)),
            Effect::Sign { kid, bytes } => {
                self.answer(async move { Event::Signed(keys::sign(&database, kid, &bytes).await) });
            }
            Effect::CheckSignatures { ticket, checks } => {
                self.answer(async move { Event::SignaturesChecked(ticket, keys::check(&checks).await) });
            }
            Effect::MeasureHealth => self.answer(health::measure(false)),
            Effect::AskPersistence => self.answer(health::measure(true)),
            // A tablet has no host.
            Effect::TellHost => {}
            Effect::Records(records) => self.execute_records(records),
        }
    }

    fn execute_records(&self, records: Records) {
        match records {
            Records::SaveCase(case) => {
                self.transact(small::save_case(&case), |kept| Event::CaseSaved(kept.map(|_| case)));
            }
            Records::KeepForm(entry, bytes) => {
                let requests = small::keep_form(&entry, &bytes);
                self.transact(requests, move |kept| Event::FormKept(entry, kept.map(drop)));
            }
            Records::ForgetForm(url) => {
                self.transact(small::forget_form(&url), move |kept| Event::FormForgotten(url, kept.map(drop)));
            }
            Records::ReadForm(wish, entry) => self.transact(small::read_form(&entry), move |rows| {
                let bytes = rows.and_then(|rows| small::form(&entry, &rows));
                let outcome = bytes.map_err(|_| InstrumentProblem::NotKept(entry.canonical()));
                Event::InstrumentFetched { wish, file: entry.file, outcome }
            }),
            Records::CreateDocument { document, questionnaire, operations } => {
                let requests = documents::create(&document, &questionnaire, &operations);
                self.transact(requests, move |kept| Event::DocumentCreated(document.id, kept.map(drop)));
            }
            Records::MoveDocument { document, questionnaire, moved } => {
                let requests = documents::move_to(&document, &questionnaire, &moved);
                self.transact(requests, move |kept| Event::DocumentMoved(document.id, kept.map(drop)));
            }
            Records::OpenDocument(document) => {
                self.transact(documents::open(&document).into(), move |rows| {
                    let opened = rows.and_then(|rows| documents::opened(&document, &rows));
                    Event::DocumentOpened(document.id, opened.map(Box::new))
                });
            }
            Records::ReadDrafts(drafts) => {
                self.transact(drafts.iter().flat_map(documents::open).collect(), move |rows| {
                    // Without the counts the task list still works, so a failure here is not worth a message.
                    let rows = rows.unwrap_or_default();
                    let read = drafts.iter().zip(rows.chunks(3));
                    Event::DraftsRead(read.filter_map(|(draft, rows)| documents::opened(draft, rows).ok()).collect())
                });
            }
            Records::ReadSources(id, sources) => {
                self.transact(sources.iter().flat_map(documents::open).collect(), move |rows| {
                    let rows = rows.unwrap_or_default();
                    let read = sources.into_iter().zip(rows.chunks(3));
                    Event::SourcesRead(
                        id,
                        read.filter_map(|(source, rows)| documents::opened(&source, rows).ok()).collect(),
                    )
                });
            }
            Records::ReadRecord(screen, documents) => {
                self.transact(documents.iter().flat_map(documents::open).collect(), move |rows| {
                    // What cannot be read is named as such by the screen, which knows what it asked for.
                    let rows = rows.unwrap_or_default();
                    let read = documents.iter().zip(rows.chunks(3));
                    Event::RecordRead(
                        screen,
                        read.filter_map(|(document, rows)| documents::opened(document, rows).ok()).collect(),
                    )
                });
            }
            Records::Append { document, operations } => {
                let requests = documents::append(document, &operations);
                self.transact(requests, move |kept| Event::Appended(document, kept.map(drop)));
            }
            Records::ReadFrom { document, sequence } => {
                self.transact(vec![documents::operations_from(document, sequence)], move |rows| {
                    let read = rows.map(|rows| documents::journal(document, sequence, &rows[0]));
                    Event::OthersRead(document, read)
                });
            }
            Records::StoreSealed { document, seal, sequence, bytes } => {
                let requests = documents::store_sealed(&document, seal, sequence, &bytes);
                self.transact(requests, |kept| Event::SealStored(kept.map(drop)));
            }
            Records::DownloadRaw(id) => {
                let database = self.database.clone();
                self.answer(async move {
                    let copy = documents::raw_copy(&database, id).await;
                    let hand_over = |bytes: Vec<u8>| {
                        files::download(&format!("{id}.raw.json"), &bytes).map_err(StorageProblem::Failed)
                    };
                    Event::RawCopyMade(copy.and_then(hand_over))
                });
            }
        }
    }

    /// Runs one transaction and answers with what `finish` makes of its outcome.
    fn transact(
        &self,
        requests: Vec<Request>,
        finish: impl FnOnce(Result<Vec<Rows>, StorageProblem>) -> Event + 'static,
    ) {
        let database = self.database.clone();
        // Boxed, so that all transactions share one future instead of each bringing its own into the module.
        let finish: Box<dyn FnOnce(Result<Vec<Rows>, StorageProblem>) -> Event> = Box::new(finish);
        if requests.is_empty() {
            return (self.send)(finish(Ok(Vec::new())));
        }
        let reads = !requests.iter().any(Request::writes);
        self.answer(async move {
            finish(if reads { database.read(requests).await } else { database.transact(requests).await })
        });
    }

    fn start(&self) {
        let (database, base) = (self.database.clone(), Rc::clone(&self.base));
        self.answer(async move { start(&database).await });
        self.answer(fetch_catalogue(Rc::clone(&base)));
        self.answer(fetch_rules(base));
        if self.mode == Mode::Page {
            offline::register(&self.base, &self.build, Rc::clone(&self.send));
        }
    }

    fn answer(&self, outcome: impl Future<Output = Event> + 'static) {
        self.answer_boxed(Box::pin(outcome));
    }

    /// As [`Self::answer`], for all kinds of futures at once.
    fn answer_boxed(&self, outcome: Pin<Box<dyn Future<Output = Event>>>) {
        let send = Rc::clone(&self.send);
        spawn(Box::pin(async move { send(outcome.await) }));
    }

    fn schedule_flush(&self) {
        let now = js_sys::Date::now();
        let mut pause = self.pause.borrow_mut();
        let since = pause.as_ref().map_or(now, |pause| pause.since);
        if pause.is_some() && now - since >= LONGEST_PAUSE_MILLIS {
            // The timer under way ends soon enough; starting it anew would put it off for ever.
            return;
        }
        let send = Rc::clone(&self.send);
        let timer = Timeout::new(PAUSE_MILLIS, move || send(Event::FlushDue));
        *pause = Some(Pause { _timer: timer, since });
    }

    /// Notes that the writing pause is over.
    pub fn pause_over(&self) {
        self.pause.borrow_mut().take();
    }
}

/// Tells the developer's console about a failure that has no place on the screen.
fn report(outcome: Result<(), String>) {
    if let Err(words) = outcome {
        web_sys::console::warn_1(&format!("asesmen: {words}").into());
    }
}

fn print() -> Result<(), String> {
    web_sys::window().ok_or("no window")?.print().map_err(network::words)
}

async fn start(database: &Database) -> Event {
    let mut requests = small::read_all();
    requests.push(keys::read());
    let rows = match database.read(requests).await {
        Ok(rows) => rows,
        Err(problem) => return Event::StartFailed(problem),
    };
    let [cases, documents, worker, forms, key] = &rows[..] else {
        return Event::StartFailed(StorageProblem::Missing("start".to_owned()));
    };
    Event::Loaded(Box::new(Loaded {
        settings: settings::load(),
        worker: small::worker(worker),
        key: keys::stored(key).map(|key| key.jwk),
        cases: small::cases(cases),
        documents: small::documents(documents),
        forms: small::forms(forms),
    }))
}

async fn fetch_catalogue(base: Rc<str>) -> Event {
    let index = "instruments/index.json";
    let not_fetched = |words: &str| InstrumentProblem::NotFetched(format!("{index} ({words})"));
    Event::CatalogueFetched(match network::fetch(&base, index).await {
        Ok(bytes) => Catalogue::read(&bytes).ok_or_else(|| not_fetched("")),
        Err(words) => Err(not_fetched(&words)),
    })
}

async fn fetch_rules(base: Rc<str>) -> Event {
    let file = "instruments/rules.json";
    let not_fetched = |words: &str| InstrumentProblem::NotFetched(format!("{file} ({words})"));
    Event::RulesFetched(match network::fetch(&base, file).await {
        Ok(bytes) => Rulebook::read(&bytes).map_err(|refusal| not_fetched(&refusal.to_string())),
        Err(words) => Err(not_fetched(&words)),
    })
}

async fn save_worker(database: Database, worker: Worker) -> Event {
    let kept = database.transact(small::save_worker(&worker)).await.map(|_| worker);
    Event::WorkerSaved(kept, keys::ensure(&database).await)
}

async fn fetch_instrument(base: Rc<str>, wish: Wish, file: String) -> Event {
    let outcome = network::fetch(&base, &format!("instruments/{file}")).await;
    let outcome = outcome.map_err(|words| InstrumentProblem::NotFetched(format!("{file} ({words})")));
    Event::InstrumentFetched { wish, file, outcome }
}
