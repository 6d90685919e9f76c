import type { ConnectionBegan, LabEvent, Order, Part, Role, Step, WireSeen } from './events';

/** One connection as far as it has been told. */
export interface Connection {
  number: number;
  part: Part;
  ends: Role[];
  steps: Step[];
  wire: WireSeen | null;
}

export interface Run {
  /** Null where it was not the lab that connected. */
  order: Order | null;
  connections: Connection[];
  /** The lab itself failed, not the handshake. */
  trouble: boolean;
  over: boolean;
}

export function emptyRun(): Run {
  return { order: null, connections: [], trouble: false, over: false };
}

/** The stage before anybody has come. */
export const NOBODY: Connection = { number: 0, part: 'main', ends: ['client', 'server'], steps: [], wire: null };

/**
 * `run` and what `event` tells. Always another value, of which the parts that did not change are the same: the page compares
 * them instead of watching every field of every event.
 */
export function take(run: Run, event: LabEvent): Run {
  switch (event.type) {
    case 'order':
      return { ...run, order: event };
    case 'connection':
      return { ...run, connections: [...run.connections, begun(event)] };
    case 'step':
      return change(run, event.connection, (one) => ({ ...one, steps: [...one.steps, event] }));
    case 'wire':
      return change(run, event.connection, (one) => ({ ...one, wire: event }));
    case 'trouble':
      return { ...run, trouble: true };
  }
}

function begun(event: ConnectionBegan): Connection {
  return { number: event.connection, part: event.part, ends: event.ends, steps: [], wire: null };
}

function change(run: Run, number: number, to: (connection: Connection) => Connection): Run {
  if (!run.connections.some((connection) => connection.number === number)) {
    throw new Error(`the lab told of connection ${number} before it began`);
  }
  return { ...run, connections: run.connections.map((one) => (one.number === number ? to(one) : one)) };
}

/** The connection that a person wants to see first: the one that was broken, a copy that was sent, otherwise the one that the run is about. */
export function principal(run: Run): Connection | undefined {
  return (
    run.connections.find((connection) => connection.part === 'before' && run.order?.connection === 'before') ??
    run.connections.find((connection) => connection.part === 'copy') ??
    run.connections.find((connection) => connection.part === 'main') ??
    run.connections[0]
  );
}
