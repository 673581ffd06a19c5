// node-oidc-provider as an authorization server for one public client, and for one resource server
// that asks about its tokens. OUTLAY_PEER holds what it needs to know, as JSON:
//
//   issuer        the address that browsers reach it at; a proxy in front of this process
//   clientId      the public client
//   redirectUri   its one redirect URI; the page that calls the token endpoint is of its origin
//   scopes        the scopes that the client may ask for
//   resource      {id, secret} of the resource server
//
// It listens on a free port of the loopback interface and prints {"port": N} as one line.

import { createServer } from "node:http";

import Provider from "oidc-provider";

const { issuer, clientId, redirectUri, scopes, resource } = JSON.parse(process.env.OUTLAY_PEER);
const site = new URL(redirectUri).origin;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      application_type: "native",
      token_endpoint_auth_method: "none",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
    {
      client_id: resource.id,
      client_secret: resource.secret,
      token_endpoint_auth_method: "client_secret_basic",
      redirect_uris: [],
      grant_types: [],
      response_types: [],
    },
  ],
  scopes,
  // Without OpenID's offline_access, which Pleo does not know.
  issueRefreshToken: (_context, client) => client.grantTypeAllowed("refresh_token"),
  expiresWithSession: () => false,
  clientBasedCORS: (_context, origin) => origin === site,
  cookies: { keys: [resource.secret] },
  features: {
    devInteractions: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400, Interaction: 600, Session: 3600 },
});

const server = createServer(provider.callback());
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
// Its standard input ends with the test that started it.
process.stdin.on("end", () => process.exit(0)).resume();
