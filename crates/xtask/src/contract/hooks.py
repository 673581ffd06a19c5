"""What schemathesis needs to know of the sandbox: how a token is come by.

The token comes of the sandbox's own sign-in: authorization request, login, consent, exchange. When a
call has ended it (the removal of the installation does), the next call brings a new one.
"""

import base64
import hashlib
import json
import os
import re
import secrets
import urllib.parse

import requests
import schemathesis

AUTH = os.environ["OUTLAY_AUTH"]
SITE = os.environ["OUTLAY_SITE"]


def sign_in():
    config = json.loads(os.environ["OUTLAY_CLIENT"])
    verifier = secrets.token_urlsafe(48)
    challenge = hashlib.sha256(verifier.encode()).digest()
    redirect = SITE + "/callback/sandbox"
    session = requests.Session()
    page = session.get(
        AUTH + "/oauth/authorize",
        params={
            "response_type": "code",
            "client_id": config["id"],
            "redirect_uri": redirect,
            "scope": " ".join(config["scopes"]),
            "state": secrets.token_urlsafe(16),
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        },
    )
    csrf = re.search(r'name="csrf" value="([^"]*)"', page.text).group(1)
    page = session.post(page.url.rstrip("/") + "/login", data={"csrf": csrf})
    company = re.search(r'<option value="([^"]*)"', page.text).group(1)
    csrf = re.search(r'name="csrf" value="([^"]*)"', page.text).group(1)
    consent = [("csrf", csrf), ("company", company), ("decision", "allow")]
    consent += [("scope", scope) for scope in config["scopes"]]
    back = session.post(page.url.rstrip("/") + "/consent", data=consent, allow_redirects=False)
    query = urllib.parse.urlsplit(back.headers["Location"]).query
    tokens = requests.post(
        AUTH + "/oauth/token",
        data={
            "grant_type": "authorization_code",
            "code": urllib.parse.parse_qs(query)["code"][0],
            "redirect_uri": redirect,
            "client_id": config["id"],
            "code_verifier": verifier,
        },
    )
    Token.company = company
    return tokens.json()["access_token"]


class Token:
    present = None
    company = None


@schemathesis.auth(refresh_interval=None)
class SandboxAuth:
    def get(self, case, context):
        if Token.present is None:
            Token.present = sign_in()
        return Token.present

    def set(self, case, data, context):
        case.headers["Authorization"] = "Bearer " + data


@schemathesis.hook
def before_call(context, case, kwargs):
    """A request that is to be right speaks of the token's company, and not of a random one."""
    if not case.meta or not case.meta.generation.mode.is_positive or Token.company is None:
        return
    for place in (case.query, case.body):
        if isinstance(place, dict):
            for name in ("company_id", "companyId"):
                if name in place:
                    place[name] = Token.company


@schemathesis.hook
def after_call(context, case, response):
    removed = case.operation.label == "DELETE /v1/installations/me"
    if removed and response.status_code == 204:
        Token.present = None
