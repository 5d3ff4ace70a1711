//! Packages between real browsers: a case handed over goes on in another engine, and outside libraries read what was
//! encrypted.

use super::audit::{Audit, Look};
use super::{Browser, Engine, Page, Server, case, devtools, run, stored, trouble};
use crate::outside;
use crate::seal::package::{package, sealed};
use crate::seal::sealed::{key, loose};
use asesmen::seal::EncryptionKey;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn from_chromium_to_firefox() {
    run(|| a_case_goes_on_elsewhere(Engine::Chromium, Engine::Firefox));
}

#[test]
fn from_firefox_to_webkit() {
    run(|| a_case_goes_on_elsewhere(Engine::Firefox, Engine::WebKit));
}

#[test]
fn from_webkit_to_chromium() {
    run(|| a_case_goes_on_elsewhere(Engine::WebKit, Engine::Chromium));
}

/// Takes a downloaded file out of the folder, so that the next is the only one there.
pub async fn downloaded(browser: &Browser, end: &str) -> (PathBuf, Vec<u8>) {
    let (path, bytes) = browser.downloaded_as(end).await;
    let kept = browser.folder().join(path.file_name().expect("a name"));
    fs::rename(&path, &kept).expect("the file moves");
    (kept, bytes)
}

async fn enter_worker(page: &Page, name: &str, organisation: &str) {
    page.script("location.hash = '/petugas'", json!(null)).await;
    page.fill("#worker-name", name).await;
    page.fill("#worker-organisation", organisation).await;
    page.tap("[data-act='save-worker']").await;
    page.find(".fingerprint").await;
}

pub async fn give(page: &Page, act: &str, path: &Path) {
    page.find(&format!("[data-act='{act}']")).await.send_keys(&path.to_string_lossy()).await.expect("a file");
}

/// Chooses everything, says why, and looks at what the receiver will see.
pub async fn choose_all(page: &Page) {
    page.tap("[data-act='choose-all']").await;
    if page.has("#package-reason").await {
        page.fill("#package-reason", "Petugas baru melanjutkan layanan").await;
    }
    page.tap("[data-act='preview-package']").await;
    page.find("[data-list='goes']").await;
}

/// The key of a portal, as its public and its private file.
fn portal_key(folder: &Path) -> (PathBuf, PathBuf) {
    let own =
        EncryptionKey { kid: "portal-2026".to_owned(), ..EncryptionKey::of(key(9).jwk, "Portal", "Dinas Contoh") };
    let mut file = loose(&own.to_json());
    let (public, private) = (folder.join("portal.jwk.json"), folder.join("portal.private.json"));
    fs::write(&public, file.to_string()).expect("a file");
    file["d"] = Base64UrlUnpadded::encode_string(&[9; 32]).into();
    fs::write(&private, file.to_string()).expect("a file");
    (public, private)
}

/// Exports the case to a portal: what both outside libraries decrypt is one and the same sealed package.
async fn export_to_portal(browser: &Browser, page: &Page) -> PathBuf {
    let (public, private) = portal_key(browser.folder());
    page.tap("[data-act='pack-case']").await;
    page.find("#package-name").await;
    give(page, "package-key", &private).await;
    page.shows(".package .problem", "kunci rahasia").await;
    give(page, "package-key", &public).await;
    page.find("[data-key='portal-2026']").await;
    choose_all(page).await;
    page.tap("[data-act='seal-package']").await;
    page.find("[data-package$='.asesmen-package.jwe']").await;
    let (encrypted, bytes) = downloaded(browser, ".jwe").await;
    assert!(!String::from_utf8_lossy(&bytes).contains("Tari"));
    let opened = outside::decrypted_everywhere(&private, &encrypted);
    assert!(String::from_utf8_lossy(&opened).contains("Tari Anggraini"));
    let plain = browser.folder().join("portal.asesmen-package.json");
    fs::write(&plain, opened).expect("a file");
    outside::package_holds(&plain);
    page.tap("[data-act='to-case']").await;
    page.find(".case-head").await;
    plain
}

async fn a_case_goes_on_elsewhere(from: Engine, to: Engine) {
    let server = Server::start();
    let (here, there) = (Browser::start(from).await, Browser::start(to).await);
    let (giver, taker) = (Page::of(&here), Page::of(&there));
    giver.open(&server.origin).await;
    case::new(&giver, "Tari Anggraini").await;
    case::consent(&giver).await;
    case::begin(&giver, "fisik").await;
    giver.fill(trouble::QUESTION, "Minang").await;
    giver.saved().await;
    giver.tap("[data-act='stop']").await;
    giver.find(".case-head").await;
    let plain = export_to_portal(&here, &giver).await;

    // The other tablet makes a key to be encrypted to; what a portal encrypts to it is opened as well.
    taker.open(&server.origin).await;
    enter_worker(&taker, "Bima Prasetya", "Balai Contoh").await;
    taker.tap(".brand").await;
    taker.tap("[data-act='unpack']").await;
    taker.tap("[data-act='make-own-key']").await;
    taker.tap("[data-act='own-key-file']").await;
    let (own_key, _) = downloaded(&there, ".jwk.json").await;
    for (number, encrypted) in outside::encrypted_everywhere(&own_key, &plain).into_iter().enumerate() {
        let path = there.folder().join(format!("dari-portal-{number}.jwe"));
        fs::write(&path, encrypted).expect("a file");
        give(&taker, "open-package", &path).await;
        taker.shows("[data-unpacking='ready'] h2", &format!("dari-portal-{number}")).await;
    }

    // Handed over, encrypted to that key, whose owner fills in for whom it is.
    giver.tap("[data-act='pack-case']").await;
    giver.tap(".option:has([name='package-purpose'][value='handover'])").await;
    give(&giver, "package-key", &own_key).await;
    giver.shows("[data-key]", "Bima Prasetya").await;
    choose_all(&giver).await;
    giver.shows("[data-list='goes']", "Draf").await;
    giver.tap("[data-act='seal-package']").await;
    giver.find("[data-package]").await;
    let (handed, _) = downloaded(&here, ".jwe").await;
    giver.tap("[data-act='to-case']").await;
    giver.shows("[data-passage='given']", "Diserahkan kepada Bima Prasetya").await;
    assert!(!giver.has("[data-act='begin']").await, "nothing is begun in a case that is elsewhere");
    giver.reload().await;
    giver.find("[data-passage='given']").await;

    give(&taker, "open-package", &handed).await;
    taker.shows("[data-unpacking='ready'] h2", ".jwe").await;
    taker.tap("[data-act='take-in']").await;
    taker.tap("[data-unpacking='kept'] [data-act='to-case']").await;
    taker.shows("[data-passage='received']", "Diterima dari Bagas Pratama").await;
    case::begin(&taker, "fisik").await;
    assert_eq!(stored::field(&taker, "language_used").await, "Minang");
    taker.fill(trouble::QUESTION, " dan Indonesia").await;
    taker.saved().await;
    taker.reload().await;
    assert_eq!(stored::field(&taker, "language_used").await, "Minang dan Indonesia");

    // What was handed over is taken back with a reason.
    giver.tap(".take-back > summary").await;
    giver.tap("[data-act='take-back']").await;
    giver.find("#take-back-problem:not(:empty)").await;
    giver.fill("#take-back-reason", "Petugas baru sakit").await;
    giver.tap("[data-act='take-back']").await;
    giver.shows("[data-passage='taken-back']", "Petugas baru sakit").await;
    case::begin(&giver, "fisik").await;
    giver.find(trouble::QUESTION).await;
}

#[test]
fn a_case_is_handed_over_and_taken_in_by_keyboard() {
    const ENTER: &str = "\u{e007}";
    run(|| async {
        let server = Server::start();
        let (here, there) = (Browser::start(Engine::Chromium).await, Browser::start(Engine::Chromium).await);
        let (giver, taker) = (Page::of(&here), Page::of(&there));
        giver.open(&server.origin).await;
        case::new(&giver, "Tari Anggraini").await;
        case::consent(&giver).await;
        giver.press_on("[data-act='pack-case']", ENTER).await;
        giver.press_on("[name='package-purpose']", "\u{e014}").await;
        giver.press_on("#package-name", "Bima Prasetya").await;
        giver.press_on("#package-organisation", "Balai Contoh").await;
        giver.press_on("[data-act='choose-all']", ENTER).await;
        giver.press_on("[data-act='preview-package']", ENTER).await;
        giver.find("[data-list='goes']").await;
        giver.press_on("[data-act='seal-package']", ENTER).await;
        giver.find("[data-package]").await;
        let (package, _) = downloaded(&here, ".asesmen-package.json").await;
        giver.press_on("[data-act='to-case']", ENTER).await;
        giver.find("[data-passage='given']").await;

        taker.open(&server.origin).await;
        taker.press_on("[data-act='unpack']", ENTER).await;
        taker.tab_to("[data-act='open-package']").await;
        give(&taker, "open-package", &package).await;
        taker.press_on("[data-act='take-in']", ENTER).await;
        taker.press_on("[data-unpacking='kept'] [data-act='to-case']", ENTER).await;
        taker.shows("[data-passage='received']", "Diterima dari Bagas Pratama").await;
    });
}

#[test]
fn a_package_that_cannot_be_opened_changes_nothing_and_says_why() {
    run(|| async {
        let (server, browser) = (Server::start(), Browser::start(Engine::Chromium).await);
        let page = Page::of(&browser);
        page.open(&format!("{}#/paket", server.origin)).await;
        let whole = sealed(package());
        let changed = String::from_utf8(whole.clone()).expect("text").replace("Diminta dokter", "Diminta polisi");
        let stranger = include_bytes!("../fixtures/jwe/jose.jwe").to_vec();
        let document = crate::seal::package::document(7);
        for (name, bytes, words) in [
            ("cut", whole[..300].to_vec(), "terpotong atau rusak"),
            ("changed", changed.into_bytes(), "berubah sesudah disegel"),
            ("stranger", stranger, "disandikan untuk kunci lain"),
            ("document", document, "bukan paket"),
        ] {
            let path = browser.folder().join(format!("{name}.json"));
            fs::write(&path, bytes).expect("a file");
            give(&page, "open-package", &path).await;
            page.shows("[data-unpacking='refused'] h2", name).await;
            page.shows(".trouble", words).await;
            page.shows(".trouble", "Aman:").await;
        }
        assert!(stored::records(&page, "cases").await.is_empty());
    });
}

#[test]
fn wide_in_indonesian() {
    run(|| walk(Look { locale: "id", ..Look::axe(Engine::Chromium, 1280, 800) }));
}

#[test]
fn on_a_phone_in_english() {
    run(|| walk(Look { locale: "en", ..Look::axe(Engine::Chromium, 390, 844) }));
}

/// Every state of the screens of packages, looked at with axe and by measuring.
async fn walk(look: Look) {
    let (server, browser) = (Server::start(), Browser::start(look.engine).await);
    devtools::resize(&browser, look.size.0, look.size.1).await;
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    let mut audit = Audit::begin(look, page.clone(), &browser).await;
    case::new(&page, "Kartini Wulandari").await;
    case::consent(&page).await;
    case::begin(&page, "fisik").await;
    page.fill(trouble::QUESTION, "Minang").await;
    page.saved().await;
    page.tap("[data-act='stop']").await;
    page.tap("[data-act='pack-case']").await;
    page.find("#package-name").await;
    audit.check("choosing").await;
    page.tap("[data-act='preview-package']").await;
    page.find("#package-problem:not(:empty)").await;
    page.tap(".option:has([name='package-purpose'][value='handover'])").await;
    page.find("#package-note").await;
    audit.check("choosing for a handover").await;
    page.fill("#package-name", "Bima Prasetya").await;
    page.fill("#package-organisation", "Balai Contoh").await;
    page.fill("#package-note", "Klien lebih tenang pada pagi hari.").await;
    choose_all(&page).await;
    audit.check("preview").await;
    page.tap("[data-act='seal-package']").await;
    page.find("[data-package]").await;
    audit.check("package done").await;
    let (own, _) = downloaded(&browser, ".asesmen-package.json").await;
    page.tap("[data-act='to-case']").await;
    page.find("[data-passage='given']").await;
    audit.open_all().await;
    audit.check("case that is elsewhere").await;
    page.tap(".brand").await;
    page.tap("[data-act='unpack']").await;
    page.find("[data-act='make-own-key']").await;
    audit.check("opening a package").await;
    page.tap("[data-act='make-own-key']").await;
    page.find("[data-act='own-key-file']").await;
    give(&page, "open-package", &own).await;
    page.find("[data-unpacking='ready'] [data-nothing]").await;
    audit.check("nothing new").await;
    let other = browser.folder().join("lain.json");
    fs::write(&other, sealed(package())).expect("a file");
    give(&page, "open-package", &other).await;
    page.find("[data-unpacking='ready'] [data-act='take-in']").await;
    audit.check("what would come in").await;
    fs::write(&other, b"Kepada Yth.").expect("a file");
    give(&page, "open-package", &other).await;
    page.find("[data-unpacking='refused']").await;
    audit.check("refused package").await;
    audit.end();
}
