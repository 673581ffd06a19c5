// Runs in every document before its own scripts. On the entries page, presses `Load all` as soon as there
// are rows, and writes the times into `outlayLoad` once the count has reached the total. In milliseconds
// since the navigation.
(() => {
  if (location.pathname !== "/entries") return;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const hasRows = () =>
    all("[role=grid] [role=row][aria-rowindex]").some(
      (row) => row.ariaRowIndex > 1 && row.checkVisibility() && row.textContent.trim(),
    );
  const button = () =>
    all("button").find((one) => !one.disabled && /^Load all [\d,]+$/.test(one.textContent.trim()));
  // Outlay writes the count into `.figures`, the React app into its status.
  const counts = () => all(".figures, [role=status]").map((one) => one.textContent.trim());
  let firstRows, pressed, total;
  const look = () => {
    const now = performance.now();
    if (firstRows === undefined && hasRows()) firstRows = now;
    if (firstRows !== undefined && pressed === undefined) {
      const found = button();
      if (found) {
        total = found.textContent.trim().slice("Load all ".length);
        pressed = now;
        found.click();
      }
    }
    if (pressed !== undefined && counts().some((text) => text.startsWith(`${total} entries`))) {
      const entries = Number(total.replaceAll(",", ""));
      window.outlayLoad = JSON.stringify({ firstRows, allRows: now - pressed, entries });
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
