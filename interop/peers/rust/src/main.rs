//! The rustls peer of Akushu's interoperability tests.
//! Its command line and its output are the contract in ../README.md.

mod client;
mod config;
mod facts;
mod options;
mod raw_key;
mod server;
mod stapling;

use std::process::ExitCode;
use std::thread;

use options::{Options, Role};

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const EXIT_HELD: u8 = 0;
const EXIT_NOT_HELD: u8 = 1;
const EXIT_USAGE: u8 = 2;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(failure) => return refuse(EXIT_USAGE, &*failure),
    };
    end_after_lifetime(&options);
    let held = match options.role {
        Role::Server => server::serve(&options),
        Role::Client => client::connect_all(&options),
    };
    match held {
        Ok(true) => ExitCode::from(EXIT_HELD),
        Ok(false) => ExitCode::from(EXIT_NOT_HELD),
        Err(failure) => refuse(EXIT_USAGE, &*failure),
    }
}

/// No peer outlives a test run that forgot it.
fn end_after_lifetime(options: &Options) {
    let (lifetime, role) = (options.lifetime, options.role);
    thread::spawn(move || {
        thread::sleep(lifetime);
        let held = role == Role::Server && server::all_held();
        std::process::exit(if held { EXIT_HELD } else { EXIT_NOT_HELD }.into());
    });
}

fn refuse(code: u8, failure: &dyn std::error::Error) -> ExitCode {
    eprintln!("peer: {failure}");
    ExitCode::from(code)
}
