//! Keys and several signatures: enrolled, compared, renewed; sealed on one tablet, signed on another, complete on both.

use super::package::{self, choose_all, downloaded};
use super::{Browser, Engine, Page, Server, case, run};
use crate::app::cosigning::{card_of, other, supervisors};
use crate::outside;
use asesmen::app::KeyCard;
use asesmen::domain::Role;
use asesmen::seal::Kid;
use fantoccini::wd::WindowHandle;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

in_every_engine! {
    a_key_is_compared_by_keyboard_withdrawn_and_the_own_one_renewed
    a_browser_that_keeps_no_keys_wraps_one_under_a_passphrase
}

async fn enter_worker(page: &Page, origin: &str, name: &str, role: &str) {
    page.open(&format!("{origin}/#/petugas")).await;
    page.fill("#worker-name", name).await;
    page.fill("#worker-organisation", "Balai Harapan").await;
    let choose = "const select = root.querySelector('#worker-role'); select.value = args; \
                  select.dispatchEvent(new Event('change', { bubbles: true })); return true";
    page.wait("a role", choose, json!(role)).await;
    page.tap("[data-act='save-worker']").await;
}

async fn go(page: &Page, location: &str) {
    page.script("location.hash = args", json!(location)).await;
}

/// The code of a tablet's own key, as somebody copies it.
pub async fn own_code(page: &Page) -> String {
    let code = "const code = root.querySelector('#own-code'); return code && code.value";
    page.wait("the code", code, json!(null)).await.as_str().expect("text").to_owned()
}

pub async fn paste(page: &Page, code: &str) {
    let fill =
        "const place = root.querySelector('#key-code'); if (!place) return false; place.value = args; return true";
    page.wait("the place for a code", fill, json!(code)).await;
    page.tap("[data-act='read-code']").await;
    page.find("[data-act='confirm-key']").await;
}

async fn give(page: &Page, path: &Path) {
    page.find("[data-act='verify-files']").await.send_keys(&path.to_string_lossy()).await.expect("a file");
}

#[test]
fn sealed_in_chromium_signed_in_firefox_and_complete_on_both() {
    run(|| async {
        let server = Server::start();
        let (first, second) = (Browser::start(Engine::Chromium).await, Browser::start(Engine::Firefox).await);
        let (worker, supervisor) = (Page::of(&first), Page::of(&second));
        enter_worker(&worker, &server.origin, "Bagas Pratama", "social-worker").await;
        enter_worker(&supervisor, &server.origin, "Sri Lestari", "supervisor").await;
        worker.find(".fingerprint").await;
        supervisor.find(".fingerprint").await;
        go(&worker, "/kunci").await;
        go(&supervisor, "/kunci").await;
        let (of_worker, of_supervisor) = (own_code(&worker).await, own_code(&supervisor).await);
        paste(&worker, &of_supervisor).await;
        worker.tap("[data-act='confirm-key']").await;
        worker.shows("[data-known]", "Sri Lestari").await;
        let kid = KeyCard::read(of_supervisor.as_bytes()).expect("a card").kid().to_string();

        worker.tap(".brand").await;
        case::new(&worker, "Tari Anggraini").await;
        case::fill_consent(&worker).await;
        worker.tap(&format!(".option:has([data-signer='{kid}'])")).await;
        worker.tap("[data-act='seal']").await;
        worker.find("[data-verdict='waiting']").await;
        worker.shows("[data-awaits]", "Sri Lestari (Supervisor)").await;
        worker.tap("[data-act='export']").await;
        let (path, alone) = first.downloaded().await;
        let carried = second.folder().join(path.file_name().expect("a name"));
        fs::write(&carried, &alone).expect("the file is carried over");
        fs::remove_file(&path).expect("the download");

        go(&supervisor, "/periksa").await;
        give(&supervisor, &carried).await;
        supervisor.find("[data-outcome='waiting']").await;
        supervisor.tap("[data-act='sign-this']").await;
        supervisor.shows(".review-row", "Ya, saya setuju.").await;
        supervisor.tap("[data-act='sign-file']").await;
        supervisor.find("[data-act='save-signed']").await;
        let (path, whole) = second.downloaded().await;
        assert_ne!(whole, alone);
        outside::holds_everywhere(&path, &whole);
        go(&supervisor, "/kunci").await;
        paste(&supervisor, &of_worker).await;
        supervisor.tap("[data-act='confirm-key']").await;
        supervisor.shows("[data-known]", "Bagas Pratama").await;
        go(&supervisor, "/periksa").await;
        give(&supervisor, &path).await;
        supervisor.find("[data-outcome='valid']").await;
        supervisor.shows(".facts", "Bagas Pratama (Pekerja sosial)").await;

        go(&worker, "/periksa").await;
        let back = first.folder().join(path.file_name().expect("a name"));
        fs::write(&back, &whole).expect("the file is carried back");
        give(&worker, &back).await;
        worker.tap("[data-act='join-this']").await;
        worker.find("[data-verdict='valid']").await;
        assert!(!worker.has("[data-awaits]").await);
        worker.reload().await;
        worker.find("[data-verdict='valid']").await;
        worker.tap("[data-act='export']").await;
        let (_, again) = first.downloaded().await;
        assert_eq!(again, whole, "the same file on both tablets");
    });
}

/// Packs the case on the screen, everything in it, for somebody.
async fn packed(browser: &Browser, page: &Page, name: &str) -> PathBuf {
    page.tap("[data-act='pack-case']").await;
    page.fill("#package-name", name).await;
    page.fill("#package-organisation", "Balai Contoh").await;
    choose_all(page).await;
    page.tap("[data-act='seal-package']").await;
    page.find("[data-package]").await;
    downloaded(browser, ".asesmen-package.json").await.0
}

/// Takes a package in and goes to its case.
async fn taken_in(page: &Page, package: &Path) {
    go(page, "/paket").await;
    package::give(page, "open-package", package).await;
    page.tap("[data-act='take-in']").await;
    page.tap("[data-unpacking='kept'] [data-act='to-case']").await;
    page.find(".case-head").await;
    page.script("root.querySelectorAll('details').forEach((fold) => { fold.open = true; })", json!(null)).await;
}

#[test]
fn signed_from_a_package_and_back_in_one() {
    run(|| async {
        let server = Server::start();
        let (first, second) = (Browser::start(Engine::Chromium).await, Browser::start(Engine::Chromium).await);
        let (worker, supervisor) = (Page::of(&first), Page::of(&second));
        enter_worker(&worker, &server.origin, "Bagas Pratama", "social-worker").await;
        enter_worker(&supervisor, &server.origin, "Sri Lestari", "supervisor").await;
        worker.find(".fingerprint").await;
        supervisor.find(".fingerprint").await;
        go(&worker, "/kunci").await;
        go(&supervisor, "/kunci").await;
        let of_supervisor = own_code(&supervisor).await;
        paste(&worker, &of_supervisor).await;
        worker.tap("[data-act='confirm-key']").await;
        worker.shows("[data-known]", "Sri Lestari").await;
        let kid = KeyCard::read(of_supervisor.as_bytes()).expect("a card").kid().to_string();
        worker.tap(".brand").await;
        case::new(&worker, "Tari Anggraini").await;
        case::fill_consent(&worker).await;
        worker.tap(&format!(".option:has([data-signer='{kid}'])")).await;
        worker.tap("[data-act='seal']").await;
        worker.find("[data-verdict='waiting']").await;
        assert!(!worker.has("[data-act='sign-kept']").await, "its author has signed");
        worker.tap("[data-act='stop']").await;
        let package = packed(&first, &worker, "Sri Lestari").await;

        taken_in(&supervisor, &package).await;
        supervisor.tap("[data-act='open-sealed']").await;
        supervisor.tap("[data-act='sign-kept']").await;
        supervisor.shows(".review-row", "Ya, saya setuju.").await;
        supervisor.tap("[data-act='sign-file']").await;
        supervisor.find("[data-verdict='unknown-key']").await;
        assert!(!supervisor.has("[data-act='sign-kept']").await && !supervisor.has("[data-awaits]").await);
        supervisor.tap("[data-act='stop']").await;
        let package = packed(&second, &supervisor, "Bagas Pratama").await;

        taken_in(&worker, &package).await;
        worker.tap("[data-act='open-sealed']").await;
        worker.find("[data-verdict='valid']").await;
        assert!(!worker.has("[data-awaits]").await);
    });
}

async fn a_key_is_compared_by_keyboard_withdrawn_and_the_own_one_renewed(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    enter_worker(&page, &server.origin, "Bagas Pratama", "social-worker").await;
    page.find(".fingerprint").await;
    go(&page, "/kunci").await;
    page.find(".key-qr path").await;
    let before = own_code(&page).await;
    let card = card_of(&supervisors());
    let file = browser.folder().join("kunci.json");
    fs::write(&file, card.to_json().to_string()).expect("a card");
    page.find("[data-act='key-file']").await.send_keys(&file.to_string_lossy()).await.expect("a file");
    page.shows(".key-given .fingerprint", &card.kid().fingerprint().to_string()).await;
    page.press_on("[data-act='confirm-key']", "\u{e007}").await;
    let row = format!("[data-known='{}']", card.kid());
    page.shows(&row, "Sri Lestari").await;
    page.reload().await;
    page.find(&format!("{row} [data-standing='counts']")).await;
    page.tap(&format!("{row} .key-withdraw summary")).await;
    page.tap(&format!("{row} [data-act='withdraw-key']")).await;
    page.find(&format!("{row} [data-standing='withdrawn']")).await;
    page.tap("[data-act='renew-key']").await;
    page.find("[data-act='save-statement']").await;
    let (path, statement) = browser.downloaded().await;
    assert!(path.to_string_lossy().contains("kunci-baru-"));
    let report = crate::seal::sealed::check(&statement, &asesmen::seal::Trust::not_checked()).expect("readable");
    assert_eq!(report.verdict, asesmen::seal::Verdict::Valid);
    page.reload().await;
    let after = own_code(&page).await;
    assert_ne!(before, after);
    let old = KeyCard::read(before.as_bytes()).expect("a card").kid();
    assert_eq!(report.signatures[0].kid, old, "the old key announces the new one");
    page.find(&format!("[data-known='{old}'] [data-standing='expired']")).await;
    page.tap(".brand").await;
    case::new(&page, "Tari Anggraini").await;
    case::fill_consent(&page).await;
    case::seal(&page).await;
}

/// As in a browser whose database takes no keys.
const NO_KEYS: &str = "for (const name of ['add', 'put']) { \
    const own = IDBObjectStore.prototype[name]; \
    IDBObjectStore.prototype[name] = function (value, key) { \
      if (Object.values(value ?? {}).some((part) => part instanceof CryptoKey)) \
        throw new DOMException('no keys here', 'DataCloneError'); \
      return own.call(this, value, key); \
    }; \
  } return true";

/// The members of all records of keys.
const KEPT: &str = "return new Promise((resolve) => { const opening = indexedDB.open('asesmen'); opening.onsuccess = () => { \
        const asked = opening.result.transaction('keys').objectStore('keys').getAll(); \
        asked.onsuccess = () => { opening.result.close(); \
          resolve(asked.result.map((record) => Object.keys(record).sort().join()).join(';')) } } })";

const PASSPHRASE: &str = "empat kata yang panjang";

/// Types a passphrase and gives it.
async fn give_passphrase(page: &Page, words: &str) {
    page.fill("#passphrase", words).await;
    page.tap("[data-act='passphrase']").await;
}

async fn unlock(page: &Page) {
    give_passphrase(page, PASSPHRASE).await;
    page.wait("the key is open", "return !root.querySelector('#passphrase')", json!(null)).await;
}

/// Enters a worker in a browser whose database takes no keys.
async fn wrapped(page: &Page, origin: &str) {
    page.open(origin).await;
    page.wait("a database that takes no keys", NO_KEYS, json!(null)).await;
    go(page, "/petugas").await;
    page.fill("#worker-name", "Bagas Pratama").await;
    page.fill("#worker-organisation", "Balai Harapan").await;
    page.tap("[data-act='save-worker']").await;
    give_passphrase(page, "pendek").await;
    page.find("#passphrase-problem:not(:empty)").await;
    give_passphrase(page, PASSPHRASE).await;
    page.find(".fingerprint").await;
    assert_eq!(page.script(KEPT, json!(null)).await, json!("iv,jwk,rounds,salt,wrapped"), "nothing readable is kept");
}

async fn a_browser_that_keeps_no_keys_wraps_one_under_a_passphrase(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    wrapped(&page, &server.origin).await;
    page.tap(".brand").await;
    case::new(&page, "Tari Anggraini").await;
    case::fill_consent(&page).await;
    page.reload().await;
    page.tap("[data-act='seal']").await;
    give_passphrase(&page, "kata yang salah sekali").await;
    page.find("#passphrase-problem:not(:empty)").await;
    unlock(&page).await;
    page.tap("[data-act='seal']").await;
    page.find(".verdict-valid").await;
    page.tap("[data-act='export']").await;
    let (path, bytes) = browser.downloaded().await;
    outside::holds_everywhere(&path, &bytes);
}

#[test]
fn a_key_under_a_passphrase_seals_packages_and_is_renewed() {
    run(|| async {
        let (server, browser) = (Server::start(), Browser::start(Engine::Chromium).await);
        let page = Page::of(&browser);
        wrapped(&page, &server.origin).await;
        page.tap(".brand").await;
        case::new(&page, "Tari Anggraini").await;
        case::consent(&page).await;
        page.reload().await;
        page.tap("[data-act='pack-case']").await;
        page.fill("#package-name", "Bima Prasetya").await;
        page.fill("#package-organisation", "Balai Contoh").await;
        page.tap("[data-act='preview-package']").await;
        page.tap("[data-act='seal-package']").await;
        page.shows(".trouble", "Paket belum dibuat. Kunci tanda tangan masih terkunci").await;
        give_passphrase(&page, "kata yang salah sekali").await;
        page.shows("#passphrase-problem", "Kata sandi tidak cocok").await;
        unlock(&page).await;
        page.tap("[data-act='seal-package']").await;
        page.find("[data-package]").await;
        let (path, package) = browser.downloaded_as(".asesmen-package.json").await;
        let report = crate::seal::sealed::check(&package, &asesmen::seal::Trust::not_checked()).expect("readable");
        assert_eq!(report.verdict, asesmen::seal::Verdict::Valid);
        fs::remove_file(&path).expect("the download");

        page.open(&format!("{}/#/kunci", server.origin)).await;
        page.reload().await;
        let old = KeyCard::read(own_code(&page).await.as_bytes()).expect("a card").kid();
        page.tap("[data-act='renew-key']").await;
        page.shows(".trouble", "Kunci belum diganti. Kunci tanda tangan masih terkunci").await;
        unlock(&page).await;
        page.tap("[data-act='renew-key']").await;
        page.find("[data-act='save-statement']").await;
        let (path, statement) = browser.downloaded().await;
        fs::remove_file(&path).expect("the download");
        assert_eq!(
            page.script(KEPT, json!(null)).await,
            json!("iv,jwk,rounds,salt,wrapped"),
            "one key, as the old one"
        );

        // Long afterwards the statement is still there, and the same passphrase opens the new key.
        page.reload().await;
        page.tap(&format!("[data-known='{old}'] [data-act='save-statement']")).await;
        let (path, again) = browser.downloaded().await;
        fs::remove_file(&path).expect("the download");
        assert_eq!(again, statement);
        let new = KeyCard::read(own_code(&page).await.as_bytes()).expect("a card").kid();
        page.tap("[data-act='renew-key']").await;
        unlock(&page).await;
        page.tap("[data-act='renew-key']").await;
        page.find(&format!("[data-known='{new}'] [data-act='save-statement']")).await;
    });
}

/// Lets a window not be told that it is shown again, as windows side by side are not.
const SHIELD: &str = "window.shield = new AbortController(); \
    window.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), \
      { capture: true, signal: window.shield.signal }); return true";

#[test]
fn a_withdrawal_survives_another_window_which_hears_of_it() {
    run(|| async {
        let (server, browser) = (Server::start(), Browser::start(Engine::Chromium).await);
        let page = Page::of(&browser);
        let cards = [card_of(&supervisors()), card_of(&other("Bima Sakti", Role::Supervisor, 23))];
        let [lost, left] = [0, 1].map(|at: usize| cards[at].kid());
        let row = |kid: Kid, standing: &str| format!("[data-known='{kid}'] [data-standing='{standing}']");
        let withdraw = async |kid: Kid| {
            page.tap(&format!("[data-known='{kid}'] .key-withdraw summary")).await;
            page.tap(&format!("[data-known='{kid}'] [data-act='withdraw-key']")).await;
            page.find(&row(kid, "withdrawn")).await;
        };
        enter_worker(&page, &server.origin, "Bagas Pratama", "social-worker").await;
        page.find(".fingerprint").await;
        go(&page, "/kunci").await;
        for card in &cards {
            paste(&page, &card.code()).await;
            page.tap("[data-act='confirm-key']").await;
            page.find(&row(card.kid(), "counts")).await;
        }
        let first = browser.client.window().await.expect("a window");
        let second = browser.client.new_window(false).await.expect("another").handle;
        let turn_to = async |window: &WindowHandle| {
            browser.client.switch_to_window(window.clone()).await.expect("the window");
        };
        turn_to(&second).await;
        page.open(&format!("{}/#/kunci", server.origin)).await;
        page.find(&row(lost, "counts")).await;
        page.script(SHIELD, json!(null)).await;
        turn_to(&first).await;
        withdraw(lost).await;
        turn_to(&second).await;
        assert!(page.has(&row(lost, "counts")).await, "it has not heard of it");
        paste(&page, &cards[0].code()).await;
        page.tap("[data-act='confirm-key']").await;
        page.find(&row(lost, "withdrawn")).await;
        turn_to(&first).await;
        withdraw(left).await;
        page.reload().await;
        page.find(&row(lost, "withdrawn")).await;
        turn_to(&second).await;
        assert!(page.has(&row(left, "counts")).await, "it has not heard of that one either");
        page.script("window.shield.abort(); document.dispatchEvent(new Event('visibilitychange'))", json!(null)).await;
        page.find(&row(left, "withdrawn")).await;
    });
}
