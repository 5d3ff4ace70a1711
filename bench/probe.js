// Put into every measured page before its own code. It only looks: from an event, or from the navigation, to the moment
// the frame that shows the outcome has been made.
(() => {
  // Called in a frame's callback: the message comes once style, layout and paint of that frame are done.
  const afterFrame = (act) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      act(performance.now());
    };
    port2.postMessage(0);
  };
  const shown = (element) => !!element && element.checkVisibility();
  const input = (linkId) => window.page?.question(linkId)?.querySelector("input, textarea, select");

  /** Waits, frame by frame, until something holds, and then for the end of that frame. Says so if it never does. */
  const painted = (holds) =>
    new Promise((resolve, refuse) => {
      const look = () => requestAnimationFrame(() => (holds() ? afterFrame(resolve) : look()));
      look();
      const state = () => `${document.visibilityState}, focus in ${document.activeElement?.tagName}`;
      setTimeout(() => refuse(new Error(`never painted (${state()}): ${holds}`)), 50_000);
    });

  // WebAssembly's memory is in none of the browser's own numbers.
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      for (const one of Object.values((made.instance ?? made).exports)) {
        if (one instanceof WebAssembly.Memory) memories.add(one);
      }
      return made;
    };
  }

  const usable = painted(() => shown(input("q1")));
  const next = (kind) => new Promise((resolve) => addEventListener(kind, (event) => resolve(event.timeStamp), { capture: true, once: true }));

  window.probe = {
    /** From the navigation until the first question can be answered, and until the last one stands. */
    async loaded(last) {
      const [first, whole] = await Promise.all([usable, painted(() => shown(input(last)))]);
      return { usable: first, complete: Math.max(first, whole) };
    },
    /** Where to press, in the window. */
    point(linkId, value) {
      const element = value === undefined ? input(linkId) : window.page.question(linkId).querySelector(`[value="${value}"]`);
      element.scrollIntoView({ block: "center" });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    },
    /** From the next key press until what it wrote stands in the field and the model and is painted. */
    armKey(linkId, sign) {
      const field = input(linkId);
      const expected = field.value + sign;
      window.armed = next("keydown").then(async (begun) => {
        const done = await painted(() => field.value === expected && window.page.read(linkId) === expected);
        return done - begun;
      });
    },
    /** From the next click until a question came or went. */
    armToggle(linkId, comes) {
      window.armed = next("click").then(async (begun) => {
        const done = await painted(() => shown(input(linkId)) === comes);
        return done - begun;
      });
    },
    armed: () => window.armed,
    /** From the call until everything that is wrong is said and painted. */
    async validate(last) {
      const begun = performance.now();
      const count = window.page.validate();
      const said = () => window.page.question(last)?.querySelector(".problem").textContent !== "";
      const done = await painted(() => count === 0 || said());
      return { took: done - begun, count };
    },
    async clear(last) {
      window.page.clear();
      await painted(() => window.page.question(last)?.querySelector(".problem").textContent === "");
    },
    async fill(given, linkId) {
      window.page.fill(given);
      await painted(() => input(linkId)?.value !== "");
    },
    memory: () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
  };
})();
