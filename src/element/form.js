// <asesmen-form>: one form on a host's page. It keeps nothing; what the host sets is handed in as text, and what it reads
// is made anew from what the form holds.
import { host } from "./asesmen.js";

const stopped =
  "Formulir berhenti karena kesalahan. Yang sudah disimpan halaman ini aman; jawaban sesudahnya perlu diisi lagi. Muat " +
  "ulang halaman untuk melanjutkan. — The form stopped because of an error. What this page has saved is safe; answers " +
  "given since have to be given again. Reload the page to go on.";

const notLoaded =
  "Formulir ini membutuhkan bagian program yang tidak dapat dimuat. Formulir dan jawaban yang sudah ada tetap seperti " +
  "semula. Periksa jaringan lalu berikan lagi formulirnya. — This form needs a part of the program that could not be " +
  "loaded. The form and answers that stood here are as they were. Check the network and give the form again.";

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

// Parts of the module that a form may need, by marks in its text: those of src/form/rules.rs, and the controls that few
// forms have. A letter may be written by its number, so such a text may hold any of them.
const MARKS = {
  expressions: /xpression|\/regex|\\u00/,
  unusual: /\/rendering-|alueSet|\\u00/,
};
const CONTROLS = /attachment|slider|autocomplete|\\u00/;

export const formOf = (AsesmenElement, part) =>
  class AsesmenForm extends AsesmenElement {
    static observedAttributes = [...AsesmenElement.observedAttributes, "mode"];
    // Which parts stand.
    static #standing = new Set();
    // The answers live as long as this object does, on a page or off it.
    #form;
    // What the host set and the form has not taken over yet, by name.
    #given = new Map();
    // Whether parts that a given form needs are on their way.
    #waits = false;
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
      this.#given.set(name, { value, text: json(value) });
      queueMicrotask(() => this.#take());
    }

    // The parts that the form which was given needs, and that do not stand yet.
    #lacking() {
      const text = this.#given.get("definition")?.text ?? "";
      const needed = Object.keys(MARKS).filter((name) => MARKS[name].test(text));
      return needed.filter((name) => !AsesmenForm.#standing.has(name));
    }

    async #bring(names) {
      await Promise.all(names.map(part));
      for (const name of names) AsesmenForm.#standing.add(name);
    }

    // Nothing is begun before what the given form needs is there; meanwhile the host may have given another.
    async prepare() {
      await part("hosted");
      for (let lacking; (lacking = this.#lacking()).length > 0; ) await this.#bring(lacking);
    }

    // A form that needs more than stands is taken over once that has come.
    async #wait() {
      if (this.#waits) return;
      this.#waits = true;
      let failed;
      try {
        await this.prepare();
      } catch (error) {
        failed = error;
      }
      this.#waits = false;
      if (failed) {
        console.error("asesmen:", failed);
        for (const name of ["definition", "response"]) this.#given.delete(name);
        this.tell("asesmen-error", { kind: "load", words: notLoaded, reasons: [String(failed)] });
        return this.#take();
      }
      this.#take();
      if (this.isConnected && this.#live) this.tell("asesmen-ready");
    }

    #take() {
      const form = this.#live;
      if (!form) return;
      if (this.#lacking().length > 0) return void this.#wait();
      for (const name of ["context", "definition", "response"]) {
        if (!this.#given.has(name) || (name === "response" && !this.#definition)) continue;
        const { value, text } = this.#given.get(name);
        this.#given.delete(name);
        const refused = form.take(name, text);
        if (refused) this.tell("asesmen-error", JSON.parse(refused));
        else if (name === "definition") this.#begun(value ?? null, text);
        else if (name === "context") this.#context = value ?? {};
      }
    }

    // Controls that few forms have are drawn once they come; they are asked for now, while there is a network.
    #begun(definition, text) {
      this.#definition = definition;
      if (CONTROLS.test(text ?? "")) part("fields").catch(() => {});
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
