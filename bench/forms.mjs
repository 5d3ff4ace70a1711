// The forms that are measured: invented, and like those that social workers fill in, only longer. Same size, same bytes.
const URL = "https://bench.example/fhir/Questionnaire";
const CODES = "https://bench.example/fhir/CodeSystem/tingkat";

const WHO = ["klien", "anaknya", "ibunya", "wali", "keluarga", "pengasuh", "tetangga"];
const WHAT = [
  "tidur di malam hari",
  "makan tiga kali sehari",
  "berjalan tanpa dibantu",
  "bekerja atau bersekolah",
  "mengingat janji",
  "berbicara dengan orang yang dikenal",
  "merawat diri",
  "menyimpan obat",
  "naik kendaraan umum",
];
const SCALES = [
  ["Tidak pernah", "Jarang", "Kadang-kadang", "Sering", "Selalu"],
  ["Tidak sulit", "Sedikit sulit", "Agak sulit", "Sangat sulit", "Tidak bisa sama sekali"],
];
/** Ten questions a section, in this mix. */
const KINDS = ["string", "boolean", "choice", "text", "integer", "choice", "date", "choice", "string", "choice"];

function question(number, kind) {
  const at = (list) => list[(number * 7) % list.length];
  const item = { linkId: `q${number}`, type: kind, text: `${number}. Bagaimana ${at(WHO)} ${at(WHAT)}?` };
  // One question in ten has to be answered; none of them stands in the section that comes and goes.
  if (kind === "string" && number % 10 === 9 && number !== 19) item.required = true;
  if (kind === "choice") {
    const coding = (display, code) => ({ valueCoding: { system: CODES, code: `t${code + 1}`, display } });
    item.answerOption = at(SCALES).map(coding);
  }
  return item;
}

/** A Questionnaire of so many questions. The yes or no of `q2` shows and hides section 2. */
export function questionnaire(size) {
  const sections = Array.from({ length: size / 10 }, (_, at) => ({
    linkId: `s${at + 1}`,
    type: "group",
    text: `Bagian ${at + 1}: ${WHAT[at % WHAT.length]}`,
    item: KINDS.map((kind, position) => question(at * 10 + position + 1, kind)),
  }));
  sections[1].enableWhen = [{ question: "q2", operator: "=", answerBoolean: true }];
  return {
    resourceType: "Questionnaire",
    url: `${URL}/${size}`,
    version: "1",
    status: "active",
    language: "id",
    title: `Asesmen contoh, ${size} pertanyaan`,
    item: sections,
  };
}

const ANSWERS = {
  string: (number) => ({ valueString: `jawaban ${number}` }),
  text: (number) => ({ valueString: `Menurut keterangan ${number}, keadaannya membaik sejak kunjungan terakhir.` }),
  boolean: () => ({ valueBoolean: true }),
  integer: (number) => ({ valueInteger: number % 90 }),
  date: (number) => ({ valueDate: `2026-03-${String((number % 28) + 1).padStart(2, "0")}` }),
};

/** A QuestionnaireResponse with every question answered. */
export function response(form) {
  const answer = (item) => ANSWERS[item.type]?.(Number(item.linkId.slice(1))) ?? item.answerOption[1];
  const item = form.item.map((section) => ({
    linkId: section.linkId,
    text: section.text,
    item: section.item.map((item) => ({ linkId: item.linkId, text: item.text, answer: [answer(item)] })),
  }));
  const questionnaire = `${form.url}|${form.version}`;
  return { resourceType: "QuestionnaireResponse", questionnaire, status: "in-progress", item };
}
