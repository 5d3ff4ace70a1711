//! Signatures: drawn, taken back, kept in the media type that the form takes, and shown wherever answers are read.

use super::form::{Form, control, core, group};
use super::{Engine, Page, devtools, run};
use serde_json::{Value, json};

in_every_engine! {
    a_signature_is_drawn
    a_signature_is_kept_as_the_picture_that_the_form_takes
}

const ENTER: &str = "\u{e007}";
const STROKES: &str = "return root.querySelectorAll('.pad g path').length === args";

async fn a_signature_is_drawn(engine: Engine) {
    let form = Form::open(engine, 5).await;
    let page = &form.page;
    page.draw(".pad", &[(-80.0, 20.0), (40.0, -30.0), (40.0, 30.0)]).await;
    page.draw(".pad", &[(10.0, -20.0), (60.0, 20.0)]).await;
    page.wait("two strokes", STROKES, json!(2)).await;
    let page = form.reopen().await;
    page.wait("the strokes of before", STROKES, json!(2)).await;
    page.tap("[data-act='undo-stroke']").await;
    page.wait("one stroke", STROKES, json!(1)).await;
    page.draw(".pad", &[(10.0, -20.0), (60.0, 20.0)]).await;
    page.wait("drawn on", STROKES, json!(2)).await;
    // At once: nothing of the stroke may hold back the next touch.
    page.tap("[data-act='clear-signature']").await;
    page.wait("no stroke", STROKES, json!(0)).await;

    let page = form.reopen().await;
    page.wait("no stroke", STROKES, json!(0)).await;
    page.draw(".pad", &[(-80.0, 20.0), (40.0, -30.0)]).await;
    page.draw(".pad", &[(10.0, -20.0), (60.0, 20.0)]).await;
    page.press_on("[data-act='undo-stroke']", ENTER).await;
    page.wait("one stroke by key", STROKES, json!(1)).await;
    page.press_on("[data-act='clear-signature']", ENTER).await;
    page.wait("no stroke by key", STROKES, json!(0)).await;
}

/// The tablet is turned while somebody signs.
#[test]
fn a_signature_survives_rotation() {
    run(|| async {
        let form = Form::open(Engine::Chromium, 5).await;
        let page = &form.page;
        devtools::resize(&form.browser, 1280, 800).await;
        page.draw(".pad", &[(-80.0, 20.0), (60.0, -40.0)]).await;
        page.wait("a stroke", STROKES, json!(1)).await;
        let before = paths(page).await;
        devtools::resize(&form.browser, 800, 1280).await;
        assert_eq!(paths(page).await, before, "the stroke is what it was");
        page.draw(".pad", &[(40.0, 20.0)]).await;
        page.wait("drawn on", STROKES, json!(2)).await;
        devtools::resize(&form.browser, 390, 844).await;
        let inside = "const pad = root.querySelector('.pad').getBoundingClientRect(); \
                      return [...root.querySelectorAll('.pad g path')].every((path) => { \
                        const { left, right, top, bottom } = path.getBoundingClientRect(); \
                        return left >= pad.left && right <= pad.right && top >= pad.top && bottom <= pad.bottom })";
        assert_eq!(page.script(inside, json!(null)).await, true, "on a narrow pad the strokes are narrower");
        let all = paths(page).await;
        let page = form.reopen().await;
        page.wait("the strokes of before", STROKES, json!(2)).await;
        assert_eq!(paths(page).await, all);
    });
}

async fn paths(page: &Page) -> Value {
    page.script("return [...root.querySelectorAll('.pad g path')].map((path) => path.getAttribute('d'))", json!(null))
        .await
}

fn signed(link_id: &str, kinds: &[&str]) -> Value {
    let kinds = kinds.iter().map(|kind| core("mimeType", "valueCode", json!(kind)));
    let extensions: Vec<Value> = std::iter::once(control("signature")).chain(kinds).collect();
    json!({"linkId": link_id, "type": "attachment", "text": link_id, "required": true, "extension": extensions})
}

async fn a_signature_is_kept_as_the_picture_that_the_form_takes(engine: Engine) {
    let items =
        json!([group("tanda", json!([signed("titik", &["image/png"]), signed("surat", &["application/pdf"])]))]);
    let form = Form::with(engine, items, 1).await;
    let page = &form.page;
    assert!(!page.has("[data-linkid='surat'] .pad").await, "where no picture is taken nothing is drawn");
    page.draw(".pad", &[(-80.0, 20.0), (40.0, -30.0), (40.0, 30.0)]).await;
    page.draw(".pad", &[(10.0, -20.0), (60.0, 20.0)]).await;
    page.wait("two strokes", STROKES, json!(2)).await;
    page.tap("[data-act='undo-stroke']").await;
    page.wait("one stroke", STROKES, json!(1)).await;
    let page = form.review().await;
    let ink = "const image = root.querySelector(\"[data-linkid='titik'] dd img\"); \
               if (!image || !image.complete) return null; \
               const canvas = document.createElement('canvas'); canvas.width = 900; canvas.height = 360; \
               const context = canvas.getContext('2d'); context.drawImage(image, 0, 0); \
               const dots = context.getImageData(0, 0, 900, 360).data; let dark = 0; \
               for (let at = 0; at < dots.length; at += 4) if (dots[at] < 128) dark += 1; \
               return image.src.startsWith('data:image/png') && image.naturalWidth === 900 && dark > 200 && dark < 9000";
    page.wait("ink on white", ink, json!(null)).await;
    assert!(!page.has("[data-act='mend']:nth-of-type(2)").await);
    let wrong = "return [...root.querySelectorAll('[data-act=mend]')].map((link) => link.textContent)";
    let wrong: Vec<String> = serde_json::from_value(page.script(wrong, json!(null)).await).expect("texts");
    assert!(wrong.len() == 1 && wrong[0].starts_with("surat"), "the picture is what the form takes: {wrong:?}");
    page.tap("[data-linkid='titik'] [data-act='to-question']").await;
    page.find("[data-linkid='titik'] img").await;
    page.tap("[data-linkid='titik'] [data-act='remove-file']").await;
    page.find(".pad").await;
}

/// Whoever comes from the review to sign finds the pad and the other ways to sign, and can go on by keyboard.
#[test]
fn the_way_from_the_review_opens_the_other_ways_to_sign() {
    run(|| async {
        let form = Form::with(Engine::Chromium, json!([group("tanda", json!([signed("klien", &[])]))]), 1).await;
        let page = form.review().await;
        page.press_on("[data-act='mend']", ENTER).await;
        page.find(".sign-otherwise[open] .sign-name input").await;
        let there = "const e = root.activeElement; return !!e && e.matches('.sign-otherwise summary')";
        page.wait("focus at the ways to sign", there, json!(null)).await;
        page.press("\u{e004}").await;
        page.press("Sri Rejeki").await;
        page.press_on("[data-act='sign-typed']", ENTER).await;
        page.find("[data-linkid='klien'] img[src^='data:image/svg']").await;
        let page = form.review().await;
        page.find("[data-linkid='klien'] dd img[alt^='klien']").await;
        assert!(!page.has("[data-act='mend']").await);
    });
}
