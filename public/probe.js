// The probe's entry. Queues ports until the WebAssembly program is ready.
const BROKEN = [JSON.stringify("broken")];
const waiting = [];
let open = (port) => waiting.push(port);

self.onconnect = (event) => open(event.ports[0]);

function ready(next) {
  open = next;
  waiting.splice(0).forEach(open);
}

import("./probe_worker.js")
  .then(async (probe) => {
    await probe.default();
    await probe.start();
    ready(probe.connect);
  })
  .catch((error) => {
    console.error(error);
    ready((port) => port.postMessage(BROKEN));
  });
