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
  // Returns what is wrong with a file that did not load or run; null if nothing is.
  async function fault(url) {
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
    return right ? null : name + " came as " + (type || "a file without a type") + " and cannot be run as " + (wasm ? "WebAssembly" : "JavaScript") + ": the host, or a proxy on the way, changed it.";
  }

  // Throws an error with the code newer_version if the site was deployed anew since this page came.
  async function sameBuild() {
    if (!files.dataset.build) return;
    const answer = await fetch(files.content, { cache: "no-store" }).catch(() => null);
    const html = answer && answer.ok ? await answer.text() : "";
    const found = new DOMParser().parseFromString(html, "text/html").querySelector('meta[name="outlay-page"]');
    if (found && found.dataset.build !== files.dataset.build) {
      throw Object.assign(new Error("The site was updated after this page was loaded."), { code: "newer_version" });
    }
  }

  // Loads the page's program and starts it; a failure is an error whose message names the file.
  async function load(script, program) {
    const failed = async (url, error) => {
      console.warn(error);
      const name = new URL(url, location.href).pathname.split("/").pop();
      throw new Error(await fault(url) || name + " came, and did not run: an extension or filter of this browser may have stopped it.");
    };
    let module;
    try {
      module = await import(script);
    } catch (error) {
      return failed(script, error);
    }
    try {
      await module.default({ module_or_path: fetch(program) });
    } catch (error) {
      return failed(program, error);
    }
  }

  // At the element, since the page adds no global. What is wrong with the first of these files that has
  // a fault; an empty string if none has one.
  files.fault = async (names) => {
    for (const name of names.split(" ")) {
      const found = await fault(files.content + name);
      if (found) return found;
    }
    return "";
  };
  // The same for the files of a chunk, if the site is still that of this page.
  files.faultOfChunk = async (chunk) => {
    await sameBuild();
    const all = (files.dataset.chunks || "").split(" ").map((one) => one.split(":"));
    const own = all.find(([name]) => name === chunk);
    const found = own && await files.fault(own[1].replaceAll(",", " "));
    return found || (own ? "A file of this part came altered: " + own[1].replaceAll(",", ", ") + "." : "");
  };

  load(files.dataset.module, files.dataset.wasm)
    .then(() => {
      const shell = document.getElementById("shell");
      if (shell) shell.remove();
    })
    .catch((error) => {
      if (!document.getElementById("boot")) return console.error(error);
      say("page_not_loaded", error.message + " Load the page again; if it stays, check the connection, or try a window without extensions.");
    });
})();
