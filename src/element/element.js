// The custom elements. Only what JavaScript alone can do: extend HTMLElement, own the shadow root, and say in words when
// the app cannot start or stops. Everything else is in WebAssembly.
import init, { connect, offer, stood } from "./asesmen.js";
import { formOf } from "./form.js";

// The name of this build, stamped by the bundler; the service worker serves a page only its own build.
const BUILD = "%BUILD%";
const base = new URL(".", import.meta.url).href;

// Does something once for all elements; what failed is tried anew when it is wanted again.
const done = new Map();
function once(name, act) {
  if (!done.has(name)) {
    done.set(
      name,
      act().catch((error) => {
        done.delete(name);
        throw error;
      }),
    );
  }
  return done.get(name);
}

const load = () =>
  once("", async () => {
    const module = await init({ module_or_path: new URL("asesmen_bg.wasm", base) });
    offer(part);
    return module;
  });

// The parts of the module that are loaded when they are first needed, each with the hash of its file, stamped by the
// bundler: a file of another build is refused. Development builds have no parts.
const PARTS = "%PARTS%";
const part = (name) => once(name, () => join(name, PARTS[name]));
async function join(name, integrity) {
  const [module, bytes] = await Promise.all([load(), integrity && bytesOf(name, integrity)]);
  if (bytes) await WebAssembly.instantiate(bytes, { "": module });
  stood(name);
}

async function bytesOf(name, integrity) {
  // The hash in the address, so that no cache gives an older file for it.
  const url = new URL(`asesmen_${name}.wasm?${encodeURIComponent(integrity)}`, base);
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.arrayBuffer();
}

const opening = ["Membuka Asesmen…", "Opening Asesmen…"];
const failed = [
  "Asesmen tidak dapat dimuat di browser ini. Tidak ada catatan yang hilang. Periksa jaringan lalu muat ulang halaman; " +
    "bila tetap begitu, pakai Chrome, Firefox, atau Safari terbaru.",
  "Asesmen could not be loaded in this browser. No record was lost. Check the network and reload the page; if it stays " +
    "so, use a current Chrome, Firefox or Safari.",
];

const stopped =
  "Asesmen berhenti karena kesalahan. Semua yang tertulis “Tersimpan” aman di tablet ini. Muat ulang halaman untuk " +
  "melanjutkan. — Asesmen stopped because of an error. Everything shown as saved is safe on this tablet. Reload the " +
  "page to go on.";

const hear = (event) => AsesmenElement.stopAfter(event.error ?? event.reason);

// What all elements share. What stands in one is begun by `begin`, which gives it, and ended by `end`.
class AsesmenElement extends HTMLElement {
  static observedAttributes = ["locale", "theme"];
  static #running = new Set();
  static #stopped = false;
  #root = this.attachShadow({ mode: "open" });
  #mounted;

  // A panic in the module is a trap. It comes out of whatever the browser called, a listener or a promise, so that the
  // window is told of it. Modules of the host page are none of ours; ours has a file of this build in its trace. What is
  // inside cannot be trusted any more: it is not called again, and every element says what is safe and what to do.
  static stopAfter(error) {
    const isTrap = error instanceof WebAssembly.RuntimeError && String(error.stack).includes(`${base}asesmen`);
    if (!isTrap) return;
    AsesmenElement.#stopped = true;
    for (const element of AsesmenElement.#running) element.#stop();
  }

  static get stopped() {
    return AsesmenElement.#stopped;
  }

  // The window is listened to only while an app runs, so that removed elements leave nothing behind.
  #run(mounted) {
    this.#mounted = mounted;
    if (mounted) AsesmenElement.#running.add(this);
    else AsesmenElement.#running.delete(this);
    const listen = AsesmenElement.#running.size > 0 ? addEventListener : removeEventListener;
    for (const kind of ["error", "unhandledrejection"]) listen.call(window, kind, hear);
  }

  #stop() {
    this.#run(undefined);
    this.#root.lastChild.textContent = this.stoppedWords;
    this.tell("asesmen-error", { kind: "stopped", words: this.stoppedWords, reasons: [] });
  }

  get stoppedWords() {
    return stopped;
  }

  tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  connectedCallback() {
    // An element that was only moved keeps its app.
    if (this.#root.childNodes.length > 0) return;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("asesmen.css", base);
    const container = document.createElement("div");
    container.setAttribute("part", "app");
    this.#say(container, opening);
    this.#root.append(style, container);
    this.#mount(style, container);
  }

  async #mount(style, container) {
    try {
      const styled = new Promise((resolve) => {
        style.onload = style.onerror = resolve;
      });
      // Words that are wanted at once come before anything is drawn, so that nothing is drawn twice; without them it begins
      // all the same.
      const words = this.#speaksEnglish ? part("english").catch(() => {}) : undefined;
      await Promise.all([load(), styled, words, this.prepare()]);
      // The element may have been removed, or removed and added again, in the meantime.
      if (!this.isConnected || container.parentNode !== this.#root) return;
      container.textContent = "";
      if (AsesmenElement.#stopped) return this.#stop();
      this.#run(this.begin(container));
    } catch (error) {
      AsesmenElement.stopAfter(error);
      const words = this.#say(container, failed);
      console.error("asesmen:", error);
      this.tell("asesmen-error", { kind: "load", words, reasons: [] });
      return;
    }
    this.tell("asesmen-ready");
  }

  get #speaksEnglish() {
    return (this.getAttribute("locale") ?? "id").startsWith("en");
  }

  #say(container, texts) {
    const language = this.#speaksEnglish ? 1 : 0;
    const line = document.createElement("p");
    line.className = "loading";
    line.setAttribute("role", "status");
    line.textContent = texts[language];
    container.replaceChildren(line);
    return line.textContent;
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      const mounted = this.#mounted;
      this.#run(undefined);
      if (mounted) this.end(mounted);
      this.#root.replaceChildren();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after && this.#mounted) this.take(this.#mounted, name, after);
  }

  take(mounted, name, value) {
    if (value !== null) mounted.attribute(name, value);
  }
}

class AsesmenApp extends AsesmenElement {
  static observedAttributes = [...AsesmenElement.observedAttributes, "endpoint", "receiver"];
  #app;
  #token;

  constructor() {
    super();
    // Set before the element was known, it would hide the property of the class.
    if (Object.hasOwn(this, "token")) {
      const { token } = this;
      delete this.token;
      this.token = token;
    }
  }

  // Given for the endpoint of the attribute; never read back, and kept nowhere but in memory.
  set token(token) {
    this.#token = token ?? undefined;
    this.#app?.token(this.#token);
  }

  take(mounted, name, value) {
    if (name === "endpoint" || name === "receiver") this.#nameEndpoint(mounted);
    else super.take(mounted, name, value);
  }

  #nameEndpoint(mounted) {
    const [url, receiver] = ["endpoint", "receiver"].map((name) => this.getAttribute(name) ?? undefined);
    // What is no address goes on as it stands, so that it is refused in words.
    let whole = url;
    try {
      if (url) whole = new URL(url, document.baseURI).href;
    } catch {
      // It stays as it was given.
    }
    mounted.endpoint(whole, receiver);
  }

  prepare() {
    return part("tablet");
  }

  begin(container) {
    const mounted = connect(container, base, BUILD, this.getAttribute("locale") ?? undefined);
    const theme = this.getAttribute("theme");
    if (theme !== null) mounted.attribute("theme", theme);
    if (this.hasAttribute("endpoint")) this.#nameEndpoint(mounted);
    if (this.#token) mounted.token(this.#token);
    this.#app = mounted;
    return mounted;
  }

  end(mounted) {
    this.#app = undefined;
    mounted.free();
  }
}

for (const [name, element] of [
  ["asesmen-app", AsesmenApp],
  ["asesmen-form", formOf(AsesmenElement, part)],
]) {
  if (!customElements.get(name)) customElements.define(name, element);
}
