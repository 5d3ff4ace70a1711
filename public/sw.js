// Starts the app without a network, and never mixes two versions: a version is cached whole, each file checked against
// the hash of its build, or not at all; it takes over only when it is the first, or when the worker says so.
const BUILD = "%BUILD%";
const FILES = [/*%FILES%*/];
const scope = new URL("./", self.location.href);
// Caches belong to the whole origin; the folder in the name keeps apart what is installed side by side on one host.
const FAMILY = `asesmen:${scope.pathname}:`;
const CACHE = FAMILY + BUILD;

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

async function install() {
  // A cache of this name may be in use by the version that was active before; it then is complete and stays.
  const isNew = !(await caches.has(CACHE));
  const staging = await caches.open(CACHE);
  const kept = new Set((await staging.keys()).map((request) => request.url));
  const missing = FILES.filter((file) => !kept.has(new URL(file.path, scope).href));
  try {
    await Promise.all(missing.map((file) => keep(staging, file)));
  } catch (error) {
    if (isNew) await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, { path, integrity }) {
  const url = new URL(path, scope);
  // `integrity` makes the browser refuse a file of any other build. What the page has loaded already need not travel
  // again, where the server says that it is still the same; what it says so wrongly of is fetched anew.
  const fetched = (cache) => fetch(url, { cache, integrity });
  const response = await fetched("no-cache").catch(() => fetched("no-store"));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // A page must not be answered with a response that was redirected, so what is kept is the file alone.
  const { status, headers } = response;
  await cache.put(url, new Response(await response.blob(), { status, headers }));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
  if (event.data === `claim:${BUILD}`) event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(scope.href)) return;
  event.respondWith(answer(event.request, url));
});

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  url.search = "";
  url.hash = "";
  if (url.href === scope.href) url.pathname += "index.html";
  const kept = await cache.match(url.href, { ignoreVary: true });
  return kept ?? fetch(request);
}
