//! The worker's whole task: a case, a form filled by touch, a dead battery on the way, no network, a seal, a file.

use super::{Browser, Engine, Page, Server, case, fill};
use crate::outside;
use base64ct::{Base64, Encoding};
use serde_json::json;
use std::fs;

in_every_engine! { a_worker_fills_and_seals_by_touch }

/// A picture of two by two dots.
pub const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mP4//8/AwQAWQAp5AX7tiFYxAAAAABJRU5ErkJggg==";

async fn a_worker_fills_and_seals_by_touch(engine: Engine) {
    let mut server = Server::start();
    let mut browser = Browser::start(engine).await;
    let picture = browser.folder().join("surat.png");
    fs::write(&picture, Base64::decode_vec(PICTURE).expect("base64")).expect("the picture");
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.wait("service worker", "return !!navigator.serviceWorker.controller", json!(null)).await;

    case::new(&page, "Tari Anggraini").await;
    case::consent(&page).await;
    case::begin(&page, "fisik").await;
    for section in 0..4 {
        page.shows("[aria-current='page']", &(section + 1).to_string()).await;
        assert!(fill::section(&page, &picture).await > 3, "section {section} has questions");
        page.tap("[data-act='next']").await;
        page.shows(".section-place", &format!("{}", section + 2)).await;
    }
    page.tap("[data-act='to-review']").await;
    page.saved().await;
    let acknowledged = page.review().await;
    browser.kill_and_restart().await;

    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.tap("[data-case]").await;
    case::begin(&page, "fisik").await;
    page.tap("[data-act='to-review']").await;
    assert_eq!(page.review().await, acknowledged, "what storage had confirmed outlives the kill");

    server.stop();
    page.reload().await;
    page.tap("[data-section='4']").await;
    for section in 4..8 {
        page.shows(".section-place", &format!("{}", section + 1)).await;
        fill::section(&page, &picture).await;
        page.tap("[data-act='next']").await;
    }
    page.find(".review").await;
    case::seal(&page).await;
    page.tap("[data-act='export']").await;
    let (path, bytes) = browser.downloaded().await;
    assert!(!path.to_string_lossy().contains("Tari"), "the file's name does not name the client: {path:?}");
    outside::holds_everywhere(&path, &bytes);
}
