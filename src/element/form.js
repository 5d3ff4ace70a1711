// <asesmen-form>: one form on a host's page. It keeps nothing; what the host sets is handed in as text, and what it reads
// is made anew from what the form holds.
import { host } from "./asesmen.js";

const stopped =
  "Formulir berhenti karena kesalahan. Yang sudah disimpan halaman ini aman; jawaban sesudahnya perlu diisi lagi. Muat " +
  "ulang halaman untuk melanjutkan. — The form stopped because of an error. What this page has saved is safe; answers " +
  "given since have to be given again. Reload the page to go on.";

// As text; what cannot be text is refused like any other text that is not JSON.
function json(value) {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

export const formOf = (AsesmenElement) =>
  class AsesmenForm extends AsesmenElement {
    static observedAttributes = [...AsesmenElement.observedAttributes, "mode"];
    // A host gives any form and is answered at once, so all that may run one stands before.
    static parts = { first: ["expressions", "office", "unusual"], later: ["fields", "english"] };
    // The answers live as long as this object does, on a page or off it.
    #form;
    // What the host set and the form has not taken over yet, by name.
    #given = new Map();
    #definition = null;
    #context = {};

    constructor() {
      super();
      // What the host set before this class was there hides the properties below.
      for (const name of ["context", "definition", "response"]) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }

    get #live() {
      return AsesmenElement.stopped ? undefined : this.#form;
    }

    get stoppedWords() {
      return stopped;
    }

    begin(container) {
      if (!this.#form) {
        // Held weakly, so that an element nobody holds any more goes with its answers.
        const self = new WeakRef(this);
        this.#form = host(() => self.deref()?.tell("asesmen-change"));
      }
      for (const name of AsesmenForm.observedAttributes) {
        if (this.hasAttribute(name)) this.#form.attribute(name, this.getAttribute(name));
      }
      this.#take();
      this.#form.show(container);
      return this.#form;
    }

    end(form) {
      form.hide();
    }

    // Frameworks set properties in any order. All that are set in one go are taken over together, each when what it
    // builds on is there.
    #give(name, value) {
      this.#given.set(name, value);
      queueMicrotask(() => this.#take());
    }

    #take() {
      const form = this.#live;
      if (!form) return;
      for (const name of ["context", "definition", "response"]) {
        if (!this.#given.has(name) || (name === "response" && !this.#definition)) continue;
        const value = this.#given.get(name);
        this.#given.delete(name);
        const refused = form.take(name, json(value));
        if (refused) this.tell("asesmen-error", JSON.parse(refused));
        else if (name === "definition") this.#definition = value ?? null;
        else if (name === "context") this.#context = value ?? {};
      }
    }

    get definition() {
      this.#take();
      return this.#definition;
    }

    set definition(value) {
      this.#give("definition", value);
    }

    get context() {
      this.#take();
      return this.#context;
    }

    set context(value) {
      this.#give("context", value);
    }

    get response() {
      const text = this.responseText;
      return text === null ? null : JSON.parse(text);
    }

    set response(value) {
      this.#give("response", value);
    }

    get responseText() {
      this.#take();
      return this.#live?.response() ?? null;
    }

    answers(linkId) {
      this.#take();
      return JSON.parse(this.#live?.answers(linkId) ?? "[]");
    }

    validate() {
      this.#take();
      return JSON.parse(this.#live?.validate() ?? "[]");
    }

    clearIssues() {
      this.#live?.quiet();
    }

    clear() {
      this.#take();
      this.#live?.take("clear");
    }
  };
