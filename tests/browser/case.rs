//! Steps that many journeys begin with, by touch.

use super::page::Page;

/// Opens a case from the start page; the case page is shown.
pub async fn new(page: &Page, name: &str) {
    page.tap("[data-act='new-case']").await;
    page.fill("#case-name", name).await;
    page.tap("[data-act='save-case']").await;
    page.shows(".case-head", name).await;
}
