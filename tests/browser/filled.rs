//! Whole forms filled on a tablet: turned on the way, in both languages, interrupted, gone on with, and sealed.

use super::form::Form;
use super::{Browser, Engine, Page, Server, case};
use serde_json::json;
use std::fs;
use std::path::Path;

in_every_engine! {
    phq_9_with_its_total
    lists_within_lists_with_conditions_across_pages
}

/// Holds the tablet another way.
async fn turn(browser: &Browser, page: &Page, (width, height): (u32, u32)) {
    browser.client.set_window_size(width, height).await.expect("a window of another size");
    let turned = "return innerWidth > innerHeight === args";
    page.wait("another shape of the page", turned, json!(width > height)).await;
}

const UPRIGHT: (u32, u32) = (800, 1280);
const PAGES: &str = "return root.querySelectorAll('.contents-row[data-section]').length === args";
const ACROSS: (u32, u32) = (1280, 800);

async fn language(page: &Page, to: &str) {
    page.find(".app[lang]").await;
    if page.has(&format!(".app[lang='{to}']")).await {
        return;
    }
    page.tap(&format!("[data-language='{to}']")).await;
    page.find(&format!(".app[lang='{to}']")).await;
}

async fn phq_9_with_its_total(engine: Engine) {
    let (server, mut browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    turn(&browser, &page, ACROSS).await;
    case::new(&page, "Melur Anggraini").await;
    case::consent(&page).await;
    case::begin(&page, "phq-9").await;
    page.tap("[data-linkid='contact_at'] [data-act='now']").await;
    page.tap("[data-linkid='way'] .option").await;
    page.tap("[data-linkid='private'] .option:has([value='true'])").await;
    page.onward().await;
    let answer = async |page: &Page, question: u32, points: usize| {
        uncover(page).await;
        page.tap_nth(&format!("[data-linkid='q{question}'] .option"), points).await;
    };
    for (question, points) in [(1, 3), (2, 2), (3, 1)] {
        answer(&page, question, points).await;
    }
    page.shows("[data-linkid='q1']", "Hampir setiap hari").await;
    turn(&browser, &page, UPRIGHT).await;
    language(&page, "en").await;
    page.shows("[data-linkid='q1']", "Nearly every day").await;
    answer(&page, 4, 2).await;
    answer(&page, 5, 0).await;
    page.onward().await;
    answer(&page, 6, 1).await;
    page.saved().await;
    browser.kill_and_restart().await;

    let page = Page::of(&browser);
    page.open(&server.origin).await;
    turn(&browser, &page, UPRIGHT).await;
    language(&page, "en").await;
    page.tap("[data-case]").await;
    case::begin(&page, "phq-9").await;
    case::section(&page, 2).await;
    for (question, points) in [(7, 1), (8, 0), (9, 0)] {
        answer(&page, question, points).await;
    }
    last(&page).await;
    page.shows("[data-linkid='total']", "10").await;
    page.shows("[data-linkid='severity']", "Moderate").await;
    language(&page, "id").await;
    page.shows("[data-linkid='severity']", "Sedang").await;
    // Whoever thinks of death is not left alone with a number: the page of safety comes, and the total follows.
    case::section(&page, 2).await;
    answer(&page, 9, 1).await;
    page.onward().await;
    page.shows(".display", "Tetap temani klien").await;
    last(&page).await;
    page.shows("[data-linkid='total']", "11").await;
    case::section(&page, 2).await;
    answer(&page, 9, 0).await;
    page.wait("a form without the page of safety", PAGES, json!(4)).await;
    turn(&browser, &page, ACROSS).await;
    case::review(&page).await;
    let review = page.review().await;
    let total = review.iter().find(|(link, _)| link == "total").map(|(_, words)| words.as_str());
    assert_eq!(total, Some("10"));
    case::seal(&page).await;
}

/// Shows what is covered on the page.
async fn uncover(page: &Page) {
    page.find(".question, .veil").await;
    if page.has("[data-act='lift-veil']").await {
        page.tap("[data-act='lift-veil']").await;
        page.find(".question").await;
    }
}

/// Goes to the last page of the form.
async fn last(page: &Page) {
    let pages = page.script("return root.querySelectorAll('.contents-row[data-section]').length", json!(null)).await;
    case::section(page, pages.as_u64().and_then(|pages| usize::try_from(pages - 1).ok()).expect("pages")).await;
    uncover(page).await;
}

const SECOND_YEAR: &str = ".entry:nth-child(2) [data-linkid='person.to'] input";

async fn lists_within_lists_with_conditions_across_pages(engine: Engine) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/household.json");
    let questionnaire = serde_json::from_slice(&fs::read(fixture).expect("a form")).expect("JSON");
    let mut form = Form::of(engine, &questionnaire, 1).await;
    let page = form.page.clone();
    turn(&form.browser, &page, UPRIGHT).await;
    page.wait("a form without the page of children", PAGES, json!(3)).await;
    page.tap("[data-linkid='home.children'] .option:has([value='true'])").await;
    page.wait("the page of children", PAGES, json!(4)).await;
    page.onward().await;

    page.fill("[data-linkid='person.name'] input", "Ratih").await;
    page.fill("[data-linkid='person.from'] input", "2019").await;
    page.fill("[data-linkid='ailment.name'] input", "Batuk").await;
    page.tap("[data-linkid='person.ailment'] > [data-act='add']").await;
    let second = "[data-linkid='person.ailment'] .entry:nth-child(2) [data-linkid='ailment.name'] input";
    page.fill(second, "Pusing").await;
    page.tap("[data-linkid='person'] > [data-act='add']").await;
    let of_second =
        |link: &str| format!("[data-linkid='person'] > .entries > .entry:nth-child(2) [data-linkid='{link}'] input");
    page.fill(&of_second("person.name"), "Guntur").await;
    page.fill(&of_second("person.from"), "2021").await;
    page.fill(&of_second("person.to"), "2020").await;
    page.fill(&of_second("ailment.name"), "Luka").await;
    // What two answers make wrong together is told once the hand has left both.
    language(&page, "en").await;
    page.shows("[data-linkid='person']", "The year of leaving cannot be before the year of coming.").await;
    language(&page, "id").await;
    page.shows("[data-linkid='person']", "Tahun pindah tidak boleh lebih awal daripada tahun datang.").await;
    language(&page, "en").await;
    turn(&form.browser, &page, ACROSS).await;
    page.saved().await;
    form.browser.kill_and_restart().await;

    let page = Page::of(&form.browser);
    page.open(&form.server.origin).await;
    turn(&form.browser, &page, ACROSS).await;
    language(&page, "en").await;
    page.tap("[data-case]").await;
    page.tap(".phases > .tasks [data-act='begin']").await;
    page.find(".section-place").await;
    case::section(&page, 3).await;
    page.shows("[data-linkid='sum.people']", "2").await;
    page.shows("[data-linkid='sum.ailments']", "3").await;
    page.fill("[data-linkid='sum.first'] input", "Ratih").await;
    case::review(&page).await;
    // What is broken is told with the way there.
    page.shows("[data-act='mend']", "The year of leaving").await;
    page.tap("[data-act='mend']").await;
    page.find(SECOND_YEAR).await.clear().await.expect("an empty field");
    page.fill(SECOND_YEAR, "2023").await;
    turn(&form.browser, &page, UPRIGHT).await;
    // Without her second ailment there are two, and nobody has to be seen first.
    page.tap("[data-linkid='person'] > .entries > .entry:nth-child(1) .entry:nth-child(2) [data-act='remove']").await;
    let names =
        "return [...root.querySelectorAll(\"[data-linkid='ailment.name'] input\")].map((e) => e.value).join() === args";
    page.wait("two ailments", names, json!("Batuk,Luka")).await;
    case::section(&page, 3).await;
    page.shows("[data-linkid='sum.ailments']", "2").await;
    page.wait("no question", "return !root.querySelector(\"[data-linkid='sum.first'] input\")", json!(null)).await;
    case::section(&page, 2).await;
    page.tap("[data-linkid='child.school'] .option:has([value='false'])").await;
    page.fill("[data-linkid='child.why'] input", "Ongkos").await;
    case::review(&page).await;
    let review = page.review().await;
    let answers = |link: &str| -> Vec<&str> {
        review.iter().filter(|(id, _)| id == link).map(|(_, words)| words.as_str()).collect()
    };
    assert_eq!(answers("person.name"), ["Ratih", "Guntur"]);
    assert_eq!(answers("person.to").last(), Some(&"2023"));
    assert_eq!(answers("ailment.name"), ["Batuk", "Luka"]);
    assert_eq!(answers("sum.ailments"), ["2"]);
    assert_eq!(answers("child.why"), ["Ongkos"]);
    assert!(answers("sum.first").is_empty(), "what is not asked is not shown");
    case::seal(&page).await;
}
