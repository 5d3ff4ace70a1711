//! A large paper on its way: attached, sealed beside its document, read, exported, checked, sent to the real receiver and
//! taken in on another tablet.

use super::engine::Options;
use super::form::{add_instrument, group, questionnaire};
use super::package::{choose_all, downloaded, give};
use super::receiver::Receiver;
use super::server::copy;
use super::upload::{all_received, confirm};
use super::{Browser, Engine, Page, Server, case, run};
use crate::cli::folder::{Folder, program, run as ended};
use crate::receive::server::ask;
use crate::seal::attachments::paper;
use asesmen::seal::sha256;
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const SIZE: usize = 3_000_000;

#[test]
fn chromium() {
    run(a_large_paper_goes_everywhere);
}

async fn a_large_paper_goes_everywhere() {
    let (app, folder) = (tempfile::tempdir().expect("a folder"), Folder::new(&[]));
    copy(&Server::bundle(), app.path());
    let paper_field = json!({"linkId": "surat", "type": "attachment", "text": "Surat"});
    add_instrument(&app.path().join("instruments"), &questionnaire(json!([group("berkas", json!([paper_field]))])));
    let receiver = Receiver::handing_out(&folder, app.path(), &[]);
    let origin = format!("http://{}", receiver.address);
    // Whoever works with it is asked once whether several files may be downloaded; here nobody could answer.
    let allowed = ("profile.default_content_setting_values.automatic_downloads", json!(1));
    let options = Options { preferences: vec![allowed], ..Options::default() };
    let (here, there) = (Browser::with(Engine::Chromium, options).await, Browser::start(Engine::Chromium).await);
    let page = Page::of(&here);
    page.open(&origin).await;
    case::new(&page, "Wulan Kirana").await;
    page.tap(".phases > .tasks [data-act='begin']").await;
    let path = here.folder().join("surat.pdf");
    fs::write(&path, paper(SIZE)).expect("a file");
    let field = page.find("[data-linkid='surat'] input[type='file']").await;
    field.send_keys(&path.to_string_lossy()).await.expect("a file");
    page.shows("[data-linkid='surat'] .file-name", "surat.pdf").await;
    page.saved().await;
    case::review(&page).await;
    case::seal(&page).await;
    page.reload().await;
    is_shown(&page).await;

    // Exported: the document and what stands beside it, which the command line and the page of checks take together.
    page.tap("[data-act='export']").await;
    let files = both(&here).await;
    let mut command = program();
    let checked = ended(command.arg("verify").args(&files));
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("attachments beside it and unchanged: 1"), "{}", checked.out);
    let sealed_at = page.script("return location.hash", json!(null)).await;
    page.script("location.hash = '/periksa'", json!(null)).await;
    let names: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let input = page.find("[data-act='verify-files']").await;
    input.send_keys(&names.join("\n")).await.expect("files");
    page.find("[data-outcome='attachment']").await;
    page.find("[data-outcome='valid']").await;
    assert!(!page.has(".findings li").await, "nothing is missing");
    files.iter().for_each(|path| fs::remove_file(path).expect("removed"));

    // Sent: the receiver has both, byte for byte.
    confirm(&page, &receiver.who()).await;
    all_received(&page, 1, Duration::from_secs(60)).await;
    let hex: String = sha256(&paper(SIZE)).iter().map(|byte| format!("{byte:02x}")).collect();
    let fetched = ask(&receiver.address, "GET", &format!("/attachments/{hex}"), "", b"").expect("an answer");
    assert!(fetched.status == 200 && fetched.body == paper(SIZE));
    assert_eq!(receiver.listed(), 1);

    // Packed and taken in elsewhere.
    page.script("location.hash = args", sealed_at).await;
    is_shown(&page).await;
    page.tap("[data-act='stop']").await;
    page.tap("[data-act='pack-case']").await;
    page.fill("#package-name", "Bima Prasetya").await;
    page.fill("#package-organisation", "Balai Contoh").await;
    choose_all(&page).await;
    page.tap("[data-act='seal-package']").await;
    page.find("[data-package]").await;
    let (package, _) = downloaded(&here, ".asesmen-package.json").await;
    let other = Page::of(&there);
    other.open(&format!("{origin}#/paket")).await;
    give(&other, "open-package", &package).await;
    other.tap("[data-act='take-in']").await;
    other.tap("[data-unpacking='kept'] [data-act='to-case']").await;
    other.find(".case-head").await;
    other.script("root.querySelectorAll('details').forEach((fold) => { fold.open = true; })", json!(null)).await;
    other.tap("[data-act='open-sealed']").await;
    is_shown(&other).await;
}

/// The document holds, and the paper stands in it as if it had never left.
async fn is_shown(page: &Page) {
    page.find("[data-beside]").await;
    page.find("[data-verdict]").await;
    let words =
        "const text = root.textContent; return text.includes('surat.pdf') && !text.includes('tidak ada di tablet')";
    assert_eq!(page.wait("the paper", words, json!(null)).await, json!(true));
}

/// Waits for the document and its attachment.
async fn both(browser: &Browser) -> [PathBuf; 2] {
    let folder = browser.folder().join("downloads");
    let begun = Instant::now();
    loop {
        let entries = fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").path());
        let files: Vec<PathBuf> = entries.collect();
        let find = |end: &str| files.iter().find(|path| path.to_string_lossy().ends_with(end)).cloned();
        if let (Some(document), Some(attachment)) = (find(".asesmen.json"), find("-surat.pdf"))
            && fs::read(&attachment).is_ok_and(|bytes| bytes == paper(SIZE))
            && fs::read(&document).is_ok_and(|bytes| bytes.ends_with(b"}"))
        {
            return [document, attachment];
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "not both were downloaded: {files:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
