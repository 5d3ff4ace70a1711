//! What only Chromium's driver can do: commands of its debugging protocol.

use super::Browser;
use base64ct::{Base64, Encoding};
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

async fn command(browser: &Browser, name: &str, parameters: Value) -> Value {
    let command = Command(json!({ "cmd": name, "params": parameters }));
    browser.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Prints the page as the browser would, and gives the sizes of its pages, in points.
pub async fn print(browser: &Browser) -> Vec<String> {
    let parameters = json!({ "preferCSSPageSize": true, "printBackground": false });
    let printed = command(browser, "Page.printToPDF", parameters).await;
    let data = printed["data"].as_str().expect("a file").to_owned();
    let file = String::from_utf8_lossy(&Base64::decode_vec(&data).expect("base64")).into_owned();
    let pages = file.split("/MediaBox [").skip(1);
    pages.map(|page| page.split(']').next().unwrap_or_default().to_owned()).collect()
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

/// Runs a script in each page of this window before anything of the page itself.
pub async fn before_pages(browser: &Browser, script: &str) {
    command(browser, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
}

/// Shows the page as it is printed.
pub async fn print_media(browser: &Browser) {
    command(browser, "Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
}
