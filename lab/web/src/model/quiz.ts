import type { Step } from './events';
import { outcomeOf } from './outcome';
import type { Connection } from './run';

/** A text by its key, or a name that is the same in every language. */
export type Wording = { key: string; values?: Record<string, string | number> } | { name: string };

export interface Question {
  ask: Wording;
  options: Wording[];
  /** The place of the right one among the options. */
  answer: number;
  why: Wording;
}

/** Questions about one connection, made from its own facts; those that do not fit it are left out. */
export function questionsOn(connection: Connection): Question[] {
  return [
    firstEncrypted(connection),
    group(connection),
    signature(connection),
    noCertificate(connection),
    externalKey(connection),
    serverName(connection),
    roundTrips(connection),
    ticket(connection),
    noticed(connection),
  ]
    .filter((question) => question !== null)
    .map(turned);
}

/** The right option is made first; it is moved to another place in each question, the same in each telling. */
function turned(question: Question, number: number): Question {
  const by = (number * 2 + 1) % question.options.length;
  const options = question.options.map(
    (_, index) => question.options[(index + by) % question.options.length] ?? { name: '' },
  );
  return { ...question, options, answer: (question.options.length - by) % question.options.length };
}

function messages(connection: Connection): Step[] {
  return connection.steps.filter((step) => step.event.event === 'message' && !step.arrival);
}

function has(connection: Connection, name: string): boolean {
  return messages(connection).some((step) => step.event.name === name);
}

function key(name: string, values: Record<string, string | number> = {}): Wording {
  return { key: 'quiz.' + name, values };
}

function firstEncrypted(connection: Connection): Question | null {
  const first = messages(connection).find((step) => step.protection === 'handshake')?.event.name;
  if (first === undefined) {
    return null;
  }
  const others = ['ClientHello', 'ServerHello', 'Certificate', 'Finished'].filter(
    (name) => name !== first && has(connection, name),
  );
  return {
    ask: key('encrypted'),
    options: [first, ...others].map((name) => ({ name })),
    answer: 0,
    why: key('encrypted.why', { name: first }),
  };
}

function group(connection: Connection): Question | null {
  const chosen = connection.steps.find((step) => step.event.event === 'group_chosen')?.event.chosen;
  if (!chosen) {
    return null;
  }
  const others = ['x25519', 'secp256r1', 'X25519MLKEM768', 'secp384r1'].filter((name) => name !== chosen);
  return {
    ask: key('group'),
    options: [chosen, ...others.slice(0, 3)].map((name) => ({ name })),
    answer: 0,
    why: key('group.why', { name: chosen }),
  };
}

function signature(connection: Connection): Question | null {
  return has(connection, 'CertificateVerify')
    ? {
        ask: key('signature'),
        options: ['transcript', 'certificate', 'data', 'secret'].map((each) => key('signature.' + each)),
        answer: 0,
        why: key('signature.why'),
      }
    : null;
}

function noCertificate(connection: Connection): Question | null {
  const resumed = connection.steps.some((step) => step.event.event === 'resumption_decided' && step.event.resumed);
  return resumed
    ? {
        ask: key('resumed'),
        options: ['psk', 'cache', 'trust'].map((each) => key('resumed.' + each)),
        answer: 0,
        why: key('resumed.why'),
      }
    : null;
}

function externalKey(connection: Connection): Question | null {
  return connection.steps.some((step) => step.event.event === 'external_psk_chosen')
    ? {
        ask: key('external'),
        options: ['psk', 'identity', 'certificate'].map((each) => key('external.' + each)),
        answer: 0,
        why: key('external.why'),
      }
    : null;
}

function serverName(connection: Connection): Question | null {
  const hello = messages(connection).find((step) => step.event.name === 'ClientHello');
  const named = hello?.fields?.some(([, name, , , meaning]) => name === 'extension_type' && meaning === 'server_name');
  return named
    ? {
        ask: key('name'),
        options: ['all', 'server', 'nobody'].map((each) => key('name.' + each)),
        answer: 0,
        why: key('name.why'),
      }
    : null;
}

function roundTrips(connection: Connection): Question | null {
  const outcome = outcomeOf(connection);
  const sent = connection.steps.find((step) => step.event.event === 'application_data' && step.sender === 'client');
  if (outcome.kind !== 'done' || !sent) {
    return null;
  }
  const early = sent.protection === 'early';
  const right = early ? 0 : (outcome.step?.roundTrips ?? 1);
  const others = [0, 1, 2, 3].filter((count) => count !== right);
  return {
    ask: key('trips'),
    options: [right, ...others].map((count) => ({ name: String(count) })),
    answer: 0,
    why: key(early ? 'trips.early' : right === 1 ? 'trips.one' : 'trips.more'),
  };
}

function ticket(connection: Connection): Question | null {
  return connection.steps.some((step) => step.event.event === 'ticket_sealed')
    ? {
        ask: key('ticket'),
        options: ['server', 'client', 'both'].map((each) => key('ticket.' + each)),
        answer: 0,
        why: key('ticket.why'),
      }
    : null;
}

function noticed(connection: Connection): Question | null {
  const failure = outcomeOf(connection).failure;
  if (!failure || connection.ends.length < 2) {
    return null;
  }
  const by = failure.teller;
  const other = by === 'client' ? 'server' : 'client';
  return {
    ask: key('noticed'),
    options: [{ key: 'role.' + by }, { key: 'role.' + other }, key('noticed.path')],
    answer: 0,
    why: key('noticed.why', { problem: failure.event.problem ?? '', alert: failure.event.alert ?? '–' }),
  };
}
