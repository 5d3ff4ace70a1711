// The same form in the element, on a page that keeps what the element hands back.
const form = document.querySelector("asesmen-form");
const size = new URLSearchParams(location.search).get("size");
form.definition = await (await fetch(`../forms/${size}.json`)).text();

let saved;
let pause;
form.addEventListener("asesmen-change", () => {
  clearTimeout(pause);
  pause = setTimeout(() => (saved = form.responseText), 300);
});

const value = ([answer]) => answer && (answer.valueCoding?.code ?? Object.values(answer)[0]);
// Found by its section, ten questions each behind a heading and the summary: it is looked for in every frame, which must
// not take longer with a longer form.
const section = (linkId) => form.shadowRoot.querySelector(".sheet-main")?.children[Math.ceil(linkId.slice(1) / 10) + 1];
window.page = {
  question: (linkId) => section(linkId)?.querySelector(`[data-linkid="${linkId}"]`),
  read: (linkId) => value(form.answers(linkId)),
  saved: () => saved,
  validate: () => form.validate().length,
  clear: () => form.clearIssues(),
  fill: (given) => (form.response = given),
};
