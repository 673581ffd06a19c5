import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AuthProvider } from "react-oidc-context";
import { App } from "./app.jsx";

const settings = {
  authority: AUTHORIZATION_SERVER,
  // Pleo publishes no discovery document.
  metadata: {
    issuer: AUTHORIZATION_SERVER,
    authorization_endpoint: `${AUTHORIZATION_SERVER}/oauth/authorize`,
    token_endpoint: `${AUTHORIZATION_SERVER}/oauth/token`,
  },
  client_id: "outlay-sandbox",
  redirect_uri: `${location.origin}/callback/sandbox`,
  scope: "companies:read users:read accounting-entries:read",
  onSigninCallback: () => history.replaceState(null, "", "/"),
};

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <AuthProvider {...settings}>
      <App />
    </AuthProvider>
  </StrictMode>,
);
