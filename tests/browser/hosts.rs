//! The same element on somebody else's page: another path, a strict policy, hostile styles, a scrolled layout, two of it.

use super::portal::Portal;
use super::{Browser, Engine, Page, case};
use serde_json::{Value, json};

in_every_engine! {
    two_elements_work_side_by_side
    the_portal_stays_as_it_was
    the_portals_styles_end_at_the_element
    a_removed_element_leaves_no_trace
    an_element_goes_on_without_its_server
    an_element_that_is_moved_keeps_what_was_typed
    an_element_comes_back_with_what_is_stored
    attributes_change_the_language_and_the_colours
}

/// Both elements of the page, in Indonesian and in English.
pub async fn both(browser: &Browser, portal: &Portal) -> [Page; 2] {
    let pages = [Page::hosted(browser, "#first"), Page::hosted(browser, "#second")];
    pages[0].open(&portal.page()).await;
    pages[1].find("main h1").await;
    pages
}

/// What the portal can see of its page; the difference to the beginning, by name. Chromium's driver leaves some
/// globals of its own.
async fn changes(page: &Page) -> Value {
    let script = "const now = portal.now(); const changes = {}; \
                  const own = /^(ret_nodes|se_|cdc_)/; \
                  const known = (one) => own.test(one) || portal.before.globals.includes(one); \
                  now.globals = now.globals.filter((one) => !known(one)); \
                  for (const name in now) { \
                    const before = name === 'globals' ? [] : portal.before[name]; \
                    const [a, b] = [JSON.stringify(before), JSON.stringify(now[name])]; \
                    if (a !== b) changes[name] = [a, b]; \
                  } \
                  return { changes, errors: portal.errors }";
    page.script(script, json!(null)).await
}

async fn two_elements_work_side_by_side(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    first.shows("h1", "Kasus").await;
    second.shows("h1", "Cases").await;
    case::new(&first, "Wulan Kirana").await;
    case::new(&second, "Joko Prasetyo").await;
    case::begin(&first, "fisik").await;
    first.fill("[data-linkid='language_used'] input", "Sunda").await;
    case::begin(&second, "fisik").await;
    second.fill("[data-linkid='language_used'] input", "Bugis").await;
    first.saved().await;
    second.saved().await;
    let value = "return root.querySelector(\"[data-linkid='language_used'] input\").value";
    assert_eq!(first.script(value, json!(null)).await, "Sunda");
    assert_eq!(second.script(value, json!(null)).await, "Bugis");
    let ready =
        first.script("return portal.ready.map(([id, composed, detail]) => id + composed + detail)", json!(null));
    let ready: Vec<String> = serde_json::from_value(ready.await).expect("texts");
    assert_eq!(ready.len(), 2, "each says once that it is ready");
    assert!(ready.iter().all(|one| one == "firsttruenull" || one == "secondtruenull"), "{ready:?}");
}

/// No service worker keeps what an element may still need, so it is brought in the background.
async fn an_element_goes_on_without_its_server(engine: Engine) {
    let (mut portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    let parts = ["expressions", "fields", "office", "english"].map(|part| format!("asesmen_{part}.wasm"));
    let script = "const come = performance.getEntriesByType('resource').filter((one) => one.responseEnd > 0); \
                  return args.every((part) => come.some((one) => one.name.includes(part)))";
    first.wait("parts", script, json!(parts)).await;
    portal.server.stop();
    first.script("root.querySelector('.tab:nth-child(2)').click()", json!(null)).await;
    first.find("[data-act='verify-files']").await;
    first.tap("[data-language='en']").await;
    first.shows("h1", "Check files").await;
    second.script("root.querySelector('.tab:nth-child(3)').click()", json!(null)).await;
    second.shows("h1", "This tablet").await;
}

async fn the_portal_stays_as_it_was(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    let untouched = json!({ "changes": {}, "errors": [] });
    assert_eq!(changes(&first).await, untouched, "when both stand");
    case::new(&first, "Wulan Kirana").await;
    case::begin(&first, "fisik").await;
    first.fill("[data-linkid='language_used'] input", "Sunda").await;
    first.onward().await;
    first.shows(".section-place", "2").await;
    second.tap(".bar-nav .tab:nth-child(3)").await;
    second.find("[data-offline]").await;
    assert_eq!(changes(&first).await, untouched, "after work on several screens");
    let workers = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";
    assert_eq!(first.script(workers, json!(null)).await, 0, "an embedded element installs nothing");
}

async fn the_portals_styles_end_at_the_element(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&portal.own_page()).await;
    let expected = styles(&page).await;
    let [first, _] = both(&browser, &portal).await;
    let found = styles(&first).await;
    for (selector, style) in expected.as_object().expect("styles") {
        assert_eq!(&found[selector], style, "{selector} looks as on the app's own page");
    }
}

/// How some elements of the start page look, in everything that does not depend on the room there is.
async fn styles(page: &Page) -> Value {
    let script = "const depends = /^(width|height|inline-size|block-size|perspective-origin|transform-origin|\
                  (min|max)-(height|block-size)|padding.*|margin.*|grid-template.*|.*inset.*|top|bottom|left|right|d|\
                  scroll-.*|-webkit-.*|-moz-.*)$/; \
                  const looks = {}; \
                  for (const selector of args) { \
                    const style = getComputedStyle(root.querySelector(selector)); looks[selector] = {}; \
                    for (const name of style) if (!depends.test(name) && !name.startsWith('--')) \
                      looks[selector][name] = style.getPropertyValue(name); \
                  } \
                  return looks";
    page.script(script, json!([".app", ".bar", "main h1", "main p", ".steps li", "[data-act='new-case']", ".brand"]))
        .await
}

async fn a_removed_element_leaves_no_trace(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    case::new(&first, "Wulan Kirana").await;
    case::begin(&first, "fisik").await;
    first.fill("[data-linkid='language_used'] input", "Sunda").await;
    second.tap("[data-act='new-case']").await;
    second.fill("#case-name", "Setengah").await;
    let remove = "window.portal.shadows = []; \
                  for (const element of document.querySelectorAll('asesmen-app')) { \
                    portal.shadows.push(element.shadowRoot); element.remove(); }";
    first.script(remove, json!(null)).await;
    let bare = Page::bare(&browser);
    bare.wait("empty elements", "return portal.shadows.every((root) => root.childNodes.length === 0)", json!(null))
        .await;
    let left = "const expected = document.createElement('html'); expected.innerHTML = portal.before.page; \
                for (const element of expected.querySelectorAll('asesmen-app')) element.remove(); \
                for (const kind of ['resize', 'hashchange', 'pagehide', 'beforeunload', 'online', 'popstate']) \
                  window.dispatchEvent(new Event(kind, { cancelable: true })); \
                document.dispatchEvent(new Event('visibilitychange')); \
                const { documentElement: page } = document; \
                return { listening: portal.listening(), timers: portal.timing(), errors: portal.errors, \
                  page: page.innerHTML === expected.innerHTML || page.outerHTML }";
    let nothing = json!({ "listening": [], "timers": 0, "errors": [], "page": true });
    assert_eq!(bare.script(left, json!(null)).await, nothing);
}

async fn an_element_that_is_moved_keeps_what_was_typed(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, _] = both(&browser, &portal).await;
    first.tap("[data-act='new-case']").await;
    first.fill("#case-name", "Wulan").await;
    let styled = "return !!root.querySelector('link').sheet";
    first.script("document.querySelector('#right').append(host)", json!(null)).await;
    // Browsers read the stylesheet of what was moved once more.
    first.wait("stylesheet", styled, json!(null)).await;
    first.find("#case-name").await.send_keys(" Kirana").await.expect("typing");
    first.fill("#case-register", "17/2026").await;
    first.script("document.querySelector('#left').append(host)", json!(null)).await;
    first.wait("stylesheet", styled, json!(null)).await;
    first.tap("[data-act='save-case']").await;
    first.shows(".case-head", "Wulan Kirana").await;
    first.shows(".case-head", "17/2026").await;
    assert_eq!(first.script("return portal.errors", json!(null)).await, json!([]));
}

async fn an_element_comes_back_with_what_is_stored(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    case::new(&first, "Wulan Kirana").await;
    case::begin(&first, "fisik").await;
    // Removed while the answer still waits to be written.
    first.fill("[data-linkid='language_used'] input", "Sunda").await;
    let script = "portal.first = host; host.remove()";
    first.script(script, json!(null)).await;
    second.find("main h1").await;
    second.script("document.querySelector('#left').append(portal.first)", json!(null)).await;
    first.tap("[data-case]").await;
    first.shows(".case-head", "Wulan Kirana").await;
    case::begin(&first, "fisik").await;
    let kept = "const field = root.querySelector(\"[data-linkid='language_used'] input\"); return field && field.value";
    assert_eq!(first.wait("the answer", kept, json!(null)).await, "Sunda");
    assert_eq!(first.script("return portal.errors", json!(null)).await, json!([]));
}

async fn attributes_change_the_language_and_the_colours(engine: Engine) {
    let (portal, browser) = (Portal::start(), Browser::start(engine).await);
    let [first, second] = both(&browser, &portal).await;
    first.tap("[data-act='new-case']").await;
    first.fill("#case-name", "Wulan").await;
    first.script("host.setAttribute('locale', 'en')", json!(null)).await;
    first.shows("h1", "New case").await;
    let name = "return root.querySelector('#case-name').value";
    assert_eq!(first.script(name, json!(null)).await, "Wulan", "what was typed stays");
    first.script("host.setAttribute('locale', 'xx')", json!(null)).await;
    first.shows("h1", "New case").await;
    first.script("host.setAttribute('theme', 'dark')", json!(null)).await;
    first.find(".app[data-theme='dark']").await;
    second.shows("h1", "Cases").await;
}
