// What is measured comes from the app's own server, so that it comes as it does in use.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Serves a folder at a port that is free. */
export async function serve(folder) {
  const child = spawn(join(root, "target/release/asesmen"), ["serve", "--addr", "127.0.0.1:0", "--dir", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise((resolve, refuse) => {
    child.once("error", refuse);
    child.once("exit", () => refuse(new Error("asesmen serve ended")));
    child.stdout.once("data", (data) => resolve(String(data)));
  });
  return { origin: line.trim().split(" ").pop(), stop: () => child.kill() };
}
