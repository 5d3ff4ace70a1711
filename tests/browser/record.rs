//! What is derived of several documents: what changed over time, and the case file.

use super::audit::{Audit, Look};
use super::seed::seed;
use super::{Browser, Engine, Page, Server, devtools};
use crate::app::story::sekar;
use serde_json::{Value, json};

in_every_engine! {
    change_over_time_is_read_beside_the_first_assessment
    the_case_file_is_read_letter_by_letter_and_printed
    whoever_is_not_entitled_says_why_first
    two_orders_are_made_by_moving_entries
}

async fn opened(engine: Engine) -> (Server, Browser, Page) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    seed(&page, &sekar().tablet.storage).await;
    page.tap("[data-case]").await;
    at_case(&page).await;
    (server, browser, page)
}

/// The texts of all elements that a selector matches.
async fn texts(page: &Page, selector: &str) -> Vec<String> {
    let script = "return [...root.querySelectorAll(args)].map((e) => e.textContent)";
    serde_json::from_value(page.script(script, json!(selector)).await).expect("texts")
}

/// Goes back to the case.
async fn back_to_case(page: &Page) {
    page.tap("[data-act='back']").await;
    at_case(page).await;
}

/// Waits until the heading of the case has the focus: before that the page may still be scrolled.
async fn at_case(page: &Page) {
    page.find(".case-head").await;
    page.wait("the heading's focus", "return !!root.activeElement && root.activeElement.matches('h1')", json!(null))
        .await;
}

/// Opens the phase in which the assessments stand.
async fn open_assessments(page: &Page) {
    page.tap("[data-phase='P3'] > summary").await;
    page.find("[data-phase='P3'] .task").await;
}

async fn change_over_time_is_read_beside_the_first_assessment(engine: Engine) {
    let (_server, _browser, page) = opened(engine).await;
    open_assessments(&page).await;
    page.tap("[data-instrument$='/fisik'] [data-act='change']").await;
    page.shows("h1", "Perubahan: Asesmen fisik").await;
    page.find("[data-linkid='weight'][data-change='up']").await;
    page.find("[data-linkid='food'][data-change='not-comparable']").await;
    assert!(!page.has("[data-linkid='height']").await, "what stayed the same is not in the way");
    assert_eq!(texts(&page, "[data-linkid='food'] .change-side em").await, ["Tidak ingin menjawab"]);
    assert_eq!(texts(&page, "[data-linkid='limits.note'] ins").await, ["hanya", "bekerja berat"]);
    page.tap(".option:has(> [name='all-rows'])").await;
    page.find("[data-linkid='height'][data-change='same']").await;

    back_to_case(&page).await;
    open_assessments(&page).await;
    page.tap("[data-instrument$='/phq-9'] [data-act='change']").await;
    page.find(".chart").await;
    assert_eq!(texts(&page, ".chart td").await, ["27", "tidak lengkap", "9"], "as a table for those who do not see it");
    assert_eq!(texts(&page, ".chart-value").await, ["27", "9"]);
    page.find("[name='compared']").await.select_by_index(0).await.expect("the second of three");
    page.find("[data-linkid='total'][data-change='not-comparable']").await;
    assert_eq!(texts(&page, "[data-linkid='total'] .change-side em").await, ["tidak lengkap"]);
    page.reload().await;
    page.find("[data-linkid='total'][data-change='not-comparable']").await;

    // Beside the forms that ask about it stands the way to it, and back.
    back_to_case(&page).await;
    // The phase that the case is in stands open.
    page.tap("[data-instrument$='/evaluasi'] [data-act='begin']").await;
    page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    page.tap("[data-section='3']").await;
    page.tap(".change-links [data-act='change']").await;
    page.shows("h1", "Perubahan: Asesmen fisik").await;
    page.tap("[data-act='back']").await;
    page.find(".change-links").await;
}

async fn the_case_file_is_read_letter_by_letter_and_printed(engine: Engine) {
    let (_server, browser, page) = opened(engine).await;
    page.tap("[data-act='case-file']").await;
    page.find("[data-part='a'] .state-done").await;
    page.find("[data-part='d'] .state-open").await;
    page.find("[data-part='e'] .state-new").await;
    page.tap("[data-part='a']").await;
    page.shows("[data-linkid='nik'] dd", "••••••••••••0001").await;
    page.script("root.querySelector('.print-choices').open = true", json!(null)).await;
    page.tap(".option:has(> [name='print-numbers'])").await;
    page.shows("[data-linkid='nik'] dd", "3310014107870001").await;
    page.tap("[data-act='back']").await;
    page.tap("[data-part='d']").await;
    page.shows(".file-left-out", "jawaban yang sangat pribadi tidak disertakan").await;
    assert!(!page.has("[data-linkid='violence.detail']").await);
    page.script("root.querySelector('.print-choices').open = true", json!(null)).await;
    page.tap(".option:has(> [name='print-sensitive'])").await;
    page.shows("[data-linkid='violence.detail'] dd", "Diceritakan pelan-pelan").await;
    page.tap("[data-act='back']").await;
    page.tap("[data-part='i']").await;
    page.shows(".file-contacts", "Asesmen fisik").await;
    page.tap("[data-act='back']").await;
    page.tap("[data-act='whole-file']").await;
    page.find(".file-letter").await;
    let letters = texts(&page, ".file-letter").await;
    assert!(letters[0].starts_with("a. ") && letters.len() == 14, "{letters:?}");
    page.find("[data-linkid='mark'] img").await;
    if engine == Engine::Chromium {
        let pages = devtools::print(&browser).await;
        assert!(pages.len() > 10 && pages.iter().all(|page| page.starts_with("0 0 594.9")), "A4: {pages:?}");
    }
}

/// Somebody of another role works on this tablet from now on; comes back to the case.
async fn takes_over(page: &Page, role: &str) {
    let case = page.script("return location.hash", json!(null)).await;
    page.script("location.hash = '/petugas'", json!(null)).await;
    page.find("#worker-role").await.select_by_value(role).await.expect("a role");
    page.tap("[data-act='save-worker']").await;
    let begun = std::time::Instant::now();
    while !super::stored::records(page, "profile").await.iter().any(|record| record.contains(role)) {
        assert!(begun.elapsed() < super::driver::PATIENCE, "{role} was not kept");
        tokio::time::sleep(super::driver::PAUSE).await;
    }
    page.script("location.hash = args", case).await;
}

async fn whoever_is_not_entitled_says_why_first(engine: Engine) {
    let (_server, _browser, page) = opened(engine).await;
    page.tap("[data-act='case-file']").await;
    page.tap("[data-part='d']").await;
    page.find(".file-document").await;
    page.tap("[data-act='back']").await;
    page.shows(".openings summary", "(1)").await;
    takes_over(&page, "dormitory-staff").await;
    page.shows("[data-part='d']", "perlu alasan").await;
    page.tap("[data-part='d']").await;
    page.find("#opening-reason").await;
    page.shows(".opening-form", "Pengasuh").await;
    page.tap("[data-act='open-part']").await;
    page.shows("#opening-problem", "Tulis alasannya").await;
    let focus = "return root.activeElement?.id === 'opening-reason'";
    page.wait("the reason in focus", focus, json!(null)).await;
    assert!(!page.has(".file-document").await);
    page.fill("#opening-reason", "Menggantikan petugas malam").await;
    page.tap("[data-act='open-part']").await;
    page.find(".file-document").await;
    // Who comes back by the address reads it that day; the note is on the tablet.
    page.reload().await;
    page.find(".file-document").await;
    page.tap("[data-act='back']").await;
    page.tap(".openings > summary").await;
    let rows = texts(&page, ".openings tbody tr").await;
    assert!(
        rows.len() == 2 && rows[0].contains("Pengasuh") && rows[0].ends_with("dMenggantikan petugas malam"),
        "{rows:?}"
    );
    assert!(rows[1].ends_with("dberhak menurut peran"), "{rows:?}");
    page.tap("[data-act='whole-file']").await;
    page.find("#opening-reason").await;
}

async fn two_orders_are_made_by_moving_entries(engine: Engine) {
    let (_server, _browser, page) = opened(engine).await;
    open_assessments(&page).await;
    page.tap("[data-instrument$='/prioritas'] [data-act='begin']").await;
    page.tap("[data-act='next']").await;
    // What the synthesis says is proposed, and taken over entry by entry.
    page.tap("[data-linkid='problems'] [data-act='take']").await;
    page.shows("[data-linkid='problems'] .proposal", "Batuk lama").await;
    page.tap("[data-linkid='problems'] [data-act='take']").await;
    let client = ".ranking[data-linkid='problems.rank_client']";
    let names = |order: &str| format!("{order} .rank-words > span:first-child");
    page.shows(&names(client), "Batuk lama").await;
    assert_eq!(texts(&page, &format!("{client} .rank-number")).await, ["–", "–"], "nobody put them in order yet");
    page.press_on(&format!("{client} .rank:nth-child(2) [data-act='rank-up']"), "\u{e007}").await;
    page.shows(&format!("{client} [role='status']"), "nomor 1 dari 2").await;
    assert_eq!(texts(&page, &names(client)).await[0], "Batuk lama");
    let focus = "return root.activeElement.dataset.act === 'rank-up' && root.activeElement.closest('.rank') === root.querySelector(args)";
    page.wait("focus on the moved entry", focus, json!(format!("{client} .rank:nth-child(1)"))).await;
    let worker = ".ranking[data-linkid='problems.rank_worker']";
    page.tap(&format!("{worker} [data-act='rank-as-it-is']")).await;
    page.shows(&format!("{worker} .rank-differs"), "klien: no. 2").await;
    page.shows("[data-linkid='rank_differs'] .question-text", "Urutan berbeda").await;
    page.saved().await;
    page.reload().await;
    page.find(client).await;
    assert_eq!(texts(&page, &names(client)).await[0], "Batuk lama");
    assert!(texts(&page, &names(worker)).await[1].contains("Batuk lama"));
}

#[test]
fn everybody_can_read_what_changed_and_the_file() {
    super::run(|| async {
        for (locale, width, height) in [("id", 1280, 800), ("en", 390, 844)] {
            let (_server, browser, page) = opened(Engine::Chromium).await;
            devtools::resize(&browser, width, height).await;
            let look = Look { locale, ..Look::axe(Engine::Chromium, width, height) };
            let case = page.script("return location.hash.split('/')[2]", json!(null)).await;
            let case = case.as_str().expect("a case").to_owned();
            let mut audit = Audit::begin(look, page, &browser).await;
            let id = last_of(&audit, "phq-9").await;
            for address in [format!("/dokumen/{id}/perubahan"), format!("/kasus/{case}/berkas")] {
                audit.go(&address).await;
                audit.page.find(".chart, .file-parts").await;
                audit.check(&address).await;
            }
            audit.go(&format!("/kasus/{case}/berkas/semua")).await;
            audit.page.find(".file-letter").await;
            audit.check("whole file").await;
            audit.go(&format!("/kasus/{case}/berkas")).await;
            audit.page.tap(".openings > summary").await;
            audit.check("who opened the file").await;
            takes_over(&audit.page, "dormitory-staff").await;
            audit.go(&format!("/kasus/{case}/berkas/d")).await;
            audit.page.find("#opening-reason").await;
            audit.page.tap("[data-act='open-part']").await;
            audit.check("a reason for opening").await;
            audit.end();
        }
    });
}

/// The newest document of an instrument.
async fn last_of(audit: &Audit, name: &str) -> String {
    let heads = super::stored::records(&audit.page, "documents").await;
    let heads = heads.iter().map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
    let mut of = heads.filter(|head| head["instrument"]["canonical"].as_str().is_some_and(|own| own.contains(name)));
    of.next_back().and_then(|head| head["id"].as_str().map(str::to_owned)).expect("a document")
}
