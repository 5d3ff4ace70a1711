// A caseload as the app keeps it, made up: run inside the page, so it stands alone.

/** Puts so many cases of so many documents each into the app's database; `pins` are the forms by their names. */
export async function seed(cases, documents, pins) {
  const DAY = 86_400_000;
  const NAMES = ["Sekar", "Bagus", "Ratri", "Wulan", "Damar", "Laras", "Galih", "Kinanti", "Jaka", "Melati"];
  const FAMILIES = ["Lestari", "Pratama", "Wulansari", "Nugraha", "Puspita", "Santosa", "Maharani", "Wibowo"];
  const STEPS = [
    ["seleksi", () => ({ decision: "diterima" })],
    ["registrasi", (day) => ({ period_from: day })],
    ["penerimaan"],
    ["persetujuan", () => ({ act: "meminta", purpose: "asesmen", answer: "setuju" })],
    ...["persiapan", "fisik", "psikologis", "sosial", "vokasional", "riwayat-upaya", "kekhususan"].map((name) => [name]),
    ...["sintesis", "prioritas", "rencana", "kesepakatan"].map((name) => [name]),
    ...Array(1000).fill(["perkembangan"]),
  ];
  const time = (millis) => new Date(millis + 7 * 3_600_000).toISOString().replace("Z", "+07:00");
  let last = 0;
  const id = (millis) => {
    const head = Math.floor(millis).toString(16).padStart(12, "0");
    const tail = (++last).toString(16).padStart(12, "0");
    return `${head.slice(0, 8)}-${head.slice(8)}-7000-8000-${tail}`;
  };
  const body = "keterangan ".repeat(400);
  const rows = [];
  const put = (store, key, value) => rows.push([store, key, new TextEncoder().encode(JSON.stringify(value))]);
  for (let at = 0; at < cases; at += 1) {
    const opened = Date.now() - (20 + (at * 7) % 300) * DAY;
    const own = id(opened);
    const name = `${NAMES[at % NAMES.length]} ${FAMILIES[(at >> 2) % FAMILIES.length]} ${at}`;
    const number = `2026/${String(at).padStart(4, "0")}`;
    const birth = { calendar: String(1950 + (at % 55)), qualifier: "about" };
    put("cases", own, { id: own, name, registerNumber: number, opened: time(opened), changed: time(opened), birth });
    for (let step = 0; step < documents; step += 1) {
      const begun = opened + (step * (Date.now() - opened)) / documents;
      const [form, facts] = STEPS[step];
      const [document, seal] = [id(begun), id(begun + 60_000)];
      const head = { id: document, case: own, instrument: { canonical: pins[form], digest: `sha-256:${form}` } };
      Object.assign(head, { revision: 1, begun: time(begun) });
      // The newest is a draft in every third case.
      if (step + 1 < documents || at % 3) {
        head.seal = { id: seal, at: time(begun + 60_000) };
        if (facts) head.facts = facts(time(begun).slice(0, 10));
        put("seals", seal, { document: { response: body }, signatures: [] });
      }
      put("documents", document, head);
      put("operations", [document, 0], { body });
    }
  }
  const database = await new Promise((resolve, refuse) => {
    const opening = indexedDB.open("asesmen");
    opening.onerror = () => refuse(opening.error);
    opening.onsuccess = () => resolve(opening.result);
  });
  for (let from = 0; from < rows.length; from += 1000) {
    await new Promise((resolve, refuse) => {
      const transaction = database.transaction(["cases", "documents", "operations", "seals"], "readwrite");
      for (const [store, key, bytes] of rows.slice(from, from + 1000)) transaction.objectStore(store).put(bytes, key);
      transaction.onabort = () => refuse(transaction.error);
      transaction.oncomplete = resolve;
    });
  }
  database.close();
}
