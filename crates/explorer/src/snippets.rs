//! The same call as a program: bash, PowerShell and cmd with curl ([`crate::curl`]), and JavaScript,
//! Python, Rust and C#. The token and every secret of the body are environment variables.
//!
//! Each language writes a text as a literal of its own. Control characters, and characters that
//! change the direction or are invisible, are escaped, so that a program reads as it runs.

use crate::curl::{CommandPart, Shell, address, curl, without_secrets};
use crate::marks::SecretMarks;
use crate::request::Prepared;

/// A language of the copied program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// curl in a shell.
    Curl(Shell),
    /// JavaScript with `fetch`, in Node.js, Deno or Bun.
    Fetch,
    /// Python with `requests`.
    Python,
    /// Rust with `reqwest`.
    Rust,
    /// C# with `HttpClient`.
    CSharp,
}

impl Language {
    /// All languages, in the order of the choice.
    pub const ALL: [Language; 7] = [
        Language::Curl(Shell::Bash),
        Language::Curl(Shell::PowerShell),
        Language::Curl(Shell::Cmd),
        Language::Fetch,
        Language::Python,
        Language::Rust,
        Language::CSharp,
    ];

    /// Returns the name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Language::Curl(Shell::Bash) => "curl (bash)",
            Language::Curl(Shell::PowerShell) => "curl (PowerShell)",
            Language::Curl(Shell::Cmd) => "curl (cmd)",
            Language::Fetch => "JavaScript (fetch)",
            Language::Python => "Python (requests)",
            Language::Rust => "Rust (reqwest)",
            Language::CSharp => "C# (HttpClient)",
        }
    }
}

/// Returns the program. `base` is the API's address; `None` if it is not known, so that the
/// environment variable `API` replaces it. `marks` are those of the body's schema.
///
/// # Errors
///
/// Why the shell cannot run the command, as a sentence.
pub fn snippet(
    base: Option<&str>,
    request: &Prepared,
    marks: SecretMarks,
    language: Language,
) -> Result<String, &'static str> {
    let write: fn(&Call) -> String = match language {
        Language::Curl(shell) => return curl(base, request, marks, shell),
        Language::Fetch => fetch,
        Language::Python => python,
        Language::Rust => rust,
        Language::CSharp => csharp,
    };
    let body = request.body.as_ref();
    Ok(write(&Call {
        method: request.method.as_str(),
        address: address(base, request.path.clone(), request),
        body: body.map(|body| without_secrets(body, marks)),
    }))
}

struct Call {
    method: &'static str,
    address: Vec<CommandPart>,
    body: Option<Vec<CommandPart>>,
}

fn fetch(call: &Call) -> String {
    let text = |parts: &[CommandPart]| {
        expression(
            parts,
            " + ",
            &|name| ["process.env.", name].concat(),
            &javascript,
        )
    };
    let mut lines = vec![
        ["const response = await fetch(", &text(&call.address), ", {"].concat(),
        ["  method: \"", call.method, "\","].concat(),
        "  headers: {".to_owned(),
        "    Authorization: `Bearer ${process.env.TOKEN}`,".to_owned(),
    ];
    if call.body.is_some() {
        lines.push("    \"Content-Type\": \"application/json\",".to_owned());
    }
    lines.push("  },".to_owned());
    if let Some(body) = &call.body {
        lines.push(["  body: ", &text(body), ","].concat());
    }
    lines.push("});".to_owned());
    lines.push("console.log(response.status, await response.text());".to_owned());
    lines.join("\n")
}

fn python(call: &Call) -> String {
    let text = |parts: &[CommandPart]| {
        let variable = |name: &str| ["os.environ[\"", name, "\"]"].concat();
        expression(parts, " + ", &variable, &python_text)
    };
    let mut lines = vec![
        "import os".to_owned(),
        "import requests".to_owned(),
        String::new(),
        "response = requests.request(".to_owned(),
        ["    \"", call.method, "\","].concat(),
        ["    ", &text(&call.address), ","].concat(),
        "    headers={".to_owned(),
        "        \"Authorization\": \"Bearer \" + os.environ[\"TOKEN\"],".to_owned(),
    ];
    if call.body.is_some() {
        lines.push("        \"Content-Type\": \"application/json\",".to_owned());
    }
    lines.push("    },".to_owned());
    if let Some(body) = &call.body {
        lines.push(["    data=(", &text(body), ").encode(\"utf-8\"),"].concat());
    }
    lines.push("    timeout=30,".to_owned());
    lines.push(")".to_owned());
    lines.push("print(response.status_code, response.text)".to_owned());
    lines.join("\n")
}

fn rust(call: &Call) -> String {
    let text = |parts: &[CommandPart]| match parts {
        [CommandPart::Text(one)] => rust_text(one),
        parts => {
            let all = parts.iter().map(|part| match part {
                CommandPart::Text(one) => [&rust_text(one), ".to_owned()"].concat(),
                CommandPart::Variable(name) => ["env::var(\"", name, "\")?"].concat(),
            });
            ["[", &all.collect::<Vec<_>>().join(", "), "].concat()"].concat()
        }
    };
    let mut lines = vec![
        "use std::env;".to_owned(),
        String::new(),
        "fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        "    // reqwest with the feature \"blocking\"".to_owned(),
        "    let response = reqwest::blocking::Client::new()".to_owned(),
        [
            "        .request(reqwest::Method::",
            call.method,
            ", ",
            &text(&call.address),
            ")",
        ]
        .concat(),
        "        .bearer_auth(env::var(\"TOKEN\")?)".to_owned(),
    ];
    if let Some(body) = &call.body {
        lines.push("        .header(\"Content-Type\", \"application/json\")".to_owned());
        lines.push(["        .body(", &text(body), ")"].concat());
    }
    lines.push("        .send()?;".to_owned());
    lines.push("    println!(\"{} {}\", response.status(), response.text()?);".to_owned());
    lines.push("    Ok(())".to_owned());
    lines.push("}".to_owned());
    lines.join("\n")
}

fn csharp(call: &Call) -> String {
    let text = |parts: &[CommandPart]| {
        let variable = |name: &str| ["Environment.GetEnvironmentVariable(\"", name, "\")"].concat();
        expression(parts, " + ", &variable, &csharp_text)
    };
    let method = call.method.chars().enumerate().map(|(at, one)| match at {
        0 => one,
        _ => one.to_ascii_lowercase(),
    });
    let method: String = method.collect();
    let mut lines = vec![
        "using System.Net.Http.Headers;".to_owned(),
        "using System.Text;".to_owned(),
        String::new(),
        "using var client = new HttpClient();".to_owned(),
        [
            "using var request = new HttpRequestMessage(HttpMethod.",
            &method,
            ", ",
            &text(&call.address),
            ");",
        ]
        .concat(),
        "request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", \
         Environment.GetEnvironmentVariable(\"TOKEN\"));"
            .to_owned(),
    ];
    if let Some(body) = &call.body {
        lines.push(
            [
                "request.Content = new StringContent(",
                &text(body),
                ", Encoding.UTF8, \"application/json\");",
            ]
            .concat(),
        );
    }
    lines.push("using var response = await client.SendAsync(request);".to_owned());
    lines.push(
        "Console.WriteLine($\"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\");"
            .to_owned(),
    );
    lines.join("\n")
}

fn expression(
    parts: &[CommandPart],
    plus: &str,
    variable: &dyn Fn(&str) -> String,
    literal: &dyn Fn(&str) -> String,
) -> String {
    let all = parts.iter().map(|part| match part {
        CommandPart::Text(text) => literal(text),
        CommandPart::Variable(name) => variable(name),
    });
    let all: Vec<String> = all.collect();
    match all.is_empty() {
        true => literal(""),
        false => all.join(plus),
    }
}

/// Returns a string literal of JavaScript.
pub fn javascript(text: &str) -> String {
    literal(text, |code| format!("\\u{code:04x}"))
}

/// Returns a string literal of Python.
pub fn python_text(text: &str) -> String {
    literal(text, |code| format!("\\u{code:04x}"))
}

/// Returns a string literal of Rust.
pub fn rust_text(text: &str) -> String {
    literal(text, |code| format!("\\u{{{code:x}}}"))
}

/// Returns a string literal of C#.
pub fn csharp_text(text: &str) -> String {
    literal(text, |code| format!("\\u{code:04x}"))
}

/// A literal in quotation marks. Every escaped character is in the first plane, so that four digits
/// suffice.
fn literal(text: &str, escape: fn(u32) -> String) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        match one {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            one if one.is_control() || is_hidden(one) => out.push_str(&escape(u32::from(one))),
            one => out.push(one),
        }
    }
    out.push('"');
    out
}

/// Characters that are invisible or change the direction of the text around them.
fn is_hidden(one: char) -> bool {
    matches!(
        one,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
