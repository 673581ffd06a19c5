import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useAuth } from "react-oidc-context";
import { Link, usePath } from "./route.jsx";

const Overview = lazy(() => import("./pages/overview.jsx"));
const Entries = lazy(() => import("./pages/entries.jsx"));

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: 2, refetchOnWindowFocus: false } },
});

/** Everything that a signed-in user sees. */
export default function Workspace() {
  const auth = useAuth();
  const path = usePath();
  const signOut = () => {
    queries.clear();
    void auth.removeUser();
  };
  return (
    <QueryClientProvider client={queries}>
      <header className="topbar">
        <nav aria-label="Main">
          <Link to="/">Overview</Link>
          <Link to="/entries">Entries</Link>
        </nav>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </header>
      <main className="content">
        <Suspense fallback={<p role="status">Loading…</p>}>
          {path === "/entries" ? <Entries /> : <Overview />}
        </Suspense>
      </main>
    </QueryClientProvider>
  );
}
