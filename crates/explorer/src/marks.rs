//! What is secret in a value: whatever the catalogue marks so, and whatever is called like one.

use std::collections::HashMap;

use outlay_pleo::catalogue::{Catalogue, Format, Schema, Shape};
use outlay_wire::Value;

/// Fields with such a name are secret wherever they stand, and all that is inside them.
const NAMES: &[&str] = &[
    "secretkey",
    "secret",
    "password",
    "token",
    "credentials",
    "customheaders",
    "accesstoken",
    "refreshtoken",
    "clientsecret",
    "apikey",
];

/// How the key that signs a webhook begins.
pub const WEBHOOK_KEY: &str = "whsec_";

/// A place in the marks of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    node: usize,
    secret: bool,
}

impl Spot {
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
pub struct Marks(Vec<Node>);

impl Marks {
    /// Of the schema of an answer or a body; without one, only names tell.
    pub fn of(catalogue: &Catalogue, schema: Option<&Schema>) -> Marks {
        let mut marks = Marks(vec![Node::default(), Node::default()]);
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
        if let Shape::Named(name) = &schema.shape
            && let Some(node) = known.get(name)
        {
            return *node;
        }
        let number = self.0.len();
        if let Shape::Named(name) = &schema.shape {
            known.insert(name.clone(), number);
        }
        self.0.push(Node::default());
        let mut node = Node::default();
        match &catalogue.resolve(schema).0.shape {
            Shape::Object(object) => {
                for field in &object.fields {
                    let inner = self.add(catalogue, &field.schema, known);
                    node.fields.push((field.name.clone(), inner));
                }
                if let Some(others) = &object.others {
                    node.others = self.add(catalogue, others, known);
                }
            }
            Shape::List(list) => node.items = self.add(catalogue, &list.items, known),
            Shape::Text(text) => node.secret = text.format == Some(Format::Password),
            _ => {}
        }
        if let Some(place) = self.0.get_mut(number) {
            *place = node;
        }
        number
    }

    /// The whole value.
    pub fn root(&self) -> Spot {
        self.spot(1, false)
    }

    /// The items of a list.
    pub fn items(&self, list: Spot) -> Spot {
        let node = self.0.get(list.node).map_or(0, |node| node.items);
        self.spot(node, list.secret)
    }

    /// A field.
    pub fn field(&self, object: Spot, name: &str) -> Spot {
        let node = self.0.get(object.node).map_or(0, |node| {
            let own = node.fields.iter().find(|(known, _)| known == name);
            own.map_or(node.others, |(_, inner)| *inner)
        });
        self.spot(node, object.secret || is_secret_name(name))
    }

    fn spot(&self, node: usize, secret: bool) -> Spot {
        let marked = self.0.get(node).is_some_and(|node| node.secret);
        Spot {
            node,
            secret: secret || marked,
        }
    }

    /// A value without its secrets, to be kept.
    pub fn scrubbed(&self, value: &Value) -> Value {
        self.scrub(self.root(), value).unwrap_or_default()
    }

    fn scrub(&self, spot: Spot, value: &Value) -> Option<Value> {
        match value {
            Value::Object(fields) => {
                let fields = fields.iter().filter_map(|(name, value)| {
                    let value = self.scrub(self.field(spot, name), value)?;
                    Some((name.clone(), value))
                });
                Some(Value::Object(fields.collect()))
            }
            Value::List(items) => {
                let spot = self.items(spot);
                let items = items.iter().filter_map(|item| self.scrub(spot, item));
                Some(Value::List(items.collect()))
            }
            Value::Text(text) if spot.secret || text.contains(WEBHOOK_KEY) => None,
            Value::Number(_) if spot.secret => None,
            other => Some(other.clone()),
        }
    }
}

/// Small letters and digits alone decide: `secret_key`, `Secret-Key` and `secretKey` are one.
fn is_secret_name(name: &str) -> bool {
    let plain = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = plain.map(|one| one.to_ascii_lowercase()).collect();
    NAMES.contains(&plain.as_str())
}
