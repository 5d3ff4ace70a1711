//! The worker's whole task without touching the screen: everything is reached by the tab key and done by keys.

use super::{Browser, Engine, Page, Server, case};
use crate::outside;
use serde_json::json;

in_every_engine! { a_worker_fills_and_seals_by_keyboard }

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const SPACE: &str = " ";

async fn a_worker_fills_and_seals_by_keyboard(engine: Engine) {
    let mut server = Server::start();
    let mut browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.wait("service worker", "return !!navigator.serviceWorker.controller", json!(null)).await;
    open_case(&page).await;
    meeting(&page).await;
    condition(&page).await;
    page.saved().await;
    browser.kill_and_restart().await;

    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.press_on("[data-case]", ENTER).await;
    page.press_on("[data-instrument$='/fisik'] [data-act='begin']", ENTER).await;
    page.press_on("[data-act='to-review']", ENTER).await;
    let review = page.review().await;
    let answer = |link: &str| {
        let found: Vec<&str> = review.iter().filter(|(id, _)| id == link).map(|(_, words)| words.as_str()).collect();
        found.join(" / ")
    };
    assert_eq!(answer("language_used"), "Jawa dan Indonesia");
    assert_eq!(answer("present.name"), "Wati, kakak");
    assert_eq!(answer("general_health"), "Baik");
    assert_eq!(answer("current_complaints.complaint"), "Jawaban batuk / Jawaban sesak");
    assert_eq!(answer("current_complaints.since"), "Maret 2025 / Belum ditanyakan");
    assert_eq!(answer("has_allergies"), "Tidak ingin menjawab");

    server.stop();
    page.reload().await;
    page.press_on("[data-act='seal']", ENTER).await;
    page.find(".verdict-valid").await;
    page.press_on("[data-act='export']", ENTER).await;
    let (path, bytes) = browser.downloaded().await;
    outside::holds_everywhere(&path, &bytes);
}

async fn open_case(page: &Page) {
    page.press_on("[data-act='new-case']", ENTER).await;
    page.press_on("[data-act='save-case']", ENTER).await;
    page.find(".problem").await;
    page.press_on("#case-name", "Ibu Ratna").await;
    page.press_on("#case-register", "021/2026").await;
    page.press_on("[data-act='save-case']", ENTER).await;
    page.shows(".case-head", "Ibu Ratna").await;
    case::consent(page).await;
    page.press_on("[data-phase='P3'] > summary", ENTER).await;
    page.press_on("[data-instrument$='/fisik'] [data-act='begin']", ENTER).await;
}

async fn meeting(page: &Page) {
    page.press_on("[data-linkid='contact_at'] [data-act='now']", ENTER).await;
    page.press_on("[data-linkid='others_present'] input", SPACE).await;
    page.press_on("[data-linkid='present.name'] input", "Wati, kakak").await;
    page.press_on("[data-linkid='info_source'] input", SPACE).await;
    page.press_on("[data-linkid='language_used'] input", "Jawa dan Indonesia").await;
    page.onward_by_key().await;
}

async fn condition(page: &Page) {
    page.shows(".section-place", "2").await;
    page.press_on("[data-linkid='general_health'] input", SPACE).await;
    page.press(DOWN).await;
    page.press_on("[data-linkid='has_complaints'] input", SPACE).await;
    page.press_on("[data-linkid='current_complaints.complaint'] input", "Jawaban batuk").await;
    page.press_on("[data-linkid='current_complaints.since'] .input-month", "Mar").await;
    page.press_on("[data-linkid='current_complaints.since'] .input-year", "2025").await;
    page.press_on("[data-linkid='current_complaints'] [data-act='add']", ENTER).await;
    // The new entry has the focus, so the hand goes on typing.
    let is_there = "const e = root.activeElement; return !!e && !!e.closest('.entry:nth-child(2)')";
    page.wait("focus in the new entry", is_there, json!(null)).await;
    page.press("Jawaban sesak").await;
    page.press_on("[data-linkid='has_allergies'] [data-act='missing']", DOWN).await;
    let reason = "const e = root.activeElement; return !!e && e.matches('.absent select') && e.value === args";
    page.wait("first reason", reason, json!("asked-unknown")).await;
    page.press(DOWN).await;
    page.wait("second reason", reason, json!("asked-declined")).await;
}
