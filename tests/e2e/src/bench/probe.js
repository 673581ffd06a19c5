// Runs in every document before its own scripts. Tells the binding `report` once the Connect button
// is there, enabled, and, if `needsSession` is set, the session is known to be signed out.
(() => {
  const BUTTON = "Connect to Pleo";
  let shifts = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts += shift.value;
  }).observe({ type: "layout-shift", buffered: true });

  const button = () =>
    [...document.getElementsByTagName("button")].find((one) => one.textContent.trim() === BUTTON);
  const enabled = (one) => !one.disabled && one.ariaDisabled !== "true" && one.checkVisibility();
  const signedOut = () => !needsSession || document.documentElement.dataset.session === "signed-out";

  const observer = new MutationObserver(look);
  function look() {
    if (!signedOut()) return;
    const found = button();
    if (!found || !enabled(found)) return;
    observer.disconnect();
    report(String(performance.now()));
  }
  observer.observe(document, { childList: true, subtree: true, attributes: true });

  // Once the page has nothing left to do and has been painted twice since.
  window.outlayBench = () =>
    new Promise((done) => {
      requestIdleCallback(() =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const paint = performance.getEntriesByName("first-contentful-paint")[0];
            const { x, y, width, height } = button().getBoundingClientRect();
            done({
              firstContentfulPaint: paint?.startTime ?? null,
              layoutShift: shifts,
              x: x + width / 2,
              y: y + height / 2,
            });
          }),
        ),
      );
    });
})();
