//! A full tablet: what cannot be written is told, stays on the screen, and is written once there is room.

use super::trouble::{QUESTION, begin, told};
use super::{Browser, Engine, Page, Server, devtools, run, stored};
use serde_json::{Value, json};

#[test]
fn a_full_tablet_loses_nothing_and_saves_once_there_is_room() {
    run(|| async {
        let server = Server::start();
        let browser = Browser::start(Engine::Chromium).await;
        let page = Page::of(&browser);
        devtools::limit_storage(&browser, &server.origin, Some(25_000_000)).await;
        page.open(&server.origin).await;
        begin(&page, "Ningsih", "Minang").await;
        let rounds = fill_up(&page).await;
        told(&page, "Penyimpanan penuh").await;
        // Going on is possible; what was typed is still there after another screen and a try that fails again.
        page.fill(QUESTION, " Pariaman").await;
        page.onward().await;
        page.shows(".section-place", "2").await;
        told(&page, "Penyimpanan penuh").await;
        page.tap("[data-act='retry']").await;
        told(&page, "Penyimpanan penuh").await;
        page.tap("[data-act='previous']").await;
        let answer = |value: Value| value.as_str().map(|text| (text.len(), text.starts_with(&format!("{rounds} "))));
        assert_eq!(answer(stored::field(&page, "place").await), Some((LONG + rounds.to_string().len() + 1, true)));
        devtools::limit_storage(&browser, &server.origin, None).await;
        page.tap("[data-act='retry']").await;
        page.saved().await;
        page.reload().await;
        assert_eq!(answer(stored::field(&page, "place").await), Some((LONG + rounds.to_string().len() + 1, true)));
        assert_eq!(stored::field(&page, "language_used").await, "Minang Pariaman");
    });
}

/// The length of an answer that fills a tablet quickly.
const LONG: usize = 80 * 65_536;

/// Gives one answer after another until storage is full; each is longer than any hand would write.
async fn fill_up(page: &Page) -> usize {
    // Letters without a pattern, because browsers write patterns in little space.
    let answer = "const letters = () => Array.from(crypto.getRandomValues(new Uint8Array(65536)), \
                    (byte) => String.fromCharCode(97 + byte % 26)).join(''); \
                  const field = root.querySelector(\"[data-linkid='place'] input\"); \
                  field.value = args[0] + ' ' + Array.from({ length: args[1] / 65536 }, letters).join(''); \
                  field.dispatchEvent(new Event('input', { bubbles: true }))";
    let state = "const state = root.querySelector('[data-saving]').dataset.saving; \
                 return state !== 'saving' && state !== 'unchanged' && state";
    for round in 1..20 {
        page.script(answer, json!([round, LONG])).await;
        if page.wait("saved or not", state, json!(null)).await == "failed" {
            return round;
        }
    }
    panic!("storage is never full");
}
