// Measures the caseload in Chromium with 500 cases of 20 documents each: until it can be used, from opening the app and
// from leaving a case, and each key of a search until it is painted. What is loaded is in the browser's cache, as it is
// on a tablet that has the app.
//
//   node bench/caseload.mjs [--rounds 5] [--slowed 4]
//
// Wants dist/ (tools/bundle release) and target/release/asesmen, which serves it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open, run, start } from "./chromium.mjs";
import { seed } from "./caseload-rows.mjs";
import { root, serve } from "./server.mjs";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const dist = option("--dist", join(root, "dist"));
const rounds = Number(option("--rounds", 5));
const CASES = 500;
const DOCUMENTS = 20;
const WORDS = "sekar 2026/04";
/** How long each may take, milliseconds, without slowing the processor. */
const TARGETS = { opening: 1000, returning: 1000, key: 1000 / 60 };

/** What the page itself looks at. A frame is painted when the task after it begins. */
const PROBE = `(() => {
  const root = () => document.querySelector("asesmen-app")?.shadowRoot;
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  }));
  const shown = async (selector) => {
    for (;;) {
      const now = await painted();
      if (root()?.querySelector(selector)) return now;
    }
  };
  let armed;
  globalThis.probe = {
    shown,
    count: () => [...root().querySelectorAll("[data-case]")].filter((row) => row.checkVisibility()).length,
    point: (selector) => {
      const { x, y, width, height } = root().querySelector(selector).getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    arm: () => { armed = new Promise((resolve) => addEventListener("keydown", ({ timeStamp }) => {
      painted().then((now) => resolve(now - timeStamp));
    }, { once: true, capture: true })); },
    armPress: (selector) => { armed = new Promise((resolve) => addEventListener("click", ({ timeStamp }) => {
      shown(selector).then((now) => resolve(now - timeStamp));
    }, { once: true, capture: true })); },
    armed: () => armed,
  };
})()`;

async function press(page, selector, shown) {
  const { x, y } = await run(page, (selector) => probe.point(selector), selector);
  await run(page, (shown) => probe.armPress(shown), shown);
  for (const type of ["mousePressed", "mouseReleased"]) {
    await page.ask("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
  }
  return run(page, () => probe.armed());
}

/** How long the page's main thread was busy meanwhile, milliseconds of the processor. */
async function busy(page, act) {
  const read = async () => {
    const { metrics } = await page.ask("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
  const before = await read();
  const took = await act();
  return [took, (await read()) - before];
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function typing(page, note) {
  await run(page, () => document.querySelector("asesmen-app").shadowRoot.querySelector("[name=case-search]").focus());
  const key = async (parameters) => {
    await run(page, () => probe.arm());
    note("key", ...(await busy(page, async () => {
      await page.ask("Input.dispatchKeyEvent", { type: "keyDown", ...parameters });
      await page.ask("Input.dispatchKeyEvent", { type: "keyUp", ...parameters });
      return run(page, () => probe.armed());
    })));
    await pause(30 + 40 * Math.random());
  };
  for (const sign of WORDS) await key({ key: sign, text: sign });
  const found = await run(page, () => probe.count());
  if (found === 0 || found > CASES / 4) throw new Error(`the search finds ${found}`);
  for (const _ of WORDS) await key({ key: "Backspace", windowsVirtualKeyCode: 8, commands: ["deleteBackward"] });
}

async function visit(page, origin, note) {
  await open(page, origin);
  note("opening", await run(page, () => probe.shown("[data-case]")));
  await pause(300);
  note("case", ...(await busy(page, () => press(page, "[data-case]", ".case-head"))));
  await pause(300);
  note("returning", ...(await busy(page, () => press(page, "[data-act=back]", "[data-case]"))));
  await pause(300);
  await typing(page, note);
}

async function seeded(browser, origin) {
  const page = await browser.page();
  await page.ask("Page.addScriptToEvaluateOnNewDocument", { source: PROBE });
  await open(page, origin);
  await run(page, () => probe.shown(".empty"));
  const { instruments } = JSON.parse(readFileSync(join(dist, "instruments/index.json"), "utf8"));
  const pins = Object.fromEntries(instruments.map(({ url, version }) => [url.split("/").pop(), `${url}|${version}`]));
  await run(page, seed, CASES, DOCUMENTS, pins);
  return page;
}

const middle = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const server = await serve(dist);
const browser = await start();
let missed = false;
try {
  const page = await seeded(browser, server.origin);
  for (const slowed of [1, Number(option("--slowed", 4))]) {
    await page.ask("Emulation.setCPUThrottlingRate", { rate: slowed });
    const samples = new Map();
    const note = (what, ...sample) => samples.set(what, [...(samples.get(what) ?? []), sample]);
    await visit(page, server.origin, () => {});
    for (let round = 0; round < rounds; round += 1) await visit(page, server.origin, note);
    for (const [what, measured] of samples) {
      const target = slowed === 1 ? TARGETS[what] : undefined;
      const [took, work] = [0, 1].map((part) => measured.map((sample) => sample[part]));
      missed ||= middle(took) > target;
      const [median, worst, busy] = [middle(took), Math.max(...took), middle(work)].map((millis) => millis?.toFixed(1));
      const may = target ? `, at most ${target.toFixed(1)}` : "";
      console.log(`caseload: ${what}, processor ${slowed} times slower: ${median} ms (worst ${worst}${busy ? `, work ${busy}` : ""})${may}`);
    }
  }
} finally {
  await browser.stop();
  server.stop();
}
if (missed) process.exitCode = 1;
