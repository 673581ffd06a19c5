//! The secrets in a value: fields that the catalogue marks, and fields that are named like a
//! secret.

use std::collections::HashMap;

use outlay_pleo::catalogue::{Catalogue, Format, Schema, SchemaShape};
use outlay_wire::Value;

pub use crate::secret_names::{is_secret_name, unescaped};
use crate::tolerant::SecretSearch;

/// A position in the schema of a value, with the secrecy of its ancestors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretNode {
    node: usize,
    secret: bool,
}

impl SecretNode {
    /// Returns whether every value at this position is secret.
    pub fn is_secret(self) -> bool {
        self.secret
    }
}

#[derive(Debug, Default, Clone)]
struct Node {
    secret: bool,
    fields: Vec<(String, usize)>,
    /// The node of every other field; 0 has no secrets.
    others: usize,
    items: usize,
}

/// The fields of a schema that are secret, as a graph of nodes.
#[derive(Debug, Clone)]
pub struct SecretMarks(Vec<Node>);

impl SecretMarks {
    /// Collects the secret fields of a schema; without a schema only names count.
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

    /// The names of the fields that the schema marks, for text whose structure is not known.
    pub fn names(&self) -> Vec<String> {
        let fields = self.0.iter().flat_map(|node| &node.fields);
        let marked = fields.filter(|(_, inner)| self.0.get(*inner).is_some_and(|it| it.secret));
        marked.map(|(name, _)| name.clone()).collect()
    }

    /// Returns the position of the whole value.
    pub fn root(&self) -> SecretNode {
        self.secret_node(1, false)
    }

    /// Returns the position that all items of `list` share; it is secret if `list` is.
    pub fn items(&self, list: SecretNode) -> SecretNode {
        let node = self.0.get(list.node).map_or(0, |node| node.items);
        self.secret_node(node, list.secret)
    }

    /// Returns the position of an object's field.
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

    /// Returns a copy of the value without its secrets, for the history.
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
