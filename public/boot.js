// Runs before the first paint: clears an OAuth callback from the address and decides what the static
// page shows. If the browser lacks something, shows one sentence; otherwise loads the program, whose
// hashed file names are in the element <meta name="outlay-page">. Stores what the user does on the
// Connect page meanwhile, for the program.
(function () {
  "use strict";

  // The name of the vault. Its number is the message version; a test compares it with the program's.
  const VAULT = "vault-8";

  // The texts that this page shows before the program runs.
  const TEXTS = {
    insecure: "Outlay needs a secure address: open it over https, or on this computer at localhost.",
    noWasm: "Outlay needs WebAssembly, which this browser does not have or has switched off: use a current browser, or switch it on.",
    noWasmByPolicy: "Outlay needs WebAssembly, which this site's policy or a setting of this browser blocks. Ask your IT team to allow WebAssembly for this site, and to send the header Content-Security-Policy as it was built, with 'wasm-unsafe-eval'.",
    noModuleWorker: "Outlay needs module workers, which this browser does not have: use a current browser.",
    silent: "Outlay's background worker does not respond: close every tab of this site, then open it again. If it continues, try a window without extensions.",
    updated: "The site was updated after this page was loaded.",
    reload: " Reload the page.",
    help: " Reload the page. If it continues, check the connection, or try a window without extensions.",
    notLoaded: (name) => name + " did not load: the network, or an extension or filter of this browser, blocked it.",
    status: (name, status) => name + " did not load: the server answered with status " + status + ".",
    changed: (name, type, wanted) => name + " arrived as " + (type || "a file without a type") + " and cannot run as " + wanted + ": the host, or a proxy on the way, changed it.",
    notRun: (name) => name + " loaded but did not run: an extension or filter of this browser may have blocked it.",
    altered: (names) => "A file of this part was altered on its way: " + names.join(", ") + ".",
  };

  // Time for the vault to answer after the program has started, in milliseconds.
  const PATIENCE = 10_000;

  const root = document.documentElement;
  const files = document.querySelector('meta[name="outlay-page"]');
  root.dataset.base = files.content;

  // Calls `act` once the body is parsed.
  function whenRead(act) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", act, { once: true });
    } else {
      act();
    }
  }

  // Shows one sentence in place of the static page, unless the program has replaced it.
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

  // Returns whether a worker constructor reads this option. It reads its options before it rejects
  // the invalid address, so no worker is started.
  function reads(Kind, option) {
    let known = false;
    try {
      new Kind("https://:", { get [option]() { known = true; return undefined; } });
    } catch (refused) {
      return known;
    }
    return known;
  }

  // Returns whether an empty program compiles: a content security policy or a browser setting may
  // forbid it.
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

  // Moves the callback from the address to the element, where the program takes it: a code must not
  // stay in the address, even if the page fails. A prerendered page keeps its address until it is
  // shown, since it may never be shown.
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

  // The user's actions on the static page, for the program: whether Connect was selected, whether in
  // a popup, and the popup, which the browser allows only during the click. A property of the
  // element, because the page adds no global.
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
    // Firefox runs other tasks while it opens a window, so `clicked` is set after that.
    if (early.inPopup) early.popup = window.open("about:blank", "_blank", "popup,width=560,height=760");
    early.clicked = true;
    if (files.early) files.dispatchEvent(new Event("connect"));
    // The app has replaced the page meanwhile, because no sign-in is needed.
    else early.popup?.close();
  });
  document.addEventListener("change", (event) => {
    if (!inShell(event)) return;
    if (event.target.type === "checkbox") early.inPopup = event.target.checked;
  });
  document.addEventListener("focusin", (event) => {
    focused = inShell(event) && event.target.matches(".connect button, .connect input") ? event.target : null;
  });
  whenRead(() => {
    const shell = document.getElementById("shell");
    if (!shell) return;
    for (const link of shell.querySelectorAll("a:not(.skip)")) {
      link.href = files.content + link.getAttribute("href").replace("./", "");
    }
    // Moves the focus to the app's element that corresponds to the focused one.
    new MutationObserver((_, observer) => {
      if (shell.isConnected) return;
      observer.disconnect();
      // No sign-in is needed.
      if (files.early) early.popup?.close();
      early.popup = null;
      if (!focused || document.activeElement !== document.body) return;
      document.querySelector(".welcome .connect " + focused.localName)?.focus();
    }).observe(document.body, { childList: true });
  });

  // The Connect page, for a visitor without a connection. The query would contain a connection or a
  // notice.
  if (location.pathname === files.content && location.search === "") root.dataset.first = "welcome";
  if (!("SharedWorker" in window)) root.dataset.lifetime = "tab";
  else if (!reads(SharedWorker, "extendedLifetime")) root.dataset.lifetime = "page";

  const sentence = missing();
  if (sentence) {
    say("browser_unsupported", sentence);
    return;
  }

  // Starts the vault while the program is still loading; the program then uses the same worker. Not
  // under a service worker, because a worker that starts under one stays controlled by it; the program
  // then shows an error.
  async function startVault() {
    const { serviceWorker } = navigator;
    if (serviceWorker?.controller || (await serviceWorker?.getRegistrations())?.length) return;
    // The program was faster: it sets the property when it has read it.
    if ("vault" in files) return;
    const options = { type: "module", name: VAULT, extendedLifetime: true };
    const worker = new SharedWorker(files.content + "vault.js", options);
    files.vault = { worker, extended: root.dataset.lifetime === undefined };
    // The program starts the vault again and reports the error.
    worker.addEventListener("error", () => { if (files.vault) delete files.vault; });
  }
  const isCallback = location.pathname.startsWith(files.content + "callback/");
  if ("SharedWorker" in window && !document.prerendering && !isCallback) startVault().catch(() => {});

  // Returns the fault of a file that did not load or run, as a sentence; null if it has none. Fetches
  // the file again, which also replaces a damaged copy in the browser's cache.
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

  // Throws an error with the code newer_version if the site was deployed anew after this page loaded.
  async function sameBuild() {
    if (!files.dataset.build) return;
    const answer = await fetch(files.content, { cache: "no-store" }).catch(() => null);
    const html = answer && answer.ok ? await answer.text() : "";
    const found = new DOMParser().parseFromString(html, "text/html").querySelector('meta[name="outlay-page"]');
    if (found && found.dataset.build !== files.dataset.build) {
      throw Object.assign(new Error(TEXTS.updated), { code: "newer_version" });
    }
  }

  // Loads and starts the program. Throws an error whose message names the file that failed.
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

  // Returns the first fault of these files, as a sentence; an empty string if there is none. A property
  // of the element, because the page adds no global.
  files.fault = async (names) => {
    const found = await Promise.all(names.split(" ").map((name) => fault(files.content + name)));
    return found.find(Boolean) || "";
  };
  // The same for the files of a chunk. Throws if the site was deployed anew.
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

  // The program sets `answered` once the vault has answered.
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
