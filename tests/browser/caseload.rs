//! A caseload of many cases: the first rows, more of them, and finding one among them.

use super::seed::seed;
use super::{Browser, Engine, Page, Server};
use crate::app::tablet::Tablet;
use serde_json::json;

in_every_engine! {
    a_case_is_found_among_many
}

/// Whether anything of an element is to be seen.
const SEEN: &str = "return root.querySelector(args).getClientRects().length > 0";

async fn shown(page: &Page) -> u64 {
    page.script("return root.querySelectorAll('[data-case]').length", json!(null)).await.as_u64().expect("a number")
}

async fn a_case_is_found_among_many(engine: Engine) {
    let mut tablet = Tablet::new();
    for number in 1..=45 {
        tablet.open_case(&format!("Klien {number}"));
    }
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    seed(&page, &tablet.storage).await;
    page.shows("[data-case] .row-title", "Klien 45").await;
    assert_eq!(shown(&page).await, 20, "only what is seen is drawn");
    page.tap("[data-act='more-cases']").await;
    page.wait("twice as many", "return root.querySelectorAll('[data-case]').length === 40", json!(null)).await;
    let focus = "return root.activeElement.closest('li') === root.querySelector('.rows > li:nth-child(21)')";
    page.wait("the hand goes on at the first of them", focus, json!(null)).await;

    page.fill("[name='case-search']", "kliën 17").await;
    page.wait("one found", "return root.querySelectorAll('[data-case]').length === 1", json!(null)).await;
    page.shows("[data-case] .row-title", "Klien 17").await;
    assert!(
        !page.script(SEEN, json!("[data-act='more-cases']")).await.as_bool().expect("a truth"),
        "there are no more"
    );
    // Who comes back from a case finds the list as it was left.
    page.tap("[data-case]").await;
    page.shows(".case-head", "Klien 17").await;
    page.tap(".brand").await;
    page.shows("[data-case] .row-title", "Klien 17").await;
    assert_eq!(shown(&page).await, 1);
    let words = page.script("return root.querySelector(\"[name='case-search']\").value", json!(null)).await;
    assert_eq!(words, json!("kliën 17"));

    page.fill("[name='case-search']", " siapa").await;
    page.wait("nothing found", "return !root.querySelector('[data-case]')", json!(null)).await;
    assert!(page.script(SEEN, json!(".caseload [role='status']")).await.as_bool().expect("a truth"));
}
