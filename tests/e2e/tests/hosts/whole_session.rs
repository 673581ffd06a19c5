//! A walk through the product on each host: a deep link, a sign-in, its rows, a reload, a forged
//! callback, a refresh.

use outlay_e2e::host::{HostSetup, WebServer};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::sandbox::SandboxSetup;
use outlay_e2e::stage::{StageSetup, play};

/// A log-in of the operator's before everything, which a cookie remembers. The way back from Pleo
/// goes through it without one: what lies there is the page, and a code in its address.
const LOG_IN: [(&str, &str); 2] = [
    (
        "local.server.conf",
        "auth_request /log-in/known;
location = /log-in {
    auth_request off;
    add_header Set-Cookie \"log_in=passed; Path=/; HttpOnly; SameSite=Lax\";
    return 302 /;
}
location = /log-in/known {
    internal;
    if ($request_uri ~ ^/callback/) {
        return 204;
    }
    if ($cookie_log_in != passed) {
        return 403;
    }
    return 204;
}
",
    ),
    (
        "fence.caddy",
        "@log_in path /log-in
handle @log_in {
	header Set-Cookie \"log_in=passed; Path=/; HttpOnly; SameSite=Lax\"
	redir * / 302
}
@guest {
	not path /callback/*
	not header_regexp Cookie (?:^|;\\s*)log_in=passed(?:;|$)
}
error @guest 403
",
    ),
];

fn run_session(name: &str, host: HostSetup) {
    let sandbox = SandboxSetup {
        host: Some(host),
        ..SandboxSetup::default()
    };
    walk_on(name, sandbox);
}

fn behind_a_log_in(name: &str, server: WebServer) {
    let sandbox = SandboxSetup {
        host: Some(HostSetup::new(server).proxied().over_tls()),
        local: &LOG_IN,
        ..SandboxSetup::default()
    };
    walk_on(name, sandbox);
}

fn walk_on(name: &str, sandbox: SandboxSetup) {
    let fenced = !sandbox.local.is_empty();
    let setup = StageSetup {
        sandbox,
        ..StageSetup::default()
    };
    play(name, setup, move |stage| async move {
        let page = stage.page();
        if fenced {
            page.open("/log-in").await?;
            page.wait_session("signed-out").await?;
            // A page that stays, without which Firefox ends the vault during the sign-in: the one
            // that the stage opened was refused.
            stage.browser.open_window().await?;
        }
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&ConsentChoice::default()).await?;
        page.wait_session("active").await?;
        page.wait_route("/entries").await?;
        page.rows().await?;

        let generation = page.generation().await?;
        stage.search_document().await?;
        stage.browser.driver().refresh().await?;
        page.wait_session("active").await?;
        assert_eq!(page.generation().await?, generation);

        stage.search_document().await?;
        page.open("/callback/sandbox?code=stolen&state=forged")
            .await?;
        page.alert("state_unknown").await?;
        page.wait_session("active").await?;

        stage.search_document().await?;
        stage.sandbox.expire().await?;
        page.open("/entries").await?;
        page.rows().await?;
        let counters = stage.sandbox.counters().await?;
        assert_eq!((counters.exchange, counters.refresh), (1, 1));
        Ok(())
    });
}

#[test]
fn session_works_on_nginx() {
    run_session("walk_nginx", HostSetup::new(WebServer::Nginx));
}

#[test]
fn session_works_on_nginx_under_a_path() {
    run_session(
        "walk_nginx_path",
        HostSetup::new(WebServer::Nginx).under("/team/"),
    );
}

#[test]
fn session_works_on_nginx_proxying_a_server_without_cors() {
    run_session(
        "walk_nginx_proxy",
        HostSetup::new(WebServer::Nginx).proxied(),
    );
}

#[test]
fn session_works_on_caddy() {
    run_session("walk_caddy", HostSetup::new(WebServer::Caddy));
}

#[test]
fn session_works_on_caddy_proxying_a_server_without_cors() {
    run_session(
        "walk_caddy_proxy",
        HostSetup::new(WebServer::Caddy).proxied(),
    );
}

#[test]
fn session_works_on_nginx_over_tls() {
    run_session(
        "walk_nginx_tls",
        HostSetup::new(WebServer::Nginx).over_tls(),
    );
}

#[test]
fn session_works_on_nginx_over_tls_behind_a_log_in_proxying_a_server_without_cors() {
    behind_a_log_in("walk_nginx_log_in", WebServer::Nginx);
}

#[test]
fn session_works_on_caddy_over_tls() {
    run_session(
        "walk_caddy_tls",
        HostSetup::new(WebServer::Caddy).over_tls(),
    );
}

#[test]
fn session_works_on_caddy_over_tls_behind_a_log_in_proxying_a_server_without_cors() {
    behind_a_log_in("walk_caddy_log_in", WebServer::Caddy);
}
