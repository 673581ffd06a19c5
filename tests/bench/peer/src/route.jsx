import { useSyncExternalStore } from "react";

const CHANGED = "pathchange";

function subscribe(onChange) {
  addEventListener("popstate", onChange);
  addEventListener(CHANGED, onChange);
  return () => {
    removeEventListener("popstate", onChange);
    removeEventListener(CHANGED, onChange);
  };
}

/** The path in view. */
export function usePath() {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** A link to another page of the app. */
export function Link({ to, children }) {
  const path = usePath();
  const follow = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", to);
    dispatchEvent(new Event(CHANGED));
  };
  return (
    <a href={to} onClick={follow} aria-current={path === to ? "page" : undefined}>
      {children}
    </a>
  );
}
