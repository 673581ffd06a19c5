import { useAuth } from "react-oidc-context";

export default function Connect() {
  const auth = useAuth();
  return (
    <main className="connect">
      <h1>Your company's spend, in this browser</h1>
      <p className="lead">Totals by month and currency, and every entry, read from Pleo.</p>
      {auth.error && (
        <p className="alert" role="alert">
          The sign-in failed: {auth.error.message}
        </p>
      )}
      <button
        type="button"
        className="primary"
        disabled={auth.isLoading}
        onClick={() => void auth.signinRedirect()}
      >
        Connect to Pleo
      </button>
      <dl>
        <dt>What Outlay can see</dt>
        <dd>Only what you allow on Pleo's own page.</dd>
        <dt>When access ends</dt>
        <dd>When you sign out, or when you close the browser.</dd>
      </dl>
    </main>
  );
}
