import type { LabEvent, Part, Role, Step, WireSeen } from './events';

/** One connection as far as it has been told. */
export interface Connection {
  number: number;
  part: Part;
  ends: Role[];
  steps: Step[];
  wire: WireSeen | null;
}

export interface Run {
  connections: Connection[];
  /** The lab itself failed, not the handshake. */
  trouble: boolean;
  over: boolean;
}

export function emptyRun(): Run {
  return { connections: [], trouble: false, over: false };
}

/** Adds to `run` what `event` tells. */
export function take(run: Run, event: LabEvent): void {
  switch (event.type) {
    case 'connection':
      run.connections.push({
        number: event.connection,
        part: event.part,
        ends: event.ends,
        steps: [],
        wire: null,
      });
      return;
    case 'step':
      find(run, event.connection).steps.push(event);
      return;
    case 'wire':
      find(run, event.connection).wire = event;
      return;
    case 'trouble':
      run.trouble = true;
  }
}

function find(run: Run, number: number): Connection {
  const found = run.connections.find((connection) => connection.number === number);
  if (!found) {
    throw new Error(`the lab told of connection ${number} before it began`);
  }
  return found;
}

/** The connection that a person wants to see first: a copy that was sent, otherwise the one that the run is about. */
export function principal(run: Run): Connection | undefined {
  return (
    run.connections.find((connection) => connection.part === 'copy') ??
    run.connections.find((connection) => connection.part === 'main') ??
    run.connections[0]
  );
}
