//! The built app in real browsers, driven over WebDriver, against the real server.
//!
//! `make test` builds `dist/` first and names the tools in the environment. Every test has a server, a driver and a
//! profile of its own, so tests run side by side and none sees what another left.

mod attachments;
mod audit;
mod case;
mod devtools;
mod driver;
mod engine;
mod fill;
mod form;
mod page;
mod portal;
mod receiver;
mod seed;
mod server;
mod stored;

use driver::Browser;
use engine::Engine;
use page::Page;
use server::Server;
use std::future::Future;
use std::io::Write;

/// Runs a browser test, and once more where it failed.
///
/// Three browsers, their drivers and a server each are many parts that are not ours, and of a thousand runs on a busy machine
/// one or two end in none of our doing. What is wrong with the app fails twice. A first failure is always told, past the
/// runner that keeps the output of what passes to itself.
fn run<F: Future<Output = ()>>(test: impl Fn() -> F) {
    let attempt = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(test());
    };
    let Err(why) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(attempt)) else { return };
    let words = why.downcast_ref::<String>().map(String::as_str).or_else(|| why.downcast_ref::<&str>().copied());
    let this = std::thread::current();
    let told = format!("first try of {} failed: {}\n", this.name().unwrap_or_default(), words.unwrap_or_default());
    std::io::stderr().write_all(told.as_bytes()).expect("the standard error");
    attempt();
}

/// Makes a test of a function for each engine.
macro_rules! in_every_engine {
    ($($test:ident)*) => {
        mod chromium { $(#[test] fn $test() { crate::browser::run(|| super::$test(crate::browser::Engine::Chromium)); })* }
        mod firefox { $(#[test] fn $test() { crate::browser::run(|| super::$test(crate::browser::Engine::Firefox)); })* }
        mod webkit { $(#[test] fn $test() { crate::browser::run(|| super::$test(crate::browser::Engine::WebKit)); })* }
    };
}

mod access;
mod agreement;
mod caseload;
mod durable;
mod family;
mod files;
mod filled;
mod forms;
mod full;
mod guidance;
mod hosts;
mod journey;
mod keyboard;
mod keys;
mod language;
mod offline;
mod onward;
mod order;
mod package;
mod parts;
mod reach;
mod record;
mod rich;
mod sending;
mod signature;
mod surroundings;
mod trouble;
mod update;
mod upload;
mod veil;
mod verdicts;
mod versions;
mod walkthrough;
mod widgets;
