//! The three engines: how each is started over WebDriver with a profile that outlives it.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// What a test may change in how a browser is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Chromium only: hosts that lead elsewhere, for an origin that is not secure.
    pub host_rules: Option<String>,
    /// Chromium and Firefox: preferences, by the names of the engine.
    pub preferences: Vec<(&'static str, Value)>,
}

impl Engine {
    /// The WebDriver server, listening on a port.
    pub fn driver(self, port: u16) -> Command {
        match self {
            Self::Chromium => {
                let mut command = Command::new("chromedriver");
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command =
                    Command::new(std::env::var("GECKODRIVER").unwrap_or_else(|_| "geckodriver".to_owned()));
                command.args(["--port", &port.to_string(), "--websocket-port", "0"]);
                command
            }
            Self::WebKit => {
                let mut command = Command::new("WebKitWebDriver");
                command.arg(format!("--port={port}"));
                command
            }
        }
    }

    /// What to ask the driver for.
    pub fn capabilities(self, profile: &Path, downloads: &Path, options: &Options) -> Value {
        match self {
            Self::Chromium => chromium(profile, downloads, options),
            Self::Firefox => firefox(profile, downloads, options),
            Self::WebKit => webkit(profile, downloads),
        }
    }
}

fn chromium(profile: &Path, downloads: &Path, options: &Options) -> Value {
    let mut arguments: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut preferences = json!({ "download.default_directory": downloads, "download.prompt_for_download": false });
    for (name, value) in &options.preferences {
        preferences[*name] = value.clone();
    }
    arguments.extend(options.host_rules.iter().map(|rules| format!("--host-resolver-rules={rules}")));
    json!({
        "goog:chromeOptions": {
            "binary": "/usr/bin/chromium",
            "args": arguments,
            "prefs": preferences,
        }
    })
}

fn firefox(profile: &Path, downloads: &Path, options: &Options) -> Value {
    let mut preferences = json!({
        "browser.download.folderList": 2,
        "browser.download.dir": downloads,
        "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.helperApps.neverAsk.saveToDisk": "application/json,application/octet-stream",
        "browser.sessionstore.resume_from_crash": false,
        "app.update.enabled": false,
    });
    for (name, value) in &options.preferences {
        preferences[*name] = value.clone();
    }
    json!({
        "moz:firefoxOptions": {
            "binary": "/usr/bin/firefox-esr",
            "args": ["-headless", "-profile", profile, "--width", "1280", "--height", "900"],
            "prefs": preferences,
        }
    })
}

fn webkit(profile: &Path, downloads: &Path) -> Value {
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/webkit_host.py");
    json!({
        "browserName": "AsesmenHost",
        "webkitgtk:browserOptions": {
            "binary": host,
            "args": [format!("--profile={}", profile.display()), format!("--downloads={}", downloads.display())],
        }
    })
}
