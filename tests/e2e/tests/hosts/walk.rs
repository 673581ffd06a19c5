//! A walk through the product on each host: a deep link, a sign-in, its rows, a reload, a forged
//! callback, a refresh.

use outlay_e2e::host::{Host, Server};
use outlay_e2e::login::Consent;
use outlay_e2e::sandbox::Options;
use outlay_e2e::stage::{Setup, play};

fn walk(name: &str, host: Host) {
    let setup = Setup {
        sandbox: Options {
            host: Some(host),
            ..Options::default()
        },
        ..Setup::default()
    };
    play(name, setup, |stage| async move {
        let page = stage.page();
        page.open("/entries").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        stage.decide(&Consent::default()).await?;
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
fn nginx() {
    walk("walk_nginx", Host::new(Server::Nginx));
}

#[test]
fn nginx_under_a_path() {
    walk("walk_nginx_path", Host::new(Server::Nginx).under("/team/"));
}

#[test]
fn nginx_before_a_server_that_answers_nobody_else() {
    walk("walk_nginx_proxy", Host::new(Server::Nginx).proxied());
}

#[test]
fn caddy() {
    walk("walk_caddy", Host::new(Server::Caddy));
}

#[test]
fn caddy_before_a_server_that_answers_nobody_else() {
    walk("walk_caddy_proxy", Host::new(Server::Caddy).proxied());
}
