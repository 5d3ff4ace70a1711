//! What only Chromium's driver can do: commands of its debugging protocol.

use super::Browser;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
struct Command(Value);

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

async fn command(browser: &Browser, name: &str, parameters: Value) {
    let command = Command(json!({ "cmd": name, "params": parameters }));
    browser.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// Gives an origin so much room and no more; none gives back what the browser gives by itself.
pub async fn limit_storage(browser: &Browser, origin: &str, bytes: Option<u32>) {
    let mut parameters = json!({ "origin": origin });
    if let Some(bytes) = bytes {
        parameters["quotaSize"] = bytes.into();
    }
    command(browser, "Storage.overrideQuotaForOrigin", parameters).await;
}

/// Lets go of everything that nobody holds any more.
pub async fn collect_garbage(browser: &Browser) {
    command(browser, "HeapProfiler.collectGarbage", json!({})).await;
}

/// Gives the page a size in CSS pixels, as a device or a zoom of the browser would.
pub async fn resize(browser: &Browser, width: u32, height: u32) {
    let parameters = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    command(browser, "Emulation.setDeviceMetricsOverride", parameters).await;
}

/// Shows the page as it is printed.
pub async fn print_media(browser: &Browser) {
    command(browser, "Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
}
