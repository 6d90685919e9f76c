//! An echo server.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use crate::Failure;
use crate::config;
use crate::facts::{Facts, emit};
use crate::options::{Options, Role};

static ALL_HELD: AtomicBool = AtomicBool::new(true);

pub fn all_held() -> bool {
    ALL_HELD.load(Ordering::SeqCst)
}

/// Serves until the asked-for number of connections is done or the process' lifetime ends.
pub fn serve(options: &Options) -> Result<bool, Failure> {
    let config = Arc::new(config::server(options)?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
    emit(&json!({"event": "listening", "port": listener.local_addr()?.port()}));
    thread::scope(|running| {
        for socket in listener
            .incoming()
            .take(options.connections.unwrap_or(usize::MAX))
        {
            let config = config.clone();
            running.spawn(move || {
                let mut facts = Facts::default();
                let outcome = socket
                    .map_err(Into::into)
                    .and_then(|socket| serve_one(options, config, socket, &mut facts));
                facts.fail(outcome);
                facts.emit();
                ALL_HELD.fetch_and(facts.held(), Ordering::SeqCst);
            });
        }
    });
    Ok(all_held())
}

fn serve_one(
    options: &Options,
    config: Arc<ServerConfig>,
    socket: TcpStream,
    facts: &mut Facts,
) -> Result<(), Failure> {
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(options.timeout))?;
    socket.set_write_timeout(Some(options.timeout))?;
    let mut stream = StreamOwned::new(ServerConnection::new(config)?, socket);
    if let Some(greeting) = &options.half_rtt {
        // Kept until this side's Finished is sent, and sent right behind it.
        stream.conn.writer().write_all(greeting.as_bytes())?;
    }
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    facts.record(&stream.conn, Role::Server, stream.conn.server_name());
    let mut sent_early = Vec::new();
    if let Some(mut early) = stream.conn.early_data() {
        early.read_to_end(&mut sent_early)?;
    }
    facts.early_bytes = sent_early.len();
    stream.write_all(&sent_early)?;
    stream.flush()?;
    echo(options, &mut stream, facts)?;
    stream.conn.send_close_notify();
    while stream.conn.wants_write() {
        stream.conn.write_tls(&mut stream.sock)?;
    }
    Ok(())
}

/// Ends well at close_notify only; rustls reports a cut-off stream as UnexpectedEof.
fn echo(
    options: &Options,
    stream: &mut StreamOwned<ServerConnection, TcpStream>,
    facts: &mut Facts,
) -> Result<(), Failure> {
    let mut buffer = vec![0; 1 << 15];
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        facts.bytes += count;
        if options.key_update {
            stream.conn.refresh_traffic_keys()?;
        }
        stream.write_all(&buffer[..count])?;
        stream.flush()?;
    }
}
