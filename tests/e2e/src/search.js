// Searches everything that a document can reach for the given texts. The arguments are the texts
// and a callback, which gets {found: [[place, index of the text]],
// searched: {place: characters}, running}.
const [needles, done] = arguments;
const found = [];
const searched = {};

function look(place, haystack) {
  haystack = String(haystack ?? "");
  searched[place] = (searched[place] ?? 0) + haystack.length;
  needles.forEach((needle, index) => {
    // As its bytes in UTF-8: a wasm memory is read byte by byte.
    const bytes = String.fromCharCode(...new TextEncoder().encode(needle));
    const forms = [needle, bytes, encodeURIComponent(needle), btoa(bytes).replace(/=+$/, "").slice(0, -1), [...needle].join("\0")];
    if (forms.some((form) => haystack.includes(form))) found.push([place, index]);
  });
}

function lookAtStore(place, store) {
  for (let at = 0; at < store.length; at++) look(place, store.key(at) + "\n" + store.getItem(store.key(at)));
  searched[place] ??= 0;
}

function lookAtDom(root) {
  look("dom", root.innerHTML ?? root.documentElement?.outerHTML);
  for (const element of root.querySelectorAll("*")) {
    if ("value" in element) look("dom", element.value);
    if (element.shadowRoot) lookAtDom(element.shadowRoot);
  }
}

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function lookAtDatabases() {
  searched.indexedDB = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      look("indexedDB", JSON.stringify([await asked(rows.getAllKeys()), await asked(rows.getAll())]));
    }
    database.close();
  }
}

async function lookAtCaches() {
  searched.caches = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      look("caches", [name, request.url, ...request.headers, ...response.headers, await response.text()].join("\n"));
    }
  }
}

async function lookAtFiles(folder) {
  searched.files ??= 0;
  for await (const [name, entry] of folder.entries()) {
    look("files", name);
    if (entry.kind === "directory") await lookAtFiles(entry);
    else look("files", await (await entry.getFile()).text());
  }
}

(async () => {
  lookAtStore("localStorage", localStorage);
  lookAtStore("sessionStorage", sessionStorage);
  look("cookies", document.cookie);
  look("history.state", JSON.stringify(history.state));
  look("window.name", window.name);
  look("url", location.href);
  look("referrer", document.referrer);
  look("title", document.title);
  lookAtDom(document);
  look("performance", performance.getEntries().map((entry) => entry.name).join("\n"));
  await lookAtDatabases();
  await lookAtCaches();
  await lookAtFiles(await navigator.storage.getDirectory());
  const kept = window.__audit;
  for (const list of ["sent", "received", "writes"]) look(list, kept[list].join("\n"));
  searched.memory = 0;
  for (const memory of kept.memories) look("memory", new TextDecoder("latin1").decode(new Uint8Array(memory.buffer)));
  return { found, searched, running: "session" in document.documentElement.dataset };
})().then(done, (error) => done({ error: String(error) }));
