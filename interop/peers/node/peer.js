// The Node.js peer of Akushu's interoperability tests.
// Its command line and its output are the contract in ../README.md.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const tls = require('node:tls');
const { parseArgs } = require('node:util');

const EXIT = { held: 0, notHeld: 1, usage: 2, unsupported: 3 };

// IANA's names to OpenSSL's.
const GROUPS = {
  x25519: 'X25519',
  x448: 'X448',
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  ffdhe2048: 'ffdhe2048',
  ffdhe3072: 'ffdhe3072',
  ffdhe4096: 'ffdhe4096',
  ffdhe6144: 'ffdhe6144',
  ffdhe8192: 'ffdhe8192',
};

// What getEphemeralKeyInfo() calls them.
const GROUP_SEEN = {
  X25519: 'x25519',
  X448: 'x448',
  prime256v1: 'secp256r1',
  secp384r1: 'secp384r1',
  secp521r1: 'secp521r1',
};

function refuse(code, message) {
  process.stderr.write(`peer: ${message}\n`);
  process.exit(code);
}

function emit(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

function parse() {
  const string = { type: 'string' };
  const boolean = { type: 'boolean', default: false };
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        port: { ...string, default: '0' },
        cert: string,
        key: string,
        ca: string,
        'client-ca': string,
        servername: { ...string, default: 'localhost' },
        alpn: string,
        groups: string,
        suites: string,
        keylog: string,
        connections: string,
        'no-resume': boolean,
        'key-update': boolean,
        timeout: { ...string, default: '10' },
        lifetime: { ...string, default: '120' },
      },
    });
    return { ...values, role: positionals[0] };
  } catch (failure) {
    return refuse(EXIT.usage, failure.message);
  }
}

function read(path) {
  return path === undefined ? undefined : fs.readFileSync(path);
}

function settings(options) {
  const config = {
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    cert: read(options.cert),
    key: read(options.key),
    ca: read(options.role === 'server' ? options['client-ca'] : options.ca),
  };
  if (options.alpn) config.ALPNProtocols = options.alpn.split(',');
  if (options.suites) config.ciphers = options.suites.replaceAll(',', ':');
  if (options.groups) {
    config.ecdhCurve = options.groups
      .split(',')
      .map((name) => GROUPS[name] ?? refuse(EXIT.unsupported, `Node.js has no group ${name}`))
      .join(':');
  }
  return config;
}

function newFacts() {
  return {
    event: 'connection',
    resumed: false,
    suite: null,
    group: null,
    hrr: null, // Node.js does not tell
    alpn: null,
    sni: null,
    client_cert_subject: null,
    server_cert_subject: null,
    bytes: 0,
    error: null,
  };
}

function record(facts, socket, role) {
  facts.resumed = socket.isSessionReused();
  facts.suite = socket.getCipher().standardName;
  facts.alpn = socket.alpnProtocol || null;
  facts.sni = socket.servername || null;
  facts.group = groupSeen(socket.getEphemeralKeyInfo());
  const name = socket.getPeerCertificate()?.subject?.CN;
  const subject = name ? `CN=${name}` : null;
  if (role === 'server') facts.client_cert_subject = subject;
  else facts.server_cert_subject = subject;
}

/** Node.js tells a client alone; a server gets null. */
function groupSeen(ephemeral) {
  if (ephemeral?.type === 'DH') return `ffdhe${ephemeral.size}`;
  return GROUP_SEEN[ephemeral?.name] ?? null;
}

function serve(options) {
  const config = { ...settings(options), handshakeTimeout: options.timeout * 1000, allowHalfOpen: true };
  if (options['client-ca']) Object.assign(config, { requestCert: true, rejectUnauthorized: true });
  if (options['no-resume']) config.secureOptions = require('node:crypto').constants.SSL_OP_NO_TICKET;

  let held = true;
  let served = 0;
  const server = tls.createServer(config);
  const finish = (facts) => {
    emit(facts);
    held &&= facts.error === null;
    served += 1;
    if (served === Number(options.connections)) end();
  };
  const end = () => process.exit(held ? EXIT.held : EXIT.notHeld);

  server.on('keylog', (line) => options.keylog && fs.appendFileSync(options.keylog, line));
  server.on('tlsClientError', (failure) => finish({ ...newFacts(), error: failure.message }));
  server.on('secureConnection', (socket) => {
    const facts = newFacts();
    record(facts, socket, 'server');
    socket.setTimeout(options.timeout * 1000, () => socket.destroy(new Error('timeout')));
    socket.on('data', (data) => {
      facts.bytes += data.length;
      socket.write(data);
    });
    socket.on('end', () => socket.end());
    socket.on('error', (failure) => (facts.error ??= failure.message));
    socket.on('close', () => finish(facts));
  });
  server.listen(Number(options.port), '127.0.0.1', () =>
    emit({ event: 'listening', port: server.address().port }));
  setTimeout(end, options.lifetime * 1000).unref();
}

const LINE = 'hello from node\n';

/** One connection; resolves to its facts and the session to resume next. */
function connect(options, session) {
  return new Promise((resolve) => {
    const facts = newFacts();
    const seen = { facts, session: undefined };
    let answer = '';
    const socket = tls.connect({
      ...settings(options),
      host: '127.0.0.1',
      port: Number(options.port),
      servername: net.isIP(options.servername) ? '' : options.servername,
      session,
      checkServerIdentity: (_, certificate) => tls.checkServerIdentity(options.servername, certificate),
    });
    socket.setTimeout(options.timeout * 1000, () => socket.destroy(new Error('timeout')));
    socket.on('keylog', (line) => options.keylog && fs.appendFileSync(options.keylog, line));
    socket.on('session', (ticket) => (seen.session = ticket));
    socket.on('secureConnect', () => {
      record(facts, socket, 'client');
      socket.write(LINE);
    });
    socket.on('data', (data) => {
      answer += data;
      if (answer.length >= LINE.length) socket.end();
    });
    socket.on('error', (failure) => (facts.error ??= failure.message));
    socket.on('close', () => {
      facts.bytes = answer.length;
      if (answer !== LINE) facts.error ??= `the echo was ${JSON.stringify(answer)}`;
      resolve(seen);
    });
  });
}

async function connectAll(options) {
  let held = true;
  let session;
  for (let number = 1; number <= Number(options.connections ?? 1); number++) {
    const seen = await connect(options, options['no-resume'] ? undefined : session);
    session = seen.session;
    if (number > 1 && !options['no-resume'] && !seen.facts.resumed) {
      seen.facts.error ??= 'the session was not resumed';
    }
    emit(seen.facts);
    held &&= seen.facts.error === null;
  }
  process.exit(held ? EXIT.held : EXIT.notHeld);
}

const options = parse();
if (options['key-update']) refuse(EXIT.unsupported, 'Node.js has no call that sends a KeyUpdate');
if (options.role === 'server') serve(options);
else if (options.role === 'client') connectAll(options);
else refuse(EXIT.usage, 'usage: peer.js server|client [options]');
