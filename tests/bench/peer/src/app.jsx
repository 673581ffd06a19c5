import { lazy, Suspense } from "react";
import { useAuth } from "react-oidc-context";

const Connect = lazy(() => import("./pages/connect.jsx"));
const Workspace = lazy(() => import("./workspace.jsx"));

export function App() {
  const auth = useAuth();
  const signingIn = auth.isLoading && !auth.isAuthenticated;
  return (
    <Suspense fallback={<Waiting />}>
      {signingIn ? <Waiting /> : auth.isAuthenticated ? <Workspace /> : <Connect />}
    </Suspense>
  );
}

function Waiting() {
  return (
    <p className="waiting" role="status">
      Loading…
    </p>
  );
}
