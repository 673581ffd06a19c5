//! nginx as anybody, in a folder of its own: the generated files, with the system's folders
//! replaced by the test's.

use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::process::Stdio;

use tokio::process::Command;

use super::HostFolder;
use crate::{Outcome, locations};

pub fn command(folder: &HostFolder, secret: &str) -> Outcome<Command> {
    let (conf, written) = (folder.conf(), folder.written());
    let whole = conf.join("nginx.conf");
    let shown = written.display();
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let passage: String = kinds
        .iter()
        .map(|kind| format!("{kind}_temp_path {shown}/{kind};"))
        .collect();
    let mut text = fs::read_to_string(&whole)?
        .replace("user www-data;", "")
        .replace("include /etc/nginx/modules-enabled/*.conf;", "")
        .replace("/run/nginx.pid", &format!("{shown}/nginx.pid"))
        .replace("/var/log/nginx", &shown.to_string())
        .replace("\nhttp {", &format!("\nhttp {{ {passage}"));
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        text = text.replace("listen [::", "# listen [::");
    }
    fs::write(&whole, text)?;
    // Its port is free once it is closed.
    let gate = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    for name in ["outlay/http.conf", "outlay/server.conf"] {
        let path = conf.join(name);
        let text = fs::read_to_string(&path)?
            .replace("/var/log/nginx", &shown.to_string())
            .replace("127.0.0.1:8687", &gate.to_string());
        fs::write(path, text)?;
    }
    let secret = format!("known \"Basic {secret}\";\n");
    fs::write(conf.join("outlay/secret.sandbox.map"), secret)?;
    let mut command = Command::new(locations::nginx());
    command.arg("-p").arg(&conf).arg("-c").arg(&whole);
    // One process, so that its end is the end of all of it.
    command.args(["-e", "stderr", "-g", "daemon off; master_process off;"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(written.join("stderr.log"))?);
    Ok(command)
}
