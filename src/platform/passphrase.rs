//! Encrypts with a passphrase, by the browser's own cryptography: PBKDF2 with HMAC-SHA-256 and AES-GCM
//! with 256 bits.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The browser's cryptography: `window.crypto`.
    type Crypto;

    #[wasm_bindgen(method, catch, js_name = getRandomValues)]
    fn random_values(this: &Crypto, into: &Uint8Array) -> Result<JsValue, JsValue>;

    /// Absent at addresses that are not secure.
    #[wasm_bindgen(method, getter)]
    fn subtle(this: &Crypto) -> Option<Subtle>;

    /// `crypto.subtle`.
    type Subtle;

    #[wasm_bindgen(method, catch, js_name = importKey)]
    fn import_key(
        this: &Subtle,
        format: &str,
        bytes: &Uint8Array,
        algorithm: &str,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = deriveKey)]
    fn derive_key(
        this: &Subtle,
        algorithm: &Object,
        base: &JsValue,
        derived: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn encrypt(
        this: &Subtle,
        algorithm: &Object,
        key: &JsValue,
        data: &Uint8Array,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn decrypt(
        this: &Subtle,
        algorithm: &Object,
        key: &JsValue,
        data: &Uint8Array,
    ) -> Result<Promise, JsValue>;
}

/// A key that was made of a passphrase. The browser does not give its bytes away.
pub struct PassphraseKey {
    subtle: Subtle,
    key: JsValue,
}

fn crypto() -> Option<Crypto> {
    let window = super::window()?;
    let crypto = Reflect::get(&window, &"crypto".into()).ok()?;
    crypto.is_object().then(|| crypto.unchecked_into())
}

/// Random bytes; `None` if the browser has none.
pub fn salt() -> Option<[u8; 16]> {
    let bytes = Uint8Array::new_with_length(16);
    crypto()?.random_values(&bytes).ok()?;
    bytes.to_vec().try_into().ok()
}

impl PassphraseKey {
    /// Makes the key. `None` if the browser has no cryptography at this address, which needs https.
    pub async fn derive(passphrase: &str, salt: &[u8], iterations: u32) -> Option<PassphraseKey> {
        let subtle = crypto()?.subtle()?;
        let bytes = Uint8Array::from(passphrase.as_bytes());
        let usages = Array::of1(&"deriveKey".into());
        let base = subtle.import_key("raw", &bytes, "PBKDF2", false, &usages);
        let base = JsFuture::from(base.ok()?).await.ok()?;
        let algorithm = object(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("iterations", iterations.into()),
        ])?;
        let derived = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let key = subtle.derive_key(&algorithm, &base, &derived, false, &usages);
        let key = JsFuture::from(key.ok()?).await.ok()?;
        Some(PassphraseKey { subtle, key })
    }

    /// The ciphertext with its tag. A nonce must not be used twice with one key.
    pub async fn encrypt(&self, nonce: &[u8; 12], bytes: &[u8]) -> Option<Vec<u8>> {
        let data = Uint8Array::from(bytes);
        result(self.subtle.encrypt(&aes(nonce)?, &self.key, &data)).await
    }

    /// The bytes that were encrypted; `None` if the key is another one or the ciphertext was changed.
    pub async fn decrypt(&self, nonce: &[u8; 12], bytes: &[u8]) -> Option<Vec<u8>> {
        let data = Uint8Array::from(bytes);
        result(self.subtle.decrypt(&aes(nonce)?, &self.key, &data)).await
    }
}

fn aes(nonce: &[u8; 12]) -> Option<Object> {
    let nonce = Uint8Array::from(nonce.as_slice());
    object(&[("name", "AES-GCM".into()), ("iv", nonce.into())])
}

async fn result(done: Result<Promise, JsValue>) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(done.ok()?).await.ok()?;
    let buffer: ArrayBuffer = buffer.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn object(fields: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).ok()?;
    }
    Some(object)
}
