//! The contract's command line.

use std::time::Duration;

use crate::Failure;

#[derive(Clone, Copy, PartialEq)]
pub enum Role {
    Server,
    Client,
}

pub struct Options {
    pub role: Role,
    pub port: u16,
    pub cert: Option<String>,
    pub key: Option<String>,
    pub ca: Option<String>,
    pub client_ca: Option<String>,
    pub raw_public_key: bool,
    pub server_key: Option<String>,
    pub server_name: String,
    pub alpn: Vec<String>,
    pub groups: Vec<String>,
    pub suites: Vec<String>,
    pub keylog: Option<String>,
    pub connections: Option<usize>,
    pub no_resume: bool,
    pub key_update: bool,
    pub early_data: u32,
    pub half_rtt: Option<String>,
    pub ocsp: Option<String>,
    pub timeout: Duration,
    pub lifetime: Duration,
}

impl Options {
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let role = match arguments.next().as_deref() {
            Some("server") => Role::Server,
            Some("client") => Role::Client,
            _ => return Err("usage: peer server|client [options]".into()),
        };
        let mut options = Self::defaults(role);
        while let Some(flag) = arguments.next() {
            match flag.as_str() {
                "--raw-public-key" => options.raw_public_key = true,
                "--no-resume" => options.no_resume = true,
                "--key-update" => options.key_update = true,
                _ => {
                    let value = arguments.next().ok_or(format!("{flag} needs a value"))?;
                    options.set(&flag, value)?;
                }
            }
        }
        Ok(options)
    }

    fn defaults(role: Role) -> Self {
        Self {
            role,
            port: 0,
            cert: None,
            key: None,
            ca: None,
            client_ca: None,
            raw_public_key: false,
            server_key: None,
            server_name: "localhost".into(),
            alpn: Vec::new(),
            groups: Vec::new(),
            suites: Vec::new(),
            keylog: None,
            connections: None,
            no_resume: false,
            key_update: false,
            early_data: 0,
            half_rtt: None,
            ocsp: None,
            timeout: Duration::from_secs(10),
            lifetime: Duration::from_secs(120),
        }
    }

    fn set(&mut self, flag: &str, value: String) -> Result<(), Failure> {
        match flag {
            "--port" => self.port = value.parse()?,
            "--cert" => self.cert = Some(value),
            "--key" => self.key = Some(value),
            "--ca" => self.ca = Some(value),
            "--server-key" => self.server_key = Some(value),
            "--client-ca" => self.client_ca = Some(value),
            "--servername" => self.server_name = value,
            "--alpn" => self.alpn = list(&value),
            "--groups" => self.groups = list(&value),
            "--suites" => self.suites = list(&value),
            "--keylog" => self.keylog = Some(value),
            "--connections" => self.connections = Some(value.parse()?),
            "--early-data" => self.early_data = value.parse()?,
            "--half-rtt" => self.half_rtt = Some(value),
            "--ocsp" => self.ocsp = Some(value),
            "--timeout" => self.timeout = Duration::from_secs_f64(value.parse()?),
            "--lifetime" => self.lifetime = Duration::from_secs_f64(value.parse()?),
            _ => return Err(format!("unknown option {flag}").into()),
        }
        Ok(())
    }
}

fn list(value: &str) -> Vec<String> {
    value.split(',').map(str::to_owned).collect()
}
