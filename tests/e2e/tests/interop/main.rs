//! The built site before authorization servers that know nothing of this workspace: the journeys in
//! which the client and the server could understand a standard differently.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod journeys;

macro_rules! with_each_server {
    ($($test:ident)*) => {
        mod node_oidc_provider {
            $(#[test] fn $test() {
                crate::journeys::$test(outlay_e2e::interop::peer::PeerKind::NodeOidcProvider);
            })*
        }
        mod django_oauth_toolkit {
            $(#[test] fn $test() {
                crate::journeys::$test(outlay_e2e::interop::peer::PeerKind::DjangoOauthToolkit);
            })*
        }
    };
}

with_each_server! {
    sign_in_connects_and_a_reload_keeps_the_connection
    cancelled_consent_ends_as_access_denied_and_a_second_sign_in_connects
    twenty_calls_with_an_expired_token_make_one_refresh_and_the_next_expiry_another
    twenty_calls_of_two_tabs_make_one_refresh
    sign_out_revokes_the_refresh_token_in_every_tab
    sign_out_of_the_only_page_revokes_the_refresh_token
    lost_refresh_answer_ends_as_unsure_and_the_token_is_not_presented_again
    forged_and_repeated_callbacks_spend_no_code
}
