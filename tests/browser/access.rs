//! Everybody can use every screen: checked with axe in both languages and all colours, and by measuring.

use super::audit::{Audit, Look};
use super::keys::{own_code, paste};
use super::{Browser, Engine, Page, Server, case, devtools, run};
use crate::app::cosigning::{card_of, supervisors};
use crate::seal::sealed::{body, key, seal, sign};
use asesmen::app::KeyCard;
use asesmen::seal::{Signer, assemble};
use serde_json::json;
use std::fs;

#[test]
fn wide_in_indonesian() {
    run(|| walk(Look { locale: "id", ..Look::axe(Engine::Chromium, 1280, 800) }));
}

#[test]
fn wide_in_english() {
    run(|| walk(Look { locale: "en", ..Look::axe(Engine::Chromium, 1280, 800) }));
}

#[test]
fn on_a_phone_in_indonesian() {
    run(|| walk(Look { locale: "id", ..Look::axe(Engine::Chromium, 390, 844) }));
}

#[test]
fn on_a_phone_in_english() {
    run(|| walk(Look { locale: "en", ..Look::axe(Engine::Chromium, 390, 844) }));
}

#[test]
fn in_firefox() {
    run(|| walk(Look::axe(Engine::Firefox, 1280, 900)));
}

/// The narrowest page that WCAG 1.4.10 asks for.
#[test]
fn at_320_pixels() {
    run(|| walk(Look { axe: false, themes: &["light"], ..Look::axe(Engine::Chromium, 320, 640) }));
}

/// A zoom of 200 % halves the page (WCAG 1.4.4), and readers may set text wider (WCAG 1.4.12).
#[test]
fn at_200_percent_with_wide_text() {
    let look = Look { axe: false, themes: &["light"], wide_text: true, ..Look::axe(Engine::Chromium, 640, 400) };
    run(|| walk(look));
}

async fn walk(look: Look) {
    let (server, browser) = (Server::start(), Browser::start(look.engine).await);
    if look.engine == Engine::Chromium {
        devtools::resize(&browser, look.size.0, look.size.1).await;
    }
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    let mut audit = Audit::begin(look, page, &browser).await;
    cases(&mut audit).await;
    form(&mut audit).await;
    sealing(&mut audit).await;
    files(&mut audit, &browser).await;
    audit.end();
}

async fn cases(audit: &mut Audit) {
    audit.check("no cases").await;
    audit.page.tap("[data-act='new-case']").await;
    audit.page.tap("[data-act='save-case']").await;
    audit.page.find("#case-name-problem:not(:empty)").await;
    audit.check("refused case").await;
    audit.page.tap(".brand").await;
    case::new(&audit.page, "Kartini Wulandari").await;
    audit.check("case").await;
    audit.go("/petugas").await;
    audit.page.tap("[data-act='save-worker']").await;
    audit.page.find("#worker-name-problem:not(:empty)").await;
    audit.check("refused worker").await;
    audit.page.fill("#worker-name", "Bagas Pratama").await;
    audit.page.fill("#worker-organisation", "Balai Harapan").await;
    audit.page.tap("[data-act='save-worker']").await;
    audit.page.find(".fingerprint").await;
    audit.page.tap(".brand").await;
    audit.page.find("[data-case]").await;
    audit.check("cases").await;
    audit.page.tap("[data-case]").await;
    case::consent(&audit.page).await;
    audit.check("case with consent").await;
}

async fn form(audit: &mut Audit) {
    case::begin(&audit.page, "fisik").await;
    for section in 1..=8 {
        audit.page.shows(".section-place", &section.to_string()).await;
        match section {
            1 => {
                audit.page.tap("[data-linkid='others_present'] .option:has([value='true'])").await;
                audit.page.tap("[data-linkid='medical_present'] .option:has([value='true'])").await;
            }
            2 => entries(audit).await,
            7 => {
                audit.check("veil").await;
                audit.page.tap("[data-act='lift-veil']").await;
            }
            _ => {}
        }
        audit.page.find(".question").await;
        audit.open_all().await;
        // The language is that of the walk already, so looking draws nothing anew.
        audit.check(&format!("section {section}")).await;
        audit.page.onward().await;
    }
    audit.page.find(".review").await;
    audit.check("review with problems").await;
}

/// Two entries of a list, one removed again; a wrong date; a missing answer.
async fn entries(audit: &mut Audit) {
    audit.page.tap("[data-linkid='has_complaints'] .option:has([value='true'])").await;
    for _ in 0..2 {
        audit.page.tap("[data-linkid='current_complaints'] [data-act='add']").await;
    }
    audit.page.find(".entry:nth-child(3)").await;
    audit.page.tap(".entry:nth-child(3) [data-act='remove']").await;
    audit.page.find("[data-act='undo']").await;
    audit.page.fill(".entry:nth-child(2) .input-year", "19").await;
    audit
        .page
        .script("root.querySelector(\"[data-linkid='has_allergies'] [data-act='missing']\").focus()", json!(null))
        .await;
    audit.page.press("\u{e015}").await;
    audit.page.find("[data-linkid='has_allergies'] .absent").await;
    audit.page.find(".entry:nth-child(2) .problem:not(:empty)").await;
}

async fn sealing(audit: &mut Audit) {
    // What is wrong is mended from the review: the time of the meeting and the year.
    audit.page.tap("[data-act='mend']").await;
    audit.page.tap("[data-linkid='contact_at'] [data-act='now']").await;
    audit.page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    audit.page.tap("[data-section='1']").await;
    audit.page.fill(".entry:nth-child(2) .input-year", "99").await;
    audit.page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    audit.page.tap("[data-act='to-review']").await;
    audit.page.find("[data-act='seal']:not(:disabled)").await;
    audit.check("review").await;
    audit.page.tap("[data-act='seal']").await;
    audit.page.find(".verdict-valid").await;
    audit.check("sealed").await;
}

async fn files(audit: &mut Audit, browser: &Browser) {
    audit.go("/periksa").await;
    let valid = seal(&[("social-worker", &key(3))]);
    let tampered = String::from_utf8_lossy(&valid).replacen("Singgah", "Singgih", 1).into_bytes();
    for (name, bytes) in [("utuh", valid), ("diubah", tampered), ("surat", b"Kepada Yth.".to_vec())] {
        let path = browser.folder().join(format!("{name}.json"));
        fs::write(&path, bytes).expect("a file");
        audit.page.find("[data-act='verify-files']").await.send_keys(&path.to_string_lossy()).await.expect("a file");
        audit.page.shows(".checked-file:not([data-outcome='running']) h2", name).await;
    }
    audit.check("checked files").await;
    keys(audit).await;
    cosigning(audit, browser).await;
    audit.go("/tablet").await;
    audit.page.find(".health li[data-offline]").await;
    audit.check("tablet").await;
}

/// The page about keys: the own one, another to compare, one that is known.
async fn keys(audit: &mut Audit) {
    audit.go("/kunci").await;
    audit.page.find(".key-qr path").await;
    audit.open_all().await;
    audit.check("keys").await;
    audit.page.script("root.querySelector('#key-code').value = 'bukan kode'", json!(null)).await;
    audit.page.tap("[data-act='read-code']").await;
    audit.page.find(".trouble").await;
    audit.check("no key").await;
    paste(&audit.page, &card_of(&supervisors()).code()).await;
    audit.check("key to compare").await;
    audit.page.tap("[data-act='confirm-key']").await;
    audit.page.find("[data-known]").await;
    audit.check("known key").await;
}

/// A file that asks for the signature of this tablet: given, read, signed.
async fn cosigning(audit: &mut Audit, browser: &Browser) {
    let own = KeyCard::read(own_code(&audit.page).await.as_bytes()).expect("a card");
    let worker = key(3);
    let mut body = body(&[("social-worker", &worker)]);
    body.required_signers.push(Signer { role: "supervisor".to_owned(), jwk: own.jwk });
    let document = body.to_json();
    let path = browser.folder().join("menunggu.json");
    fs::write(&path, assemble(&document, &[sign(&document, &worker)])).expect("a file");
    audit.go("/periksa").await;
    audit.page.find("[data-act='verify-files']").await.send_keys(&path.to_string_lossy()).await.expect("a file");
    audit.page.find("[data-act='sign-this']").await;
    audit.check("file to sign").await;
    audit.page.tap("[data-act='sign-this']").await;
    audit.page.find("[data-act='sign-file']").await;
    audit.check("reading to sign").await;
    audit.page.tap("[data-act='sign-file']").await;
    audit.page.find("[data-act='save-signed']").await;
    audit.check("signed file").await;
}
