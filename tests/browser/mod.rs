//! The built app in real browsers, driven over WebDriver, against the real server.
//!
//! `make test` builds `dist/` first and names the tools in the environment. Every test has a server, a driver and a
//! profile of its own, so tests run side by side and none sees what another left.

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

/// Runs a browser test.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

/// Makes a test of a function for each engine.
macro_rules! in_every_engine {
    ($($test:ident)*) => {
        mod chromium { $(#[test] fn $test() { crate::browser::run(super::$test(crate::browser::Engine::Chromium)); })* }
        mod firefox { $(#[test] fn $test() { crate::browser::run(super::$test(crate::browser::Engine::Firefox)); })* }
        mod webkit { $(#[test] fn $test() { crate::browser::run(super::$test(crate::browser::Engine::WebKit)); })* }
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
mod language;
mod offline;
mod onward;
mod order;
mod parts;
mod reach;
mod record;
mod rich;
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
