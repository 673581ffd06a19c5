// Runs in every document before any script of it. It keeps what the audit will search: the page's
// wasm memory, every message on every port in both directions, and every write to a store, to the
// history and to the network. It changes nothing that the page does.
(() => {
  const kept = { memories: [], ports: [], sent: [], received: [], writes: [] };
  Object.defineProperty(window, "__audit", { value: kept });

  const latin = new TextDecoder("latin1");
  function text(value, depth = 0) {
    if (typeof value === "string") return value;
    if (value instanceof ArrayBuffer) return latin.decode(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return latin.decode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    if (Array.isArray(value) && depth < 4) return value.map((part) => text(part, depth + 1)).join("\n");
    if (value instanceof URLSearchParams || value instanceof URL) return String(value);
    if (value instanceof Request) return [value.url, ...[...value.headers].flat()].join("\n");
    if (value instanceof Headers) return [...value].flat().join("\n");
    try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
  }
  const keep = (list, ...values) => list.push(values.map((value) => text(value)).join("\n"));

  // The page's wasm memory.
  function keepMemory(instance) {
    for (const part of Object.values(instance.exports))
      if (part instanceof WebAssembly.Memory && !kept.memories.includes(part)) kept.memories.push(part);
  }
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async function (...given) {
      const made = await real.apply(this, given);
      keepMemory(made.instance ?? made);
      return made;
    };
  }
  const RealInstance = WebAssembly.Instance;
  WebAssembly.Instance = class extends RealInstance {
    constructor(...given) { super(...given); keepMemory(this); }
  };

  // Every port, whichever way it is listened to.
  const heard = new WeakSet();
  function hear(port) {
    if (heard.has(port)) return;
    heard.add(port);
    listen.call(port, "message", (event) => keep(kept.received, event.data));
  }
  const listen = EventTarget.prototype.addEventListener;
  for (const kind of [MessagePort, Worker, BroadcastChannel, window.ServiceWorkerContainer].filter(Boolean)) {
    const own = kind.prototype;
    const setter = Object.getOwnPropertyDescriptor(own, "onmessage");
    Object.defineProperty(own, "onmessage", {
      ...setter,
      set(handler) { hear(this); setter.set.call(this, handler); },
    });
    own.addEventListener = function (type, ...rest) {
      if (type === "message") hear(this);
      return listen.call(this, type, ...rest);
    };
    const post = own.postMessage;
    if (post) own.postMessage = function (message, ...rest) {
      keep(kept.sent, message);
      return post.call(this, message, ...rest);
    };
  }
  listen.call(window, "message", (event) => keep(kept.received, event.data));
  const postToWindow = window.postMessage;
  window.postMessage = function (message, ...rest) {
    keep(kept.sent, message);
    return postToWindow.call(this, message, ...rest);
  };
  const RealSharedWorker = window.SharedWorker;
  window.SharedWorker = class extends RealSharedWorker {
    constructor(...given) { super(...given); keep(kept.writes, given[0]); kept.ports.push(this.port); }
  };
  const RealWorker = window.Worker;
  window.Worker = class extends RealWorker {
    constructor(...given) { super(...given); keep(kept.writes, given[0]); kept.ports.push(this); }
  };

  // Every write, even one that is deleted again before the search.
  function keepCalls(owner, name) {
    const real = owner?.[name];
    if (real) owner[name] = function (...given) { keep(kept.writes, name, ...given); return real.apply(this, given); };
  }
  keepCalls(Storage.prototype, "setItem");
  for (const name of ["pushState", "replaceState"]) keepCalls(History.prototype, name);
  for (const name of ["put", "add"]) { keepCalls(IDBObjectStore.prototype, name); keepCalls(window.Cache?.prototype, name); }
  for (const name of ["fetch", "open"]) keepCalls(window, name);
  keepCalls(Navigator.prototype, "sendBeacon");
  for (const name of ["open", "send", "setRequestHeader"]) keepCalls(XMLHttpRequest.prototype, name);
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie,
    set(value) { keep(kept.writes, "cookie", value); cookie.set.call(this, value); },
  });
})();
