// Checks FHIR R4 Bundles with npm `fhir`, one Bundle a line on the standard input, and prints how many responses they hold.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { Fhir } = createRequire(import.meta.url)(process.argv[2]);
const fhir = new Fhir();
let responses = 0;
for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const bundle = JSON.parse(line);
  const { messages } = fhir.validate(bundle, { errorOnUnexpected: true });
  const errors = messages.filter(({ severity }) => severity === "error" || severity === "fatal");
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 5)));
  responses += bundle.entry.filter(({ resource }) => resource.resourceType === "QuestionnaireResponse").length;
}
console.log(responses);
