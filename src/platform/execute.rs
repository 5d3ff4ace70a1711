//! Carrying out effects.

use super::parts::Part;
use super::spawn;
use super::speech::Speech;
use super::storage::{Database, Request, Rows, documents, outbox, packages, small};
use super::upload::Uploader;
use super::{files, keys, network, office, offline, page, parts, record, settings};
use crate::app::casework::Rulebook;
use crate::app::outbox::{OutboxEvent, Upload};
use crate::app::{Catalogue, Effect, Event, InstrumentProblem, Loaded, Records, StorageProblem, Wish};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use web_sys::HtmlElement;

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
    uploader: Rc<Uploader>,
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
    /// A platform for one element; `base` is the folder of the module, with a slash at its end, `build` its name,
    /// `container` what the app stands in.
    pub fn new(base: &str, build: &str, container: HtmlElement, send: Send) -> Self {
        let mode = page::mode(base);
        let guard = Rc::new(Cell::new(false));
        let (base, database): (Rc<str>, Database) = (base.into(), Database::default());
        Self {
            uploader: Uploader::new(Rc::clone(&base), container, database.clone(), Rc::clone(&send)),
            base,
            build: build.into(),
            mode,
            database,
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
    #[inline(never)] // An entry of tools/parts.json.
    pub fn execute(&self, effect: Effect) {
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
            Effect::FindVoices => {
                let (speech, send) = (self.speech.clone(), Rc::clone(&self.send));
                spawn(Box::pin(async move {
                    Part::Record.wait_for().await;
                    speech.find_voices(&send);
                }));
            }
            Effect::Speak(words, locale) => self.speech.speak(&words, locale, &self.send),
            Effect::Hush => self.speech.hush(),
            Effect::Paint(..) => self.execute_for_record(effect),
            Effect::ApplyUpdate => spawn(Box::pin(async { report(offline::apply_update().await) })),
            Effect::FetchInstrument { wish, file } => {
                self.answer(fetch_instrument(Rc::clone(&self.base), wish, file));
            }
            Effect::FetchForm(address) => self.answer(async move {
                let bytes = network::fetch_form("", &address).await;
                Event::FormGiven(address, bytes)
            }),
            Effect::SaveWorker(_)
            | Effect::Sign { .. }
            | Effect::CheckSignatures { .. }
            | Effect::Keys(_)
            | Effect::MeasureHealth
            | Effect::AskPersistence
            | Effect::Package(_) => self.execute_in_office(effect),
            // A tablet has no host.
            Effect::TellHost => {}
            Effect::Upload(what) => upload(Rc::clone(&self.uploader), what),
            Effect::Records(records) => self.execute_records(records),
        }
    }

    /// Carries out an effect of the office once its part stands. While that does not come, the screen tells so.
    fn execute_in_office(&self, effect: Effect) {
        let (database, send) = (self.database.clone(), Rc::clone(&self.send));
        spawn(Box::pin(async move {
            Part::Office.wait_for().await;
            if let Some(work) = office::perform(effect, database) {
                send(work.await);
            }
        }));
    }

    /// The same for the screens that read sealed documents.
    fn execute_for_record(&self, effect: Effect) {
        let (database, send) = (self.database.clone(), Rc::clone(&self.send));
        spawn(Box::pin(async move {
            Part::Record.wait_for().await;
            if let Some(work) = record::perform(effect, database, send) {
                work.await;
            }
        }));
    }

    fn execute_records(&self, records: Records) {
        match records {
            Records::SaveCase(case) => {
                self.transact(small::save_case(&case), |kept| Event::CaseSaved(kept.map(|_| case)));
            }
            Records::ReadForm(wish, entry) => {
                let in_office = if matches!(wish, Wish::Compare(_)) { always } else { never };
                self.transact_for(in_office, small::read_form(&entry), move |rows| {
                    let bytes = rows.and_then(|rows| small::form(&entry, &rows));
                    let outcome = bytes.map_err(|problem| match problem {
                        StorageProblem::PartMissing(words) => InstrumentProblem::NotFetched(words),
                        _ => InstrumentProblem::NotKept(entry.canonical()),
                    });
                    Event::InstrumentFetched { wish, file: entry.file, outcome }
                });
            }
            Records::CreateDocument { document, questionnaire, operations } => {
                let requests = documents::create(&document, &questionnaire, &operations);
                self.transact(requests, move |kept| Event::DocumentCreated(document.id, kept.map(drop)));
            }
            Records::OpenDocument(document) => {
                // A sealed file is checked, and what was moved elsewhere is carried over, before anything is shown.
                let in_office = if document.earlier.is_empty() { where_sealed } else { always };
                self.transact_for(in_office, documents::open(&document).into(), move |rows| {
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
            Records::KeepForm(..)
            | Records::ForgetForm(_)
            | Records::MoveDocument { .. }
            | Records::ReadSources(..)
            | Records::StoreSealed { .. } => self.execute_in_office(records.into()),
            Records::ReadRecord(..) | Records::ReadOpenings(_) | Records::NoteOpening(_) => {
                self.execute_for_record(records.into())
            }
            Records::DownloadRaw(id) => {
                let database = self.database.clone();
                self.answer(async move {
                    match Part::Office.bring().await {
                        Ok(()) => office::raw_copy(database, id).await,
                        Err(words) => Event::RawCopyMade(Err(StorageProblem::PartMissing(words))),
                    }
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
        self.transact_for(never, requests, finish);
    }

    /// The same for what may be work for the office, which then has to stand first.
    fn transact_for(
        &self,
        in_office: fn(&[Rows]) -> bool,
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
            if !reads {
                return finish(database.transact(requests).await);
            }
            finish(match parts::read_ready(&database, requests).await {
                Ok(rows) if in_office(&rows) => match Part::Office.bring().await {
                    Ok(()) => Ok(rows),
                    Err(words) => Err(StorageProblem::PartMissing(words)),
                },
                outcome => outcome,
            })
        });
    }

    fn start(&self) {
        let (database, base) = (self.database.clone(), Rc::clone(&self.base));
        self.answer(async move { start(&database).await });
        let (send, mode) = (Rc::clone(&self.send), self.mode);
        let (uploader, database) = (Rc::clone(&self.uploader), self.database.clone());
        spawn(Box::pin(async move {
            send(fetch_catalogue(Rc::clone(&base)).await);
            // Nothing on the way to the first form waits for the rules and the part that runs them.
            send(fetch_rules(base).await);
            // Nor for what there may be to send, which is looked for only where there is somewhere to send it.
            if outbox::has_endpoint(&database).await {
                upload(uploader, Upload::Read);
            } else {
                send(Event::Outbox(OutboxEvent::NowhereFound));
            }
            // Where no service worker keeps the parts, they come in the background, so that an app that once stands goes
            // on without a network.
            if mode == Mode::Embedded {
                parts::bring_all().await;
            }
        }));
        if mode == Mode::Page {
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

/// Carries out what belongs to sending, once its part stands.
fn upload(uploader: Rc<Uploader>, what: Upload) {
    spawn(Box::pin(async move {
        Part::Office.wait_for().await;
        uploader.perform(what);
    }));
}

// When what was read is work for the office.
fn never(_: &[Rows]) -> bool {
    false
}
fn always(_: &[Rows]) -> bool {
    true
}
fn where_sealed(rows: &[Rows]) -> bool {
    rows.last().is_some_and(|sealed| !sealed.is_empty())
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
    requests.push(packages::read_passages());
    requests.push(keys::read());
    let rows = match database.read(requests).await {
        Ok(rows) => rows,
        Err(problem) => return Event::StartFailed(problem),
    };
    let [cases, documents, worker, forms, passages, key] = &rows[..] else {
        return Event::StartFailed(StorageProblem::Missing("start".to_owned()));
    };
    Event::Loaded(Box::new(Loaded {
        settings: settings::load(),
        worker: small::worker(worker),
        key: keys::stored(key).map(|key| key.jwk),
        cases: small::cases(cases),
        documents: small::documents(documents),
        forms: small::forms(forms),
        passages: packages::passages(passages),
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
    let bytes = match network::fetch(&base, file).await {
        Ok(bytes) => Part::Expressions.bring().await.map(|()| bytes),
        Err(words) => Err(words),
    };
    Event::RulesFetched(match bytes {
        Ok(bytes) => Rulebook::read(&bytes).map_err(|refusal| not_fetched(&refusal.to_string())),
        Err(words) => Err(not_fetched(&words)),
    })
}

async fn fetch_instrument(base: Rc<str>, wish: Wish, file: String) -> Event {
    let fetched = network::fetch_form(&base, &format!("instruments/{file}")).await;
    let outcome = match (fetched, wish) {
        (Ok(bytes), Wish::Compare(_)) => Part::Office.bring().await.map(|()| bytes),
        (outcome, _) => outcome,
    };
    let outcome = outcome.map_err(|words| InstrumentProblem::NotFetched(format!("{file} ({words})")));
    Event::InstrumentFetched { wish, file, outcome }
}
