// Runs in the entries page of either app, and times what a user does there. All times in milliseconds.
// An act begins with the time stamp of its event, and ends after the paint of what it changed.
window.outlayGrid = (() => {
  const grid = () => document.querySelector("[role=grid]");
  const first = () => document.querySelector("[role=grid] [role=row][aria-rowindex='2']");
  // What every act of this bench changes: the sort, the number of rows, or the first row.
  const state = () =>
    [
      grid().ariaRowCount,
      first()?.textContent,
      ...[...document.querySelectorAll("[role=columnheader]")].map((head) => head.ariaSort),
    ].join("\n");
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  // The longest tasks and the interactions, as the browser reports them.
  const observed = { tasks: [], interactions: new Map() };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) observed.tasks.push({ startTime, duration });
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId === 0) continue;
      const before = observed.interactions.get(interactionId) ?? 0;
      observed.interactions.set(interactionId, Math.max(before, duration));
    }
  }).observe({ type: "event", durationThreshold: 16 });

  /** Waits for an event of this type, and for the paint after it of another state. */
  const arm = (type) => {
    const before = state();
    window.outlayDone = new Promise((resolve) => {
      const begin = async ({ timeStamp }) => {
        let end;
        do end = await painted();
        while (state() === before);
        resolve(end - timeStamp);
      };
      addEventListener(type, begin, { capture: true, once: true });
    });
  };
  /** Waits for a click, and for the file that it makes. */
  const armFile = () => {
    const make = URL.createObjectURL;
    window.outlayDone = new Promise((resolve) => {
      const begin = ({ timeStamp }) => {
        URL.createObjectURL = (blob) => {
          URL.createObjectURL = make;
          const end = performance.now();
          // Chromium reports a long task after its end.
          setTimeout(() => {
            const during = observed.tasks.filter((task) => task.startTime + task.duration > timeStamp);
            const longest = Math.max(0, ...during.map((task) => task.duration));
            resolve({ time: end - timeStamp, longest, bytes: blob.size });
          }, 500);
          return make.call(URL, blob);
        };
      };
      addEventListener("click", begin, { capture: true, once: true });
    });
  };
  /** Scrolls through everything in so many frames. */
  const scroll = async (frames) => {
    const box = grid().scrollHeight > grid().clientHeight + 1 ? grid() : document.scrollingElement;
    const distance = box.scrollHeight - box.clientHeight;
    const intervals = [];
    const work = [];
    let rows = 0;
    let before;
    for (let frame = 0; frame <= frames; frame += 1) {
      const now = await new Promise(requestAnimationFrame);
      if (before !== undefined) intervals.push(now - before);
      before = now;
      const start = performance.now();
      box.scrollTop = (distance * frame) / frames;
      const drawn = await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
      work.push(drawn - start);
      rows = Math.max(rows, document.querySelectorAll("[role=grid] [role=row]").length);
    }
    await painted();
    const indexes = [...document.querySelectorAll("[role=grid] [role=row][aria-rowindex]")]
      .filter((row) => row.checkVisibility())
      .map((row) => Number(row.ariaRowIndex));
    const reached = Math.max(...indexes);
    box.scrollTop = 0;
    await painted();
    return { intervals, work, rows, reached };
  };
  const centre = (element) => {
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const header = (label) =>
    centre(
      [...document.querySelectorAll("[role=columnheader] button")].find((one) =>
        one.textContent.trim().startsWith(label),
      ),
    );
  const button = (label) =>
    centre([...document.querySelectorAll("button")].find((one) => one.textContent.trim() === label));
  const field = (selector) => centre(document.querySelector(selector));
  /** The interactions since the last question that took at least 16 ms. */
  const interactions = async () => {
    // They are reported with the frame after the next.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const all = [...observed.interactions.values()];
    observed.interactions.clear();
    return all;
  };
  const rowCount = () => Number(grid().ariaRowCount) - 1;
  return { arm, armFile, scroll, header, button, field, interactions, rowCount, painted };
})();
