// The custom element <asesmen-app>. Only what JavaScript alone can do: extend HTMLElement, own the shadow root, and say
// in words when the app cannot start or stops. Everything else is in WebAssembly.
import init, { connect } from "./asesmen.js";

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

const load = () => once("", () => init({ module_or_path: new URL("asesmen_bg.wasm", base) }));

// The parts of the module that are loaded when they are first needed, each with the hash of its file, stamped by the
// bundler: a file of another build is refused. Development builds have no parts.
const PARTS = "%PARTS%";
const part = (name) => once(name, () => join(name, PARTS[name]));
async function join(name, integrity) {
  if (!integrity) return;
  // The hash in the address, so that no cache gives an older file for it.
  const url = new URL(`asesmen_${name}.wasm?${encodeURIComponent(integrity)}`, base);
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  await WebAssembly.instantiate(await response.arrayBuffer(), { "": await load() });
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

const hear = (event) => AsesmenApp.stopAfter(event.error ?? event.reason);

class AsesmenApp extends HTMLElement {
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
    AsesmenApp.#stopped = true;
    for (const element of AsesmenApp.#running) element.#stop();
  }

  // The window is listened to only while an app runs, so that removed elements leave nothing behind.
  #run(mounted) {
    this.#mounted = mounted;
    if (mounted) AsesmenApp.#running.add(this);
    else AsesmenApp.#running.delete(this);
    const listen = AsesmenApp.#running.size > 0 ? addEventListener : removeEventListener;
    for (const kind of ["error", "unhandledrejection"]) listen.call(window, kind, hear);
  }

  #stop() {
    this.#run(undefined);
    this.#root.lastChild.textContent = stopped;
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
      await Promise.all([load(), styled]);
      // The element may have been removed, or removed and added again, in the meantime.
      if (!this.isConnected || container.parentNode !== this.#root) return;
      container.textContent = "";
      if (AsesmenApp.#stopped) return this.#stop();
      this.#run(connect(container, base, BUILD, this.getAttribute("locale") ?? undefined, part));
    } catch (error) {
      AsesmenApp.stopAfter(error);
      this.#say(container, failed);
      console.error("asesmen:", error);
      return;
    }
    const theme = this.getAttribute("theme");
    if (theme !== null) this.#mounted.attribute("theme", theme);
    this.dispatchEvent(new CustomEvent("asesmen-ready", { bubbles: true, composed: true }));
  }

  #say(container, texts) {
    const language = (this.getAttribute("locale") ?? "id").startsWith("en") ? 1 : 0;
    const line = document.createElement("p");
    line.className = "loading";
    line.setAttribute("role", "status");
    line.textContent = texts[language];
    container.replaceChildren(line);
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      const mounted = this.#mounted;
      this.#run(undefined);
      mounted?.free();
      this.#root.replaceChildren();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after && after !== null) this.#mounted?.attribute(name, after);
  }
}

if (!customElements.get("asesmen-app")) customElements.define("asesmen-app", AsesmenApp);
