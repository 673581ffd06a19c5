//! The shape of a value, in the words of OpenAPI 3.0.

use outlay_wire::{Reading, Value, Wire, Writer, string_enum};

use super::lean::{get, put};

/// The constraints on a JSON value (OpenAPI schema object, the part that Pleo uses).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// The JSON type with its bounds (OpenAPI `type`, `format` and limits).
    pub shape: SchemaShape,
    /// Whether `null` is valid too.
    pub nullable: bool,
    /// The document's `default` for an absent value; `null` if the document gives none.
    pub default: Value,
    /// What the document says about it; empty mostly.
    pub note: String,
}

/// The JSON type of a value, with the bounds of that type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SchemaShape {
    /// Any JSON value (an empty schema).
    #[default]
    Any,
    /// A reference (`$ref`) to the schema of this name; see [`super::Catalogue::resolve`].
    Named(String),
    /// A JSON object with known fields, a map, or both.
    Object(Object),
    /// A JSON array (OpenAPI `type: array`).
    List(ListShape),
    /// A JSON string (OpenAPI `type: string`).
    Text(TextShape),
    /// A JSON number without a fraction.
    Integer(Number),
    /// A JSON number, with or without a fraction.
    Number(Number),
    /// `true` or `false`.
    Boolean,
}

/// Fields and map values of a JSON object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// The documented fields, in the order of the document.
    pub fields: Vec<ObjectField>,
    /// Schema of every other field if the object is a map (`additionalProperties`); `None` if other
    /// fields are invalid.
    pub others: Option<Box<Schema>>,
}

/// A documented field of an object (OpenAPI `properties`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectField {
    /// JSON name of the field, case-sensitive.
    pub name: String,
    /// Whether the field is in `required`.
    pub required: bool,
    /// Schema of the field's value; may refer to a named schema.
    pub schema: Schema,
}

/// Items and bounds of a JSON array.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListShape {
    /// Schema of each item; all items share it (OpenAPI `items`).
    pub items: Box<Schema>,
    /// `minItems`; `None` for no lower bound.
    pub fewest: Option<u32>,
    /// `maxItems`; `None` for no upper bound.
    pub most: Option<u32>,
    /// `uniqueItems`: no two items may be equal.
    pub unique: bool,
}

/// Format and bounds of a JSON string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextShape {
    /// `format`; `None` for free text.
    pub format: Option<Format>,
    /// A regular expression of the few that [`super::Catalogue::validate`] knows: sets of characters
    /// between `^` and `$`.
    pub pattern: Option<String>,
    /// The values that are allowed; empty for every.
    pub enum_values: Vec<String>,
    /// `minLength` in characters; `None` for no lower bound.
    pub shortest: Option<u32>,
    /// `maxLength` in characters; `None` for no upper bound.
    pub longest: Option<u32>,
}

/// Width and bounds of a JSON number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    /// [`Format::Int32`] or [`Format::Int64`], which also bound the value; otherwise `None`.
    pub format: Option<Format>,
    /// `minimum`, inclusive; `None` for no lower bound.
    pub smallest: Option<i64>,
    /// `maximum`, inclusive; `None` for no upper bound.
    pub largest: Option<i64>,
}

/// `format` of the OpenAPI document: how a string is written, or how wide a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 8-4-4-4-12 hexadecimal digits.
    Uuid,
    /// A calendar day, `YYYY-MM-DD`.
    Date,
    /// RFC 3339 with 0 to 9 fraction digits.
    DateTime,
    /// A secret string: never shown in the clear, never stored.
    Password,
    /// 32 bits with sign.
    Int32,
    /// 64 bits with sign.
    Int64,
}

string_enum!(Format {
    Uuid = "uuid", Date = "date", DateTime = "date-time", Password = "password", Int32 = "int32",
    Int64 = "int64",
});

/// The schema for an unknown name.
pub(super) static ANYTHING: Schema = Schema {
    shape: SchemaShape::Any,
    nullable: true,
    default: Value::Null,
    note: String::new(),
};

impl Wire for Schema {
    fn write(&self, out: &mut Writer) {
        out.open();
        match &self.shape {
            SchemaShape::Any => {}
            SchemaShape::Named(name) => out.field("$ref", name),
            SchemaShape::Object(it) => {
                kind(out, "object");
                if !it.fields.is_empty() {
                    out.name("properties");
                    out.open();
                    for field in &it.fields {
                        out.field(&field.name, &field.schema);
                    }
                    out.close();
                }
                let required = it.fields.iter().filter(|field| field.required);
                let required: Vec<_> = required.map(|field| field.name.clone()).collect();
                put(out, "required", &required);
                if let Some(others) = &it.others {
                    out.field("additionalProperties", others.as_ref());
                }
            }
            SchemaShape::List(it) => {
                kind(out, "array");
                put(out, "items", it.items.as_ref());
                put(out, "minItems", &it.fewest);
                put(out, "maxItems", &it.most);
                put(out, "uniqueItems", &it.unique);
            }
            SchemaShape::Text(it) => {
                kind(out, "string");
                put(out, "format", &it.format);
                put(out, "pattern", &it.pattern);
                put(out, "enum", &it.enum_values);
                put(out, "minLength", &it.shortest);
                put(out, "maxLength", &it.longest);
            }
            SchemaShape::Integer(it) => it.write(out, "integer"),
            SchemaShape::Number(it) => it.write(out, "number"),
            SchemaShape::Boolean => kind(out, "boolean"),
        }
        put(out, "nullable", &self.nullable);
        put(out, "default", &self.default);
        put(out, "description", &self.note);
        out.close();
    }

    fn take(mut json: Value, reading: &mut Reading) -> Schema {
        reading.require(json.as_object().is_some());
        let reference: String = get(&mut json, "$ref", reading);
        let kind: String = get(&mut json, "type", reading);
        let json = &mut json;
        let shape = match kind.as_str() {
            _ if !reference.is_empty() => SchemaShape::Named(reference),
            "" => SchemaShape::Any,
            "object" => SchemaShape::Object(object(json, reading)),
            "array" => SchemaShape::List(ListShape {
                items: Box::new(get(json, "items", reading)),
                fewest: get(json, "minItems", reading),
                most: get(json, "maxItems", reading),
                unique: get(json, "uniqueItems", reading),
            }),
            "string" => SchemaShape::Text(TextShape {
                format: get(json, "format", reading),
                pattern: get(json, "pattern", reading),
                enum_values: get(json, "enum", reading),
                shortest: get(json, "minLength", reading),
                longest: get(json, "maxLength", reading),
            }),
            "integer" => SchemaShape::Integer(Number::take(json, reading)),
            "number" => SchemaShape::Number(Number::take(json, reading)),
            "boolean" => SchemaShape::Boolean,
            _ => {
                reading.fail();
                SchemaShape::Any
            }
        };
        Schema {
            shape,
            nullable: get(json, "nullable", reading),
            default: json.take("default"),
            note: get(json, "description", reading),
        }
    }
}

impl Number {
    fn write(&self, out: &mut Writer, word: &str) {
        kind(out, word);
        put(out, "format", &self.format);
        put(out, "minimum", &self.smallest);
        put(out, "maximum", &self.largest);
    }

    fn take(json: &mut Value, reading: &mut Reading) -> Number {
        Number {
            format: get(json, "format", reading),
            smallest: get(json, "minimum", reading),
            largest: get(json, "maximum", reading),
        }
    }
}

fn kind(out: &mut Writer, word: &str) {
    out.name("type");
    out.text(word);
}

fn object(json: &mut Value, reading: &mut Reading) -> Object {
    let required: Vec<String> = get(json, "required", reading);
    let properties = match json.take("properties") {
        Value::Object(fields) => fields,
        _ => Vec::new(),
    };
    let fields = properties.into_iter().map(|(name, schema)| ObjectField {
        required: required.contains(&name),
        schema: Schema::take(schema, reading),
        name,
    });
    let fields = fields.collect();
    let others = match json.take("additionalProperties") {
        Value::Null => None,
        schema => Some(Box::new(Schema::take(schema, reading))),
    };
    Object { fields, others }
}
