"""django-oauth-toolkit as an authorization server for one public client, and for one resource server
that asks about its tokens. OUTLAY_PEER holds what it needs to know, as JSON:

    clientId      the public client
    redirectUri   its one redirect URI; the page that calls the token endpoint is of its origin
    scopes        the scopes that the client may ask for
    resource      {id, secret} of the resource server

It listens on a free port of the loopback interface and prints {"port": N} as one line. Its database
lies in the working directory. Its user is called `user`, and so is the password.
"""

import json
import os
import sys
import threading
from socketserver import ThreadingMixIn
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.conf import settings

PEER = json.loads(os.environ["OUTLAY_PEER"])
SITE = "{0.scheme}://{0.netloc}".format(urlsplit(PEER["redirectUri"]))

LOGIN = """<!DOCTYPE html><title>Log in</title>
<form method="post">{% csrf_token %}{{ form.as_p }}<button type="submit">Log in</button></form>"""

settings.configure(
    SECRET_KEY=PEER["resource"]["secret"],
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.abspath("peer.sqlite3"),
            "OPTIONS": {"timeout": 20},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    STATIC_URL="/static/",
    LOGIN_URL="/login/",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "corsheaders",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "corsheaders.middleware.CorsMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN}),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ],
    CORS_ALLOWED_ORIGINS=[SITE],
    # Accounts are made for this one test: a slow hash would protect nothing.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    OAUTH2_PROVIDER={
        "SCOPES": {scope: scope for scope in PEER["scopes"]},
        "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
        "REFRESH_TOKEN_EXPIRE_SECONDS": 86_400,
        "ROTATE_REFRESH_TOKEN": True,
        "REFRESH_TOKEN_REUSE_PROTECTION": True,
        "PKCE_REQUIRED": True,
    },
)
django.setup()

from django.contrib.auth import get_user_model
from django.contrib.auth.views import LoginView
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("login/", LoginView.as_view()),
    # The style sheet of the consent page changes nothing that a test looks at.
    path("static/<path:file>", lambda request, file: HttpResponse(content_type="text/css")),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


class Server(ThreadingMixIn, WSGIServer):
    """One thread for each request, as a browser and the resource server ask at the same time."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no line for each request: a line would hold a code."""

    def log_message(self, *arguments):
        pass


def prepare():
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    get_user_model().objects.create_user("user", password="user")
    Application.objects.create(
        name="Outlay",
        client_id=PEER["clientId"],
        client_type=Application.CLIENT_PUBLIC,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=PEER["redirectUri"],
    )
    Application.objects.create(
        name="Resource server",
        client_id=PEER["resource"]["id"],
        client_secret=PEER["resource"]["secret"],
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )


def end_with_the_test():
    """Its standard input ends with the test that started it."""
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
prepare()
server = Server(("127.0.0.1", 0), Quiet)
server.set_app(get_wsgi_application())
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
