//! The app on the page, as a hand finds it: elements inside the shadow root, touched, clicked, typed into.

use super::driver::{Browser, PATIENCE, PAUSE};
use super::engine::Engine;
use fantoccini::Client;
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions,
};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long the click of a press may take to come.
const LATEST_CLICK: Duration = Duration::from_secs(2);

/// How often a press may miss.
const MOST_MISSED: u32 = 2;

/// So often an element is looked at until it rests.
const MOST_LOOKS: u32 = 20;

/// The app of one element on the page.
#[derive(Clone)]
pub struct Page {
    client: Client,
    engine: Engine,
    host: String,
    work: Rc<Work>,
}

/// What a hand did on a page.
#[derive(Debug, Default)]
pub struct Work {
    /// Touches, the strokes of a drawing among them.
    pub taps: Cell<u32>,
    /// Fields that were typed into.
    pub fields: Cell<u32>,
}

impl Page {
    /// The app of the only element on the page.
    pub fn of(browser: &Browser) -> Self {
        Self::hosted(browser, "asesmen-app")
    }

    /// The app of the element that a selector names.
    pub fn hosted(browser: &Browser, host: &str) -> Self {
        Self { client: browser.client.clone(), engine: browser.engine(), host: host.to_owned(), work: Rc::default() }
    }

    /// What a hand did on it so far.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// The page itself, whether or not an app is on it; `root` is its body.
    pub fn bare(browser: &Browser) -> Self {
        Self::hosted(browser, "body")
    }

    /// Opens an address and waits until the app stands.
    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.expect("the page opens");
        self.find("main h1").await;
    }

    /// Loads the page anew, as a worker does; the drivers' own command bypasses the service worker in Firefox.
    pub async fn reload(&self) {
        self.client
            .execute("window.before = true; setTimeout(() => location.reload())", Vec::new())
            .await
            .expect("a reload");
        self.wait("page loaded anew", "return !window.before", json!(null)).await;
        self.find("main h1").await;
    }

    /// Waits until everything is drawn, also what comes with a part of the module.
    pub async fn drawn(&self) {
        self.wait("everything drawn", "return !root.querySelector('.loading')", json!(null)).await;
    }

    /// Runs a script with `root`, the shadow root, and `args`.
    pub async fn script(&self, script: &str, args: Value) -> Value {
        let script = format!(
            "const host = document.querySelector(arguments[0]); const root = host && (host.shadowRoot ?? (host === document.body && host)); \
             const args = arguments[1]; {script}"
        );
        // Between two pages there is nothing to run in; then there is nothing to see either.
        self.client.execute(&script, vec![json!(self.host), args]).await.unwrap_or_default()
    }

    /// Waits until a script gives something else than null, false and the empty text.
    pub async fn wait(&self, what: &str, script: &str, args: Value) -> Value {
        let begun = Instant::now();
        loop {
            let value = self.script(&format!("if (!root) return null; {script}"), args.clone()).await;
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!("") {
                return value;
            }
            if begun.elapsed() > PATIENCE {
                let seen = self.script("return root ? root.textContent : document.body.textContent", json!(null)).await;
                panic!("{:?}: no {what} after {PATIENCE:?}; the page says: {seen}", self.engine);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits for an element that is shown.
    pub async fn find(&self, selector: &str) -> Element {
        self.nth(selector, 0).await
    }

    /// Waits for the nth element that is shown.
    pub async fn nth(&self, selector: &str, position: usize) -> Element {
        let script = "const e = root.querySelectorAll(args[0])[args[1]]; \
                      return e && e.getClientRects().length > 0 ? e : null";
        let found = self.wait(selector, script, json!([selector, position])).await;
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        Element::from_element_id(self.client.clone(), ElementRef::from(id.expect("an element").to_owned()))
    }

    /// Whether an element is there.
    pub async fn has(&self, selector: &str) -> bool {
        self.script("return !!(root && root.querySelector(args))", json!(selector)).await == json!(true)
    }

    /// Waits until an element shows a text.
    pub async fn shows(&self, selector: &str, text: &str) {
        let script = "return [...root.querySelectorAll(args[0])].some((e) => e.textContent.includes(args[1]))";
        self.wait(&format!("{selector} that says {text:?}"), script, json!([selector, text])).await;
    }

    /// Touches an element with a finger.
    pub async fn tap(&self, selector: &str) {
        self.tap_nth(selector, 0).await;
    }

    /// Touches the nth element with a finger; one that was drawn anew or moved away under the finger is touched again.
    pub async fn tap_nth(&self, selector: &str, position: usize) {
        let begun = Instant::now();
        let mut missed = 0;
        loop {
            match self.touch(selector, position).await {
                // What takes no click at all is met by no press; whoever waits for what it does will tell.
                Ok(met) if met || missed == MOST_MISSED => break,
                Ok(_) => missed += 1,
                Err(error) => {
                    let moved = error.is_stale_element_reference()
                        || error.is_move_target_out_of_bounds()
                        || error.is_element_not_interactable();
                    let again = moved && begun.elapsed() < PATIENCE;
                    assert!(again, "{:?}: no touch on {selector}: {error:?}", self.engine);
                }
            }
        }
        self.work.taps.update(|taps| taps + 1);
    }

    /// Touches once; says whether something was met.
    async fn touch(&self, selector: &str, position: usize) -> Result<bool, CmdError> {
        let element = self.nth(selector, position).await;
        let middle = "root.querySelectorAll(args[0])[args[1]].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.script(middle, json!([selector, position])).await;
        self.rests(selector, position).await;
        let to = self.onto(selector, position, element).await;
        let (down, up) =
            (PointerAction::Down { button: MOUSE_BUTTON_LEFT }, PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.watch_click(selector).await;
        if self.engine == Engine::WebKit {
            // WebKitGTK's driver knows no touch pointer; the mouse presses natively at the same place.
            let press = MouseActions::new("mouse".to_owned()).then(to).then(down).then(up);
            self.client.perform_actions(press).await?;
        } else {
            let touch = TouchActions::new("finger".to_owned()).then(to).then(down).then(up);
            self.client.perform_actions(touch).await?;
        }
        Ok(self.clicked().await)
    }

    /// Waits until an element stands where it stood a moment before, as a hand does that aims; what goes on moving is touched
    /// all the same.
    async fn rests(&self, selector: &str, position: usize) {
        let place = "const e = root.querySelectorAll(args[0])[args[1]]; const { left, top } = e.getBoundingClientRect(); \
                     return [left, top]";
        let mut before = Value::Null;
        for _ in 0..MOST_LOOKS {
            let now = self.script(place, json!([selector, position])).await;
            if now == before {
                return;
            }
            before = now;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The way onto the middle of an element.
    async fn onto(&self, selector: &str, position: usize, element: Element) -> PointerAction {
        match self.drawn_place(selector, position).await {
            Some((x, y)) => PointerAction::MoveTo { duration: Some(Duration::ZERO), x, y },
            None => PointerAction::MoveToElement { element, duration: Some(Duration::ZERO), x: 0.0, y: 0.0 },
        }
    }

    /// Where something drawn stands on the page. WebKitGTK's driver takes no part of a drawing for something to touch.
    async fn drawn_place(&self, selector: &str, position: usize) -> Option<(f64, f64)> {
        if self.engine != Engine::WebKit {
            return None;
        }
        let place = "const e = root.querySelectorAll(args[0])[args[1]]; if (!(e instanceof SVGGraphicsElement)) return null; \
                     const { left, top, width, height } = e.getBoundingClientRect(); return [left + width / 2, top + height / 2]";
        let place = self.script(place, json!([selector, position])).await;
        Some((place.get(0)?.as_f64()?, place.get(1)?.as_f64()?))
    }

    /// Notes on the host whether the next click meets what is pressed, also where that is drawn anew meanwhile.
    async fn watch_click(&self, selector: &str) {
        let watch = "const meets = (event) => event.composedPath().some((one) => one.matches?.(args)); \
                     host.clicked = false; \
                     root.addEventListener('click', (event) => { host.clicked = meets(event) }, { capture: true, once: true })";
        self.script(watch, json!(selector)).await;
    }

    /// Waits for that click. A driver reckons a place first and presses there later: what moved meanwhile, as something above
    /// it came or went or a drawing was made anew, is missed, which a person sees and a driver does not.
    async fn clicked(&self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < LATEST_CLICK {
            if self.script("return host.clicked === false", json!(null)).await != json!(true) {
                return true;
            }
            tokio::time::sleep(PAUSE).await;
        }
        false
    }

    /// Draws a stroke with a finger: from the middle of an element by these steps, in pixels.
    pub async fn draw(&self, selector: &str, steps: &[(f64, f64)]) {
        let element = self.find(selector).await;
        let middle = "root.querySelector(args).scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.script(middle, json!(selector)).await;
        self.rests(selector, 0).await;
        let to = self.onto(selector, 0, element).await;
        let mut actions = vec![to, PointerAction::Down { button: MOUSE_BUTTON_LEFT }];
        let step = |(x, y): &(f64, f64)| PointerAction::MoveBy { duration: None, x: *x, y: *y };
        actions.extend(steps.iter().map(step));
        actions.push(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        let drawn = if self.engine == Engine::WebKit {
            let mouse = MouseActions::new("mouse".to_owned());
            self.client.perform_actions(actions.into_iter().fold(mouse, |all, one| all.then(one))).await
        } else {
            let finger = TouchActions::new("finger".to_owned());
            self.client.perform_actions(actions.into_iter().fold(finger, |all, one| all.then(one))).await
        };
        drawn.expect("a stroke");
        self.work.taps.update(|taps| taps + 1);
    }

    /// Touches a field and types into it.
    pub async fn fill(&self, selector: &str, text: &str) {
        self.tap(selector).await;
        self.find(selector).await.send_keys(text).await.expect("typing");
        self.work.fields.update(|fields| fields + 1);
    }

    /// Presses keys one after another, on whatever has the focus.
    pub async fn press(&self, keys: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.expect("key presses");
    }

    /// Presses a key while another one is held down, on whatever has the focus.
    pub async fn press_with(&self, held: &str, key: &str) {
        let [held, value] = [held, key].map(|key| key.chars().next().expect("a key"));
        let actions = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: held });
        let actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(actions.then(KeyAction::Up { value: held })).await.expect("key presses");
    }

    /// Presses the tab key backwards until an element has the focus.
    pub async fn tab_back_to(&self, selector: &str) {
        const SHIFT: char = '\u{e008}';
        const TAB: char = '\u{e004}';
        self.find(selector).await;
        let is_there = "const e = root.activeElement; return !!e && e.matches(args)";
        for _ in 0..400 {
            if self.script(is_there, json!(selector)).await == json!(true) {
                return;
            }
            let press = [KeyAction::Down { value: SHIFT }, KeyAction::Down { value: TAB }];
            let release = [KeyAction::Up { value: TAB }, KeyAction::Up { value: SHIFT }];
            let keys = press.into_iter().chain(release).fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
            self.client.perform_actions(keys).await.expect("key presses");
        }
        panic!("{:?}: the tab key does not lead back to {selector}", self.engine);
    }

    /// Presses the tab key until an element has the focus: what cannot be reached so cannot be reached by keyboard.
    pub async fn tab_to(&self, selector: &str) {
        self.find(selector).await;
        let is_there = "const e = root.activeElement; return !!e && e.matches(args)";
        for _ in 0..400 {
            if self.script(is_there, json!(selector)).await == json!(true) {
                return;
            }
            self.press("\u{e004}").await;
        }
        panic!("{:?}: the tab key does not reach {selector}", self.engine);
    }

    /// Reaches an element by the tab key and presses keys on it.
    pub async fn press_on(&self, selector: &str, keys: &str) {
        self.tab_to(selector).await;
        self.press(keys).await;
    }

    /// Goes on to the next page by touch, whatever is open on this one.
    pub async fn onward(&self) {
        self.onward_by(async || self.tap("[data-act='next']").await).await;
    }

    /// The same by keyboard.
    pub async fn onward_by_key(&self) {
        self.onward_by(async || self.press_on("[data-act='next']", "\u{e007}").await).await;
    }

    async fn onward_by(&self, press: impl AsyncFn()) {
        let place = "return root.querySelector('.section-place').textContent";
        let before = self.script(place, json!(null)).await;
        let come = "const place = root.querySelector('.section-place').textContent; \
                    return place !== args ? 'there' : root.querySelector('.asking') && 'asked'";
        press().await;
        if self.wait("the next page, or a word about this one", come, before.clone()).await == "asked" {
            press().await;
            self.wait("the next page", "return root.querySelector('.section-place').textContent !== args", before)
                .await;
        }
    }

    /// Waits until everything typed so far is confirmed by storage.
    pub async fn saved(&self) {
        self.find("[data-saving='saved'], [data-saving='unchanged']").await;
    }

    /// The answers on the review page, by position: question and words.
    pub async fn review(&self) -> Vec<(String, String)> {
        self.find(".review").await;
        let rows = "return [...root.querySelectorAll('.review-row')].map((row) => \
                    [row.dataset.linkid, row.querySelector('dd').textContent])";
        let rows = self.script(rows, json!(null)).await;
        serde_json::from_value(rows).expect("rows")
    }
}
