//! Steps that many journeys begin with, by touch.

use super::page::Page;
use serde_json::json;

/// Opens a case from the start page; the case page is shown.
pub async fn new(page: &Page, name: &str) {
    page.tap("[data-act='new-case']").await;
    page.fill("#case-name", name).await;
    page.tap("[data-act='save-case']").await;
    page.shows(".case-head", name).await;
}

/// Begins a form of the case on the page, or goes on with its draft, by the last part of its address.
pub async fn begin(page: &Page, form: &str) {
    unfold(page, form).await;
    page.tap(&format!("[data-instrument$='/{form}'] [data-act='begin']")).await;
}

/// Opens the phase in which a form stands, where it is closed.
pub async fn unfold(page: &Page, form: &str) {
    let row = format!("[data-instrument$='/{form}']");
    let fold = "const row = root.querySelector(args); const fold = row && row.closest('details'); \
                return row && (fold && !fold.open ? fold.dataset.phase : 'open')";
    let phase = page.wait(&row, fold, json!(row)).await;
    if phase != json!("open") {
        page.tap(&format!("[data-phase={phase}] > summary")).await;
    }
}

/// Records that the client agrees to be assessed, and comes back to the case: nothing that was asked is sealed before.
pub async fn consent(page: &Page) {
    fill_consent(page).await;
    seal(page).await;
    page.tap("[data-act='stop']").await;
    page.find(".case-head").await;
}

/// The same up to its review.
pub async fn fill_consent(page: &Page) {
    let choose = async |link: &str, value: &str| {
        page.tap(&format!("[data-linkid='{link}'] .option:has([value='{value}'])")).await;
    };
    begin(page, "persetujuan").await;
    page.tap("[data-linkid='contact_at'] [data-act='now']").await;
    choose("act", "meminta").await;
    choose("purpose", "asesmen").await;
    section(page, 1).await;
    choose("data_items", "kesehatan").await;
    section(page, 2).await;
    choose("minor", "false").await;
    choose("given_by", "klien").await;
    section(page, 3).await;
    choose("understood", "tepat").await;
    choose("answer", "setuju").await;
    choose("form_of_consent", "lisan-saksi").await;
    page.fill("[data-linkid='spoken_words'] textarea", "Ya, saya setuju.").await;
    page.fill("[data-linkid='witness.name'] input", "Dewi").await;
    review(page).await;
}

/// Goes to a page of the form, from 0.
pub async fn section(page: &Page, position: usize) {
    open_contents(page).await;
    page.tap(&format!("[data-section='{position}']")).await;
    page.shows(".section-place", &format!("{}", position + 1)).await;
}

/// Goes to the review of the form.
pub async fn review(page: &Page) {
    open_contents(page).await;
    page.tap("[data-act='to-review']").await;
    page.find(".review").await;
}

/// Opens the list of sections, which is folded on narrow screens.
async fn open_contents(page: &Page) {
    let fold = "const fold = root.querySelector('.contents details'); return fold && (fold.open = true)";
    page.wait("the list of sections", fold, json!(null)).await;
}

/// Seals the draft under review; whoever works on the tablet is entered first, where nobody is yet.
pub async fn seal(page: &Page) {
    page.tap("[data-act='seal']").await;
    page.find("#worker-name, .verdict-valid").await;
    if page.has("#worker-name").await {
        page.fill("#worker-name", "Bagas Pratama").await;
        page.fill("#worker-organisation", "Balai Harapan").await;
        page.tap("[data-act='save-worker']").await;
        page.tap("[data-act='seal']").await;
    }
    page.find(".verdict-valid").await;
}
