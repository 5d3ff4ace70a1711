//! Leaving a page: what is open on it is said once, and never stands in the way.

use super::form::{Form, group, own, values};
use super::{Engine, Page, devtools, run};
use serde_json::{Value, json};

in_every_engine! { what_is_open_is_said_once_by_touch }

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";

fn items() -> Value {
    let hidden = own("sensitivity", "valueCode", json!("X"));
    json!([
        group(
            "satu",
            json!([
            {"linkId": "nama", "type": "string", "text": "Nama"},
            {"linkId": "sehat", "type": "boolean", "text": "Sehat?"},
            {"linkId": "rahasia", "type": "string", "text": "Rahasia", "extension": [hidden]}])
        ),
        group("dua", json!([{"linkId": "lain", "type": "string", "text": "Lain"}])),
        group("tiga", json!([{"linkId": "akhir", "type": "string", "text": "Akhir"}]))
    ])
}

async fn on_page(page: &Page, number: u8) {
    page.shows(".section-place", &format!("Bagian {number}")).await;
}

/// A drop-down or a menu of the browser that opens under the pointer takes the end of the press with it.
#[test]
fn a_press_whose_end_is_never_told_holds_nothing_up() {
    run(|| async {
        let form = Form::with(Engine::Chromium, items(), 1).await;
        let page = &form.page;
        let press = "root.querySelector('.app').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
        page.script(press, json!(null)).await;
        page.onward_by_key().await;
        on_page(page, 2).await;
    });
}

async fn what_is_open_is_said_once_by_touch(engine: Engine) {
    let form = Form::with(engine, items(), 1).await;
    let page = &form.page;
    page.tap("[data-act='next']").await;
    page.shows(".asking", "3 pertanyaan").await;
    assert!(!page.has(".question[data-open] .problem:not(:empty)").await, "nothing is called wrong");
    page.tap("[data-act='see-open']").await;
    let there = "const e = root.activeElement; return !!e && !!e.closest(`[data-linkid='${args}'][data-open]`)";
    page.wait("focus at the first", there, json!("nama")).await;
    assert!(!page.has(".asking").await && !page.has("[data-linkid='rahasia'] input").await, "the cover stays");
    page.find("[data-linkid='nama'] input").await.send_keys("Sekar").await.expect("typing");
    page.wait("no mark", "return !root.querySelector(\"[data-linkid='nama'][data-open]\")", json!(null)).await;
    page.tap("[data-act='next']").await;
    on_page(page, 2).await;
    page.tap("[data-act='next']").await;
    page.shows(".asking", "1 pertanyaan").await;
    page.tap("[data-act='record-open']").await;
    on_page(page, 3).await;
    page.shows(".notice", "1 pertanyaan").await;
    page.tap("[data-act='previous']").await;
    page.find("[data-linkid='lain'] .absent").await;
    assert_eq!(values(page, "[data-linkid='lain'] .absent select").await, ["not-asked"]);
    page.tap("[data-act='previous']").await;
    on_page(page, 1).await;
    assert!(!page.has("[data-linkid='sehat'] .absent").await, "nothing is recorded that nobody said");
    let page = form.reopen().await;
    page.tap("[data-section='1']").await;
    page.find("[data-linkid='lain'] .absent").await;
}

#[test]
fn it_is_said_and_taken_back_by_keyboard() {
    run(|| async {
        let form = Form::with(Engine::Chromium, items(), 1).await;
        let page = &form.page;
        page.press_on("[data-act='next']", ENTER).await;
        let said = "const e = root.activeElement; \
                    return !!e && e.closest('[role=group]').getAttribute('aria-labelledby') === e.id && e.textContent";
        assert_eq!(
            page.wait("focus on the words", said, json!(null)).await,
            "3 pertanyaan di halaman ini belum dijawab."
        );
        page.press(TAB).await;
        page.press(ENTER).await;
        on_page(page, 2).await;
        page.press_on("[data-act='undo']", ENTER).await;
        page.wait("no notice", "return !root.querySelector('.notice')", json!(null)).await;
        page.press_on("[data-act='previous']", ENTER).await;
        on_page(page, 1).await;
        page.find("[data-linkid='nama'] input").await;
        page.press_on("[data-act='stop']", ENTER).await;
        page.find(".case-head").await;
    });
}

/// Where all that is open lies under a cover, the way leads to the button that lifts it, and lifts nothing by itself.
#[test]
fn the_way_to_what_is_open_stops_at_a_cover() {
    run(|| async {
        let x = own("sensitivity", "valueCode", json!("X"));
        let items = json!([
            group(
                "satu",
                json!([
                {"linkId": "nama", "type": "string", "text": "Nama", "initial": [{"valueString": "Sekar"}]},
                {"linkId": "kasus", "type": "group", "text": "Kasus", "extension": [x], "item": [
                    {"linkId": "rahasia", "type": "string", "text": "Rahasia"}]}])
            ),
            group("dua", json!([{"linkId": "lain", "type": "string", "text": "Lain"}]))
        ]);
        let form = Form::with(Engine::Chromium, items, 1).await;
        let page = &form.page;
        page.press_on("[data-act='next']", ENTER).await;
        page.press_on("[data-act='see-open']", ENTER).await;
        let there = "const e = root.activeElement; return !!e && e.matches('[data-act=lift-veil]')";
        page.wait("focus on the cover", there, json!(null)).await;
        page.press(ENTER).await;
        page.find("[data-linkid='rahasia'] input").await;
    });
}

#[test]
fn stopping_asks_nothing_and_the_list_of_sections_asks_nothing() {
    run(|| async {
        let form = Form::with(Engine::Chromium, items(), 1).await;
        let page = &form.page;
        page.tap("[data-section='2']").await;
        on_page(page, 3).await;
        page.tap("[data-act='stop']").await;
        page.find(".case-head").await;
    });
}

/// The main acts lie where the thumb is.
#[test]
fn on_a_phone_the_way_on_lies_at_the_lower_edge() {
    run(|| async {
        let long: Vec<Value> = (0..12)
            .map(|number| json!({"linkId": format!("q{number}"), "type": "string", "text": format!("Pertanyaan {number}")}))
            .collect();
        let form =
            Form::with(Engine::Chromium, json!([group("satu", json!(long)), group("dua", json!(long_two()))]), 1).await;
        let page = &form.page;
        devtools::resize(&form.browser, 390, 844).await;
        let lower = "const { top, bottom, height } = root.querySelector(\"[data-act='next']\").getBoundingClientRect(); \
                     return height >= 48 && top > innerHeight * 0.8 && bottom <= innerHeight";
        page.wait("the way on under the thumb", lower, json!(null)).await;
        page.fill("[data-linkid='q6'] input", "jawab").await;
        let clear = "const field = root.activeElement.getBoundingClientRect(); \
                     const bar = root.querySelector('.steps-bar').getBoundingClientRect(); \
                     const head = root.querySelector('.document-bar').getBoundingClientRect(); \
                     return field.bottom <= bar.top && field.top >= head.bottom";
        page.wait("the field in the clear", clear, json!(null)).await;
        for number in 7..12 {
            page.tab_to(&format!("[data-linkid='q{number}'] input")).await;
            page.wait("the field in the clear", clear, json!(null)).await;
        }
        page.tap("[data-act='next']").await;
        page.find(".asking").await;
        page.tap("[data-act='record-open']").await;
        on_page(page, 2).await;
        let apart = "const bar = root.querySelector('.steps-bar').getBoundingClientRect(); \
                     const told = root.querySelector('.notice').getBoundingClientRect(); \
                     return told.top >= bar.bottom || told.bottom <= bar.top";
        page.wait("a message that covers nothing", apart, json!(null)).await;
        // A keyboard on the screen leaves little height.
        page.tap("[data-act='dismiss']").await;
        devtools::resize(&form.browser, 390, 420).await;
        let still = "return getComputedStyle(root.querySelector('.steps-bar')).position";
        assert_eq!(page.script(still, json!(null)).await, "static");
    });
}

fn long_two() -> Vec<Value> {
    let question = |number| json!({"linkId": format!("r{number}"), "type": "string", "text": format!("Lagi {number}")});
    (0..8).map(question).collect()
}
