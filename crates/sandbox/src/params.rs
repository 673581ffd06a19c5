//! Query and form parameters, with duplicates kept so that they can be refused.

/// The parameters of a query or a form, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(String, String)>);

/// A parameter that may stand only once stood twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated(pub &'static str);

impl Params {
    /// Reads `application/x-www-form-urlencoded` text.
    pub fn parse(text: &[u8]) -> Params {
        Params(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The one value of a parameter. An empty value counts as absent (RFC 6749 section 3.1).
    ///
    /// # Errors
    ///
    /// The parameter stands more than once.
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

    /// Every value of a parameter that may be repeated.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Gives a parameter these values, at the end; without any it is gone.
    pub fn set(&mut self, name: &str, values: &[&str]) {
        self.0.retain(|(key, _)| key != name);
        for value in values {
            self.add(name, value);
        }
    }

    /// Adds a parameter at the end.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// All of it as a query, without the `?`.
    pub fn query(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.0);
        text.finish()
    }

    /// Every parameter.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Writes parameters as a query, without the `?`.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        text.append_pair(name, value);
    }
    text.finish()
}
