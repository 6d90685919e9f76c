import type { Role, Step } from './events';

export type RowKind = 'message' | 'arrival' | 'data' | 'alert' | 'dummy' | 'decision' | 'key' | 'record';

/** A line of the diagram. */
export interface Row {
  step: Step;
  kind: RowKind;
  /** On which rail a decision stands, or a message that arrived otherwise than it was sent; for what passes the wire, who sends it. */
  side: Role;
  /** The heading that begins here, if one does. */
  chapter: string | null;
  /** The round trip that is complete with this row, if one is. */
  roundTrip: number | null;
}

export interface Shown {
  decisions: boolean;
  keys: boolean;
  records: boolean;
}

export function kindOf(step: Step): RowKind {
  switch (step.event.event) {
    case 'message':
      return step.arrival ? 'arrival' : 'message';
    case 'application_data':
      return 'data';
    case 'alert':
      return 'alert';
    case 'change_cipher_spec':
      return 'dummy';
    case 'record':
      return 'record';
    case 'shared_secret_computed':
    case 'secret_derived':
    case 'keys_changed':
      return 'key';
    default:
      return 'decision';
  }
}

/** The rows that were made last, by their steps. */
const MADE = new WeakMap<Step, Row>();

/**
 * What passes the wire is always shown, and so is an end; all else as far as it is wanted. A row that says what it said before is the same
 * value, so that nothing of it is drawn again when more steps come.
 */
export function rowsOf(steps: Step[], shown: Shown): Row[] {
  const rows: Row[] = [];
  // Tickets and data may take turns; a heading stands where its chapter begins, once.
  const begun = new Set<string>();
  let roundTrips = 0;
  for (const step of steps) {
    const kind = kindOf(step);
    if (!isShown(step, kind, shown)) {
      continue;
    }
    const chapter = begun.has(step.chapter) ? null : step.chapter;
    const roundTrip = step.roundTrips > roundTrips && kind === 'message' ? step.roundTrips : null;
    rows.push(rowOf(step, kind, chapter, roundTrip));
    begun.add(step.chapter);
    if (kind === 'message') {
      roundTrips = step.roundTrips;
    }
  }
  return rows;
}

function rowOf(step: Step, kind: RowKind, chapter: string | null, roundTrip: number | null): Row {
  const made = MADE.get(step);
  if (made && made.chapter === chapter && made.roundTrip === roundTrip) {
    return made;
  }
  const row = { step, kind, side: kind === 'arrival' ? step.teller : (step.sender ?? step.teller), chapter, roundTrip };
  MADE.set(step, row);
  return row;
}

function isShown(step: Step, kind: RowKind, shown: Shown): boolean {
  switch (kind) {
    case 'decision':
      return shown.decisions || step.event.event === 'failure' || step.event.event === 'handshake_done';
    case 'key':
      return shown.keys;
    case 'record':
      return shown.records;
    default:
      return true;
  }
}

/** What stands on an arrow. */
export function nameOf(step: Step): string {
  return step.event.name ?? '';
}

/** Milliseconds with as many digits as a person can use. */
export function milliseconds(micros: number): string {
  const value = micros / 1000;
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
