//! What is secret in a value: whatever the catalogue marks so, and whatever is called like one.

use std::borrow::Cow;
use std::collections::HashMap;

use outlay_pleo::catalogue::{Catalogue, Format, Schema, SchemaShape};
use outlay_wire::Value;

use crate::answer::tolerant::SecretSearch;

/// A field whose name ends so is secret wherever it is, and all that is inside it.
const ENDINGS: &[&str] = &[
    "token",
    "tokens",
    "tokenvalue",
    "pwd",
    "passcode",
    "passphrase",
    "apikey",
    "apikeys",
    "privatekey",
    "accesskey",
    "signingkey",
    "encryptionkey",
    "authorization",
    "cookie",
    "customheaders",
    "codeverifier",
    "assertion",
    "jwt",
    "sessionid",
];

/// A field whose name holds one of these is secret too.
const PARTS: &[&str] = &["secret", "password", "passwd", "credential"];

/// How the key that signs a webhook begins.
pub const WEBHOOK_KEY: &str = "whsec_";

/// A place in the marks of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretNode {
    node: usize,
    secret: bool,
}

impl SecretNode {
    /// Whether everything here is secret.
    pub fn is_secret(self) -> bool {
        self.secret
    }
}

#[derive(Debug, Default, Clone)]
struct Node {
    secret: bool,
    fields: Vec<(String, usize)>,
    /// Of every other field; 0 knows nothing.
    others: usize,
    items: usize,
}

/// The marks of a schema.
#[derive(Debug, Clone)]
pub struct SecretMarks(Vec<Node>);

impl SecretMarks {
    /// Of the schema of an answer or a body; without one, only names tell.
    pub fn of(catalogue: &Catalogue, schema: Option<&Schema>) -> SecretMarks {
        let mut marks = SecretMarks(vec![Node::default(), Node::default()]);
        let mut known = HashMap::new();
        if let Some(schema) = schema {
            let root = marks.add(catalogue, schema, &mut known);
            if let Some(node) = marks.0.get(root).cloned() {
                marks.0[1] = node;
            }
        }
        marks
    }

    fn add(
        &mut self,
        catalogue: &Catalogue,
        schema: &Schema,
        known: &mut HashMap<String, usize>,
    ) -> usize {
        if let SchemaShape::Named(name) = &schema.shape
            && let Some(node) = known.get(name)
        {
            return *node;
        }
        let number = self.0.len();
        if let SchemaShape::Named(name) = &schema.shape {
            known.insert(name.clone(), number);
        }
        self.0.push(Node::default());
        let mut node = Node::default();
        match &catalogue.resolve(schema).0.shape {
            SchemaShape::Object(object) => {
                for field in &object.fields {
                    let inner = self.add(catalogue, &field.schema, known);
                    node.fields.push((field.name.clone(), inner));
                }
                if let Some(others) = &object.others {
                    node.others = self.add(catalogue, others, known);
                }
            }
            SchemaShape::List(list) => node.items = self.add(catalogue, &list.items, known),
            SchemaShape::Text(text) => node.secret = text.format == Some(Format::Password),
            _ => {}
        }
        if let Some(place) = self.0.get_mut(number) {
            *place = node;
        }
        number
    }

    /// The names of the fields that the schema marks, for text in which their place is not known.
    pub fn names(&self) -> Vec<String> {
        let fields = self.0.iter().flat_map(|node| &node.fields);
        let marked = fields.filter(|(_, inner)| self.0.get(*inner).is_some_and(|it| it.secret));
        marked.map(|(name, _)| name.clone()).collect()
    }

    /// The whole value.
    pub fn root(&self) -> SecretNode {
        self.secret_node(1, false)
    }

    /// The items of a list.
    pub fn items(&self, list: SecretNode) -> SecretNode {
        let node = self.0.get(list.node).map_or(0, |node| node.items);
        self.secret_node(node, list.secret)
    }

    /// A field.
    pub fn field(&self, object: SecretNode, name: &str) -> SecretNode {
        let node = self.0.get(object.node).map_or(0, |node| {
            let own = node.fields.iter().find(|(known, _)| known == name);
            own.map_or(node.others, |(_, inner)| *inner)
        });
        self.secret_node(node, object.secret || is_secret_name(name))
    }

    fn secret_node(&self, node: usize, secret: bool) -> SecretNode {
        let marked = self.0.get(node).is_some_and(|node| node.secret);
        SecretNode {
            node,
            secret: secret || marked,
        }
    }

    /// A value without its secrets, to be kept.
    pub fn scrubbed(&self, value: &Value) -> Value {
        self.scrub(self.root(), value).unwrap_or_default()
    }

    fn scrub(&self, secret_node: SecretNode, value: &Value) -> Option<Value> {
        match value {
            Value::Object(fields) => {
                let fields = fields.iter().filter_map(|(name, value)| {
                    let value = self.scrub(self.field(secret_node, name), value)?;
                    Some((name.clone(), value))
                });
                Some(Value::Object(fields.collect()))
            }
            Value::List(items) => {
                let secret_node = self.items(secret_node);
                let items = items
                    .iter()
                    .filter_map(|item| self.scrub(secret_node, item));
                Some(Value::List(items.collect()))
            }
            Value::Text(text) if secret_node.secret || holds_secret(text) => None,
            Value::Number(_) if secret_node.secret => None,
            other => Some(other.clone()),
        }
    }
}

/// Whether a field of this name is secret. Letters and digits alone decide: `secret_key`,
/// `Secret-Key` and `secretKey` are one name, and so is `to\\u006ben` with `token`.
pub fn is_secret_name(name: &str) -> bool {
    let unescaped = unescaped(name);
    let plain = unescaped.chars().filter_map(|one| {
        // Full-width letters are read as what they look like.
        let one = match u32::from(one) {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0)?,
            _ => one,
        };
        one.is_ascii_alphanumeric()
            .then(|| one.to_ascii_lowercase())
    });
    let plain: String = plain.collect();
    ENDINGS.iter().any(|it| plain.ends_with(it))
        || (PARTS.iter().any(|it| plain.contains(it)) && !plain.contains("secretar"))
}

/// A text with the characters that `\\u006b`, `\\x6b` and `%6b` stand for.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '%']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (skip, digits) = match from.as_bytes() {
            [b'\\', b'u', ..] => (2, 4),
            [b'\\', b'x', ..] => (2, 2),
            [b'%', ..] => (1, 2),
            _ => (1, 0),
        };
        let code = from.get(skip..skip + digits);
        let code = code.and_then(|it| u32::from_str_radix(it, 16).ok());
        let (one, used) = match code.filter(|_| digits > 0) {
            Some(code) => (char::from_u32(code).unwrap_or('\u{fffd}'), skip + digits),
            None => (
                char::from(from.as_bytes().first().copied().unwrap_or(b'?')),
                1,
            ),
        };
        out.push(one);
        rest = from.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether a text of a JSON value holds a secret: a webhook's key, a bearer, a JWT, `token=…`.
pub fn holds_secret(text: &str) -> bool {
    let mut found = Vec::new();
    SecretSearch::text(text, text.len()).run(0, text.len(), &mut found);
    !found.is_empty()
}

/// Whether a text holds a long word of letters and digits that is no UUID, as tokens are.
pub fn is_token_like(text: &str) -> bool {
    let mut found = Vec::new();
    SecretSearch::loose(text, &[]).run(0, text.len(), &mut found);
    !found.is_empty()
}
