// Gives what a part borrows the short names under which the optimised module lends it.
//
//   join.mjs NAMES PART OUT   NAMES is what wasm-opt printed when it shortened the names of the module
import { readFileSync, writeFileSync } from "node:fs";
import { IMPORT, imports, number, sections, text } from "./bytes.mjs";

const [namesFile, partFile, outFile] = process.argv.slice(2);
const short = new Map(JSON.parse(readFileSync(namesFile, "utf8")).exports);
const bytes = readFileSync(partFile);

function renamed({ name, rest }) {
  if (!short.has(name)) throw new Error(`split: the module does not lend “${name}”`);
  // Parts borrow from the module alone, so from whom needs no saying: the name is empty.
  return Buffer.concat([text(""), text(short.get(name)), rest]);
}

const all = sections(bytes).map(({ kind, body, whole, end }) => {
  if (kind !== IMPORT) return bytes.subarray(whole, end);
  const list = imports(body).map(renamed);
  const written = Buffer.concat([number(list.length), ...list]);
  return Buffer.concat([Buffer.from([IMPORT]), number(written.length), written]);
});
writeFileSync(outFile, Buffer.concat([bytes.subarray(0, 8), ...all]));
