// The table: medians of the floor and of the form, their ratio, and what was aimed at; at the end the least of both, which
// tells more where the machine had other things to do.

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** What is aimed at: a share of the floor's time, or milliseconds of work. */
const ROWS = [
  ["200 questions usable", "usable 200 1"],
  ["200 questions usable, processor slowed 6x", "usable 200 6", { ratio: 1.5 }],
  ["1000 questions usable", "usable 1000 1"],
  ["1000 questions, the last one stands", "complete 1000 1"],
  ["5000 questions, the last one stands", "complete 5000 1"],
  ["key press to paint, 200 questions", "key 200 1", { ratio: 1.2 }],
  ["key press to paint, 1000 questions", "key 1000 1", { ratio: 1.2 }],
  ["key press to paint, 5000 questions", "key 5000 1"],
  ["a rule shows a section, 1000 questions", "show 1000 1", { ratio: 1.2 }],
  ["a rule hides a section, 1000 questions", "hide 1000 1", { ratio: 1.2 }],
  ["a rule shows a section, 5000 questions", "show 5000 1", { work: 1000 / 60 }],
  ["a rule hides a section, 5000 questions", "hide 5000 1", { work: 1000 / 60 }],
  ["validate 1000 questions, 99 problems", "validate 1000 1"],
  ["validate 1000 questions, complete", "validate complete 1000 1", { ratio: 1.0 }],
];

const number = (value, digits = 1) => value.toFixed(digits).padStart(9);

function row(name, { floor = [], form = [] } = {}, aim = {}) {
  if (!floor.length || !form.length) return `${name.padEnd(44)}  not measured`;
  const [took, work] = [0, 1].map((part) => [floor, form].map((all) => median(all.map((one) => one[part]))));
  const least = [0, 1].flatMap((part) => [floor, form].map((all) => Math.min(...all.map((one) => one[part]))));
  const ratio = took[1] / took[0];
  const goal = aim.ratio ? `<= ${aim.ratio.toFixed(1)}x` : aim.work ? `work <= ${aim.work.toFixed(1)} ms` : "";
  const met = aim.ratio ? ratio <= aim.ratio : aim.work ? work[1] <= aim.work : undefined;
  const verdict = met === undefined ? "" : met ? "met" : "NOT MET";
  return (
    name.padEnd(44) + took.map((one) => number(one)).join("") + number(ratio, 2) +
    work.map((one) => number(one)).join("") + number(work[1] / work[0], 2) +
    least.map((one) => number(one)).join("") + `  ${goal.padEnd(16)}${verdict}`
  );
}

/** Bytes that each question beyond 200 adds. */
function perQuestion(samples) {
  const of = (size, page) => median((samples.get(`memory ${size} 1`)?.[page] ?? []).map(([bytes]) => bytes));
  const [floor, form] = ["floor", "form"].map((page) => (of(1000, page) - of(200, page)) / 800);
  return "memory of a question, bytes".padEnd(44) + number(floor, 0) + number(form, 0) + number(form / floor, 2);
}

/** Prints the table. */
export function print(samples, version) {
  console.log(`\nIn the browser (${version}), medians; times to paint and work of the main thread in milliseconds`);
  console.log(
    "".padEnd(44) +
      ["floor", "form", "ratio", "work", "work", "ratio", "least", "least", "work", "work"]
        .map((head) => head.padStart(9))
        .join("") +
      "  aim",
  );
  for (const [name, key, aim] of ROWS) console.log(row(name, samples.get(key), aim));
  console.log(perQuestion(samples));
}
