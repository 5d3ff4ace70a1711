//! The kinds of fields that the built-in forms do not have all of: filled by touch and by keyboard, and kept.

use super::audit::{Audit, Look};
use super::form::{Form, count, values};
use super::{Engine, Page, devtools, run};
use serde_json::json;

in_every_engine! {
    lists_of_answers_by_touch
    a_table_by_touch
    choices_by_touch
    numbers_by_touch
    everything_by_keyboard
}

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const RIGHT: &str = "\u{e014}";

async fn lists_of_answers_by_touch(engine: Engine) {
    let form = Form::open(engine, 1).await;
    let page = &form.page;
    let remove = "[data-linkid='medicine'] [data-act='remove']";
    page.fill("[data-linkid='medicine'] .answer input", "Parasetamol").await;
    assert!(!shown(page, remove).await, "a lone answer cannot be removed");
    for (position, name) in [(1, "Amoksisilin"), (2, "Vitamin"), (3, "Zink")] {
        page.tap("[data-linkid='medicine'] > .body > [data-act='add']").await;
        page.nth("[data-linkid='medicine'] .answer input", position).await.send_keys(name).await.expect("typing");
    }
    page.shows("[data-linkid='medicine'] > .body > .problem", "3").await;
    assert_eq!(count(page, "[data-linkid='medicine'] > .question-text").await, 1, "the text stands once");
    assert_eq!(count(page, "[data-linkid='medicine.since']").await, 4, "asked below each answer");
    page.tap(remove).await;
    page.wait("three answers", "return root.querySelectorAll(args).length === 3", json!(remove)).await;
    let page = form.reopen().await;
    assert_eq!(values(page, "[data-linkid='medicine'] .answer input").await, ["Amoksisilin", "Vitamin", "Zink"]);

    assert!(!page.has("[data-linkid='secret'] input").await, "a sensitive list is covered");
    page.tap("[data-act='lift-veil']").await;
    page.fill("[data-linkid='secret'] input", "Bibi").await;
    page.find("[data-linkid='nickname'] [data-act='missing']")
        .await
        .select_by_value("asked-declined")
        .await
        .expect("one");
    page.find("[data-linkid='nickname'] .absent").await;
    let page = form.reopen().await;
    page.find("[data-linkid='nickname'] .absent").await;
}

async fn shown(page: &Page, selector: &str) -> bool {
    page.script("return root.querySelector(args).getClientRects().length > 0", json!(selector)).await == json!(true)
}

async fn a_table_by_touch(engine: Engine) {
    let form = Form::open(engine, 2).await;
    let page = &form.page;
    page.find(".gtable-heads").await;
    page.fill("[data-linkid='family.name'] input", "Sekar").await;
    page.fill("[data-linkid='family.age'] input", "34").await;
    page.find("[data-linkid='family.tie'] select").await.select_by_index(2).await.expect("a choice");
    page.tap("[data-linkid='family.home'] .option").await;
    page.tap("[data-linkid='family'] > [data-act='add']").await;
    page.nth("[data-linkid='family.name'] input", 1).await.send_keys("Joko").await.expect("typing");
    let page = form.reopen().await;
    assert_eq!(values(page, "[data-linkid='family.name'] input").await, ["Sekar", "Joko"]);
    assert_eq!(values(page, "[data-linkid='family.age'] input").await, ["34", ""]);
    assert_eq!(values(page, "[data-linkid='family.tie'] select:not([data-act])").await, ["1", ""]);
    assert_eq!(values(page, "[data-linkid='family.home'] input:checked").await, ["true"]);
    let beside = "const [a, b] = [...root.querySelectorAll('.entry:first-child .question')] \
                  .map((e) => e.getBoundingClientRect()); return a.top === b.top && a.right <= b.left";
    assert_eq!(page.script(beside, json!(null)).await, true, "cells stand beside each other");
}

async fn choices_by_touch(engine: Engine) {
    let form = Form::open(engine, 3).await;
    let page = &form.page;
    page.tap("[data-linkid='birthplace'] [role='combobox']").await;
    page.wait("fifty options", "return root.querySelectorAll('[role=option]').length === 50", json!(null)).await;
    page.shows("[data-linkid='birthplace'] [role='status']", "9").await;
    page.find("[data-linkid='birthplace'] input").await.send_keys("ENTIK").await.expect("typing");
    page.wait("one option", "return root.querySelectorAll('[role=option]').length === 1", json!(null)).await;
    page.tap("[data-linkid='birthplace'] [role='option']").await;
    page.fill("[data-linkid='visited'] input", "Kota lama").await;
    page.find("[data-linkid='carer'] select").await.select_by_value("__other").await.expect("other words");
    page.fill("[data-linkid='carer'] .option-other input", "nenek").await;
    page.shows("[data-linkid='visited'] .problem", "pilihan").await;
    page.tap_nth("[data-linkid='often'] .option", 3).await;
    page.fill("[data-linkid='freechoice'] input", "Bugis").await;
    let page = form.reopen().await;
    assert_eq!(values(page, "[data-linkid='birthplace'] input").await, ["Éntikong"]);
    assert_eq!(values(page, "[data-linkid='visited'] input").await, ["Kota lama"], "nothing typed is lost");
    assert_eq!(values(page, "[data-linkid='carer'] .option-other :is(select, input)").await, ["__other", "nenek"]);
    assert_eq!(values(page, "[data-linkid='often'] input:checked").await, ["3"]);
    assert_eq!(values(page, "[data-linkid='freechoice'] input").await, ["Bugis"]);

    page.tap("[data-linkid='birthplace'] [data-act='clear']").await;
    page.fill("[data-linkid='birthplace'] input", "Desa Sukamaju").await;
    page.shows("[data-linkid='birthplace'] [role='status']", "sendiri").await;
    let page = form.reopen().await;
    assert_eq!(values(page, "[data-linkid='birthplace'] input").await, ["Desa Sukamaju"], "own words are an answer");
}

async fn numbers_by_touch(engine: Engine) {
    let form = Form::open(engine, 4).await;
    let page = &form.page;
    page.find(".slider[data-blank]").await;
    page.tap(".slider").await;
    page.shows("[data-linkid='pain'] .slider-value", "5").await;
    page.find("[data-linkid='rice'] select").await.select_by_index(1).await.expect("a unit");
    page.fill("[data-linkid='rice'] input", "2,5").await;
    page.shows("[data-linkid='arrived']", "Maret 2015").await;
    let page = form.reopen().await;
    assert!(!page.has(".slider[data-blank]").await);
    assert_eq!(values(page, ".slider").await, ["5"]);
    assert_eq!(values(page, "[data-linkid='rice'] .input").await, ["2,5", "1"]);
    page.tap("[data-linkid='pain'] [data-act='clear']").await;
    page.tap("[data-act='change-date']").await;
    page.find("[data-linkid='arrived'] input[type='date']").await;
    let page = form.reopen().await;
    page.find(".slider[data-blank]").await;
    page.shows("[data-linkid='arrived']", "Maret 2015").await;
}

async fn everything_by_keyboard(engine: Engine) {
    let form = Form::open(engine, 1).await;
    let page = &form.page;
    page.press_on("[data-linkid='medicine'] .answer input", "Parasetamol").await;
    page.press_on("[data-linkid='medicine'] > .body > [data-act='add']", ENTER).await;
    let is_there = "const e = root.activeElement; return !!e && !!e.closest('.entry:nth-child(2)')";
    page.wait("focus in the new answer", is_there, json!(null)).await;
    page.press("Zink").await;
    page.press_on("[data-linkid='medicine'] .entry:nth-child(2) [data-act='remove']", ENTER).await;
    page.onward_by_key().await;
    page.shows(".section-place", "Bagian 2").await;
    page.onward_by_key().await;
    page.shows(".section-place", "Bagian 3").await;
    page.press_on("[data-linkid='birthplace'] input", "ent").await;
    page.press(DOWN).await;
    let marked = "const field = root.activeElement; const id = field.getAttribute('aria-activedescendant'); \
                  const option = id && root.getElementById(id); \
                  return field.getAttribute('aria-expanded') === 'true' && option \
                    && option.getAttribute('aria-selected') === 'true' && option.textContent";
    assert_eq!(page.wait("a marked option", marked, json!(null)).await, "Éntikong");
    page.press(ENTER).await;
    page.press_on("[data-linkid='visited'] input", "mal").await;
    page.press(ESCAPE).await;
    assert_eq!(count(page, "[role='option']").await, 0, "Escape closes the list");
    page.press(ESCAPE).await;
    assert_eq!(values(page, "[data-linkid='visited'] input").await, [""], "and then empties the field");
    page.onward_by_key().await;
    page.shows(".section-place", "Bagian 4").await;
    page.press_on(".slider", RIGHT).await;
    page.shows("[data-linkid='pain'] .slider-value", "6").await;
    page.onward_by_key().await;
    page.shows(".section-place", "Bagian 5").await;
    page.press_on(".sign-otherwise summary", ENTER).await;
    page.press_on(".sign-name input", "Wulan <Kirana>").await;
    page.press_on("[data-act='sign-typed']", ENTER).await;
    page.find("img[alt='Tanda tangan klien: Tanda tangan: Wulan <Kirana>']").await;
    let page = form.reopen().await;
    let drawn = "const image = root.querySelector('.file-picture'); return !!image && image.naturalWidth > 0";
    page.wait("the name as a picture", drawn, json!(null)).await;
    page.press_on("[data-act='to-review']", ENTER).await;
    let review = page.review().await;
    let answer = |link: &str| review.iter().find(|(id, _)| id == link).map(|(_, words)| words.as_str());
    assert_eq!(answer("medicine"), Some("Parasetamol"));
    assert_eq!(answer("birthplace"), Some("Éntikong"));
    assert_eq!(answer("pain"), Some("6"));
}

#[test]
fn everybody_can_use_them() {
    run(|| walk(Look { locale: "id", ..Look::axe(Engine::Chromium, 1280, 800) }));
}

#[test]
fn everybody_can_use_them_on_a_phone() {
    run(|| walk(Look { locale: "en", ..Look::axe(Engine::Chromium, 390, 844) }));
}

/// The narrowest page that WCAG 1.4.10 asks for.
#[test]
fn they_fit_at_320_pixels() {
    run(|| walk(Look { axe: false, themes: &["light"], ..Look::axe(Engine::Chromium, 320, 640) }));
}

async fn walk(look: Look) {
    let form = Form::open(look.engine, 1).await;
    devtools::resize(&form.browser, look.size.0, look.size.1).await;
    form.page.reload().await;
    let page = form.page.clone();
    let mut audit = Audit::begin(look, page.clone(), &form.browser).await;
    let home = page.script("return location.hash.replace(/\\d+$/, '')", json!(null)).await;
    let home = home.as_str().expect("an address").to_owned();
    for section in 0..6 {
        audit.go(&format!("{home}{}", section + 1)).await;
        page.find(&format!(".contents-row[aria-current='page'][data-section='{section}']")).await;
        audit.open_all().await;
        if section == 0 {
            page.tap("[data-act='lift-veil']").await;
            page.tap("[data-linkid='nickname'] [data-act='add']").await;
        }
        if section == 1 {
            page.fill("[data-linkid='family.name'] input", "Sekar").await;
        }
        if section == 2 {
            page.tap("[data-linkid='birthplace'] input").await;
        }
        if section == 5 {
            page.draw(".pad", &[(-60.0, 20.0), (40.0, -30.0)]).await;
        }
        audit.check(&format!("section {}", section + 1)).await;
        if section < 2 {
            page.tap("[data-act='next']").await;
            page.find(".asking").await;
            audit.check(&format!("what is open in section {}", section + 1)).await;
            page.tap("[data-act='see-open']").await;
            page.find(".question[data-open]").await;
            audit.check(&format!("open questions of section {}", section + 1)).await;
        }
    }
    page.tap("[data-act='next']").await;
    page.find(".asking").await;
    page.tap("[data-act='record-open']").await;
    page.find(".notice").await;
    page.find(".review-row img").await;
    audit.check("review with a picture").await;
    drop(form.server);
    audit.end();
}
