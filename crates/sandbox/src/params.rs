//! Query and form parameters, with duplicates kept so that they can be refused.

/// The decoded parameters of a query or a form, in order, with duplicates.
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(String, String)>);

/// A parameter that must occur once occurs twice; has its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated(pub &'static str);

impl Params {
    /// Parses `application/x-www-form-urlencoded` (URL Standard); never fails.
    pub fn parse(text: &[u8]) -> Params {
        Params(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The one value of a parameter. An empty value counts as absent (RFC 6749 section 3.1).
    ///
    /// # Errors
    ///
    /// The parameter occurs more than once.
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, Repeated> {
        let mut values = self.0.iter().filter(|(key, _)| key == name);
        let value = values.next();
        if values.next().is_some() {
            return Err(Repeated(name));
        }
        Ok(value
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty()))
    }

    /// Returns every value of a repeatable parameter, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Replaces all values of a parameter and moves it to the end; removes it for an empty list.
    pub fn set(&mut self, name: &str, values: &[&str]) {
        self.0.retain(|(key, _)| key != name);
        for value in values {
            self.add(name, value);
        }
    }

    /// Appends a parameter.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Returns the parameters as a query without `?`, percent-encoded.
    pub fn query(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.0);
        text.finish()
    }

    /// Returns the names and values in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Returns names and values as a query without `?`, percent-encoded.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        text.append_pair(name, value);
    }
    text.finish()
}
