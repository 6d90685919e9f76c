//! What this side saw of one connection: one line of the output.

use rustls::pki_types::CertificateDer;
use rustls::{CipherSuite, CommonState, HandshakeKind, NamedGroup};
use serde_json::{Value, json};

use crate::Failure;
use crate::options::Role;
use crate::stapling::base64;

#[derive(Default)]
pub struct Facts {
    pub bytes: usize,
    pub early_bytes: usize,
    pub resumed: bool,
    pub error: Option<String>,
    pub ocsp_response: Option<Vec<u8>>,
    suite: Option<String>,
    group: Option<String>,
    hrr: Option<bool>,
    alpn: Option<String>,
    sni: Option<String>,
    client_cert_subject: Option<String>,
    server_cert_subject: Option<String>,
}

impl Facts {
    /// Fills in what rustls tells once the handshake is done.
    pub fn record(&mut self, state: &CommonState, role: Role, sni: Option<&str>) {
        let kind = state.handshake_kind();
        self.resumed = kind == Some(HandshakeKind::Resumed);
        self.hrr = match kind {
            Some(HandshakeKind::Full) => Some(false),
            Some(HandshakeKind::FullWithHelloRetryRequest) => Some(true),
            _ => None, // rustls 0.23 does not tell for a resumption
        };
        self.suite = state
            .negotiated_cipher_suite()
            .map(|suite| suite_name(suite.suite()));
        self.group = state
            .negotiated_key_exchange_group()
            .map(|group| group_name(group.name()));
        self.alpn = state
            .alpn_protocol()
            .map(|name| String::from_utf8_lossy(name).into_owned());
        self.sni = sni.map(str::to_owned);
        let subject = state
            .peer_certificates()
            .and_then(|chain| subject(chain.first()?));
        match role {
            Role::Server => self.client_cert_subject = subject,
            Role::Client => self.server_cert_subject = subject,
        }
    }

    pub fn fail(&mut self, outcome: Result<(), Failure>) {
        if let (Err(failure), None) = (outcome, &self.error) {
            self.error = Some(failure.to_string());
        }
    }

    pub fn held(&self) -> bool {
        self.error.is_none()
    }

    pub fn emit(&self) {
        emit(&json!({
            "event": "connection",
            "resumed": self.resumed,
            "suite": self.suite,
            "group": self.group,
            "hrr": self.hrr,
            "alpn": self.alpn,
            "sni": self.sni,
            "client_cert_subject": self.client_cert_subject,
            "server_cert_subject": self.server_cert_subject,
            "ocsp_response": self.ocsp_response.as_deref().map(base64),
            "bytes": self.bytes,
            "early_bytes": self.early_bytes,
            "error": self.error,
        }));
    }
}

pub fn emit(line: &Value) {
    println!("{line}");
}

/// IANA's name of a suite: rustls says TLS13_AES..., IANA TLS_AES...
pub fn suite_name(suite: CipherSuite) -> String {
    format!("{suite:?}").replacen("TLS13_", "TLS_", 1)
}

/// IANA's name of a group.
pub fn group_name(group: NamedGroup) -> String {
    match group {
        NamedGroup::X25519 => "x25519".into(),
        NamedGroup::secp256r1MLKEM768 => "SecP256r1MLKEM768".into(),
        other => format!("{other:?}"),
    }
}

/// The common name, found in the subject by its attribute type 2.5.4.3.
fn subject(certificate: &CertificateDer<'_>) -> Option<String> {
    const COMMON_NAME: [u8; 5] = [0x06, 0x03, 0x55, 0x04, 0x03];
    let parsed = webpki::EndEntityCert::try_from(certificate).ok()?;
    let name = parsed.subject();
    let at = name
        .windows(COMMON_NAME.len())
        .position(|window| window == COMMON_NAME)?;
    let value = &name[at + COMMON_NAME.len()..]; // tag, length below 128, text
    let length = usize::from(*value.get(1)?);
    let text = std::str::from_utf8(value.get(2..2 + length)?).ok()?;
    Some(format!("CN={text}"))
}
