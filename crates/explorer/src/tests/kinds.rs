//! Secrets in answers of every kind, well formed or not.

use outlay_vault::text::decode;

use super::catalogue;
use super::secrets::masked;
use crate::answer::text::{MASK, ResponseText};
use crate::answer::tolerant;
use crate::marks::{SecretMarks, is_secret_name, unescaped};

fn read(bytes: &[u8]) -> ResponseText {
    let mut text = ResponseText::new(
        decode(bytes.to_vec(), None).text,
        SecretMarks::of(catalogue(), None),
    );
    while text.advance(7) {}
    text
}

/// Everything that the screen shows and that is copied or saved.
fn shown(text: &ResponseText) -> String {
    let lines = (0..text.scan.lines.len()).filter_map(|n| text.line(n, false));
    let lines: String = lines.map(|line| [line.name, line.value].concat()).collect();
    let rows: String = (0..text.rows())
        .filter_map(|n| text.row(n, false))
        .collect();
    [lines, rows, text.whole(false).unwrap()].join("\n")
}

const HIDDEN: &[&str] = &[
    // A byte order mark, twice too, NUL bytes, blanks that are none.
    "\u{feff}{\"token\":\"LEAK\",\"id\":\"SEEN\"}",
    "\u{feff}\u{feff}{\"token\":\"LEAK\",\"id\":\"SEEN\"}",
    "\0{\"token\":\"LEAK\",\"id\":\"SEEN\"}",
    "{\"token\":\0\"LEAK\",\"id\":\"SEEN\"}",
    "{\"tok\0en\":\"LEAK\",\"id\":\"SEEN\"}",
    "{\"token\"\u{a0}:\u{feff}\"LEAK\",\"id\":\"SEEN\"}",
    ")]}',\n{\"token\":\"LEAK\",\"id\":\"SEEN\"}",
    // Lone surrogates.
    r#"{"note":"SEEN \ud83d","token":"LEAK\udc00"}"#,
    // Truncated.
    r#"{"id":"SEEN","token":"LEAK"#,
    r#"{"id":"SEEN","token":"LEAK\"#,
    r#"{"id":"SEEN","password":123LEAK"#,
    r#"{"id":"SEEN","credentials":{"username":"LEAK","password":"LEAK"#,
    r#"{"id":"SEEN","credentials":["LEAK",["LEAK"#,
    // More than one value, garbage behind one, comments, other quotation marks.
    "{\"id\":\"SEEN\"}\n{\"token\":\"LEAK\"}\n{\"a\":{\"password\":\"LEAK\"}}\n{\"id\":\"SEEN\"}",
    r#"{"id":"SEEN"}{"token":"LEAK"}"#,
    r#"{"id":"SEEN"} trailing "token":"LEAK" "#,
    r#"{/* it's */"id":"SEEN","token":/* a */"LEAK"}"#,
    "{// it's \"\n\"token\": // b\n\"LEAK\",\"id\":\"SEEN\"}",
    r"{'id':'SEEN','token':'LEAK'}",
    r#"{id:"SEEN",token:"LEAK",password:LEAK}"#,
    r#"{"id":"SEEN",credentials:{"a":"LEAK}","b":["LEAK"]}}"#,
    r#"{"id":"SEEN","token":"LEAK"LEAK",}"#,
    r#"{"id" = "SEEN", "token" => b"LEAK", "secret" = LEAK}"#,
    "id,SEEN\nclient secret: LEAK LEAK\n",
    // Names in every spelling.
    r#"{"to\u006ben":"LEAK","id":"SEEN"}"#,
    r#"{"accessToken":"LEAK","ACCESS_TOKEN":"LEAK","client-secret":"LEAK","id":"SEEN"}"#,
    r#"{"Refresh Token":"LEAK","x.api.key":"LEAK","idToken":"LEAK","id":"SEEN"}"#,
    r#"{"userPassword":"LEAK","PASSWD":"LEAK","secret_hash":"LEAK","id":"SEEN"}"#,
    r#"{"id":"SEEN","token":"LEAK","token":"LEAK"}"#,
    "{\"\u{ff54}\u{ff4f}\u{ff4b}\u{ff45}\u{ff4e}\":\"LEAK\",\"id\":\"SEEN\"}",
    "{\"to\u{200b}ken\":\"LEAK\",\"id\":\"SEEN\"}",
    r#"{"token":["LEAK",{"a":{"b":"LEAK"}}],"id":"SEEN"}"#,
    r#"{"token":12345LEAK,"id":"SEEN"}"#,
    // JSON inside a string, words of an error, an address.
    r#"{"id":"SEEN","body":"{\"token\":\"LEAK\",\"credentials\":{\"a\":\"LEAK\"}}"}"#,
    r#"{"id":"SEEN","body":"{\\\"token\\\":\\\"LEAK\\\"}"}"#,
    r#"{"id":"SEEN","message":"Authorization: Bearer LEAK.LEAK-1"}"#,
    r#"{"id":"SEEN","message":"got Bearer LEAK.LEAK-1 here"}"#,
    r#"{"id":"SEEN","message":"access_token=LEAK was refused"}"#,
    r#"{"id":"SEEN","link":"https://h.example/?token=LEAK&a=SEEN"}"#,
    r#"{"id":"SEEN","jwt_like":"eyJhbGciLEAK.eyJzdWIiLEAK.c2lnLEAK"}"#,
    // A form.
    "grant=SEEN&access_token=LEAK&refresh_token=LEAK%2Bx",
    "access_token=LEAK&id=SEEN",
    "tok%65n=LEAK&a[SEEN]=1&user%5Bpassword%5D=LEAK",
    "data=%7B%22id%22%3A%22SEEN%22%2C%22token%22%3A%22LEAK%22%7D",
    // Headers, settings, other text.
    "X-Id: SEEN\nAuthorization: Basic LEAK==\nSet-Cookie: sid=LEAK; Path=/",
    "id: SEEN\npassword: LEAK LEAK, LEAK\n",
    "ID=SEEN\nexport API_KEY=\"LEAK\"\nCLIENT_SECRET=LEAK\n",
    "SEEN: this is your API key: LEAK",
    "SEEN -----BEGIN PRIVATE KEY-----\nLEAK/LEAK\n-----END PRIVATE KEY-----",
    "SEEN eyJhbGciLEAK.eyJzdWIiLEAK.c2lnLEAK",
    "SEEN 4f9aLEAKb7c1d2e3f4a5b6c7d8e9f0a1",
    // Markup.
    "<html><p>SEEN</p><p>token: <b>LEAK</b></p>",
    "<p>SEEN</p>{&quot;token&quot;:&quot;LEAK&quot;,&quot;id&quot;:&quot;SEEN&quot;}",
    "<a><id>SEEN</id><access_token type='x'>LEAK</access_token></a>",
    "<a><id>SEEN</id><ns:credentials><user>LEAK</user><pw>LEAK</pw></ns:credentials></a>",
    "<input name=\"csrf-token\" value=\"LEAK\"><i>SEEN</i>",
    "<input type=password name=p value='LEAK'><i>SEEN</i>",
    "<meta name=\"csrf-token\" content=\"LEAK\"><i>SEEN</i>",
    "<table><th>Access token</th><td>LEAK</td><td>SEEN</td></table>",
    "<dl><dt>Password:</dt><dd>LEAK</dd></dl>SEEN",
    "<script>var a = {token: \"LEAK\", id: \"SEEN\"}</script>",
];

#[test]
fn secret_is_masked_in_every_response_format() {
    let mut wrong = Vec::new();
    for answer in HIDDEN {
        let text = read(answer.as_bytes());
        let all = shown(&text);
        if all.contains("LEAK") || !all.contains(MASK) {
            wrong.push(format!(
                "shown: {answer}\n    -> {}",
                text.whole(false).unwrap()
            ));
        }
        if answer.contains("SEEN") && !all.contains("SEEN") {
            wrong.push(format!("too much hidden: {answer}\n    -> {all}"));
        }
        let whole = answer.strip_prefix('\u{feff}').unwrap_or(answer);
        assert_eq!(text.whole(true).as_deref(), Some(whole));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn truncated_response_keeps_its_secrets_masked() {
    for answer in HIDDEN
        .iter()
        .filter(|it| !it.contains("eyJ") && !it.contains("4f9a") && !it.contains("got Bearer"))
    {
        for end in (0..answer.len()).filter(|end| answer.is_char_boundary(*end)) {
            let cut = &answer[..end];
            let all = shown(&read(cut.as_bytes()));
            assert!(!all.contains("LEA"), "{cut}\n{all}");
        }
    }
}

#[test]
fn undecoded_utf_16_response_keeps_its_secrets_masked() {
    let text = r#"{"id":"SEEN","token":"LEAK"}"#;
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
        let all = shown(&read(&bytes)).replace('\0', "");
        assert!(all.contains("SEEN") && !all.contains("LEAK"), "{all}");
    }
}

#[test]
fn unclosed_nesting_is_scanned_and_masked() {
    let deep = 1_000_000;
    for body in [
        format!(
            "{}{{\"token\":\"LEAK\"}}{}",
            "[".repeat(deep),
            "]".repeat(deep)
        ),
        format!("{}{{\"token\":\"LEAK\"", "[".repeat(deep)),
        format!("{}\"token\":\"LEAK\"", "{\"a\":".repeat(deep)),
        format!(
            "{{\"credentials\":{}\"LEAK\"{}}}",
            "[".repeat(deep),
            "]".repeat(deep)
        ),
        format!("[{}{{\"token\":\"LEAK\"}}]", "1,".repeat(2_100_000)),
        "<token>".repeat(10_000),
        "token:{".repeat(10_000),
        "\"token\":".repeat(10_000),
        "</token".repeat(10_000),
    ] {
        let mut text = ResponseText::new(body, SecretMarks::of(catalogue(), None));
        while text.advance(300_000) {}
        assert!(!text.whole(false).unwrap().contains("LEAK"));
    }
}

#[test]
fn ordinary_responses_are_shown_unchanged() {
    for answer in [
        r#"{"tokenType":"Bearer","token_type":"bearer","expires_in":3600,"secretary":"Ada"}"#,
        r#"{"token":null,"hasPassword":true,"password":null,"endCursor":"eyJpZCI6MX0"}"#,
        r#"{"at":"2026-03-01T14:05:00Z","link":"https://files.example/a?X-Sig=1&b=2","note":"a = b"}"#,
        r#"{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","message":"The token is not valid"}"#,
        "<html><head><title>502 Bad Gateway</title></head><body>Basic authentication</body></html>",
        "Error: connect ECONNREFUSED 10.0.0.1:443, request 0f8fad5b-d9cb-469f-a165-70867728950e",
        "<p>A token expired.</p>",
    ] {
        let text = read(answer.as_bytes());
        assert_eq!(text.scan.secrets.len(), 0, "{:?}", text.whole(false));
    }
}

#[test]
fn escaped_names_are_decoded_before_matching() {
    for name in [
        "token",
        r"to\u006ben",
        "%74oken",
        "ACCESS_TOKEN",
        "x-api-key",
        "Secret-Key",
        "clientSecret",
        "set-cookie",
    ] {
        assert!(is_secret_name(name), "{name}");
    }
    for name in [
        "tokenType",
        "name",
        "key",
        "sortingKeys",
        "accountCode",
        "secretary",
        "authMethod",
        "id",
    ] {
        assert!(!is_secret_name(name), "{name}");
    }
    assert_eq!(unescaped(r"a\u00e4\x62%63\n%zz\u12"), r"aäbc\n%zz\u12");
}

#[test]
fn error_messages_are_masked_and_cannot_be_revealed() {
    let words = tolerant::masked("Invalid token: LEAK. See access_token=LEAK.", MASK);
    assert!(
        !words.contains("LEAK") && words.starts_with("Invalid token: "),
        "{words}"
    );
}

#[test]
fn schema_secrets_are_masked_in_invalid_json() {
    for operation in &catalogue().operations {
        for answer in &operation.answers {
            let marks = SecretMarks::of(catalogue(), answer.schema.as_ref());
            for name in marks.names() {
                let text = masked(&format!("x {{\"{name}\":\"LEAK\"}}"), marks.clone());
                assert!(!text.whole(false).unwrap().contains("LEAK"), "{name}");
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_searched_without_panic(text in "(token|:|=|[\"'\\\\{}\\[\\]<>/%&;,]|\\PC|[\\x00-\\x20]|%3A|&quot;|\u{feff}|-----BEGIN|bearer |é){0,40}", slice in 1..9usize) {
        let mut read = ResponseText::new(text.clone(), SecretMarks::of(catalogue(), None));
        while read.advance(slice) {}
        let mut at = 0;
        for (from, to) in &read.scan.secrets {
            proptest::prop_assert!(at <= *from && from < to && *to <= text.len());
            proptest::prop_assert!(text.is_char_boundary(*from) && text.is_char_boundary(*to));
            at = *to;
        }
        proptest::prop_assert_eq!(read.whole(true), Some(text));
    }
}
