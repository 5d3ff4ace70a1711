//! After one visit the app needs no server.

use super::{Browser, Engine, Page, Server};
use serde_json::json;

in_every_engine! { the_app_starts_without_its_server }

async fn the_app_starts_without_its_server(engine: Engine) {
    let mut server = Server::start();
    let mut browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.wait("service worker", "return !!navigator.serviceWorker.controller", json!(null)).await;
    server.stop();
    page.reload().await;
    page.find("[data-act='new-case']").await;
    browser.kill_and_restart().await;
    Page::of(&browser).open(&server.origin).await;
}
