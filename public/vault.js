// The vault's entry. Queues ports until the WebAssembly program is ready, then passes each to the
// vault. In a dedicated worker the global scope is the only port.
const BROKEN = [JSON.stringify({ broken: null })];
const waiting = [];
const early = [];
let open = (port) => waiting.push(port);

if ("onconnect" in self) {
  self.onconnect = (event) => open(event.ports[0]);
} else {
  self.onmessage = (event) => early.push(event.data);
  open(self);
}

function ready(next) {
  open = next;
  self.onmessage = null;
  waiting.splice(0).forEach(open);
  early.splice(0).forEach((data) => self.dispatchEvent(new MessageEvent("message", { data })));
}

// Requested now, in parallel with its loader.
const program = fetch(new URL("vault_worker_bg.wasm", import.meta.url));
program.catch(() => {});
import("./vault_worker.js")
  .then(async (vault) => {
    await vault.default({ module_or_path: program });
    vault.start();
    ready(vault.connect);
  })
  .catch((error) => {
    console.error(error);
    ready((port) => port.postMessage(BROKEN));
  });
