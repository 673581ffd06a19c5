//! The same call as a command for a shell: the token and every secret as a variable. Each shell makes
//! the same arguments of its command, so that `curl` sends the same bytes.
//!
//! - [`Shell::Bash`] suits every POSIX shell, and fish: it reads `\\` and `\'` inside single quotation
//!   marks, so that no backslash is left before either of them there.
//! - [`Shell::PowerShell`] 5 loses quotation marks in an argument, and the Windows console may turn
//!   non-ASCII characters into another character set: the body goes through a file in UTF-8.
//! - [`Shell::Cmd`] has a second reader behind it: first cmd takes `^`, `%`, `&`, `|`, `<`, `>`, then
//!   the C run-time splits the arguments by `"` and `\`. A body that both can say stays an argument;
//!   any other goes through a file that `certutil` decodes.

use crate::answer::lines::Scan;
use crate::marks::SecretMarks;
use crate::request::{Prepared, query};

/// A command longer than this is cut by cmd at its limit of 8,191 characters.
const LONGEST_CMD: usize = 8_000;

/// So many characters of Base64 go into one line.
const CHUNK: usize = 4_000;

/// The shell that runs the copied command; decides quoting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shell {
    /// bash, other POSIX shells and fish.
    #[default]
    Bash,
    /// PowerShell 5 and 7 on Windows.
    PowerShell,
    /// The Windows command prompt.
    Cmd,
}

impl Shell {
    /// All shells, in the order of the choice.
    pub const ALL: [Shell; 3] = [Shell::Bash, Shell::PowerShell, Shell::Cmd];

    /// Returns the name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::PowerShell => "PowerShell",
            Shell::Cmd => "cmd",
        }
    }
}

/// A part of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CommandPart {
    Text(String),
    Variable(String),
}

/// The address of a call with its query. Without `base`, the API's address is a variable.
pub(crate) fn address(
    base: Option<&str>,
    mut path: String,
    request: &Prepared,
) -> Vec<CommandPart> {
    if !request.query.is_empty() {
        path = [&path, "?", &query(&request.query)].concat();
    }
    match base {
        Some(base) => vec![CommandPart::Text(
            [base.trim_end_matches('/'), &path].concat(),
        )],
        None => vec![
            CommandPart::Variable("API".to_owned()),
            CommandPart::Text(path),
        ],
    }
}

/// Returns the command. `base` is the API's address; `None` if it is not known, so that a variable
/// replaces it. `marks` are those of the body's schema.
///
/// # Errors
///
/// Why the shell cannot run the command, as a sentence.
pub fn curl(
    base: Option<&str>,
    request: &Prepared,
    marks: SecretMarks,
    shell: Shell,
) -> Result<String, &'static str> {
    // The braces of an omitted parameter are no pattern of curl's.
    let path = request.path.replace('{', "%7B").replace('}', "%7D");
    let address = address(base, path, request);
    let bearer = vec![
        CommandPart::Text("Authorization: Bearer ".to_owned()),
        CommandPart::Variable("TOKEN".to_owned()),
    ];
    let kind = vec![CommandPart::Text(
        "Content-Type: application/json".to_owned(),
    )];
    let body = request
        .body
        .as_ref()
        .map(|body| without_secrets(body, marks));
    let method = request.method.as_str();
    match shell {
        Shell::Bash => Ok(posix(method, &address, &bearer, &kind, body.as_deref())),
        Shell::PowerShell => Ok(powershell(
            method,
            &address,
            &bearer,
            &kind,
            body.as_deref(),
        )),
        Shell::Cmd => cmd(method, &address, &bearer, &kind, body.as_deref()),
    }
}

fn posix(
    method: &str,
    address: &[CommandPart],
    bearer: &[CommandPart],
    kind: &[CommandPart],
    body: Option<&[CommandPart]>,
) -> String {
    let mut words = vec![
        ["curl --request ", method].concat(),
        ["--url ", &posix_word(address)].concat(),
        ["--header ", &posix_word(bearer)].concat(),
    ];
    if let Some(body) = body {
        words.push(["--header ", &posix_word(kind)].concat());
        words.push(["--data-raw ", &posix_word(body)].concat());
    }
    words.join(" \\\n  ")
}

fn posix_word(parts: &[CommandPart]) -> String {
    let words = parts.iter().map(|part| match part {
        CommandPart::Text(text) => quoted(text),
        CommandPart::Variable(name) => ["\"$", name, "\""].concat(),
    });
    let word: String = words.collect();
    if word.is_empty() {
        return quoted("");
    }
    word
}

/// Returns a text quoted for POSIX shells and fish, so that they pass it on unchanged.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    let mut rest = text.chars().peekable();
    while let Some(one) = rest.next() {
        match one {
            '\'' => out.push_str("'\\''"),
            // fish reads a backslash before these two.
            '\\' if matches!(rest.peek(), None | Some('\\' | '\'')) => out.push_str("'\\\\'"),
            one => out.push(one),
        }
    }
    out.push('\'');
    out
}

fn powershell(
    method: &str,
    address: &[CommandPart],
    bearer: &[CommandPart],
    kind: &[CommandPart],
    body: Option<&[CommandPart]>,
) -> String {
    let mut words = vec![
        ["curl.exe --request ", method].concat(),
        ["--url ", &powershell_word(address)].concat(),
        ["--header ", &powershell_word(bearer)].concat(),
    ];
    let Some(body) = body else {
        return words.join(" ");
    };
    words.push(["--header ", &powershell_word(kind)].concat());
    words.push("--data-binary \"@$file\"".to_owned());
    // UTF-8 without a byte order mark.
    [
        "$file = [IO.Path]::GetTempFileName()",
        &[
            "[IO.File]::WriteAllText($file, ",
            &powershell_word(body),
            ")",
        ]
        .concat(),
        &words.join(" "),
        "Remove-Item $file",
    ]
    .join("\n")
}

/// An expression in parentheses that is one text.
fn powershell_word(parts: &[CommandPart]) -> String {
    let mut words = Vec::new();
    for part in parts {
        match part {
            CommandPart::Variable(name) => words.push(["$", name].concat()),
            CommandPart::Text(text) => powershell_text(text, &mut words),
        }
    }
    if !words.first().is_some_and(|it| it.starts_with('\'')) {
        // So that the first `+` joins texts.
        words.insert(0, "''".to_owned());
    }
    match &*words {
        [one] => one.clone(),
        all => ["(", &all.join(" + "), ")"].concat(),
    }
}

/// Controls go by their number: a line break that is pasted may become another one.
fn powershell_text(text: &str, words: &mut Vec<String>) {
    let mut open = String::new();
    for one in text.chars() {
        if one.is_control() {
            if !open.is_empty() {
                words.push(["'", &core::mem::take(&mut open), "'"].concat());
            }
            if words.is_empty() {
                words.push("''".to_owned());
            }
            words.push(format!("[char]{}", u32::from(one)));
            continue;
        }
        open.push(one);
        // PowerShell takes these four for the same quotation mark.
        if matches!(
            one,
            '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}'
        ) {
            open.push(one);
        }
    }
    if !open.is_empty() {
        words.push(["'", &open, "'"].concat());
    }
}

fn cmd(
    method: &str,
    address: &[CommandPart],
    bearer: &[CommandPart],
    kind: &[CommandPart],
    body: Option<&[CommandPart]>,
) -> Result<String, &'static str> {
    let mut words = vec![
        ["curl.exe --request ", method].concat(),
        ["--url ", &cmd_word(address)].concat(),
        ["--header ", &cmd_word(bearer)].concat(),
    ];
    let Some(body) = body else {
        return Ok(words.join(" "));
    };
    words.push(["--header ", &cmd_word(kind)].concat());
    let plain = |part: &CommandPart| match part {
        CommandPart::Text(text) => text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)),
        CommandPart::Variable(_) => true,
    };
    if body.iter().all(plain) {
        let whole = [&words.join(" "), " --data-raw ", &cmd_word(body)].concat();
        if whole.len() <= LONGEST_CMD {
            return Ok(whole);
        }
    }
    let mut text = String::new();
    for part in body {
        match part {
            CommandPart::Text(part) => text.push_str(part),
            CommandPart::Variable(_) => {
                return Err(
                    "cmd cannot take a body that has a secret and is long or not plain ASCII. Choose PowerShell.",
                );
            }
        }
    }
    let mut lines = Vec::new();
    let encoded = base64(text.as_bytes());
    let mut rest = &*encoded;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(CHUNK.min(rest.len()));
        let into = if lines.is_empty() { ">" } else { ">>" };
        lines.push([into, "\"%TEMP%\\outlay.b64\" echo ", chunk].concat());
        rest = after;
    }
    lines
        .push("certutil -f -decode \"%TEMP%\\outlay.b64\" \"%TEMP%\\outlay.json\" >nul".to_owned());
    lines.push([&words.join(" "), " --data-binary \"@%TEMP%\\outlay.json\""].concat());
    lines.push("del \"%TEMP%\\outlay.b64\" \"%TEMP%\\outlay.json\"".to_owned());
    Ok(lines.join("\n"))
}

/// One argument for the C run-time, every sign of cmd's behind a `^`. The character after a `%` gets
/// one too: no variable has `^` in its name, and at the prompt an unknown one stays as it is written.
fn cmd_word(parts: &[CommandPart]) -> String {
    let mut out = String::from("^\"");
    let mut percent = false;
    let mut put = |out: &mut String, one: char| {
        if core::mem::replace(&mut percent, one == '%') || "\"^%!&|<>()".contains(one) {
            out.push('^');
        }
        out.push(one);
    };
    let mut slashes = 0;
    for part in parts {
        match part {
            CommandPart::Text(text) => {
                for one in text.chars() {
                    if one == '"' {
                        (0..=slashes).for_each(|_| put(&mut out, '\\'));
                    }
                    slashes = if one == '\\' { slashes + 1 } else { 0 };
                    put(&mut out, one);
                }
            }
            CommandPart::Variable(name) => {
                // So that a `%` before it does not begin a name that ends here.
                out.push_str(&["^%", name, "%"].concat());
                put(&mut String::new(), ' ');
                slashes = 0;
            }
        }
    }
    (0..slashes).for_each(|_| put(&mut out, '\\'));
    out.push_str("^\"");
    out
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |number: usize| u32::from(three.get(number).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let sign = SIGNS.get((bits >> (18 - 6 * place) & 63) as usize);
            out.push(match sign {
                Some(sign) if place <= three.len() => char::from(*sign),
                _ => '=',
            });
        }
    }
    out
}

/// The body in parts, a variable in the place of each secret: `SECRET_1`, `SECRET_2`.
pub(crate) fn without_secrets(body: &str, marks: SecretMarks) -> Vec<CommandPart> {
    let mut scan = Scan::new(marks);
    while scan.advance(body, usize::MAX) {}
    let mut parts = Vec::new();
    let mut at = 0;
    let text = |from: usize, to: usize| body.get(from..to).unwrap_or_default().to_owned();
    for (number, (from, to)) in scan.secrets.into_iter().enumerate() {
        parts.push(CommandPart::Text(text(at, from)));
        parts.push(CommandPart::Variable(format!("SECRET_{}", number + 1)));
        at = to;
    }
    parts.push(CommandPart::Text(text(at, body.len())));
    parts.retain(|it| *it != CommandPart::Text(String::new()));
    parts
}
