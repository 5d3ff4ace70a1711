//! A newer version: it never takes over by itself, and no page ever runs parts of two.

use super::server::copy;
use super::{Browser, Engine, Page, Server, case};
use base64ct::{Base64, Encoding};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

in_every_engine! { a_newer_version_waits_for_the_workers_word }

const NEWER: &str = "0123456789abcdef";

async fn a_newer_version_waits_for_the_workers_word(engine: Engine) {
    let browser = Browser::start(engine).await;
    let folder = browser.folder().join("served");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), &folder);
    let server = Server::of(&folder);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.wait("service worker", "return !!navigator.serviceWorker.controller", json!(null)).await;
    case::new(&page, "Nurlaila").await;
    let older = build_of(&folder);
    release(&folder, &older);

    page.open(&format!("{}/?again", server.origin)).await;
    page.find("[data-act='update']").await;
    assert_eq!(running(&page).await, older, "the page goes on with the version it began with");
    page.tap("[data-act='update']").await;
    page.wait("older page gone", "return !root.querySelector('[data-act=update]')", json!(null)).await;
    assert_eq!(running(&page).await, NEWER);
    page.tap(".brand").await;
    page.shows("[data-case]", "Nurlaila").await;
}

/// The build that the page says it runs.
async fn running(page: &Page) -> String {
    page.tap(".tab:nth-child(3)").await;
    let version = "const found = /\\(([0-9a-f]{16})\\)/.exec(root.textContent); return found && found[1]";
    page.wait("version", version, json!(null)).await.as_str().expect("a version").to_owned()
}

pub fn build_of(folder: &Path) -> String {
    let worker = fs::read_to_string(folder.join("sw.js")).expect("the service worker");
    let whole = worker.split('"').find(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    whole.expect("the build's name").to_owned()
}

/// Makes a built folder another version: other names, and other hashes where they stand in the files.
pub fn release(folder: &Path, older: &str) {
    let hash = |bytes: &[u8]| format!("sha256-{}", Base64::encode_string(&Sha256::digest(bytes)));
    let module = fs::read(folder.join("asesmen.js")).expect("the module");
    let newer = String::from_utf8(module.clone()).expect("text").replace(older, NEWER);
    let worker = fs::read_to_string(folder.join("sw.js")).expect("the service worker");
    let worker = worker.replace(older, NEWER).replace(&hash(&module), &hash(newer.as_bytes()));
    for (name, text) in [("asesmen.js", newer), ("sw.js", worker)] {
        fs::write(folder.join(name), text).expect("written");
        for packed in ["br", "gz"] {
            fs::remove_file(folder.join(format!("{name}.{packed}"))).expect("a packed file");
        }
    }
}
