// The floor: the same form written by hand for this one page, as well as its author knows how. The same questions, the same
// rule, what is wrong said beside a question once it was left and for all of them on demand, and a QuestionnaireResponse to
// keep. No library, no kinds of question but those in the forms, no second language, no reasons for missing answers.
const REQUIRED = "Jawab pertanyaan ini.";
const WHOLE = "Tulis angka bulat tanpa koma.";

const items = new Map();
const sections = new Map();
const answers = new Map();
const dependents = new Map();
const told = new Set();
let form;
let saved;
let pause;

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function control({ linkId, type, answerOption }) {
  const value = answers.get(linkId);
  const text = value === undefined ? "" : escaped(String(value));
  const option = (code, words) =>
    `<label class="option"><input type="radio" name="${linkId}" value="${code}"` +
    `${String(value) === code ? " checked" : ""}> <span>${escaped(words)}</span></label>`;
  if (type === "boolean") return option("true", "Ya") + option("false", "Tidak");
  if (type === "choice") return answerOption.map(({ valueCoding: { code, display } }) => option(code, display)).join("");
  if (type === "text") return `<textarea id="${linkId}" name="${linkId}" rows="3">${text}</textarea>`;
  const kind = type === "date" ? "date" : "text";
  const mode = type === "integer" ? ' inputmode="numeric"' : "";
  return `<input id="${linkId}" name="${linkId}" type="${kind}"${mode} autocomplete="off" value="${text}">`;
}

function question(item) {
  const words = escaped(item.text) + (item.required ? '<span class="mark">wajib</span>' : "");
  const [outer, label] = ["boolean", "choice"].includes(item.type)
    ? ["fieldset", `<legend>${words}</legend>`]
    : ["div", `<label for="${item.linkId}">${words}</label>`];
  return (
    `<${outer} class="question" data-linkid="${item.linkId}">${label}${control(item)}` +
    `<p class="problem" id="${item.linkId}-problem" role="status"></p></${outer}>`
  );
}

const isAsked = ({ enableWhen: [rule] = [] }) => !rule || answers.get(rule.question) === rule.answerBoolean;
const inside = (section) => `<h2>${escaped(section.text)}</h2>${section.item.map(question).join("")}`;

function draw(definition) {
  const drawn = (section) => {
    const asked = isAsked(section);
    return `<section id="${section.linkId}"${asked ? "" : " hidden"}>${asked ? inside(section) : ""}</section>`;
  };
  form.innerHTML =
    `<h1>${escaped(definition.title)}</h1><div class="summary" tabindex="-1"></div>` +
    definition.item.map(drawn).join("");
}

function show(section) {
  const place = document.getElementById(section.linkId);
  const asked = isAsked(section);
  if (asked && !place.firstChild) place.innerHTML = inside(section);
  place.hidden = !asked;
}

function problem({ linkId, type, required }) {
  const value = answers.get(linkId);
  if (value === undefined) return required ? REQUIRED : "";
  return type === "integer" && !/^-?\d+$/.test(value) ? WHOLE : "";
}

function say(item) {
  const place = document.getElementById(`${item.linkId}-problem`);
  const words = told.has(item.linkId) ? problem(item) : "";
  if (place && place.textContent !== words) place.textContent = words;
}

function validate() {
  const found = [];
  for (const section of sections.values()) {
    if (!isAsked(section)) continue;
    for (const item of section.item) {
      const words = problem(item);
      if (!words) continue;
      found.push({ linkId: item.linkId, words });
      told.add(item.linkId);
      say(item);
    }
  }
  const link = ({ linkId, words }) =>
    `<li><button type="button" data-to="${linkId}">${escaped(items.get(linkId).text)}: ${words}</button></li>`;
  const summary = form.querySelector(".summary");
  summary.innerHTML = found.length ? `<strong>Perbaiki ini dahulu</strong><ul>${found.map(link).join("")}</ul>` : "";
  if (found.length) summary.focus();
  return found;
}

function clearIssues() {
  const before = [...told];
  told.clear();
  for (const linkId of before) say(items.get(linkId));
  form.querySelector(".summary").textContent = "";
}

function value({ type, answerOption }, given) {
  if (type === "boolean") return { valueBoolean: given };
  if (type === "choice") return answerOption.find(({ valueCoding }) => valueCoding.code === given);
  if (type === "integer") return { valueInteger: Number(given) };
  return type === "date" ? { valueDate: given } : { valueString: given };
}

function response(definition) {
  const item = [];
  for (const section of sections.values()) {
    if (!isAsked(section)) continue;
    const given = section.item.filter(({ linkId }) => answers.has(linkId));
    const answered = given.map((item) => {
      const answer = [value(item, answers.get(item.linkId))];
      return { linkId: item.linkId, text: item.text, answer };
    });
    if (answered.length) item.push({ linkId: section.linkId, text: section.text, item: answered });
  }
  const questionnaire = `${definition.url}|${definition.version}`;
  return { resourceType: "QuestionnaireResponse", questionnaire, status: "in-progress", item };
}

function take(given) {
  for (const section of given.item) {
    for (const { linkId, answer } of section.item) {
      const [value] = Object.values(answer[0]);
      answers.set(linkId, value.code ?? value);
    }
  }
}

function listen(definition) {
  form.addEventListener("input", ({ target }) => {
    const { name: linkId, value, type } = target;
    if (!items.has(linkId)) return;
    if (value === "") answers.delete(linkId);
    else answers.set(linkId, type === "radio" && items.get(linkId).type === "boolean" ? value === "true" : value);
    say(items.get(linkId));
    dependents.get(linkId)?.forEach(show);
    clearTimeout(pause);
    pause = setTimeout(() => (saved = JSON.stringify(response(definition))), 300);
  });
  form.addEventListener("focusout", ({ target }) => {
    const item = items.get(target.name);
    if (!item) return;
    told.add(item.linkId);
    say(item);
  });
  form.addEventListener("click", ({ target }) => {
    const to = target.closest("[data-to]")?.dataset.to;
    if (to) form.querySelector(`[name="${to}"]`).focus();
  });
}

const size = new URLSearchParams(location.search).get("size");
const definition = await (await fetch(`../forms/${size}.json`)).json();
for (const section of definition.item) {
  sections.set(section.linkId, section);
  for (const item of section.item) items.set(item.linkId, item);
  const [rule] = section.enableWhen ?? [];
  if (rule) dependents.set(rule.question, [...(dependents.get(rule.question) ?? []), section]);
}
form = document.createElement("form");
form.noValidate = true;
draw(definition);
document.querySelector("main").append(form);
listen(definition);

window.page = {
  // Looked for in every frame, which must not take longer with a longer form.
  question: (linkId) => document.getElementById(`s${Math.ceil(linkId.slice(1) / 10)}`)?.querySelector(`[data-linkid="${linkId}"]`),
  read: (linkId) => answers.get(linkId),
  saved: () => saved,
  validate: () => validate().length,
  clear: clearIssues,
  fill: (given) => {
    take(given);
    draw(definition);
  },
};
