//! Proof Key for Code Exchange, S256 and nothing else (RFC 7636).

use base64ct::{Base64UrlUnpadded, Encoding};
use rand::CryptoRng;
use sha2::{Digest, Sha256};

use crate::secret::CodeVerifier;
use crate::state::random_text;

/// The only `code_challenge_method` this crate can send. There is no way to ask for `plain`.
pub const METHOD: &str = "S256";

/// A fresh `code_verifier`: 32 random bytes as 43 characters of base64url (RFC 7636 §4.1).
#[must_use]
pub fn verifier(rng: &mut dyn CryptoRng) -> CodeVerifier {
    CodeVerifier::new(random_text::<32>(rng))
}

/// A `code_verifier` that was kept outside; `None` unless it has the grammar of RFC 7636 §4.1:
/// 43 to 128 of the unreserved characters.
#[must_use]
pub fn kept_verifier(value: &str) -> Option<CodeVerifier> {
    let grammar = (43..=128).contains(&value.len())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    grammar.then(|| CodeVerifier::new(value.to_owned()))
}

/// The `code_challenge` of a verifier: base64url(SHA-256(verifier)), unpadded (RFC 7636 §4.2).
#[must_use]
pub fn challenge(verifier: &CodeVerifier) -> String {
    digest(verifier.reveal())
}

/// base64url(SHA-256(text)), unpadded.
pub(crate) fn digest(text: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn rfc_7636_appendix_b() {
        let verifier = CodeVerifier::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
        assert_eq!(
            challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn rfc_7636_appendix_b_octets() {
        let octets = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212,
            37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        assert_eq!(
            Base64UrlUnpadded::encode_string(&octets),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }

    #[test]
    fn verifiers_are_random_and_match_the_grammar() {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let first = verifier(&mut rng);
        let second = verifier(&mut rng);
        assert_ne!(first.reveal(), second.reveal());
        assert_eq!(first.reveal().len(), 43);
        assert_eq!(kept_verifier(first.reveal()), Some(first));
    }

    #[test]
    fn stored_verifier_outside_the_grammar_is_rejected() {
        for bad in [
            "",
            "short",
            &"a".repeat(42),
            &"a".repeat(129),
            &format!("{}=", "a".repeat(43)),
        ] {
            assert_eq!(kept_verifier(bad), None, "{bad}");
        }
    }
}
