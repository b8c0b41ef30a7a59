// Without a connection, shows what the reader chose to keep, and otherwise the page that lists it. Keeps nothing by itself:
// every page is asked of the server first, and pages that somebody is signed in for pass through untouched.
self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOldShells().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate") event.respondWith(asked(event.request, url, pathname));
  else if (/^\/(static|brand)\//.test(pathname)) event.respondWith(atHand(event.request));
});

async function fill() {
  const cache = await caches.open(SHELL.name);
  for (const address of [...Object.values(SHELL.pages), ...SHELL.files]) {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new Error(address);
    await cache.put(address, answer);
  }
}

async function forgetOldShells() {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== SHELL.name) await caches.delete(name);
  }
}

// What was taken back, or never was, is not shown from here either.
async function asked(request, url, pathname) {
  const answer = await fetch(request).catch(() => withoutConnection(url, pathname));
  if (answer.status === 404 || answer.status === 410) await (await caches.open("kept")).delete(url);
  return answer;
}

async function withoutConnection(url, pathname) {
  const shown = (await caches.match(url)) || (await caches.match(SHELL.pages[pathname.split("/")[1]] || SHELL.pages.en));
  return shown || Response.error();
}

// Their names change with their content: a copy is never stale.
async function atHand(request) {
  return (await caches.match(request)) || fetch(request);
}
