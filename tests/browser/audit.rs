//! Looks at a screen as people do who see, touch or read otherwise: with axe, and by measuring.

use super::{Browser, Engine, Page};
use serde_json::{Value, json};
use std::fs;

/// How the screens are looked at.
#[derive(Clone, Copy)]
pub struct Look {
    pub engine: Engine,
    pub size: (u32, u32),
    pub locale: &'static str,
    pub themes: &'static [&'static str],
    pub axe: bool,
    pub wide_text: bool,
}

impl Look {
    /// With axe, in all colours, in Indonesian.
    pub fn axe(engine: Engine, width: u32, height: u32) -> Self {
        let themes = &["light", "dark", "contrast"];
        Self { engine, size: (width, height), locale: "id", themes, axe: true, wide_text: false }
    }
}

/// What was found on the way.
pub struct Audit {
    look: Look,
    pub page: Page,
    found: Vec<String>,
}

const AXE: &str = "if (!window.axe) return null; \
    return axe.run(document, { resultTypes: ['violations'], runOnly: \
      ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }) \
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => \
        nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')} (${failureSummary})`)))";

/// Targets are 48 px high, links in lists at least 24; nothing lies beside the page, nothing is cut off.
const MEASURES: &str = "const found = []; \
    const name = (e) => `${e.localName}.${e.className} ${(e.textContent || e.id).trim().slice(0, 40)}`; \
    const shown = [...root.querySelectorAll('.app *')].filter((e) => e.getClientRects().length > 0); \
    const beside = (e) => !e.closest('svg') && e.getClientRects().length > 0 \
      && (e.getBoundingClientRect().left + scrollX < -1 || e.getBoundingClientRect().right + scrollX > innerWidth + 1); \
    for (const e of shown) { \
      if (beside(e) && ![...e.children].some(beside)) found.push(`beside the page: ${name(e)}`); \
      const cut = e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'; \
      if (cut && !e.matches('input, textarea')) found.push(`cut off: ${name(e)}`); \
      if (!e.matches('button, select, input, textarea, summary, a')) continue; \
      const target = e.closest('.option, .file-choose, .drop') ?? e; \
      const least = e.matches('li .link') ? 24 : 48; \
      const { width, height } = target.getBoundingClientRect(); \
      if (height < least - 0.5 || width < 24) found.push(`small target ${width} x ${height}: ${name(e)}`); \
    } \
    const { scrollWidth } = document.documentElement; \
    if (scrollWidth > innerWidth) found.push(`the page scrolls sideways: ${scrollWidth} px`); \
    return found";

impl Audit {
    /// Prepares the page.
    pub async fn begin(look: Look, page: Page, browser: &Browser) -> Self {
        if look.axe {
            let tools = std::env::var("NPM_TEST").expect("NPM_TEST is not set; run the tests with `make test`");
            let axe = fs::read_to_string(format!("{tools}/node_modules/axe-core/axe.min.js")).expect("axe");
            browser.client.execute(&axe, Vec::new()).await.expect("axe");
            // What sticks to an edge covers some of the page until one scrolls; axe looks from one place only.
            let still = "const sheet = new CSSStyleSheet(); root.adoptedStyleSheets = [sheet]; \
                         sheet.replaceSync('.document-bar, .steps-bar, .messages { position: static !important }')";
            page.script(still, json!(null)).await;
        }
        if look.wide_text {
            let wide = "const sheet = new CSSStyleSheet(); root.adoptedStyleSheets = [sheet]; \
                        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; \
                        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')";
            page.script(wide, json!(null)).await;
        }
        Self { look, page, found: Vec::new() }
    }

    /// Says everything that was found.
    pub fn end(self) {
        assert!(self.found.is_empty(), "{} problems:\n{}", self.found.len(), self.found.join("\n"));
    }

    /// Looks at the screen in all colours and notes what is wrong.
    pub async fn check(&mut self, state: &str) {
        for theme in self.look.themes {
            let set = "host.setAttribute('locale', args[0]); host.setAttribute('theme', args[1])";
            self.page.script(set, json!([self.look.locale, theme])).await;
            self.page.find(&format!(".app[data-theme='{theme}'][lang='{}']", self.look.locale)).await;
            // What is folded away does not move on until it is seen.
            let rest = "return root.getAnimations().every(({ effect }) => !effect.target.checkVisibility())";
            self.page.wait("rest", rest, json!(null)).await;
            let mut found = texts(self.page.script(MEASURES, json!(null)).await, state);
            if self.look.axe {
                found.extend(texts(self.page.script(AXE, json!(null)).await, state));
            }
            self.found.extend(found.into_iter().map(|one| format!("{state}, {theme}: {one}")));
        }
    }

    /// Opens everything that is folded.
    pub async fn open_all(&self) {
        self.page.script("for (const one of root.querySelectorAll('details')) one.open = true", json!(null)).await;
    }

    /// Goes to a screen by its address.
    pub async fn go(&self, location: &str) {
        self.page.script("location.hash = args", json!(location)).await;
    }
}

fn texts(found: Value, state: &str) -> Vec<String> {
    serde_json::from_value(found.clone()).unwrap_or_else(|_| panic!("{state} was not looked at: {found}"))
}
