import type { Connection } from './run';

/** A handshake message in two connections: its size where it was sent, null where it was not. */
export interface Compared {
  sender: 'client' | 'server';
  name: string;
  first: number | null;
  second: number | null;
}

export interface Totals {
  messages: number;
  bytes: number;
  roundTrips: number;
  micros: number;
}

/** Messages up to the end of the handshake; what comes after it is the same in both. */
function handshake(connection: Connection) {
  const done = connection.steps.find((step) => step.event.event === 'handshake_done');
  return connection.steps.filter(
    (step) =>
      step.event.event === 'message' &&
      !step.arrival &&
      step.event.name !== 'NewSessionTicket' &&
      step.event.name !== 'KeyUpdate' &&
      (done === undefined || step.number < done.number),
  );
}

export function compare(first: Connection, second: Connection): Compared[] {
  const before = handshake(first);
  const after = handshake(second);
  const rows: Compared[] = before.map((step) => ({
    sender: step.sender ?? 'client',
    name: step.event.name ?? '',
    first: step.event.length ?? 0,
    second: null,
  }));
  for (const step of after) {
    const same = rows.find(
      (row) => row.name === step.event.name && row.sender === step.sender && row.second === null,
    );
    if (same) {
      same.second = step.event.length ?? 0;
    } else {
      rows.push({
        sender: step.sender ?? 'client',
        name: step.event.name ?? '',
        first: null,
        second: step.event.length ?? 0,
      });
    }
  }
  return rows;
}

export function totalsOf(connection: Connection): Totals {
  const messages = handshake(connection);
  const done = connection.steps.find((step) => step.event.event === 'handshake_done');
  return {
    messages: messages.length,
    bytes: messages.reduce((sum, step) => sum + (step.event.length ?? 0), 0),
    roundTrips: done?.roundTrips ?? 0,
    micros: done?.micros ?? 0,
  };
}
