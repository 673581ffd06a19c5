// Runs before the first paint: clears an OAuth callback from the address, decides what the static
// page shows, says in one sentence what the browser lacks, and else loads the program, whose hashed
// names stand in the element <meta name="outlay-page">. The Connect page reacts meanwhile: what the
// user does there is kept for the program.
(function () {
  "use strict";

  // The name of the vault; its number is the version of its messages. A test compares it.
  const VAULT = "vault-6";

  // The texts of this page while the program is not there.
  const TEXTS = {
    insecure: "Outlay needs a secure address: open it over https, or on this computer at localhost.",
    noWasm: "Outlay needs WebAssembly, which this browser does not have or has switched off: use a current browser, or switch it on.",
    noWasmByPolicy: "Outlay needs WebAssembly, which a policy blocks here: the operator of this site has to send the header Content-Security-Policy as it was built, with 'wasm-unsafe-eval', or an extension or setting of this browser has to allow it.",
    noModuleWorker: "Outlay needs module workers, which this browser does not have: use a current browser.",
    silent: "Outlay's background worker does not respond: close every tab of this site, then open it again. If it continues, try a window without extensions.",
    updated: "The site was updated after this page was loaded.",
    reload: " Reload the page.",
    help: " Reload the page. If it continues, check the connection, or try a window without extensions.",
    notLoaded: (name) => name + " did not load: the network, or an extension or filter of this browser, blocked it.",
    status: (name, status) => name + " did not load: the server answered with status " + status + ".",
    changed: (name, type, wanted) => name + " came as " + (type || "a file without a type") + " and cannot be run as " + wanted + ": the host, or a proxy on the way, changed it.",
    notRun: (name) => name + " loaded but did not run: an extension or filter of this browser may have blocked it.",
    altered: (names) => "A file of this part came altered: " + names.join(", ") + ".",
  };

  // How long the vault may take to answer once the program runs, in milliseconds.
  const PATIENCE = 10_000;

  const root = document.documentElement;
  const files = document.querySelector('meta[name="outlay-page"]');
  root.dataset.base = files.content;

  // The body may not have been read yet.
  function whenRead(act) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", act, { once: true });
    } else {
      act();
    }
  }

  // Shows one sentence in place of the static page, unless the program has taken over.
  function say(code, sentence) {
    whenRead(() => {
      const place = document.getElementById("boot");
      if (!place) return;
      early.popup?.close();
      delete root.dataset.first;
      place.setAttribute("role", "alert");
      place.dataset.code = code;
      place.textContent = sentence;
    });
  }

  // Whether a constructor of workers reads this option. It reads its options before it refuses the
  // address, so no worker is started.
  function reads(Kind, option) {
    let known = false;
    try {
      new Kind("https://:", { get [option]() { known = true; return undefined; } });
    } catch (refused) {
      return known;
    }
    return known;
  }

  // Compiles the empty program: a content security policy, or a browser's setting, may forbid that.
  function compiles() {
    try {
      new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
      return true;
    } catch (refused) {
      return false;
    }
  }

  function missing() {
    if (!window.isSecureContext || !window.crypto || !window.crypto.subtle) {
      return TEXTS.insecure;
    }
    if (typeof WebAssembly !== "object") {
      return TEXTS.noWasm;
    }
    if (!compiles()) {
      return TEXTS.noWasmByPolicy;
    }
    if (!reads(window.Worker, "type")) {
      return TEXTS.noModuleWorker;
    }
    return null;
  }

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

  // What the user does on the static page, at the element, since the page adds no global: whether
  // Connect was pressed, whether in a popup, and the popup, which the browser lets open in the click
  // alone. The program takes it over.
  const early = { clicked: false, inPopup: false, popup: null };
  files.early = early;
  let pressed = false;
  let focused = null;
  const inShell = (event) => event.target.closest?.("#shell");
  document.addEventListener("submit", (event) => {
    if (!inShell(event)) return;
    event.preventDefault();
    if (pressed) return;
    pressed = true;
    event.target.querySelector("button").ariaDisabled = "true";
    // Firefox runs other tasks while it opens a window: the click counts once the window is known.
    if (early.inPopup) early.popup = window.open("about:blank", "_blank", "popup,width=560,height=760");
    early.clicked = true;
    if (files.early) files.dispatchEvent(new Event("connect"));
    // The app took the page's place meanwhile, because there is nothing to connect.
    else early.popup?.close();
  });
  document.addEventListener("change", (event) => {
    if (!inShell(event)) return;
    if (event.target.type === "checkbox") early.inPopup = event.target.checked;
    if (event.target.type === "select-one") root.dataset.theme = event.target.value;
  });
  document.addEventListener("focusin", (event) => {
    focused = inShell(event) && event.target.matches(".connect button, .connect input, .theme select")
      ? event.target : null;
  });
  whenRead(() => {
    const shell = document.getElementById("shell");
    if (!shell) return;
    for (const link of shell.querySelectorAll("a:not(.skip)")) {
      link.href = files.content + link.getAttribute("href").replace("./", "");
    }
    // The focus goes to the program's own element of the same place.
    new MutationObserver((_, observer) => {
      if (shell.isConnected) return;
      observer.disconnect();
      // There is nothing to connect.
      if (files.early) early.popup?.close();
      early.popup = null;
      if (!focused || document.activeElement !== document.body) return;
      const place = focused.closest(".connect") ? ".welcome .connect " : ".theme ";
      document.querySelector(place + focused.localName)?.focus();
    }).observe(document.body, { childList: true });
  });

  // The Connect page, where a visitor who is not connected begins. A live connection stands in the
  // query, and so does a notice.
  if (location.pathname === files.content && location.search === "") root.dataset.first = "welcome";
  if (!("SharedWorker" in window)) root.dataset.lifetime = "tab";
  else if (!reads(SharedWorker, "extendedLifetime")) root.dataset.lifetime = "page";

  const sentence = missing();
  if (sentence) {
    say("browser_unsupported", sentence);
    return;
  }

  // Starts the vault while the program is still loading; the program takes the worker over. Not under
  // a service worker, since a vault that starts under one stays under it: the program says so.
  async function startVault() {
    const { serviceWorker } = navigator;
    if (serviceWorker?.controller || (await serviceWorker?.getRegistrations())?.length) return;
    // The program has been faster: it leaves the property behind when it has looked here.
    if ("vault" in files) return;
    const options = { type: "module", name: VAULT, extendedLifetime: true };
    const worker = new SharedWorker(files.content + "vault.js", options);
    files.vault = { worker, extended: root.dataset.lifetime === undefined };
    // The program's own attempt reports the error.
    worker.addEventListener("error", () => { if (files.vault) delete files.vault; });
  }
  const isCallback = location.pathname.startsWith(files.content + "callback/");
  if ("SharedWorker" in window && !document.prerendering && !isCallback) startVault().catch(() => {});

  // Returns what is wrong with a file that did not load or run; null if nothing is. The answer replaces
  // the copy in the browser's cache, which may be what failed.
  async function fault(url) {
    const name = new URL(url, location.href).pathname.split("/").pop();
    const wasm = name.endsWith(".wasm");
    let answer;
    let bytes;
    try {
      answer = await fetch(url, { cache: "reload" });
      bytes = new Uint8Array(await answer.arrayBuffer());
    } catch {
      return TEXTS.notLoaded(name);
    }
    if (!answer.ok) return TEXTS.status(name, answer.status);
    const type = (answer.headers.get("Content-Type") || "").split(";")[0].trim();
    const right = wasm ? bytes[0] === 0 && bytes[1] === 97 : bytes[0] !== 60 && type.endsWith("javascript");
    return right ? null : TEXTS.changed(name, type, wasm ? "WebAssembly" : "JavaScript");
  }

  // Throws an error with the code newer_version if the site was deployed anew since this page came.
  async function sameBuild() {
    if (!files.dataset.build) return;
    const answer = await fetch(files.content, { cache: "no-store" }).catch(() => null);
    const html = answer && answer.ok ? await answer.text() : "";
    const found = new DOMParser().parseFromString(html, "text/html").querySelector('meta[name="outlay-page"]');
    if (found && found.dataset.build !== files.dataset.build) {
      throw Object.assign(new Error(TEXTS.updated), { code: "newer_version" });
    }
  }

  // Loads the page's program and starts it; a failure is an error whose message names the file.
  async function load(script, program) {
    const failed = async (url, error) => {
      console.warn(error);
      const name = new URL(url, location.href).pathname.split("/").pop();
      const { loader } = files.dataset;
      throw new Error(await fault(url) || loader && await fault(loader) || TEXTS.notRun(name));
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
    const names = filesOf(chunk);
    if (!names.length) return "";
    return await files.fault(names.join(" ")) || TEXTS.altered(names);
  };
  files.report = async (chunk) => {
    const found = await files.faultOfChunk(chunk).catch((newer) => newer);
    if (found.code) say(found.code, found.message + TEXTS.reload);
    else say("page_not_loaded", found + TEXTS.help);
  };
  files.prefetch = (chunks) => {
    const whenIdle = window.requestIdleCallback || ((act) => setTimeout(act, 200));
    const names = chunks.split(" ").flatMap(filesOf);
    whenIdle(() => names.forEach((name) => fetch(files.content + name, { priority: "low" }).catch(() => {})));
  };
  function filesOf(chunk) {
    const all = (files.dataset.chunks || "").split(" ").map((one) => one.split(":"));
    const own = all.find(([name]) => name === chunk);
    return own && own[1] ? own[1].split(",") : [];
  }

  // The program says so once the vault has answered.
  load(files.dataset.module, files.dataset.wasm)
    .then(() => {
      if (document.prerendering) return;
      setTimeout(() => files.answered || say("vault_silent", TEXTS.silent), PATIENCE);
    })
    .catch((error) => {
      if (!document.getElementById("boot")) return console.error(error);
      say("page_not_loaded", error.message + TEXTS.help);
    });
})();
