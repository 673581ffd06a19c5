// Runs in every document after the hooks. It counts what the page asks the vault for and what comes
// of it, and keeps what must not be: a request that nothing comes of, a session that is not of the
// contract, a vault that is gone. When told to, it calls the API itself, over the page's own port.
(() => {
  const BOUND = 60_000;
  const SESSIONS = ["active", "refreshing", "unsure", "authorizing", "exchanging", "ended", "signed-out"];
  const LOST = ["vault_lost", "vault_unavailable", "vault_mismatch"];
  // A user may be away for as long as that.
  const UNBOUND = ["watch_sign_in"];
  let told = fresh();
  const open = new Map();
  let live = [];
  let port = null;
  let next = 3_000_000_000;

  function fresh() { return { settled: 0, longest: 0, outcomes: {}, wrong: [] }; }

  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    if (this === port) sent(JSON.parse(message[0]));
    return post.call(this, message, ...rest);
  };
  function sent({ request, cancel }) {
    if (cancel) open.delete(cancel.id);
    if (!request) return;
    const kind = Object.keys(request.request)[0];
    if (typeof request.request === "object" && !UNBOUND.includes(kind))
      open.set(request.id, { what: request.request.call?.path ?? kind, since: performance.now() });
  }

  function heard({ reply, state, welcome }) {
    const snapshot = state ?? welcome?.snapshot;
    if (snapshot) live = snapshot.connections.filter(({ phase }) => typeof phase === "string").map(({ id }) => id);
    const asked = reply && open.get(reply.id);
    if (!asked) return;
    open.delete(reply.id);
    const { Ok: good, Err: bad } = reply.result;
    const outcome = bad?.code ?? good?.api?.status ?? "done";
    told.settled += 1;
    told.longest = Math.max(told.longest, performance.now() - asked.since);
    told.outcomes[outcome] = (told.outcomes[outcome] ?? 0) + 1;
    if (LOST.includes(outcome)) told.wrong.push(`${asked.what} came to ${outcome}`);
    late(asked);
  }

  function late({ what, since }) {
    const age = performance.now() - since;
    if (age > BOUND) told.wrong.push(`${what} was unsettled for ${Math.round(age)} ms`);
  }

  const Real = window.SharedWorker;
  window.SharedWorker = class extends Real {
    constructor(...given) {
      super(...given);
      port = this.port;
      port.addEventListener("message", ({ data }) => heard(JSON.parse(data[0])));
    }
  };

  new MutationObserver(() => {
    const { session } = document.documentElement.dataset;
    if (session && !SESSIONS.includes(session)) told.wrong.push(`the session is ${session}`);
    for (const { dataset } of document.querySelectorAll("[role=alert][data-code]"))
      if (LOST.includes(dataset.code)) told.wrong.push(`an alert: ${dataset.code}`);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-session", "data-code"] });

  const calls = new BroadcastChannel("soak");
  calls.onmessage = ({ data: paths }) => {
    if (!port) return;
    for (const connection of live.slice(-2)) for (const path of paths) {
      const call = { connection, method: "GET", path, query: [], body: null, retry: "safe" };
      port.postMessage([JSON.stringify({ request: { id: next++, request: { call } } })]);
    }
  };

  // What was counted since it was last asked for, and how many requests are open now.
  function take() {
    open.forEach(late);
    const taken = { ...told, open: open.size };
    told = fresh();
    return taken;
  }
  // A document that goes leaves its count to whoever looks next.
  addEventListener("pagehide", () => {
    if (port) localStorage.setItem(`soak.${crypto.randomUUID()}`, JSON.stringify({ ...take(), open: 0 }));
  });
  window.__soak = () => {
    const taken = [take()];
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith("soak."))) {
      taken.push(JSON.parse(localStorage.getItem(key)));
      localStorage.removeItem(key);
    }
    return taken;
  };
})();
