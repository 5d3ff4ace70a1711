//! Files given to the worker and files the worker gives.

use super::network::words;
use super::parts::ready_for_form;
use crate::app::FilesProblem;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Hands a file to the worker as a download.
pub fn download(name: &str, bytes: &[u8]) -> Result<(), String> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type(name));
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(words)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).map_err(words)?;
    let link: web_sys::HtmlAnchorElement =
        document.create_element("a").map_err(words)?.dyn_into().map_err(|element| words(JsValue::from(element)))?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has begun once the click returns, but some browsers read the blob a moment later.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("ged") => "text/vnd.familysearch.gedcom;charset=utf-8",
        Some("txt") => "text/plain;charset=utf-8",
        Some("json" | "jwe") => "application/json",
        _ => "application/octet-stream",
    }
}

/// Reads files, each with its name; one that cannot be read does not hinder the others.
pub async fn read_files(files: web_sys::FileList) -> Vec<(String, Result<Vec<u8>, FilesProblem>)> {
    let mut read = Vec::new();
    for position in 0..files.length() {
        let Some(file) = files.get(position) else { continue };
        let bytes = JsFuture::from(file.array_buffer()).await;
        let bytes = bytes.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
        read.push((file.name(), bytes.map_err(|error| FilesProblem::Unread(words(error)))));
    }
    read
}

/// As [`read_files`], for forms; each is given once it can be run.
pub async fn read_forms(files: web_sys::FileList) -> Vec<(String, Result<Vec<u8>, FilesProblem>)> {
    let mut read = read_files(files).await;
    for (_, form) in &mut read {
        if let Ok(bytes) = form
            && let Err(words) = ready_for_form(bytes).await
        {
            *form = Err(FilesProblem::Unread(words));
        }
    }
    read
}
