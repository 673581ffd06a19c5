//! One request, three shells: each sends the same bytes. bash is run; PowerShell and cmd have no
//! interpreter here, so that the documented rules of both are modelled below.

use std::collections::HashMap;
use std::process::Command;

use base64::Engine;
use outlay_pleo::Method;
use proptest::prelude::*;

use super::catalogue;
use crate::curl::{Shell, curl, quoted};
use crate::marks::SecretMarks;
use crate::request::{Prepared, query};

const TOKEN: &str = "T0ken-value";

/// What a program behind a shell is started with.
#[derive(Debug, PartialEq, Eq)]
struct SentRequest {
    arguments: Vec<String>,
    body: Option<Vec<u8>>,
}

fn environment() -> HashMap<String, String> {
    [
        ("TOKEN", TOKEN),
        ("API", "https://api.example"),
        ("PATH", "WRONG"),
        ("x", "WRONG"),
        ("SECRET_1", "s3"),
        ("TEMP", "C:\\Temp"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// Splits the body off the arguments of curl.
fn sent(mut arguments: Vec<String>, files: &HashMap<String, Vec<u8>>) -> SentRequest {
    let at = arguments
        .iter()
        .position(|it| it == "--data-raw" || it == "--data-binary");
    let body = at.map(|at| {
        let value = arguments.remove(at + 1);
        match &*arguments.remove(at) {
            "--data-raw" => value.into_bytes(),
            _ => files[value.strip_prefix('@').unwrap()].clone(),
        }
    });
    SentRequest { arguments, body }
}

/// bash with a `curl` that prints its arguments.
fn bash(command: &str) -> SentRequest {
    let script = ["curl() { printf '%s\\0' \"$@\"; }; x=WRONG\n", command].concat();
    let mut shell = Command::new("bash");
    let shell = shell
        .args(["--norc", "-c", &script])
        .env("TOKEN", TOKEN)
        .env("SECRET_1", "s3");
    let out = shell.output().unwrap();
    assert!(out.status.success(), "{command}");
    let out = String::from_utf8(out.stdout).unwrap();
    sent(
        out.split_terminator('\0').map(str::to_owned).collect(),
        &HashMap::new(),
    )
}

/// PowerShell: texts in single quotation marks with doubled marks inside, `[char]`, `+`, parentheses,
/// variables; an argument without quotation marks and final backslashes reaches a program as it is.
fn powershell(command: &str) -> SentRequest {
    let mut reader = PowerShell {
        rest: command,
        variables: environment(),
    };
    let mut files = HashMap::new();
    let mut arguments = Vec::new();
    reader
        .variables
        .insert("file".into(), "C:\\Temp\\tmp1.tmp".into());
    if reader.skip("$file = [IO.Path]::GetTempFileName()\n[IO.File]::WriteAllText($file, ") {
        let text = reader.word();
        files.insert("C:\\Temp\\tmp1.tmp".to_owned(), text.into_bytes());
        assert!(reader.skip(")\n"));
    }
    assert!(reader.skip("curl.exe "));
    loop {
        arguments.push(reader.word());
        if !reader.skip(" ") {
            break;
        }
    }
    assert!(
        ["", "\nRemove-Item $file"].contains(&reader.rest),
        "{}",
        reader.rest
    );
    assert!(
        arguments
            .iter()
            .all(|it| it.is_ascii() && !it.contains('"') && !it.ends_with('\\'))
    );
    sent(arguments, &files)
}

struct PowerShell<'a> {
    rest: &'a str,
    variables: HashMap<String, String>,
}

impl PowerShell<'_> {
    fn skip(&mut self, word: &str) -> bool {
        let after = self.rest.strip_prefix(word);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn word(&mut self) -> String {
        if self.skip("(") {
            let mut all = self.word();
            while self.skip(" + ") {
                all += &self.word();
            }
            assert!(self.skip(")"));
            return all;
        }
        if self.skip("[char]") {
            let end = self
                .rest
                .find(|one: char| !one.is_ascii_digit())
                .unwrap_or(self.rest.len());
            let (digits, rest) = self.rest.split_at(end);
            self.rest = rest;
            return char::from_u32(digits.parse().unwrap()).unwrap().to_string();
        }
        if self.skip("$") {
            let end = self
                .rest
                .find(|one: char| !one.is_ascii_alphanumeric() && one != '_')
                .unwrap_or(self.rest.len());
            let (name, rest) = self.rest.split_at(end);
            self.rest = rest;
            return self.variables[name].clone();
        }
        if self.skip("\"@$file\"") {
            return ["@", &self.variables["file"]].concat();
        }
        if self.skip("'") {
            let quote = |one: char| "'\u{2018}\u{2019}\u{201a}\u{201b}".contains(one);
            let mut text = String::new();
            let mut all = self.rest.chars().peekable();
            while let Some(one) = all.next() {
                if quote(one) {
                    if !all.peek().is_some_and(|next| quote(*next)) {
                        break;
                    }
                    all.next();
                }
                text.push(one);
            }
            let rest: String = all.collect();
            self.rest = &self.rest[self.rest.len() - rest.len()..];
            return text;
        }
        let end = self.rest.find([' ', '\n']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        assert!(
            word.bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-'),
            "{word}"
        );
        self.rest = rest;
        word.to_owned()
    }
}

/// The prompt of cmd: variables first, then `^` and quotation marks, then the C run-time's arguments.
fn cmd(command: &str) -> SentRequest {
    let mut files: HashMap<String, Vec<u8>> = HashMap::new();
    let mut arguments = Vec::new();
    for line in command.lines() {
        let line = expanded(line, &environment());
        if let Some(rest) = line.strip_prefix('>') {
            let rest = rest.trim_start_matches('>');
            let (name, text) = rest
                .strip_prefix('"')
                .unwrap()
                .split_once("\" echo ")
                .unwrap();
            assert!(line.starts_with(">>") != files.is_empty() && line.len() < 8_191);
            let file = files.entry(name.to_owned()).or_default();
            file.extend([text, "\r\n"].concat().bytes());
        } else if line.starts_with("certutil -f -decode ") {
            let mut text = String::from_utf8(files["C:\\Temp\\outlay.b64"].clone()).unwrap();
            text.retain(|one| !one.is_whitespace());
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(text)
                .unwrap();
            files.insert("C:\\Temp\\outlay.json".to_owned(), bytes);
        } else if !line.starts_with("del ") {
            let line = unescaped(&line);
            assert!(line.len() < 8_191);
            let rest = line.strip_prefix("curl.exe ").unwrap();
            arguments = run_time(rest);
        }
    }
    sent(arguments, &files)
}

/// Percent signs at the prompt: a known variable is replaced, also `%name:from=to%`; what is no
/// variable stays, and reading goes on behind its first sign.
fn expanded(line: &str, variables: &HashMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        rest = after;
        let value = after.split_once('%').and_then(|(name, later)| {
            let plain = name.split_once(':').map_or(name, |(plain, _)| plain);
            let value = variables
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(plain))?;
            Some((value.1, later))
        });
        match value {
            Some((value, later)) => {
                out.push_str(value);
                rest = later;
            }
            None => out.push('%'),
        }
    }
    out + rest
}

/// `^` before a sign takes its meaning; between quotation marks nothing has one.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut quotes = false;
    let mut all = line.chars();
    while let Some(one) = all.next() {
        match one {
            '^' if !quotes => out.extend(all.next()),
            '"' => {
                quotes = !quotes;
                out.push(one);
            }
            one => {
                assert!(
                    quotes || !"&|<>()".contains(one),
                    "{one} has a meaning in {line}"
                );
                out.push(one);
            }
        }
    }
    out
}

/// The arguments as the Microsoft C run-time splits them (2008 and later).
fn run_time(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut one: Option<String> = None;
    let mut quotes = false;
    let mut rest = line.chars().peekable();
    while let Some(sign) = rest.next() {
        match sign {
            ' ' | '\t' if !quotes => all.extend(one.take()),
            '\\' => {
                let mut count = 1;
                while rest.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let word = one.get_or_insert_default();
                if rest.peek() == Some(&'"') {
                    word.extend(core::iter::repeat_n('\\', count / 2));
                    if count % 2 == 1 {
                        rest.next();
                        word.push('"');
                    }
                } else {
                    word.extend(core::iter::repeat_n('\\', count));
                }
            }
            '"' if quotes && rest.peek() == Some(&'"') => {
                rest.next();
                one.get_or_insert_default().push('"');
            }
            '"' => {
                quotes = !quotes;
                one.get_or_insert_default();
            }
            sign => one.get_or_insert_default().push(sign),
        }
    }
    all.extend(one);
    all
}

fn commands(request: &Prepared) -> [SentRequest; 3] {
    let made = |shell| {
        let marks = SecretMarks::of(catalogue(), None);
        curl(Some("https://api.example/base"), request, marks, shell).unwrap()
    };
    [
        bash(&made(Shell::Bash)),
        powershell(&made(Shell::PowerShell)),
        cmd(&made(Shell::Cmd)),
    ]
}

fn request(pairs: &[(String, String)], body: Option<&str>) -> (Prepared, SentRequest) {
    let request = Prepared {
        method: Method::Post,
        path: "/v1/vendors".into(),
        query: pairs.to_vec(),
        body: body.map(str::to_owned),
    };
    let query = query(pairs);
    let query = if query.is_empty() {
        query
    } else {
        ["?", &query].concat()
    };
    let mut arguments = vec![
        "--request".to_owned(),
        "POST".to_owned(),
        "--url".to_owned(),
        format!("https://api.example/base/v1/vendors{query}"),
        "--header".to_owned(),
        format!("Authorization: Bearer {TOKEN}"),
    ];
    if body.is_some() {
        arguments.extend([
            "--header".to_owned(),
            "Content-Type: application/json".to_owned(),
        ]);
    }
    let body = body.map(|body| body.as_bytes().to_vec());
    (request, SentRequest { arguments, body })
}

#[test]
fn every_shell_sends_the_same_bytes() {
    for body in [
        r#"{"note":"it's"}"#,
        r#"{"note":"say \"hello\""}"#,
        r#"{"path":"C:\\Temp\\","end":"\\\\"}"#,
        r#"{"note":"%PATH% %PATH:a=b% 100% %% %x% ^%PATH^%"}"#,
        r#"{"note":"!! !x! !"}"#,
        r#"{"note":"$x ${x} $(x) $env:PATH @file"}"#,
        "{\"note\":\"a line\nbreak\r\nand\ttab\"}",
        r#"{"note":"a line\nbreak"}"#,
        r#"{"note":"ä€😀 ‘curly’ „marks“ ‚low‛"}"#,
        r#"{"note":"`x` `n `"}"#,
        r#"{"note":"^&|<>() ^^ && || > nul"}"#,
        r#"{"note":"\\' \\\\'"}"#,
        "'",
        "\"",
        "\\",
        "\\\"",
        "\"\\",
        "%",
        "%%",
        "^",
        "",
        " ",
        "-",
        "@x",
        "'\\",
        "a\\\\",
        "it's \"%PATH%\" \\ ! $x \n ä€😀 ` ^&|<>",
        "it's \"%PATH%\" \\ ! $x ` ^&|<>",
    ] {
        let (request, right) = request(&[("a".into(), "b c%&\"'ä".into())], Some(body));
        for (sent, shell) in commands(&request).into_iter().zip(Shell::ALL) {
            assert_eq!(sent, right, "{} of {body}", shell.name());
        }
    }
    let long = "x".repeat(30_000);
    let (request, right) = request(&[], Some(&long));
    for sent in commands(&request) {
        assert_eq!(sent, right);
    }
}

#[test]
fn secret_becomes_a_variable_in_every_shell() {
    // The value's neighbours are the signs that the shells read.
    for (before, after) in [
        ("", ""),
        ("100%", "%"),
        ("'\\", "\\'"),
        ("%PATH", "%"),
        ("^", "^"),
    ] {
        let body = format!(r#"{{"note":"{before}","token":"S","b":"{after}"}}"#);
        let right = format!(r#"{{"note":"{before}","token":"s3","b":"{after}"}}"#);
        let (request, _) = request(&[], Some(&body));
        for (sent, shell) in commands(&request).into_iter().zip(Shell::ALL) {
            let sent = String::from_utf8(sent.body.unwrap()).unwrap();
            assert_eq!(sent, right, "{}", shell.name());
        }
    }
    let (request, _) = request(&[], Some(r#"{"note":"ä","token":"S"}"#));
    let marks = SecretMarks::of(catalogue(), None);
    assert!(curl(None, &request, marks, Shell::Cmd).is_err());
}

#[test]
fn shell_command_without_environment_names_none() {
    let (request, _) = request(&[("a".into(), "b".into())], None);
    for shell in Shell::ALL {
        let command = curl(None, &request, SecretMarks::of(catalogue(), None), shell).unwrap();
        assert!(!command.contains("://"), "{command}");
        let sent = match shell {
            Shell::Bash => continue,
            Shell::PowerShell => powershell(&command),
            Shell::Cmd => cmd(&command),
        };
        assert_eq!(sent.arguments[3], "https://api.example/v1/vendors?a=b");
    }
}

/// fish between single quotation marks: `\\` and `\'` are escapes, every other backslash stays;
/// outside of them a backslash takes the next character as it is.
fn fish(word: &str) -> String {
    let mut out = String::new();
    let mut quotes = false;
    let mut all = word.chars().peekable();
    while let Some(one) = all.next() {
        match one {
            '\'' => quotes = !quotes,
            '\\' if !quotes => out.extend(all.next()),
            '\\' if matches!(all.peek(), Some('\\' | '\'')) => out.extend(all.next()),
            one => {
                assert!(quotes, "{one} outside of quotation marks in {word}");
                out.push(one);
            }
        }
    }
    assert!(!quotes, "{word}");
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_shell_sends_every_body(body in "[ -~äß€😀\\n\\t‘’]{0,40}|[\\\\\"'%^&|<>!$`a ]{0,24}") {
        // A body that holds what looks like a secret is another matter.
        let (request, right) = request(&[], Some(&body));
        if !crate::marks::is_token_like(&body) {
            for sent in commands(&request) {
                prop_assert_eq!(&sent, &right);
            }
        }
    }

    #[test]
    fn fish_accepts_bash_quoting(text in "[^\\x00]{0,40}|['\\\\a]{0,12}") {
        prop_assert_eq!(fish(&quoted(&text)), text);
    }
}
