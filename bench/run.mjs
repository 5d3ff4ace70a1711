// Measures <asesmen-form> in Chromium beside the floor, a page with the same form written by hand (floor/). Both in one
// run, in turn, in an order that changes; what counts is the median, and the ratio of the two. Ends with code 1 if a visit
// got stuck twice; what else was measured is told all the same.
//
//   node bench/run.mjs [--rounds 3]
//
// Wants dist/ (tools/bundle release) and target/release/asesmen, which serves both pages.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PATIENCE, open, run, start, within } from "./chromium.mjs";
import { questionnaire, response } from "./forms.mjs";
import { root, serve } from "./server.mjs";
import { print } from "./table.mjs";

const here = join(root, "bench");
const site = join(root, "target/bench-site");
const given = process.argv.indexOf("--rounds");
const rounds = given < 0 ? 3 : Number(process.argv[given + 1]);
/** No round begins after so many milliseconds, so that all of it ends in about five minutes on a slow machine too. */
const ENOUGH = 150_000;
const KEYS = 12;
const TOGGLES = 4;
/** What is visited: so many questions, a processor slowed so many times, and what is looked at. */
const VISITS = [
  { size: 200, slowed: 1, typing: true, memory: true },
  { size: 200, slowed: 6 },
  { size: 1000, slowed: 1, typing: true, memory: true, toggling: true, validating: true },
  { size: 5000, slowed: 1, typing: true, toggling: true },
];
const PAGES = ["floor", "form"];

function build() {
  rmSync(site, { recursive: true, force: true });
  for (const page of PAGES) cpSync(join(here, page), join(site, page), { recursive: true });
  cpSync(join(root, "dist"), join(site, "asesmen"), { recursive: true });
  cpSync(join(root, "dist/index.html"), join(site, "index.html"));
  mkdirSync(join(site, "forms"));
  for (const { size } of VISITS) writeFileSync(join(site, `forms/${size}.json`), JSON.stringify(questionnaire(size)));
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** How long the page's main thread was busy meanwhile, milliseconds. */
async function busy(page, act) {
  const read = async () => {
    const { metrics } = await page.ask("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
  const before = await read();
  const outcome = await act();
  return [outcome, (await read()) - before];
}

async function press(page, { x, y }) {
  for (const type of ["mousePressed", "mouseReleased"]) {
    await page.ask("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
  }
}

async function typing(page, note) {
  await press(page, await run(page, () => probe.point("q1")));
  for (let at = 0; at <= KEYS; at += 1) {
    const sign = "abcdefghijklm"[at];
    await run(page, (sign) => probe.armKey("q1", sign), sign);
    const [took, work] = await busy(page, async () => {
      await page.ask("Input.dispatchKeyEvent", { type: "keyDown", key: sign, text: sign });
      await page.ask("Input.dispatchKeyEvent", { type: "keyUp", key: sign });
      return run(page, () => probe.armed());
    });
    // The first key makes what all the others use.
    if (at > 0) note("key", took, work);
    await pause(30 + 40 * Math.random());
  }
}

async function toggling(page, note) {
  for (let at = 0; at <= TOGGLES; at += 1) {
    for (const [value, comes] of [["true", true], ["false", false]]) {
      const point = await run(page, (value) => probe.point("q2", value), value);
      await run(page, (comes) => probe.armToggle("q11", comes), comes);
      const [took, work] = await busy(page, async () => {
        await press(page, point);
        return run(page, () => probe.armed());
      });
      if (at > 0) note(comes ? "show" : "hide", took, work);
      await pause(30 + 40 * Math.random());
    }
  }
}

async function validating(page, note, size) {
  const last = `q${size - 1}`;
  const form = questionnaire(size);
  for (const [name, expected] of [["validate", size / 10 - 1], ["validate complete", 0]]) {
    if (expected === 0) await run(page, (given) => probe.fill(given, "q1"), response(form));
    for (let at = 0; at < 4; at += 1) {
      const [{ took, count }, work] = await busy(page, () => run(page, (last) => probe.validate(last), last));
      if (count !== expected) throw new Error(`${name}: ${count} problems and not ${expected}`);
      if (at > 0) note(name, took, work);
      await run(page, (last) => probe.clear(last), last);
    }
  }
}

async function memory(page, note) {
  for (let at = 0; at < 2; at += 1) await page.ask("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize = 0 } = await page.ask("Runtime.getHeapUsage");
  note("memory", usedSize + embedderHeapUsedSize + (await run(page, () => probe.memory())));
}

async function visit(browser, origin, name, look, note) {
  const page = await browser.page();
  const source = readFileSync(join(here, "probe.js"), "utf8");
  await page.ask("Page.addScriptToEvaluateOnNewDocument", { source });
  await page.ask("Emulation.setCPUThrottlingRate", { rate: look.slowed });
  const [loaded, work] = await busy(page, async () => {
    await open(page, `${origin}/${name}/index.html?size=${look.size}`);
    return run(page, (last) => probe.loaded(last), `q${look.size}`);
  });
  note("usable", loaded.usable, work);
  note("complete", loaded.complete, work);
  await pause(500);
  if (look.memory) await memory(page, note);
  if (look.typing) await typing(page, note);
  if (look.toggling) await toggling(page, note);
  if (look.validating) await validating(page, note, look.size);
  await page.close();
}

/** One visit in a browser of its own. One that got stuck is said and made anew once, and counts for nothing. */
async function visited(origin, name, look) {
  for (const then of ["once more", "left out"]) {
    const noted = [];
    const browser = await start();
    try {
      await within(2 * PATIENCE, "the visit", visit(browser, origin, name, look, (...sample) => noted.push(sample)));
      return { noted, version: browser.version };
    } catch (error) {
      process.stderr.write(`bench: ${name}, ${look.size} questions: ${error.message}; ${then}\n`);
    } finally {
      await browser.stop();
    }
  }
  process.exitCode = 1;
  return { noted: [], version };
}

build();
const server = await serve(site);
const samples = new Map();
const begun = Date.now();
let version = "";
try {
  for (let round = 0; round < rounds && Date.now() - begun < ENOUGH; round += 1) {
    for (const look of VISITS) {
      for (const name of round % 2 ? PAGES : PAGES.toReversed()) {
        const made = await visited(server.origin, name, look);
        version = made.version;
        for (const [what, took, work = took] of made.noted) {
          const key = `${what} ${look.size} ${look.slowed}`;
          if (!samples.has(key)) samples.set(key, { floor: [], form: [] });
          samples.get(key)[name].push([took, work]);
        }
      }
    }
    process.stderr.write(`bench: round ${round + 1} of ${rounds} after ${((Date.now() - begun) / 1000).toFixed(0)} s\n`);
  }
} finally {
  server.stop();
}
print(samples, version);
