// What the lab's server tells of a run; see RecordingJson on the other side.

export type Role = 'client' | 'server';
export type Protection = 'clear' | 'early' | 'handshake' | 'application';
export type Language = 'en' | 'ja';
export type Part = 'before' | 'main' | 'copy';

export interface ConnectionBegan {
  type: 'connection';
  connection: number;
  part: Part;
  ends: Role[];
}

/** Depth, name, offset, length, meaning. */
export type Field = [depth: number, name: string, offset: number, length: number, meaning: string];

export type Note = [kind: string, text: string];

export interface Words {
  actor: string;
  headline: string;
  chapter: string;
  summary: string;
  notes: Note[];
}

export interface Certificate {
  length: number;
  subject: string | null;
  issuer?: string;
  notBefore?: string;
  notAfter?: string;
  key?: string;
  signature?: string;
  names?: string[];
}

/** Which check, of which certificate, with what values. */
export interface CheckOfChain {
  kind: string;
  subject: string;
  detail: string;
}

/** The event as `--json` of the command line has it; what every kind has, and the fields that the page reads. */
export interface EngineEvent {
  event: string;
  role: Role;
  name?: string;
  hex?: string;
  length?: number;
  flow?: 'sent' | 'received';
  fatal?: boolean;
  code?: number;
  content_type?: string;
  resumed?: boolean;
  reason?: string | null;
  chosen?: string | null;
  group?: string | null;
  scheme?: string | null;
  suite?: string | null;
  signature_scheme?: string | null;
  application_protocol?: string | null;
  signed_content?: string;
  key_name?: string;
  ticket_length?: number;
  lifetime_s?: number;
  contents?: string[];
  /** Of the peer's chain: those that passed. A chain that was refused has the one that failed too, and those after it. */
  checks?: CheckOfChain[];
  failed_check?: CheckOfChain;
  not_reached?: CheckOfChain[];
  problem?: string;
  alert?: string | null;
  accepted?: boolean;
  outcome?: string;
}

export interface Step {
  type: 'step';
  connection: number;
  number: number;
  micros: number;
  chapter: string;
  teller: Role;
  sender: Role | null;
  protection: Protection | null;
  roundTrips: number;
  resumed: boolean;
  done: boolean;
  secrets: string[];
  /** Tells how a message arrived that another step tells was sent: somebody on the path changed it. */
  arrival?: true;
  event: EngineEvent;
  fields?: Field[];
  certificates?: Certificate[];
  en: Words;
  ja: Words;
}

export interface WireRecord {
  sender: Role;
  number: number;
  micros: number;
  hex: string;
  altered: string | null;
}

/** Record, offset in its content, offset in the message, length. */
export type Piece = [record: number, contentOffset: number, messageOffset: number, length: number];

export interface WireSeen {
  type: 'wire';
  connection: number;
  /** The time that `micros` are counted from, by the clock of the lab's machine. */
  beganAt: string;
  records: WireRecord[];
  places: Record<string, Piece[]>;
}

export interface Trouble {
  type: 'trouble';
}

/** What the run really is; the first event of each run of the lab. */
export type Ordered = { type: 'order' } & Order;

export type LabEvent = Ordered | ConnectionBegan | Step | WireSeen | Trouble;

/** In hexadecimal, by name; told only when asked for. */
export type SecretValues = Record<string, string>;

/** What the person ordered; absent means the usual choice. */
export interface Order {
  scenario: string;
  fault?: string;
  group?: string;
  suite?: string;
  key?: string;
  protocol?: string;
  host?: string;
  port?: number;
  /** Where a bit is flipped: in which connection, in which of the sender's messages of that name, counted from 1. */
  connection?: Part;
  sender?: Role;
  message?: string;
  occurrence?: number;
  offset?: number;
  bit?: number;
}

export interface Choices {
  scenarios: string[];
  faults: string[];
  groups: string[];
  suites: string[];
  keys: string[];
  texts: Record<Language, Record<string, string>>;
}
