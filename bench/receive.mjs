// How many documents a second the receiver takes, verified and stored, and where the time goes: one and two receivers, on a
// folder and on SeaweedFS over S3. Client, receivers and store share this machine. Run by `make bench-receive`.
import { spawn } from "node:child_process";
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 2000);
const CONNECTIONS = 16;
const ITEMS = 120; // answers, about 20 kB, as an assessment has
const PROGRAM = "target/release/asesmen";
const folder = mkdtempSync(join(tmpdir(), "asesmen-bench-"));

const base64 = (bytes) => Buffer.from(bytes).toString("base64url");
const jcs = (value) => Array.isArray(value) ? `[${value.map(jcs)}]`
  : value === null || typeof value !== "object" ? JSON.stringify(value)
  : `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`)}}`;
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const { x, y } = publicKey.export({ format: "jwk" });
const jwk = { crv: "P-256", kty: "EC", x, y };
const kid = base64(createHash("sha256").update(jcs(jwk)).digest());

const uuid = () => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** A sealed document: its name and its bytes. */
const sealed = () => {
  const sealId = uuid();
  const time = new Date().toISOString();
  const item = Array.from({ length: ITEMS }, (_, number) => ({
    linkId: `butir-${number}`, text: `Pertanyaan contoh nomor ${number}`,
    answer: [number % 3 ? { valueString: `Jawaban contoh ${randomBytes(9).toString("base64")}` } : { valueDecimal: number + 0.5 }],
  }));
  const document = {
    type: "https://asesmen.id/formats/sealed-document/1", sealId, case: { id: uuid() }, revision: 1,
    instrument: { canonical: "https://example.org/contoh|1", digest: `sha-256:${"0".repeat(64)}` },
    author: { name: "Petugas Contoh", role: "social-worker", organisation: "Balai Contoh", kid },
    times: { written: time, sealed: time }, requiredSigners: [{ role: "social-worker", kid, jwk }],
    response: { resourceType: "QuestionnaireResponse", status: "completed", item },
  };
  const header = base64(jcs({ alg: "ES256", kid }));
  const payload = jcs(document);
  const signature = sign("sha256", Buffer.from(`${header}.${base64(payload)}`), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const text = `{"document":${payload},"signatures":[{"protected":"${header}","signature":"${base64(signature)}"}]}`;
  const body = Buffer.from(text);
  return { sealId, body, digest: createHash("sha256").update(body).digest("base64") };
};

const freePorts = async (count) => {
  const held = await Promise.all(Array.from({ length: count }, () => new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => done(server));
  })));
  const ports = held.map((server) => server.address().port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
};

const ask = (agent, port, method, path, headers = {}, body = undefined) => new Promise((done, fail) => {
  const asked = request({ agent, host: "127.0.0.1", port, method, path, headers }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part)).on("end", () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
  });
  asked.on("error", fail).end(body);
});

const running = [];
const start = async (program, arguments_, environment = {}) => {
  const child = spawn(program, arguments_, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "ignore"] });
  running.push(child);
  return child;
};
const end = (child) => new Promise((done) => {
  running.splice(running.indexOf(child), 1);
  child.on("exit", done).kill();
});

const receiver = async (store, environment) => {
  const child = await start(PROGRAM, ["receive", "--addr", "127.0.0.1:0", "--rate", "0", "--store", store,
    "--key", join(folder, "key.pem"), "--trust", kid], environment);
  const line = await new Promise((done, fail) => {
    child.stdout.once("data", (data) => done(String(data)));
    child.once("error", fail);
    child.once("exit", () => fail(new Error(`no receiver on ${store}`)));
  });
  return { child, port: Number(/:(\d+)\n/.exec(line)[1]) };
};

const weed = async () => {
  const names = ["master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc", "s3.port", "s3.port.grpc"];
  const ports = await freePorts(names.length);
  const account = join(folder, "account.json");
  writeFileSync(account, JSON.stringify({ identities: [{ name: "asesmen", actions: ["Admin", "Read", "List", "Write"],
    credentials: [{ accessKey: "ASESMEN", secretKey: "rahasia-contoh" }] }] }));
  const child = await start(process.env.WEED, ["server", "-s3", "-s3.autoCreateBucket", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
    "-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-volume.max=60", "-s3.iam=false", "-s3.port.iceberg=0", "-s3.port.lance=0",
    `-dir=${folder}`, `-s3.config=${account}`, ...names.map((name, at) => `-${name}=${ports[at]}`)]);
  child.stdout.resume();
  const environment = { AWS_ENDPOINT: `http://127.0.0.1:${ports[6]}`, AWS_ALLOW_HTTP: "true", AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "ASESMEN", AWS_SECRET_ACCESS_KEY: "rahasia-contoh" };
  for (let tries = 0; ; tries += 1) {
    try {
      await end((await receiver("s3://percobaan/x", environment)).child);
      return { child, environment };
    } catch (error) {
      if (tries === 30) throw error;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
};

/** Processor time of a process so far, in seconds. */
const processor = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const counts = async (port) => {
  const { text } = await ask(undefined, port, "GET", "/metrics");
  const value = (line) => Number(new RegExp(`^${line.replace(/[{}]/g, "\\$&")} (.+)$`, "m").exec(text)[1]);
  const phases = ["read", "examine", "check", "sign", "store"];
  return { ...Object.fromEntries(phases.map((phase) => [phase, value(`asesmen_phase_seconds_total{phase="${phase}"}`)])),
    whole: value("asesmen_request_seconds_sum") };
};

/** Sends documents over some connections to the receivers in turn. */
const send = async (receivers, documents, connections) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const begun = process.hrtime.bigint();
  await Promise.all(Array.from({ length: connections }, async (_, connection) => {
    const { port } = receivers[connection % receivers.length];
    while (next < documents.length) {
      const { sealId, body, digest } = documents[next++];
      const headers = { "content-type": "application/json", "content-digest": `sha-256=:${digest}:`, "content-length": body.length };
      const answer = await ask(agent, port, "PUT", `/submissions/${sealId}`, headers, body);
      if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
    }
  }));
  agent.destroy();
  return Number(process.hrtime.bigint() - begun) / 1e9;
};

const make = (count) => Array.from({ length: count }, sealed);
const rows = [];
const profiles = [];
const measure = async (name, store, environment) => {
  for (const count of [1, 2]) {
    const receivers = await Promise.all(Array.from({ length: count }, () => receiver(`${store}/${count}`, environment)));
    await send(receivers, make(50), CONNECTIONS); // connections, caches
    const documents = make(DOCUMENTS);
    const before = receivers.map(({ child }) => processor(child.pid));
    const seconds = await send(receivers, documents, CONNECTIONS);
    const spent = receivers.reduce((sum, { child }, at) => sum + processor(child.pid) - before[at], 0);
    const size = documents.reduce((sum, { body }) => sum + body.length, 0) / DOCUMENTS / 1000;
    rows.push([name, count, Math.round(DOCUMENTS / seconds), (spent / DOCUMENTS * 1000).toFixed(2), size.toFixed(1)]);
    if (count === 1) {
      const from = await counts(receivers[0].port);
      const few = make(Math.min(DOCUMENTS, 300));
      const whole = await send(receivers, few, 1) / few.length * 1000;
      const to = await counts(receivers[0].port);
      const each = (phase) => (to[phase] - from[phase]) / few.length * 1000;
      const phases = ["examine", "check", "sign", "store"].map(each);
      const rest = whole - phases.reduce((sum, part) => sum + part, 0);
      profiles.push([name, whole, ...phases, rest]);
    }
    await Promise.all(receivers.map(({ child }) => end(child)));
  }
};

try {
  await measure("folder", join(folder, "received"), {});
  const store = await weed();
  await measure("S3 (SeaweedFS)", "s3://asesmen", store.environment);
  await end(store.child);
  console.log(`${DOCUMENTS} documents a run, ${CONNECTIONS} connections\n`);
  console.log("| Store | Receivers | Documents a second | Processor ms a document | kB a document |\n| --- | --- | --- | --- | --- |");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
  console.log("\n| Store | One after another, ms | parse, canonical form, profile | ECDSA check | receipt | store | HTTP and rest |\n| --- | --- | --- | --- | --- | --- | --- |");
  for (const [name, whole, ...parts] of profiles) {
    console.log(`| ${name} | ${whole.toFixed(2)} | ${parts.map((part) => `${part.toFixed(2)} (${Math.round(part / whole * 100)} %)`).join(" | ")} |`);
  }
} finally {
  await Promise.all([...running].map(end));
  rmSync(folder, { recursive: true, force: true });
}
