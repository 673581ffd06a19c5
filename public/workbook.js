// The entry of the worker that writes a workbook. Messages that come before the binary is ready wait
// here.
const BROKEN = [JSON.stringify("broken")];
const early = [];
self.onmessage = (event) => early.push(event.data);

import("./workbook_worker.js")
  .then(async (workbook) => {
    await workbook.default();
    workbook.serve(self);
    early.splice(0).forEach((data) => self.dispatchEvent(new MessageEvent("message", { data })));
  })
  .catch((error) => {
    console.error(error);
    self.postMessage(BROKEN);
  });
