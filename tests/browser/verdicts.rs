//! The page that checks files: each file gets the verdict it deserves, in words.

use super::{Browser, Engine, Page, Server};
use crate::seal::sealed::{key, seal};
use base64ct::{Base64, Encoding};
use serde_json::json;
use std::fs;
use std::path::PathBuf;

in_every_engine! { files_to_check_get_the_verdict_they_deserve }

async fn files_to_check_get_the_verdict_they_deserve(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&format!("{}/#/periksa", server.origin)).await;
    let valid = seal(&[("social-worker", &key(3))]);
    let text = String::from_utf8(valid.clone()).expect("text");
    let tampered = text.replacen("Singgah", "Singgih", 1).into_bytes();
    assert_ne!(tampered, valid, "something was changed");
    let half = valid[..valid.len() / 2].to_vec();
    let picture = Base64::decode_vec(super::journey::PICTURE).expect("base64");
    let files: [(&str, Vec<u8>, &str, &str); 6] = [
        ("utuh.asesmen.json", valid, "unknown-key", "Utuh, tetapi penandatangannya belum dikenal"),
        ("diubah.asesmen.json", tampered, "invalid", "Tanda tangan 1"),
        ("terpotong.asesmen.json", half, "unreadable", "terpotong atau rusak"),
        ("kosong.asesmen.json", Vec::new(), "unreadable", "terpotong atau rusak"),
        ("surat.json", b"Kepada Yth.".to_vec(), "unreadable", "terpotong atau rusak"),
        ("foto.png", picture, "unreadable", "terpotong atau rusak"),
    ];
    let paths: Vec<PathBuf> = files.iter().map(|(name, ..)| browser.folder().join(name)).collect();
    for (path, (_, bytes, ..)) in paths.iter().zip(&files) {
        fs::write(path, bytes).expect("a file");
        page.find("[data-act='verify-files']").await.send_keys(&path.to_string_lossy()).await.expect("a file");
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        page.shows(".checked-file h2", &name).await;
    }
    for (name, _, outcome, words) in &files {
        let script = "const one = [...root.querySelectorAll('.checked-file')] \
                        .find((one) => one.querySelector('h2').textContent === args[0]); \
                      return one && one.dataset.outcome !== 'running' && [one.dataset.outcome, one.textContent]";
        let found = page.wait(&format!("verdict on {name}"), script, json!([name])).await;
        assert_eq!(found[0], *outcome, "{name}");
        assert!(found[1].as_str().is_some_and(|text| text.contains(words)), "{name}: {found}");
    }
}
