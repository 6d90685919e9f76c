import type { Certificate, CheckOfChain, Step } from './events';

export type CheckState = 'passed' | 'failed' | 'not_reached';

export interface CheckRow extends CheckOfChain {
  state: CheckState;
}

/** As people read a certificate. The engine tells what it has come to, not where it stands. */
const ORDER = [
  'remembered',
  'signature',
  'validity',
  'usage',
  'authority',
  'trust_anchor',
  'host_name',
  'revocation',
  'pinned_key',
  'danger_not_checked',
];

/** All checks that `step` tells of: those of a chain that was accepted, or of one that was refused. */
export function rowsOfChain(step: Step): CheckRow[] {
  const { checks = [], failed_check: failed, not_reached: left = [] } = step.event;
  const rows: CheckRow[] = [
    ...checks.map((check) => ({ ...check, state: 'passed' as const })),
    ...(failed ? [{ ...failed, state: 'failed' as const }] : []),
    ...left.map((check) => ({ ...check, state: 'not_reached' as const })),
  ];
  return rows.sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

/** The rows of each certificate, and of those that are known beforehand and were not shown: the anchor. */
export function rowsBySubject(rows: CheckRow[], certificates: Certificate[]): { shown: CheckRow[][]; anchors: CheckRow[][] } {
  const shown = certificates.map((certificate) => rows.filter((row) => isSame(row.subject, certificate.subject)));
  const others = rows.filter((row) => !certificates.some((certificate) => isSame(row.subject, certificate.subject)));
  const subjects = [...new Set(others.map((row) => row.subject))];
  return { shown, anchors: subjects.map((subject) => others.filter((row) => row.subject === subject)) };
}

/** A name is written with spaces behind its commas or without. */
function isSame(one: string, other: string | null): boolean {
  return one.replaceAll(', ', ',') === other?.replaceAll(', ', ',');
}
