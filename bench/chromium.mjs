// A Chromium without a window, spoken to over a pipe (Chrome DevTools Protocol), so that nothing has to be installed.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
  // Clocks as fine and windows as busy as in front of somebody.
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--remote-debugging-pipe",
  "--window-size=1280,900",
];

/** How long anything may take before it counts as stuck, milliseconds: a bench says where it stands and never waits on. */
export const PATIENCE = 60_000;

/** Refuses a promise that is not kept in time. */
export function within(millis, what, promise) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`${what}: nothing after ${millis / 1000} s`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Starts a browser with an empty profile. */
export async function start(binary = process.env.CHROMIUM ?? "chromium") {
  const profile = mkdtempSync(join(tmpdir(), "asesmen-bench-"));
  const child = spawn(binary, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const [, , , into, from] = child.stdio;
  const waiting = new Map();
  const hearing = new Map();
  let [last, rest] = [0, ""];
  const gone = new Promise((_, refuse) => {
    child.once("error", refuse);
    child.once("exit", (code) => refuse(new Error(`${binary} ended (${code})`)));
  });
  gone.catch(() => {});
  from.setEncoding("utf8");
  from.on("data", (chunk) => {
    const parts = (rest + chunk).split("\0");
    rest = parts.pop();
    for (const { id, method, params, result, error, sessionId } of parts.map((part) => JSON.parse(part))) {
      if (method) for (const hear of hearing.get(`${sessionId ?? ""} ${method}`) ?? []) hear(params);
      const asked = waiting.get(id);
      waiting.delete(id);
      if (asked && error) asked.refuse(new Error(`${asked.method}: ${error.message}`));
      else asked?.give(result);
    }
  });
  into.on("error", () => {});
  const send = (method, params = {}, sessionId = undefined) => {
    const id = ++last;
    const answer = new Promise((give, refuse) => waiting.set(id, { method, give, refuse }));
    into.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return Promise.race([within(PATIENCE, method, answer), gone]);
  };
  const page = async () => {
    // A window of its own: no frame is made for a tab behind another, and which one is in front when one was closed is not
    // settled at once.
    const { targetId } = await send("Target.createTarget", { url: "about:blank", newWindow: true });
    const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
    const ask = (method, params) => send(method, params, sessionId);
    const on = (method, hear) => {
      const key = `${sessionId} ${method}`;
      hearing.set(key, [...(hearing.get(key) ?? []), hear]);
    };
    await Promise.all(["Page", "Runtime", "HeapProfiler"].map((domain) => ask(`${domain}.enable`)));
    await ask("Page.bringToFront");
    // The time of the processor and not of the clock: what else runs on the machine is not counted.
    await ask("Performance.enable", { timeDomain: "threadTicks" });
    return { ask, on, close: () => send("Target.closeTarget", { targetId }) };
  };
  const stop = async () => {
    await send("Browser.close").catch(() => {});
    const over = new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
    await within(10_000, binary, over).catch(() => child.kill("SIGKILL"));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { page, stop, version: (await send("Browser.getVersion")).product };
}

/** Runs a function or an expression in a page and gives what it comes to. */
export async function run(page, script, ...given) {
  const expression = typeof script === "function" ? `(${script})(...${JSON.stringify(given)})` : script;
  const { result, exceptionDetails } = await page.ask("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Opens an address and waits until the page has loaded. */
export async function open(page, url) {
  const loaded = new Promise((resolve) => page.on("Page.loadEventFired", resolve));
  await page.ask("Page.navigate", { url });
  await within(PATIENCE, url, loaded);
}
