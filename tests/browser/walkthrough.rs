//! A whole case as a worker walks it on a tablet: from selection to a signed agreement and one reassessment, every document
//! sealed, exported and verified. What the hand does is told line by line in `tests/fixtures/walkthrough.txt`; what it may
//! cost, in the README.

use super::{Browser, Engine, Page, Server, case};
use crate::outside;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

in_every_engine! { a_case_from_selection_to_agreement_and_reassessment }

async fn a_case_from_selection_to_agreement_and_reassessment(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    browser.client.set_window_size(1280, 800).await.expect("the size of a tablet");
    page.wait("the size of a tablet", "return innerWidth > innerHeight", json!(null)).await;
    let walk = Walk { page, browser };
    let told = read("tests/fixtures/walkthrough.txt");
    let mut steps: Vec<(&str, [u32; 2])> = Vec::new();
    for line in told.lines().skip_while(|line| !line.starts_with('#')).filter(|line| !line.is_empty()) {
        let before = walk.work();
        match line.strip_prefix("# ") {
            Some(title) => steps.push((title, [0, 0])),
            None => walk.act(line).await,
        }
        let after = walk.work();
        let step = steps.last_mut().expect("a heading");
        step.1 = [0, 1].map(|at| step.1[at] + after[at] - before[at]);
    }
    let stated = stated();
    let stated: Vec<(&str, [u32; 2])> = stated.iter().map(|(title, cost)| (title.as_str(), *cost)).collect();
    assert_eq!(steps, stated, "the taps and fields of the walk, and those in the README");
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file")
}

/// Title, taps and typed fields of each step, as the README's walkthrough says.
fn stated() -> Vec<(String, [u32; 2])> {
    let readme = read("README.md");
    let (_, section) = readme.split_once("\n## Walkthrough\n").expect("a walkthrough");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(|cell| cell.trim().trim_matches('*')).collect();
        let [title, _, taps, fields, ..] = cells[..] else { return None };
        Some((title.to_owned(), [taps.parse().ok()?, fields.parse().ok()?]))
    });
    let mut rows: Vec<(String, [u32; 2])> = rows.collect();
    let (_, sum) = rows.pop().expect("a sum");
    let total: [u32; 2] = [0, 1].map(|at| rows.iter().map(|(_, cost)| cost[at]).sum());
    assert_eq!(sum, total, "the README's sum");
    rows
}

struct Walk {
    page: Page,
    browser: Browser,
}

impl Walk {
    fn work(&self) -> [u32; 2] {
        let work = self.page.work();
        [work.taps.get(), work.fields.get()]
    }

    /// Does what a line tells: a verb, what it acts on, and behind a colon words to type or to see.
    async fn act(&self, line: &str) {
        let page = &self.page;
        let (line, text) = line.split_once(": ").unwrap_or((line, ""));
        let mut words = line.split(' ');
        let [verb, on, how] = [(); 3].map(|()| words.next().unwrap_or_default());
        let at = question(on);
        match verb {
            "case" => self.open_case(text, on).await,
            "begin" => {
                case::begin(page, on).await;
                page.find(".section-head").await;
            }
            "page" => {
                // The list of sections is drawn anew with what is saved; a touch on a row that goes meanwhile is lost.
                page.saved().await;
                page.tap(&format!("[data-section='{}']", number(on) - 1)).await;
                page.shows(".section-place", &format!("Bagian {on}")).await;
            }
            "now" => page.tap(&format!("{at} [data-act='now']")).await,
            "choose" => page.tap(&format!("{at} .option:has([value='{how}'])")).await,
            "write" => page.fill(&format!("{at} {TEXT}"), text).await,
            "day" => self.day(&at, number(how)).await,
            "take" => self.take(&at).await,
            "take-all" => page.tap("[data-act='take-all']").await,
            "add" => page.tap(&format!("{at} > [data-act='add']")).await,
            "step" => page.tap(&format!(".procedure-step:nth-child({on}) .option")).await,
            "value" => self.value(&at, text).await,
            "rank" => page.tap(&format!(".ranking{at} .rank:nth-child({how}) [data-act='rank-up']")).await,
            "settle" => page.tap(&format!(".ranking{at} [data-act='rank-as-it-is']")).await,
            "read" => self.read_together().await,
            "hand-over" => {
                page.tap("[data-act='hand-over']").await;
                page.find(".client-answers").await;
            }
            "take-back" => self.take_back().await,
            "sign" => {
                page.draw(&format!("{at} .pad"), &[(60.0, -20.0), (60.0, 20.0), (40.0, -30.0)]).await;
                page.find(&format!("{at} .pad-box:not([data-empty])")).await;
            }
            "seal" => self.seal().await,
            "change" => self.look_at_the_change(on).await,
            _ => panic!("no such verb: {line}"),
        }
    }

    /// Takes over all that is proposed for a question or list, by one touch.
    async fn take(&self, at: &str) {
        let all = format!("{at} .proposal > [data-act='take'], {at} .proposal:not(:has(li + li)) [data-act='take']");
        self.page.tap(&all).await;
        self.page.wait("it taken over", "return !root.querySelector(args)", json!(all)).await;
    }

    async fn open_case(&self, name: &str, year: &str) {
        let page = &self.page;
        page.tap("[data-act='new-case']").await;
        page.fill("#case-name", name).await;
        page.fill("#case-birth-year", year).await;
        page.tap("[data-act='save-case']").await;
        page.shows(".case-head", name).await;
    }

    /// Sets a day so many days from now. The calendar that a browser opens for it is out of a test's reach; it counts as a
    /// field.
    async fn day(&self, at: &str, days: usize) {
        let field = format!("{at} input[type='date']");
        self.page.tap(&field).await;
        let set = "const field = root.querySelector(args[0]); const day = new Date(Date.now() + args[1] * 864e5); \
                   const two = (number) => String(number).padStart(2, '0'); \
                   field.value = [day.getFullYear(), two(day.getMonth() + 1), two(day.getDate())].join('-'); \
                   for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); \
                   return true";
        self.page.wait("a day", set, json!([field, days])).await;
        let fields = &self.page.work().fields;
        fields.set(fields.get() + 1);
    }

    /// Waits until a field holds a text, or until the option of that code is chosen.
    async fn value(&self, at: &str, text: &str) {
        let holds = "const all = [...root.querySelectorAll(args[0])]; \
                     return all.some((e) => e.type === 'radio' ? e.checked && e.value === args[1] : e.value === args[1])";
        let fields = format!("{at} :is(input, textarea, select)");
        self.page.wait(&format!("{text} at {at}"), holds, json!([fields, text])).await;
    }

    /// Reads the agreement card by card with the client.
    async fn read_together(&self) {
        let page = &self.page;
        page.tap("[data-linkid='read_aloud'] [data-act='read-together']").await;
        let count = "return Number(root.querySelector('.client-count')?.textContent.match(/(\\d+)\\D*$/)[1])";
        let cards = page.wait("a count", count, json!(null)).await.as_u64().expect("a number");
        for card in 2..=cards {
            page.tap("[data-act='card-next']").await;
            page.shows(".client-count", &format!("Bagian {card} dari")).await;
        }
        page.tap("[data-act='card-next']").await;
        self.back_to_worker().await;
        self.value("[data-linkid='read_aloud']", "true").await;
    }

    async fn take_back(&self) {
        self.page.tap("[data-act='answered']").await;
        self.back_to_worker().await;
    }

    async fn back_to_worker(&self) {
        self.page.tap(".client-closing [data-act='return']").await;
        self.page.tap("[data-act='returned']").await;
        self.page.find(".section-head").await;
    }

    /// Seals what is open, exports it, has it verified, and goes back to the case.
    async fn seal(&self) {
        let page = &self.page;
        page.saved().await;
        page.tap("[data-act='to-review']").await;
        page.find(".review").await;
        let wrong = page.script("return root.querySelector('.trouble')?.textContent ?? ''", json!(null)).await;
        assert_eq!(wrong, json!(""), "nothing to mend and nothing to look at again");
        case::seal(page).await;
        page.tap("[data-act='export']").await;
        let (path, bytes) = self.browser.downloaded().await;
        outside::holds_everywhere(&path, &bytes);
        for file in fs::read_dir(path.parent().expect("a folder")).expect("the folder") {
            fs::remove_file(file.expect("an entry").path()).expect("a file less");
        }
        page.tap("[data-act='stop']").await;
        at_case(page).await;
    }

    /// Looks at what changed since the first assessment.
    async fn look_at_the_change(&self, form: &str) {
        let page = &self.page;
        case::unfold(page, form).await;
        page.tap(&format!("[data-instrument$='/{form}'] [data-act='change']")).await;
        page.find("[data-linkid='weight'][data-change='up']").await;
        page.find("[data-linkid='sleep'][data-change='up']").await;
    }
}

/// What is typed into.
const TEXT: &str = ":is(input.input, textarea)";

/// A question by its link id, or behind `@` in which entry of its list.
fn question(on: &str) -> String {
    match on.split_once('@') {
        Some((link, entry)) => format!(".entry:nth-child({entry}) [data-linkid='{link}']"),
        None => format!("[data-linkid='{on}']"),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

/// Waits until the heading of the case has the focus: before that the page may still be scrolled.
async fn at_case(page: &Page) {
    page.find(".case-head").await;
    let focus = "return !!root.activeElement && root.activeElement.matches('h1')";
    assert_ne!(page.wait("the heading's focus", focus, json!(null)).await, Value::Null);
}
