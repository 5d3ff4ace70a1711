//! Answers that need privacy on the screen: covered where they are asked, read and printed, until somebody asks to see
//! them, by touch or by keyboard.

use super::form::{Form, control, core, group, own};
use super::{Engine, Page, devtools, run};
use serde_json::{Value, json};

in_every_engine! { sensitive_answers_stay_covered_until_asked_for }

const ENTER: &str = "\u{e007}";
const SECRET: &str = "paman Darto";

fn items() -> Value {
    let x = json!([own("sensitivity", "valueCode", json!("X"))]);
    let mark = json!([control("signature"), own("sensitivity", "valueCode", json!("X"))]);
    let kind = core("questionnaire-itemControl", "valueCodeableConcept", json!({"coding": [{"code": "drop-down"}]}));
    json!([
        group("terbuka", json!([{"linkId": "nama", "type": "string", "text": "Nama"}])),
        group(
            "tertutup",
            json!([
            {"linkId": "siapa", "type": "string", "text": "Siapa pelakunya?", "extension": x},
            {"linkId": "kapan", "type": "choice", "text": "Sejak kapan?", "extension": [x[0].clone(), kind],
                "answerOption": [{"valueCoding": {"code": "lama", "display": "Sudah lama"}}]},
            {"linkId": "tanda", "type": "attachment", "text": "Tanda", "extension": mark}])
        )
    ])
}

/// Whether the page says the secret anywhere: in text, in a name, in a description.
async fn tells(page: &Page) -> bool {
    let said = "const parts = [root.textContent, ...[...root.querySelectorAll('*')].flatMap((e) => \
                [...e.attributes].map((one) => one.value))]; return parts.some((part) => part.includes(args))";
    page.script(said, json!(SECRET)).await == json!(true)
}

async fn sensitive_answers_stay_covered_until_asked_for(engine: Engine) {
    let form = Form::with(engine, items(), 2).await;
    let page = &form.page;
    let name = "const button = root.querySelector(args); return button.getAttribute('aria-label')";
    let lift = "[data-linkid] [data-act='lift-veil'], [data-act='lift-veil']";
    assert_eq!(page.script(name, json!(lift)).await, "Tampilkan: Siapa pelakunya?");
    assert!(!page.has("[data-linkid='siapa']").await, "nothing of it is on the page");
    page.press_on("[data-act='lift-veil']", ENTER).await;
    let there = "const e = root.activeElement; return !!e && e.matches(\"[data-linkid='siapa'] input\")";
    page.wait("focus in the field", there, json!(null)).await;
    page.press(SECRET).await;
    page.tap("[data-act='lift-veil']").await;
    page.find("[data-linkid='kapan'] .input").await.select_by_index(1).await.expect("a choice");
    page.tap("[data-act='lift-veil']").await;
    page.draw(".pad", &[(-80.0, 20.0), (40.0, -30.0)]).await;
    page.wait("a stroke", "return root.querySelectorAll('.pad g path').length === 1", json!(null)).await;
    page.saved().await;
    page.tap("[data-act='previous']").await;
    page.shows(".section-place", "Bagian 1").await;
    page.onward().await;
    page.shows(".section-place", "Bagian 2").await;
    assert!(!tells(page).await, "the covers are down again");

    let page = form.review().await;
    reads_covered(page).await;
    page.tap("[data-act='seal']").await;
    page.fill("#worker-name", "Bagas Pratama").await;
    page.fill("#worker-organisation", "Balai Harapan").await;
    page.tap("[data-act='save-worker']").await;
    page.find(".review").await;
    page.tap("[data-act='seal']").await;
    page.find(".verdict-valid").await;
    reads_covered(page).await;
}

/// Where answers are read they are covered, each uncovered by itself.
async fn reads_covered(page: &Page) {
    page.find("[data-linkid='siapa'] [data-act='reveal']").await;
    assert!(!tells(page).await && !page.has("[data-linkid='tanda'] img").await);
    let name = "return root.querySelector(args).getAttribute('aria-label')";
    let reveal = "[data-linkid='siapa'] [data-act='reveal']";
    assert_eq!(page.script(name, json!(reveal)).await, "Tampilkan jawaban: Siapa pelakunya?");
    page.press_on(reveal, ENTER).await;
    page.shows("[data-linkid='siapa'] dd", SECRET).await;
    let there = "const e = root.activeElement; return !!e && e.matches(\"[data-linkid='siapa'] dd\")";
    page.wait("focus on what was uncovered", there, json!(null)).await;
    page.find("[data-linkid='kapan'] [data-act='reveal']").await;
    page.tap("[data-linkid='tanda'] [data-act='reveal']").await;
    page.find("[data-linkid='tanda'] img").await;
}

#[test]
fn what_is_covered_is_printed_as_covered() {
    run(|| async {
        let form = Form::with(Engine::Chromium, items(), 2).await;
        let page = &form.page;
        page.press_on("[data-act='lift-veil']", ENTER).await;
        page.press_on("[data-linkid='siapa'] input", SECRET).await;
        page.saved().await;
        let page = form.review().await;
        devtools::print_media(&form.browser).await;
        let printed = "const place = root.querySelector(\"[data-linkid='siapa'] dd\"); \
                       const button = place.querySelector('button'); \
                       return [getComputedStyle(place, '::after').content, button.getClientRects().length, place.innerText]";
        assert_eq!(page.script(printed, json!(null)).await, json!(["\"disembunyikan\"", 0, ""]));
        assert!(!tells(page).await);
    });
}
