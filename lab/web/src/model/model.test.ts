import { describe, expect, it } from 'vitest';
import { alteredSteps } from './altered';
import { bytesOf, carriedBy, differences, headerOf, innermostAt } from './bytes';
import { rowsBySubject, rowsOfChain } from './chain';
import { compare, totalsOf } from './compare';
import { milliseconds, rowsOf } from './diagram';
import type { EngineEvent, Field, LabEvent, Note, Order, Role, Step } from './events';
import { flipOrder, lessonOf } from './fault';
import { absenceOf, beginsWithPsk, exchangesKeys, scheduleOf, type Secret } from './keys';
import { answersOf, decisionsOf, outcomeOf } from './outcome';
import { readingTime } from './pace';
import { questionsOn } from './quiz';
import { notesBeside } from './ticket';
import { emptyRun, principal, take, type Connection } from './run';

const WORDS = { actor: '', headline: '', chapter: '', summary: '', notes: [] };

function step(number: number, event: Partial<EngineEvent> & { event: string }, more: Partial<Step> = {}): Step {
  return {
    type: 'step',
    connection: 1,
    number,
    micros: number * 100,
    chapter: 'key_exchange',
    teller: 'client',
    sender: null,
    protection: null,
    roundTrips: 0,
    resumed: false,
    done: false,
    secrets: [],
    event: { role: 'client', ...event },
    en: WORDS,
    ja: WORDS,
    ...more,
  };
}

function message(number: number, name: string, sender: Role, more: Partial<Step> = {}): Step {
  return step(number, { event: 'message', name, length: 10 }, { sender, protection: 'clear', ...more });
}

function connection(...steps: Step[]): Connection {
  return { number: 1, part: 'main', ends: ['client', 'server'], steps, wire: null };
}

const ALL = { decisions: true, keys: true, records: true };
const NONE = { decisions: false, keys: false, records: false };

describe('rows of the diagram', () => {
  it('always show messages, failures and the end of the handshake', () => {
    const steps = [
      message(1, 'ClientHello', 'client'),
      step(2, { event: 'suite_chosen' }),
      step(3, { event: 'secret_derived' }),
      step(4, { event: 'record' }, { sender: 'client' }),
      step(5, { event: 'handshake_done' }),
      step(6, { event: 'failure' }),
    ];

    expect(rowsOf(steps, NONE).map((row) => row.step.number)).toEqual([1, 5, 6]);
    expect(rowsOf(steps, ALL).map((row) => row.step.number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('have the heading of a chapter once, though chapters take turns', () => {
    const steps = [
      message(1, 'NewSessionTicket', 'server', { chapter: 'tickets' }),
      step(2, { event: 'application_data' }, { sender: 'client', chapter: 'application_data' }),
      step(3, { event: 'ticket_received' }, { chapter: 'tickets' }),
    ];

    expect(rowsOf(steps, ALL).map((row) => row.chapter)).toEqual(['tickets', 'application_data', null]);
  });

  it('that say what they said are the same values when more steps come', () => {
    const steps = [message(1, 'ClientHello', 'client'), step(2, { event: 'suite_chosen' }), message(3, 'ServerHello', 'server')];
    const rows = rowsOf(steps, ALL);

    expect(rowsOf([...steps, message(4, 'Finished', 'server')], ALL)[2]).toBe(rows[2]);
    // Without the decision, the heading of its chapter stands at another row.
    const decided = [step(1, { event: 'suite_chosen' }), message(2, 'ServerHello', 'server')];
    expect(rowsOf(decided, ALL)[1]?.chapter).toBeNull();
    expect(rowsOf(decided, NONE)[0]?.chapter).toBe('key_exchange');
  });

  it('mark the message that completes a round trip', () => {
    const steps = [
      message(1, 'ClientHello', 'client'),
      message(2, 'ServerHello', 'server', { roundTrips: 1 }),
      message(3, 'Finished', 'server', { roundTrips: 1 }),
    ];

    expect(rowsOf(steps, ALL).map((row) => row.roundTrip)).toEqual([null, 1, null]);
  });
});

describe('times', () => {
  it.each([
    [0, '0.00'],
    [1234, '1.23'],
    [12_345, '12.3'],
    [123_456, '123'],
  ])('of %i µs are written %s', (micros, text) => {
    expect(milliseconds(micros)).toBe(text);
  });
});

describe('bytes', () => {
  const FIELDS: Field[] = [
    [0, 'msg_type', 0, 1, ''],
    [0, 'extensions', 4, 10, ''],
    [1, 'extension', 6, 4, ''],
    [2, 'extension_type', 6, 2, ''],
  ];

  it('belong to the innermost field around them', () => {
    expect(innermostAt(FIELDS, 7)).toBe(3);
    expect(innermostAt(FIELDS, 9)).toBe(2);
    expect(innermostAt(FIELDS, 4)).toBe(1);
    expect(innermostAt(FIELDS, 2)).toBe(-1);
  });

  it('of a record begin with what everybody can read', () => {
    const record = { sender: 'server' as const, number: 0, micros: 0, hex: '1703030110' + 'ab'.repeat(272), altered: null };

    expect(headerOf(record)).toEqual({ type: 'application_data', version: '0x0303', length: 272 });
    expect(carriedBy([0, 10, 0, 36])).toEqual([15, 51]);
  });

  it('that were changed are found', () => {
    expect([...differences(bytesOf('00ff10'), bytesOf('00fe10'))]).toEqual([1]);
  });
});

describe('what was altered on the way', () => {
  const hex = '1703030020' + '00'.repeat(32);

  function carried(altered: string): Connection {
    const told = connection(
      message(1, 'EncryptedExtensions', 'server'),
      message(2, 'Certificate', 'server'),
      message(3, 'ClientHello', 'client'),
    );
    told.wire = {
      type: 'wire',
      connection: 1,
      beganAt: '',
      records: [{ sender: 'server', number: 0, micros: 0, hex, altered }],
      places: { 1: [[0, 0, 0, 10]], 2: [[0, 10, 0, 20]], 3: [[0, 0, 0, 10]] },
    };
    return told;
  }

  it('is the message whose bytes were changed, not its neighbours in the record', () => {
    const flipped = hex.slice(0, 2 * 20) + '01' + hex.slice(2 * 21);

    expect([...alteredSteps(carried(flipped))]).toEqual([2]);
  });

  it('is told of the message that was sent, not of the one that arrived', () => {
    const told = carried(hex.slice(0, 2 * 6) + '01' + hex.slice(2 * 7));
    told.steps = [message(1, 'ServerHello', 'server'), message(2, 'ServerHello', 'server', { arrival: true })];
    told.wire = { ...told.wire!, places: { 1: [[0, 0, 0, 10]], 2: [[0, 0, 0, 10]] } };

    expect([...alteredSteps(told)]).toEqual([1]);
    expect(rowsOf(told.steps, NONE).map((row) => [row.kind, row.side])).toEqual([
      ['message', 'server'],
      ['arrival', 'client'],
    ]);
  });

  it('is everything in a record that never arrived', () => {
    expect([...alteredSteps(carried(''))]).toEqual([1, 2]);
  });
});

describe('the order to flip a bit', () => {
  const order: Order = { scenario: 'retry', fault: 'no_common_group', suite: 'A', key: 'rsa' };
  const told = connection(
    message(1, 'ClientHello', 'client'),
    message(2, 'ClientHello', 'client', { arrival: true }),
    message(3, 'HelloRetryRequest', 'server'),
    message(4, 'ClientHello', 'client'),
  );

  function flip(number: number, of = order, within = told) {
    const found = within.steps.find((each) => each.number === number);
    return found ? flipOrder(of, within, found, 7) : null;
  }

  it('repeats the run as it was, and says which message of that name is meant', () => {
    expect(flip(4)).toEqual({
      scenario: 'retry',
      suite: 'A',
      key: 'rsa',
      fault: 'flipped_bit',
      connection: 'main',
      sender: 'client',
      message: 'ClientHello',
      occurrence: 2,
      offset: 7,
      bit: 0,
    });
    expect(flip(1)?.occurrence).toBe(1);
  });

  it('is for the connection of the message; for a copy, for the one that was copied', () => {
    expect(flip(1, order, { ...told, part: 'before' })?.connection).toBe('before');
    expect(flip(1, order, { ...told, part: 'copy' })?.connection).toBe('main');
  });

  it('cannot be had of what was altered, nor of a server somewhere else', () => {
    expect(flip(2)).toBeNull();
    expect(flip(1, { scenario: 'remote' })).toBeNull();
    expect(flipOrder(null, told, message(1, 'ClientHello', 'client'), 7)).toBeNull();
  });
});

describe('what was done to a connection', () => {
  const flipped: Order = { scenario: 'resumption', fault: 'flipped_bit', connection: 'before' };
  const wire = (altered: string | null): Connection['wire'] => ({
    type: 'wire',
    connection: 1,
    beganAt: '',
    records: [{ sender: 'client', number: 0, micros: 0, hex: '16', altered }],
    places: {},
  });

  it('is said where it was done', () => {
    const before: Connection = { ...connection(), part: 'before', wire: wire('17') };
    const copy: Connection = { ...connection(), part: 'copy' };

    expect(lessonOf(flipped, before)).toBe('fault.flipped_bit.lesson');
    expect(lessonOf(flipped, { ...before, part: 'main' })).toBe('');
    expect(lessonOf({ scenario: 'resumption', fault: 'replayed_ticket' }, copy)).toBe('fault.replayed_ticket.lesson');
    expect(lessonOf({ scenario: 'resumption', fault: 'replayed_ticket' }, connection())).toBe('');
    expect(lessonOf({ scenario: 'full', fault: 'expired' }, connection())).toBe('fault.expired.lesson');
    expect(lessonOf({ scenario: 'full' }, connection())).toBe('');
  });

  it('is nothing if no bit was flipped, and is not claimed before that is known', () => {
    const before: Connection = { ...connection(), part: 'before' };

    expect(lessonOf(flipped, before)).toBe('');
    expect(lessonOf(flipped, { ...before, wire: wire(null) })).toBe('fault.flipped_bit.nothing');
  });
});

describe('the outcome', () => {
  it('is the failure of who noticed, not of who was sent the alert', () => {
    const told = connection(
      step(1, { event: 'failure', problem: 'alert_received' }, { teller: 'server' }),
      step(2, { event: 'failure', problem: 'host_name_mismatch' }),
    );

    expect(outcomeOf(told).failure?.number).toBe(2);
  });

  it('is the alert if nobody tells more', () => {
    expect(outcomeOf(connection(step(1, { event: 'failure', problem: 'alert_received' }))).failure?.number).toBe(1);
  });

  it('is open until one end is done', () => {
    expect(outcomeOf(connection(message(1, 'ClientHello', 'client'))).kind).toBe('running');
    expect(outcomeOf(connection(step(1, { event: 'handshake_done' }))).kind).toBe('done');
  });
});

describe('what a server made of a copy', () => {
  const copy = connection(
    message(1, 'ClientHello', 'client'),
    step(2, { event: 'early_data_decided', accepted: false }),
    step(3, { event: 'resumption_decided', resumed: true, reason: null }),
    message(4, 'ServerHello', 'server'),
    message(5, 'Finished', 'server'),
    step(6, { event: 'alert', name: 'close_notify' }, { sender: 'server' }),
  );

  it('is what it decided, and what it answered', () => {
    expect(decisionsOf(copy).map((each) => each.number)).toEqual([3, 2]);
    expect(answersOf(copy)).toEqual(['ServerHello', 'Finished', 'close_notify']);
  });

  it('is nothing where there was no ticket', () => {
    expect(decisionsOf(connection(step(1, { event: 'resumption_decided', reason: 'no_ticket' })))).toEqual([]);
  });
});

describe('a run', () => {
  it('shows first the connection that was broken', () => {
    const events: LabEvent[] = [
      { type: 'order', scenario: 'resumption', fault: 'flipped_bit', connection: 'before' },
      { type: 'connection', connection: 1, part: 'before', ends: ['client', 'server'] },
      { type: 'connection', connection: 2, part: 'main', ends: ['client', 'server'] },
    ];

    expect(principal(events.reduce(take, emptyRun()))?.number).toBe(1);
  });

  it('is what its events tell, connection by connection', () => {
    const events: LabEvent[] = [
      { type: 'connection', connection: 1, part: 'before', ends: ['client', 'server'] },
      message(1, 'ClientHello', 'client'),
      { type: 'connection', connection: 2, part: 'main', ends: ['client', 'server'] },
      { type: 'wire', connection: 2, beganAt: '', records: [], places: {} },
    ];
    const run = events.reduce(take, emptyRun());

    expect(run.connections.map((each) => each.steps.length)).toEqual([1, 0]);
    expect(run.connections[1]?.wire).not.toBeNull();
    expect(principal(run)?.number).toBe(2);
  });

  it('is another value after each event, with the parts that did not change', () => {
    const begun: LabEvent[] = [
      { type: 'connection', connection: 1, part: 'before', ends: ['client'] },
      { type: 'connection', connection: 2, part: 'main', ends: ['client'] },
    ];
    const run = begun.reduce(take, emptyRun());
    const next = take(run, { type: 'wire', connection: 2, beganAt: '', records: [], places: {} });

    expect(run.connections[1]?.wire).toBeNull();
    expect(next.connections[0]).toBe(run.connections[0]);
    expect(next.connections[1]).not.toBe(run.connections[1]);
  });

  it('never has a step without its connection', () => {
    expect(() => take(emptyRun(), message(1, 'ClientHello', 'client'))).toThrow(/before it began/);
  });
});

describe('the checks of a chain', () => {
  const check = (kind: string, subject: string) => ({ kind, subject, detail: '' });
  const refused = step(1, {
    event: 'failure',
    checks: [check('signature', 'CN=a, O=b')],
    failed_check: check('validity', 'CN=a, O=b'),
    not_reached: [check('trust_anchor', 'CN=root'), check('host_name', 'CN=a, O=b')],
  });

  it('are those that passed, the one that failed, and the others, as a certificate is read', () => {
    expect(rowsOfChain(refused).map((row) => `${row.kind} ${row.state}`)).toEqual([
      'signature passed',
      'validity failed',
      'trust_anchor not_reached',
      'host_name not_reached',
    ]);
  });

  it('begin with the time from which the verdict is, if they were not made now', () => {
    const checks = [check('signature', 'CN=a'), check('host_name', 'CN=a'), check('remembered', 'CN=a')];
    const again = step(1, { event: 'peer_chain_verified', checks });

    expect(rowsOfChain(again).map((row) => row.kind)).toEqual(['remembered', 'signature', 'host_name']);
  });

  it('stand at the certificate that they are of, however its name is written', () => {
    const { shown, anchors } = rowsBySubject(rowsOfChain(refused), [{ length: 1, subject: 'CN=a,O=b' }]);

    expect(shown.map((rows) => rows.length)).toEqual([3]);
    expect(anchors.map((rows) => rows[0]?.subject)).toEqual(['CN=root']);
  });
});

describe('two connections beside each other', () => {
  it('show what the second skipped, and no tickets', () => {
    const full = connection(
      message(1, 'ClientHello', 'client'),
      message(2, 'Certificate', 'server'),
      message(3, 'Finished', 'server'),
      message(4, 'Finished', 'client'),
      step(5, { event: 'handshake_done' }, { roundTrips: 1 }),
      message(6, 'NewSessionTicket', 'server'),
    );
    const resumed = connection(
      message(1, 'ClientHello', 'client'),
      message(2, 'Finished', 'server'),
      message(3, 'EndOfEarlyData', 'client'),
      message(4, 'Finished', 'client'),
      step(5, { event: 'handshake_done' }, { roundTrips: 1 }),
    );

    expect(compare(full, resumed).map((row) => [row.name, row.sender, row.first, row.second])).toEqual([
      ['ClientHello', 'client', 10, 10],
      ['Certificate', 'server', 10, null],
      ['Finished', 'server', 10, 10],
      ['Finished', 'client', 10, 10],
      ['EndOfEarlyData', 'client', null, 10],
    ]);
    expect(totalsOf(full)).toEqual({ messages: 4, bytes: 40, roundTrips: 1, micros: 500 });
  });
});

describe('secrets', () => {
  it('begin with a pre-shared key only if one was taken', () => {
    const decided = (resumed: boolean) => connection(step(1, { event: 'resumption_decided', resumed }));

    expect(beginsWithPsk(decided(true))).toBe(true);
    expect(beginsWithPsk(decided(false))).toBe(false);
    expect(beginsWithPsk(connection(step(1, { event: 'external_psk_chosen' })))).toBe(true);
    expect(beginsWithPsk(connection(step(1, { event: 'external_psks_offered' })))).toBe(false);
  });

  it('that nobody made are not called needless before the handshake is done', () => {
    const done = step(1, { event: 'handshake_done' });
    const failed = step(2, { event: 'failure' });

    expect(absenceOf(connection())).toBe('notYet');
    expect(absenceOf(connection(failed))).toBe('unreached');
    expect(absenceOf(connection(done))).toBe('never');
    expect(absenceOf(connection(done, failed))).toBe('never');
  });

  it('are fed with zeros where no keys are exchanged', () => {
    const inputs = (secret: Secret) =>
      [secret, ...secret.derived]
        .filter(({ name }) => name === 'early_secret' || name === 'handshake_secret')
        .map(({ input }) => input);

    expect(exchangesKeys(connection(step(1, { event: 'shared_secret_computed' })))).toBe(true);
    expect(exchangesKeys(connection(step(1, { event: 'key_exchange_omitted' })))).toBe(false);
    expect(inputs(scheduleOf(false, true))).toEqual(['zero', 'shared_secret']);
    expect(inputs(scheduleOf(true, false))).toEqual(['psk', 'zero']);
  });
});

describe('an opened ticket', () => {
  it('has its fields in a list of their own', () => {
    const notes: Note[] = [
      ['reason', 'why'],
      ['detail', 'suite=X'],
      ['detail', 'something else'],
    ];

    expect(notesBeside(['suite=X'], notes).map(([, text]) => text)).toEqual(['why', 'something else']);
    expect(notesBeside(undefined, notes)).toEqual(notes);
  });
});

describe('the pace of playing', () => {
  it('gives a reader of either language time, and never too much', () => {
    const words = { ...WORDS, headline: 'x'.repeat(60) };

    expect(readingTime(null, 'en')).toBe(0);
    expect(readingTime({ ...WORDS, headline: 'short' }, 'en')).toBe(1500);
    expect(readingTime(words, 'ja')).toBeGreaterThan(readingTime(words, 'en'));
    expect(readingTime({ ...WORDS, headline: 'x'.repeat(9999) }, 'ja')).toBe(12_000);
  });
});

describe('the quiz', () => {
  const full = connection(
    message(1, 'ClientHello', 'client', { fields: [[1, 'extension_type', 0, 2, 'server_name']] }),
    message(2, 'ServerHello', 'server'),
    step(3, { event: 'group_chosen', chosen: 'x25519' }),
    message(4, 'EncryptedExtensions', 'server', { protection: 'handshake' }),
    message(5, 'CertificateVerify', 'server', { protection: 'handshake' }),
    step(6, { event: 'handshake_done' }, { roundTrips: 1 }),
    step(7, { event: 'application_data' }, { sender: 'client', protection: 'application' }),
  );

  function answerTo(asked: string, told: Connection) {
    const question = questionsOn(told).find((each) => 'key' in each.ask && each.ask.key === asked);
    return question?.options[question.answer];
  }

  it('asks by the facts of the connection', () => {
    expect(answerTo('quiz.encrypted', full)).toEqual({ name: 'EncryptedExtensions' });
    expect(answerTo('quiz.group', full)).toEqual({ name: 'x25519' });
    expect(answerTo('quiz.trips', full)).toEqual({ name: '1' });
    expect(answerTo('quiz.signature', full)).toMatchObject({ key: 'quiz.signature.transcript' });
  });

  it('leaves out what did not happen', () => {
    expect(answerTo('quiz.resumed', full)).toBeUndefined();
    expect(answerTo('quiz.noticed', full)).toBeUndefined();
    expect(questionsOn(connection())).toEqual([]);
  });

  it('asks what an external key proves, where there is one', () => {
    const told = connection(step(1, { event: 'external_psk_chosen' }));

    expect(answerTo('quiz.external', told)).toMatchObject({ key: 'quiz.external.psk' });
    expect(answerTo('quiz.external', full)).toBeUndefined();
  });

  it('does not always have the right option at the same place', () => {
    expect(new Set(questionsOn(full).map((question) => question.answer)).size).toBeGreaterThan(1);
  });

  it('counts no round trip where data went early', () => {
    const early = connection(
      step(1, { event: 'application_data' }, { sender: 'client', protection: 'early' }),
      step(2, { event: 'handshake_done' }, { roundTrips: 1 }),
    );

    expect(answerTo('quiz.trips', early)).toEqual({ name: '0' });
  });

  it('asks who noticed a failure', () => {
    const failed = connection(step(1, { event: 'failure', problem: 'bad_signature', alert: 'decrypt_error' }));

    expect(answerTo('quiz.noticed', failed)).toEqual({ key: 'role.client' });
  });
});
