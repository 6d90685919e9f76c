//! A client that expects its line back.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::Failure;
use crate::config;
use crate::facts::Facts;
use crate::options::{Options, Role};
use crate::stapling::Stapled;

const LINE: &[u8] = b"hello from rustls\n";

/// Connects one time after the other; all but the first are expected to resume.
pub fn connect_all(options: &Options) -> Result<bool, Failure> {
    let stapled = Stapled::default();
    let config = Arc::new(config::client(options, stapled.clone())?);
    let mut held = true;
    for number in 1..=options.connections.unwrap_or(1) {
        let mut facts = Facts::default();
        let outcome = connect(options, config.clone(), &mut facts);
        facts.fail(outcome);
        facts.ocsp_response = stapled.lock().unwrap().take();
        if number > 1 && !options.no_resume && !facts.resumed {
            facts.fail(Err("the session was not resumed".into()));
        }
        facts.emit();
        held &= facts.held();
    }
    Ok(held)
}

fn connect(options: &Options, config: Arc<ClientConfig>, facts: &mut Facts) -> Result<(), Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let socket = TcpStream::connect_timeout(&address, options.timeout)?;
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(options.timeout))?;
    socket.set_write_timeout(Some(options.timeout))?;

    let name = ServerName::try_from(options.server_name.clone())?;
    let mut stream = StreamOwned::new(ClientConnection::new(config, name)?, socket);
    // Too long for the ticket, or without one, none of it goes out early.
    if let Some(mut early) = stream.conn.early_data()
        && early.bytes_left() >= LINE.len()
    {
        early.write_all(LINE)?;
    }
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    facts.record(&stream.conn, Role::Client, Some(&options.server_name));
    if stream.conn.is_early_data_accepted() {
        facts.early_bytes = LINE.len();
    }

    if options.key_update {
        stream.conn.refresh_traffic_keys()?;
    }
    if facts.early_bytes == 0 {
        stream.write_all(LINE)?;
    }
    stream.flush()?;
    let mut answer = vec![0; LINE.len()];
    stream.read_exact(&mut answer)?;
    facts.bytes = answer.len();
    if answer != LINE {
        return Err(format!("the echo was {}", String::from_utf8_lossy(&answer)).into());
    }
    finish(&mut stream)
}

/// Says close_notify and waits for the server's, which must come without more data.
fn finish(stream: &mut StreamOwned<ClientConnection, TcpStream>) -> Result<(), Failure> {
    stream.conn.send_close_notify();
    stream.flush()?;
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest)?;
    if !rest.is_empty() {
        return Err(format!("{} bytes after the echo", rest.len()).into());
    }
    Ok(())
}
