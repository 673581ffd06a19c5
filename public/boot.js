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
  // Says what is wrong with a file that did not load or run; null if nothing is. `integrity` is the
  // hash that it should have, as in the `integrity` of a request.
  async function fault(url, integrity) {
    const name = new URL(url, location.href).pathname.split("/").pop();
    const wasm = name.endsWith(".wasm");
    let answer;
    let bytes;
    try {
      answer = await fetch(url, { cache: "no-store" });
      bytes = new Uint8Array(await answer.arrayBuffer());
    } catch {
      return name + " did not load: the connection, or an extension or filter of this browser, stopped it.";
    }
    if (!answer.ok) return name + " did not load: the answer had the status " + answer.status + ".";
    const type = (answer.headers.get("Content-Type") || "").split(";")[0].trim();
    const right = wasm ? bytes[0] === 0 && bytes[1] === 97 : bytes[0] !== 60 && type.endsWith("javascript");
    if (!right) return name + " came as " + (type || "a file without a type") + " and cannot be run as " + (wasm ? "WebAssembly" : "JavaScript") + ": the host, or a proxy on the way, changed it.";
    if (!integrity) return null;
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
    return "sha384-" + btoa(String.fromCharCode(...hash)) === integrity ? null
      : Object.assign(new Error(name + " is of another version than this page."), { code: "newer_version" });
  }

  // Loads a program and starts it; a failure is an error whose message names the file.
  async function load(script, program, fits) {
    const failed = async (url, error, integrity) => {
      console.warn(error);
      const found = await fault(url, integrity);
      const name = new URL(url, location.href).pathname.split("/").pop();
      throw found instanceof Error ? found : new Error(found || name + " came, and did not run: an extension or filter of this browser may have stopped it.");
    };
    let module;
    try {
      module = await import(script);
    } catch (error) {
      return failed(script, error);
    }
    fits(module);
    const options = module.program ? { integrity: module.program } : {};
    try {
      await module.default({ module_or_path: fetch(program, options) });
    } catch (error) {
      return failed(program, error, module.program);
    }
    return module;
  }

  // What only some visits need, and must be of the same build as this page. A part that did not load
  // is asked for again the next time, by another address: a browser may remember that a module failed.
  const build = files.dataset.build;
  const parts = new Map();
  let failures = 0;
  function part(name) {
    if (!parts.has(name)) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = files.content + name + ".css";
      document.head.append(style);
      const query = "?" + [build || "", failures || ""].join(".");
      const loaded = load(files.content + name + ".js" + query, files.content + name + "_bg.wasm" + query, (module) => {
        if (module.build !== build) {
          throw Object.assign(new Error(name + ".js is of another version than this page."), { code: "newer_version" });
        }
      });
      loaded.catch(() => { failures += 1; parts.delete(name); style.remove(); });
      parts.set(name, loaded);
    }
    return parts.get(name);
  }
  // At the element, since the page adds no global.
  files.load = part;
  // What is wrong with the first of these files that has a fault.
  files.fault = async (names) => {
    for (const name of names.split(" ")) {
      const found = await fault(files.content + name);
      if (found) return found;
    }
    return "";
  };

  load(files.dataset.module, files.dataset.wasm, () => {})
    .then(() => {
      const shell = document.getElementById("shell");
      if (shell) shell.remove();
    })
    .catch((error) => {
      if (!document.getElementById("boot")) return console.error(error);
      say("page_not_loaded", error.message + " Load the page again; if it stays, check the connection, or try a window without extensions.");
    });
})();
