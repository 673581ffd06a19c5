// The vault's entry. Ports that come before the binary is ready wait here; afterwards each goes
// straight to the vault. As a dedicated worker the global scope itself is the one port.
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

// Asked for at once, not only when its loader has come.
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
