// Clears an OAuth callback from the address, says in one sentence what the browser lacks, and else
// loads the page, whose hashed names stand in the element <meta name="outlay-page">.
(function () {
  "use strict";

  function say(code, sentence) {
    const place = document.getElementById("boot");
    place.setAttribute("role", "alert");
    place.dataset.code = code;
    place.textContent = sentence;
  }

  // The constructor reads its options before it refuses the address, so no worker is started.
  function moduleWorkers() {
    let known = false;
    try {
      new Worker("https://:", { get type() { known = true; return "module"; } });
    } catch (refused) {
      return known;
    }
    return known;
  }

  function missing() {
    if (!window.isSecureContext || !window.crypto || !window.crypto.subtle) {
      return "Outlay works only over https, or on this computer itself (localhost): open it at such an address.";
    }
    if (typeof WebAssembly !== "object") {
      return "Outlay needs WebAssembly, which this browser lacks or has switched off: use a current browser, or switch it on.";
    }
    if (!moduleWorkers()) {
      return "Outlay keeps its tokens in a module worker, which this browser lacks: use a current browser.";
    }
    return null;
  }

  const files = document.querySelector('meta[name="outlay-page"]');
  document.documentElement.dataset.base = files.content;

  // A code works once and must not stay in the address, whatever becomes of the page. The page takes
  // it from the element. A page that the browser has loaded on a guess keeps its address until it is
  // shown: it may never be.
  function clearCallback() {
    if (location.pathname.startsWith(files.content + "callback/")) {
      files.callback = location.search + location.hash;
      history.replaceState(null, "", location.pathname);
    }
  }
  if (document.prerendering) {
    document.addEventListener("prerenderingchange", clearCallback, { once: true });
  } else {
    clearCallback();
  }

  const sentence = missing();
  if (sentence) {
    say("browser_unsupported", sentence);
    return;
  }
  // What only some visits need. A part that did not load is asked for again the next time, by
  // another address: a browser may remember that a module failed.
  const parts = new Map();
  let failures = 0;
  function part(name) {
    if (!parts.has(name)) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = files.content + name + ".css";
      document.head.append(style);
      const loaded = import(files.content + name + ".js" + (failures ? "?again=" + failures : "")).then(async (module) => {
        await module.default();
        return module;
      });
      loaded.catch(() => { failures += 1; parts.delete(name); style.remove(); });
      parts.set(name, loaded);
    }
    return parts.get(name);
  }
  // At the element, since the page adds no global.
  files.load = part;

  import(files.dataset.module)
    .then((page) => page.default({ module_or_path: files.dataset.wasm }))
    .then(() => {
      const shell = document.getElementById("shell");
      if (shell) shell.remove();
    })
    .catch((error) => {
      console.error(error);
      if (!document.getElementById("boot")) return;
      say("page_not_loaded", "A part of this page did not load: load it again, and if that does not help, check the connection.");
    });
})();
