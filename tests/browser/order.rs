//! Forms that say in which order their pages are filled in (SDC, `entryMode`).

use super::form::{Form, group, questionnaire};
use super::{Engine, Page, run};
use serde_json::{Value, json};

fn form(mode: &str) -> Value {
    let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode";
    let page = |name: &str| {
        group(name, json!([{"linkId": format!("{name}.a"), "type": "string", "text": name, "required": true}]))
    };
    let mut form = questionnaire(json!([page("satu"), page("dua"), page("tiga")]));
    form["extension"] = json!([{"url": url, "valueCode": mode}]);
    form
}

/// Which entries of the list of sections can be chosen, the review last.
async fn open(page: &Page) -> Value {
    page.script("return [...root.querySelectorAll('.contents-row')].map((row) => !row.disabled)", json!(null)).await
}

#[test]
fn prior_edit_opens_page_after_page_and_lets_one_go_back() {
    run(|| async {
        let form = Form::of(Engine::Chromium, &form("prior-edit"), 1).await;
        let page = &form.page;
        page.shows(".contents", "diisi berurutan").await;
        assert_eq!(open(page).await, json!([true, false, false, false]));
        page.script("location.hash = location.hash.replace(/1$/, '3')", json!(null)).await;
        page.onward().await;
        page.shows(".section-place", "Bagian 2").await;
        assert_eq!(open(page).await, json!([true, true, false, false]));
        page.tap("[data-act='previous']").await;
        page.shows(".section-place", "Bagian 1").await;
        page.onward().await;
        page.onward().await;
        page.shows(".section-place", "Bagian 3").await;
        assert_eq!(open(page).await, json!([true, true, true, true]));
    });
}

#[test]
fn a_sequential_form_shows_one_page_and_lets_what_is_missing_be_mended() {
    run(|| async {
        let form = Form::of(Engine::Chromium, &form("sequential"), 1).await;
        let page = &form.page;
        page.shows(".contents", "tidak dibuka lagi").await;
        page.onward().await;
        page.shows(".section-place", "Bagian 2").await;
        assert!(!page.has("[data-act='previous']").await);
        assert_eq!(open(page).await, json!([false, true, false, false]));
        page.fill("[data-linkid='dua.a'] input", "ya").await;
        page.onward().await;
        page.fill("[data-linkid='tiga.a'] input", "ya").await;
        page.tap("[data-act='next']").await;
        page.find(".review").await;
        assert!(!page.has("[data-linkid='satu.a'] [data-act='to-question']").await, "no way back for a mere look");
        page.tap("[data-act='mend']").await;
        page.shows(".section-place", "Bagian 1").await;
        page.fill("[data-linkid='satu.a'] input", "ya").await;
        page.tap("[data-act='next']").await;
        page.shows(".section-place", "Bagian 3").await;
        page.tap("[data-act='next']").await;
        page.find(".review").await;
        assert!(!page.has("[data-act='mend']").await);
    });
}
