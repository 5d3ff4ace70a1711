//! Who sends and for whom: several windows of one tablet, a tablet that was put away for days, and pages of portals that
//! name the receiver and say who signed in.

use super::page::Page;
use super::portal::Portal;
use super::receiver::Receiver;
use super::upload::{CODE, all_received, confirm, tablet};
use super::{Browser, Engine, devtools, run, seed};
use crate::cli::folder::Folder;
use crate::receive::server::ask;
use serde_json::json;
use std::time::Duration;

in_every_engine! {
    a_tablet_that_was_put_away_goes_on_by_itself
    a_portal_names_the_receiver_and_gives_the_token
    a_receiver_is_added_and_sent_to_by_keyboard
}

const ENTER: &str = "\u{e007}";

const PATIENCE: Duration = Duration::from_secs(120);

/// Counts what is sent in this window. Where it is held, no answer ever comes.
const COUNT: &str = "const real = window.fetch; window.puts = 0; \
    window.fetch = (url, init) => { \
      if (init?.method !== 'PUT') return real.call(window, url, init); \
      window.puts += 1; \
      return args === 'held' ? new Promise(() => {}) : real.call(window, url, init); \
    }; return true";

const NO_LOCKS: &str = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })";

/// Whether so many receipts are kept.
const RECEIPTS: &str = "return new Promise((resolve) => { \
    const opening = indexedDB.open('asesmen'); \
    opening.onsuccess = () => { \
      const keys = opening.result.transaction('profile').objectStore('profile') \
        .getAllKeys(IDBKeyRange.bound('receipt:', 'receipt;')); \
      keys.onsuccess = () => { opening.result.close(); resolve(keys.result.length === args); }; \
    }; \
  })";

async fn puts(page: &Page) -> u64 {
    page.script("return window.puts", json!(null)).await.as_u64().expect("it is counted")
}

#[test]
fn one_window_sends_and_another_takes_over() {
    run(|| two_windows(Engine::Chromium, false));
}

#[test]
fn one_window_of_firefox_sends_and_another_takes_over() {
    run(|| two_windows(Engine::Firefox, false));
}

/// A lease in the database stands in for the lock of the browser.
#[test]
fn without_locks_one_window_sends_and_another_takes_over() {
    run(|| two_windows(Engine::Chromium, true));
}

async fn two_windows(engine: Engine, is_without_locks: bool) {
    let folder = Folder::new(&[]);
    let receiver = Receiver::start(&folder, &[]);
    let browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    let address = format!("http://{}/", receiver.address);
    if is_without_locks {
        devtools::before_pages(&browser, NO_LOCKS).await;
    }
    page.open(&address).await;
    let storage = tablet(6);
    seed::seed(&page, &storage).await;
    let taken_away = page.script("return !navigator.locks", json!(null)).await;
    assert_eq!(taken_away, json!(is_without_locks));
    // What this window sends never gets an answer, as in a network that hangs.
    page.script(COUNT, json!("held")).await;
    confirm(&page, &receiver.who()).await;
    page.shows(".outbox-state", "Sedang dikirim: 4").await;
    page.wait("four requests", "return window.puts === 4", json!(null)).await;
    let first = browser.client.window().await.expect("a window");

    let second = browser.client.new_window(true).await.expect("another window").handle;
    browser.client.switch_to_window(second.clone()).await.expect("the other window");
    if is_without_locks {
        devtools::before_pages(&browser, NO_LOCKS).await;
    }
    page.open(&format!("{address}#/kirim")).await;
    page.script(COUNT, json!("sent")).await;
    page.shows(".outbox-state", "Jendela lain").await;
    page.shows(".outbox-state", "0 dari 6").await;
    assert_eq!((puts(&page).await, receiver.listed()), (0, 0), "one window sends");

    browser.client.switch_to_window(first).await.expect("the first window");
    browser.client.close_window().await.expect("it closes");
    browser.client.switch_to_window(second).await.expect("the other window");
    all_received(&page, 6, PATIENCE).await;
    assert_eq!((puts(&page).await, receiver.listed()), (6, 6), "each once");
}

async fn a_tablet_that_was_put_away_goes_on_by_itself(engine: Engine) {
    let folder = Folder::new(&[]);
    let mut receiver = Receiver::start(&folder, &[]);
    let mut browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    let address = format!("http://{}/", receiver.address);
    page.open(&address).await;
    // They were sealed days ago.
    seed::seed(&page, &tablet(5)).await;
    page.shows("[data-act='outbox']", "hari lalu").await;
    page.script(COUNT, json!("held")).await;
    confirm(&page, &receiver.who()).await;
    page.shows(".outbox-state", "Sedang dikirim").await;
    assert_eq!(receiver.listed(), 0);
    browser.kill_and_restart().await;
    receiver.restart();
    let page = Page::of(&browser);
    page.open(&address).await;
    // Nobody opens the page about sending.
    page.wait("all receipts", RECEIPTS, json!(5)).await;
    assert_eq!(receiver.listed(), 5);
}

async fn a_receiver_is_added_and_sent_to_by_keyboard(engine: Engine) {
    let folder = Folder::new(&[("tokens", format!("{CODE}\n").as_bytes())]);
    let tokens = folder.path().join("tokens").display().to_string();
    let receiver = Receiver::start(&folder, &["--tokens", &tokens]);
    let browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    let address = format!("http://{}", receiver.address);
    page.open(&address).await;
    seed::seed(&page, &tablet(3)).await;
    page.press_on("[data-act='outbox']", ENTER).await;
    page.press_on("#receiver-address", &format!("{address}{ENTER}")).await;
    let focus = "return !!root.activeElement?.closest(args)";
    page.wait("the focus on what is to be compared", focus, json!(".outbox-compare h3")).await;
    // A second press of the same key confirms nothing.
    page.press(ENTER).await;
    page.press_on("[data-act='confirm-receiver']", ENTER).await;
    page.wait("the focus on what was added", focus, json!("[data-endpoint] h2")).await;
    page.press_on("[data-act='access-code']", &format!("{CODE}{ENTER}")).await;
    page.shows(".outbox-state", "Sudah diterima: 3 dari 3").await;
}

/// What the element told the page, and a page that gives a token when it is asked for one again.
const WATCH: &str = "window.told = []; window.asked = []; \
    document.addEventListener('asesmen-upload', ({ detail }) => window.told.push(detail)); \
    document.addEventListener('asesmen-token-needed', (event) => { \
      window.asked.push([event.target.id, event.detail.endpoint]); \
      if (window.asked.length > 1) event.target.token = args; \
    }); return true";

async fn a_portal_names_the_receiver_and_gives_the_token(engine: Engine) {
    let folder = Folder::new(&[("tokens", format!("{CODE}\n").as_bytes())]);
    let portal = Portal::start();
    let tokens = folder.path().join("tokens").display().to_string();
    // The portal's own policy lets its pages reach no other address but by https, so that it receives at its own.
    let receiver = Receiver::handing_out(&folder, portal.folder(), &["--tokens", &tokens]);
    let browser = Browser::start(engine).await;
    let page = Page::hosted(&browser, "#first");
    let endpoint = format!("http://{}", receiver.address);
    page.open(&format!("{endpoint}/kasus/halaman.html")).await;
    let storage = tablet(3);
    seed::seed(&page, &storage).await;
    page.script(WATCH, json!(CODE)).await;
    page.tap("[data-act='outbox']").await;
    // A receiver with another key than the page names gets nothing.
    let other = crate::seal::sealed::key(9).jwk.kid().to_string();
    let name = "host.setAttribute('receiver', args); host.setAttribute('endpoint', '/')";
    page.script(name, json!(other)).await;
    page.shows(".trouble", "memakai kunci lain").await;
    page.script("host.setAttribute('receiver', args)", receiver.who()["kid"].clone()).await;
    // Nobody signed in yet; then somebody whose token has run out.
    let waits = "return window.told.some(({ state, unsent }) => state === 'sign-in' && unsent === 3)";
    page.wait("the page told to sign in", waits, json!(null)).await;
    page.script("host.token = 'lama-dan-kedaluwarsa'", json!(null)).await;
    page.shows(".outbox-state", "Sudah diterima: 3 dari 3").await;
    page.shows("[data-endpoint]", "ditetapkan halaman portal").await;
    for (seal, bytes) in &storage.seals {
        let header = format!("Authorization: Bearer {CODE}\r\n");
        let answer = ask(&receiver.address, "GET", &format!("/submissions/{seal}"), &header, b"").expect("an answer");
        assert_eq!((answer.status, &answer.body), (200, bytes));
    }
    let asked = page.script("return window.asked", json!(null)).await;
    assert_eq!(asked, json!([["first", endpoint], ["first", endpoint]]), "once for none, once for the old one");
    let last = "const last = window.told.at(-1); return last.state === 'idle' && last";
    let last = page.wait("an end", last, json!(null)).await;
    assert_eq!(last, json!({ "sent": 3, "unsent": 0, "held": 0, "state": "idle" }));
}
