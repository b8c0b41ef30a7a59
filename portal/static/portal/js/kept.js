// Keeps a page on this device when its reader asks for it, with what it is shown with and its files in its language;
// lists what is kept, and takes it away. A copy is asked for without cookies and kept only if the server marks it so.
const KEPT = "kept", MARK = "X-May-Be-Kept", HERE = location.href.split("#")[0];
const button = document.querySelector("[data-keep]"), list = document.querySelector("[data-kept]");
const addresses = (selector) => [...document.querySelectorAll(selector)].map((element) => element.href || element.src);
const isOurs = (address) => /^\/(static|brand)\//.test(new URL(address).pathname);

async function copy(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
  // What is no longer for everybody goes from the device, also when a member looks at it.
  if ([404, 410].includes(answer.status)) await (await caches.open(KEPT)).delete(address);
  return answer.ok && !answer.redirected && (isOurs(address) || answer.headers.get(MARK)) ? answer : null;
}

// The copy of a page says in itself that it is one.
async function keep(alsoItsFiles) {
  const page = await copy(HERE);
  if (!page) return false;
  await navigator.serviceWorker.register("/service-worker.js");
  const cache = await caches.open(KEPT);
  const files = alsoItsFiles ? addresses(`main a[download][hreflang="${document.documentElement.lang}"]`) : [];
  for (const address of [...addresses("link[rel=stylesheet], link[rel=icon], script[src], .brand img"), ...files]) {
    const answer = (isOurs(address) && (await cache.match(address))) || (await copy(address));
    if (answer) await cache.put(address, answer);
  }
  await cache.put(HERE, new Response((await page.text()).replace("<html ", "<html data-copy "), page));
  return true;
}

async function removeAll() {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}

function say(place, name) {
  for (const words of place.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== name;
}

async function offer(place) {
  const isCopy = "copy" in document.documentElement.dataset, isKept = Boolean(await caches.match(HERE));
  place.hidden = false;
  say(place, isCopy ? "copy" : isKept ? "kept" : "not-kept");
  if (isKept && !isCopy) keep(false); // as it is now
  // A download goes past the worker, a link does not.
  if (isCopy) document.querySelectorAll("main a[download]").forEach((link) => link.removeAttribute("download"));
  place.querySelector("button").addEventListener("click", async ({ target }) => {
    target.disabled = true;
    say(place, (await keep(true).catch(() => false)) ? "kept" : "failed");
  });
}

async function show(place) {
  const cache = (await caches.has(KEPT)) ? await caches.open(KEPT) : null;
  const rows = place.querySelector("ul");
  for (const { url } of cache ? await cache.keys() : []) {
    const answer = await cache.match(url);
    if (!answer.headers.get("Content-Type").startsWith("text/html")) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const row = document.createElement("li"), link = document.createElement("a");
    link.href = url;
    link.lang = page.documentElement.lang;
    link.dir = page.documentElement.dir;
    link.textContent = page.querySelector("h1").textContent;
    row.append(link);
    rows.append(row);
  }
  say(place, rows.children.length ? "some" : "none");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    await removeAll();
    rows.replaceChildren();
    say(place, "removed");
  });
}

if ("serviceWorker" in navigator && "caches" in window) {
  if (button) offer(button);
  if (list) show(list);
}
