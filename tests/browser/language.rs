//! Another language in the middle of the work keeps everything that was typed and chosen.

use super::{Browser, Engine, Page, Server, case};
use serde_json::json;

in_every_engine! {
    a_form_keeps_what_was_typed_and_chosen
    a_case_form_keeps_what_was_typed_and_chosen
    a_worker_form_keeps_what_was_typed_and_chosen
}

const DOWN: &str = "\u{e015}";

async fn switch(page: &Page, to: &str) {
    page.tap(&format!("[data-language='{to}']")).await;
    page.find(&format!(".app[lang='{to}']")).await;
}

/// What stands in fields, by selector: text, choice, or whether it is checked.
async fn standing(page: &Page, selectors: &[&str]) -> Vec<String> {
    let script = "return args.map((selector) => { \
                    const field = root.querySelector(selector); \
                    return !field ? 'nothing' : ['radio', 'checkbox'].includes(field.type) \
                      ? String(field.checked) : field.value; })";
    serde_json::from_value(page.script(script, json!(selectors)).await).expect("texts")
}

/// Chooses from a drop-down by keyboard, as the browser itself does it: drivers send only some of the events.
async fn choose(page: &Page, selector: &str, words: &str) {
    page.script("root.querySelector(args).focus()", json!(selector)).await;
    page.press(words).await;
}

async fn a_form_keeps_what_was_typed_and_chosen(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    case::new(&page, "Melati").await;
    case::begin(&page, "fisik").await;
    page.onward().await;
    page.shows(".section-place", "2").await;
    page.tap("[data-linkid='has_complaints'] .option:has([value='true'])").await;
    page.fill("[data-linkid='current_complaints.complaint'] input", "Batuk").await;
    page.tap("[data-linkid='current_complaints'] [data-act='add']").await;
    page.find("[data-linkid='current_complaints'] .entry:nth-child(2)").await;
    page.fill(".entry:nth-child(2) [data-linkid='current_complaints.since'] .input-year", "19").await;
    page.tap("[data-linkid='skin_resp_other'] .option:has([value='__other'])").await;
    page.fill("[data-linkid='skin_resp_other'] .option-other .input", "Ruam").await;
    choose(&page, "[data-linkid='general_health'] [data-act='basis']", "peng").await;
    choose(&page, "[data-linkid='has_allergies'] [data-act='missing']", DOWN).await;
    page.find("[data-linkid='has_allergies'] .absent").await;
    // The hand is in the middle of a word: nothing of this was left or saved yet.
    page.fill(".entry:nth-child(2) [data-linkid='current_complaints.complaint'] input", "Sesak na").await;
    let fields = [
        "[data-linkid='has_complaints'] input[value='true']",
        ".entry:nth-child(1) [data-linkid='current_complaints.complaint'] input",
        ".entry:nth-child(2) [data-linkid='current_complaints.since'] .input-year",
        "[data-linkid='skin_resp_other'] input[value='__other']",
        "[data-linkid='skin_resp_other'] .option-other .input",
        "[data-linkid='general_health'] [data-act='basis']",
        "[data-linkid='has_allergies'] .absent select",
        ".entry:nth-child(2) [data-linkid='current_complaints.complaint'] input",
    ];
    let expected = ["true", "Batuk", "19", "true", "Ruam", "observed", "asked-unknown", "Sesak na"];
    assert_eq!(standing(&page, &fields).await, expected);
    switch(&page, "en").await;
    page.shows(".section-place", "Section 2").await;
    assert_eq!(standing(&page, &fields).await, expected, "in English");
    page.fill(fields[7], "pas").await;
    switch(&page, "id").await;
    page.shows(".section-place", "Bagian 2").await;
    assert_eq!(standing(&page, &fields[7..]).await, ["Sesak napas"]);
    page.saved().await;
    page.reload().await;
    page.find("[data-linkid='has_allergies'] .absent").await;
    assert_eq!(standing(&page, &fields[..7]).await, expected[..7], "and all of it was kept");
}

async fn a_case_form_keeps_what_was_typed_and_chosen(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.tap("[data-act='new-case']").await;
    page.fill("#case-name", "Mel").await;
    page.fill("#case-register", "9/2026").await;
    page.fill("#case-birth-day", "7").await;
    choose(&page, "#case-birth-month", "Mar").await;
    page.fill("#case-birth-year", "19").await;
    choose(&page, "#case-birth-qualifier", "kira").await;
    let fields = [
        "#case-name",
        "#case-register",
        "#case-birth-day",
        "#case-birth-month",
        "#case-birth-year",
        "#case-birth-qualifier",
    ];
    let expected = ["Mel", "9/2026", "7", "3", "19", "about"];
    assert_eq!(standing(&page, &fields).await, expected);
    switch(&page, "en").await;
    assert_eq!(standing(&page, &fields).await, expected, "in English");
    page.fill("#case-birth-year", "87").await;
    page.fill("#case-name", "ati").await;
    switch(&page, "id").await;
    page.tap("[data-act='save-case']").await;
    page.shows(".case-head", "Melati").await;
    page.shows(".case-head", "kira-kira 7 Maret 1987").await;
}

async fn a_worker_form_keeps_what_was_typed_and_chosen(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&format!("{}/#/petugas", server.origin)).await;
    page.fill("#worker-name", "Bagas").await;
    choose(&page, "#worker-role", "Super").await;
    page.fill("#worker-licence", "SIP-12").await;
    page.tap("[data-act='save-worker']").await;
    page.shows("#worker-organisation-problem", "Tulis nama lembaga").await;
    switch(&page, "en").await;
    page.find("#worker-organisation-problem:not(:empty)").await;
    let fields = ["#worker-name", "#worker-role", "#worker-organisation", "#worker-licence"];
    assert_eq!(standing(&page, &fields).await, ["Bagas", "supervisor", "", "SIP-12"]);
}
