//! From the command line to rustls' configurations.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Mutex};

use rustls::client::danger::ServerCertVerifier;
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::aws_lc_rs::{self, ALL_KX_GROUPS, Ticketer};
use rustls::crypto::{CryptoProvider, SupportedKxGroup};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{
    CipherSuite, ClientConfig, KeyLog, NamedGroup, RootCertStore, ServerConfig,
    SupportedCipherSuite,
};

use crate::Failure;
use crate::facts::{group_name, suite_name};
use crate::options::Options;
use crate::raw_key::{self, KnownKey};
use crate::stapling::{Keeping, Stapled};

pub fn server(options: &Options) -> Result<ServerConfig, Failure> {
    let provider = Arc::new(provider(options)?);
    let builder =
        ServerConfig::builder_with_provider(provider.clone()).with_protocol_versions(&[&TLS13])?;
    let builder = match &options.client_ca {
        None => builder.with_no_client_auth(),
        Some(path) => {
            let roots = Arc::new(roots(path)?);
            let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider).build()?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    let mut config = if options.raw_public_key {
        let key = options
            .key
            .as_deref()
            .ok_or("a raw public key needs --key")?;
        builder.with_cert_resolver(Arc::new(raw_key::own(key)?))
    } else {
        let (chain, key) = identity(options)?.ok_or("a server needs --cert and --key")?;
        let ocsp = options.ocsp.as_deref().map(fs::read).transpose()?;
        builder.with_single_cert_with_ocsp(chain, key, ocsp.unwrap_or_default())?
    };
    config.alpn_protocols = alpn(options);
    config.max_early_data_size = options.early_data;
    config.send_half_rtt_data = options.half_rtt.is_some();
    if options.no_resume {
        config.send_tls13_tickets = 0;
    } else if options.early_data == 0 {
        // With early data the sessions stay here: rustls takes none with tickets that a copy could bring again.
        config.ticketer = Ticketer::new()?;
    }
    if let Some(path) = &options.keylog {
        config.key_log = FileKeyLog::open(path)?;
    }
    Ok(config)
}

pub fn client(options: &Options, stapled: Stapled) -> Result<ClientConfig, Failure> {
    let provider = Arc::new(provider(options)?);
    let verifier: Arc<dyn ServerCertVerifier> = match &options.server_key {
        Some(path) => Arc::new(KnownKey::read(path)?),
        None => {
            let ca = options.ca.as_deref().ok_or("a client needs --ca")?;
            let roots = Arc::new(roots(ca)?);
            let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider.clone());
            Arc::new(Keeping::new(verifier.build()?, stapled))
        }
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut config = match identity(options)? {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key)?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = alpn(options);
    config.enable_early_data = options.early_data > 0;
    if options.no_resume {
        config.resumption = Resumption::disabled();
    }
    if let Some(path) = &options.keylog {
        config.key_log = FileKeyLog::open(path)?;
    }
    Ok(config)
}

/// aws-lc-rs, narrowed to the asked-for suites and groups in the asked-for order.
fn provider(options: &Options) -> Result<CryptoProvider, Failure> {
    let mut provider = aws_lc_rs::default_provider();
    if !options.suites.is_empty() {
        provider.cipher_suites = options
            .suites
            .iter()
            .map(|name| suite(name))
            .collect::<Result<_, _>>()?;
    }
    if !options.groups.is_empty() {
        provider.kx_groups = options
            .groups
            .iter()
            .map(|name| group(name))
            .collect::<Result<_, _>>()?;
    }
    Ok(provider)
}

fn suite(name: &str) -> Result<SupportedCipherSuite, Failure> {
    let found = aws_lc_rs::ALL_CIPHER_SUITES
        .iter()
        .find(|suite| suite_name(CipherSuite::from(suite.suite())) == name);
    found
        .copied()
        .ok_or(format!("rustls has no suite {name}").into())
}

fn group(name: &str) -> Result<&'static dyn SupportedKxGroup, Failure> {
    let found = ALL_KX_GROUPS
        .iter()
        .find(|group| group_name(NamedGroup::from(group.name())) == name);
    found
        .copied()
        .ok_or(format!("rustls has no group {name}").into())
}

type OwnIdentity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn identity(options: &Options) -> Result<Option<OwnIdentity>, Failure> {
    let (Some(cert), Some(key)) = (&options.cert, &options.key) else {
        return Ok(None);
    };
    let chain = CertificateDer::pem_file_iter(cert)?.collect::<Result<_, _>>()?;
    Ok(Some((chain, PrivateKeyDer::from_pem_file(key)?)))
}

fn roots(path: &str) -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path)? {
        roots.add(certificate?)?;
    }
    Ok(roots)
}

fn alpn(options: &Options) -> Vec<Vec<u8>> {
    options
        .alpn
        .iter()
        .map(|name| name.clone().into_bytes())
        .collect()
}

/// Secrets in the format of RFC 9850.
#[derive(Debug)]
struct FileKeyLog(Mutex<File>);

impl FileKeyLog {
    fn open(path: &str) -> Result<Arc<Self>, Failure> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Arc::new(Self(Mutex::new(file))))
    }
}

impl KeyLog for FileKeyLog {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let line = format!("{label} {} {}\n", hex(client_random), hex(secret));
        self.0.lock().unwrap().write_all(line.as_bytes()).unwrap();
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
