import type { Role } from './events';
import type { Connection } from './run';

/** A secret of the key schedule and what is derived from it. RFC 9846 section 7.1. */
export interface Secret {
  name: string;
  /** What it is made from besides the secret above it. */
  input: 'psk' | 'shared_secret' | 'zero' | null;
  derived: Secret[];
}

function leaf(name: string): Secret {
  return { name, input: null, derived: [] };
}

/**
 * The whole schedule. Zeros stand for a pre-shared key, and for the secret of a key exchange, where there is none.
 *
 * @param exchange whether keys are exchanged, as with all modes but psk_ke
 */
export function scheduleOf(psk: boolean, exchange: boolean): Secret {
  return {
    name: 'early_secret',
    input: psk ? 'psk' : 'zero',
    derived: [
      leaf('binder_key'),
      leaf('client_early_traffic_secret'),
      leaf('early_exporter_secret'),
      {
        name: 'handshake_secret',
        input: exchange ? 'shared_secret' : 'zero',
        derived: [
          leaf('client_handshake_traffic_secret'),
          leaf('server_handshake_traffic_secret'),
          {
            name: 'main_secret',
            input: 'zero',
            derived: [
              leaf('client_application_traffic_secret'),
              leaf('server_application_traffic_secret'),
              leaf('exporter_secret'),
              leaf('resumption_secret'),
            ],
          },
        ],
      },
    ],
  };
}

/** Whether the schedule begins with a pre-shared key, and not with zeros: one on offer may not have been taken. */
export function beginsWithPsk(connection: Connection): boolean {
  return connection.steps.some(
    ({ event }) =>
      event.event === 'external_psk_chosen' || (event.event === 'resumption_decided' && event.resumed === true),
  );
}

/** Why a secret that nobody has derived is not there: it may still come, or never will. */
export function absenceOf(connection: Connection): 'notYet' | 'never' | 'unreached' {
  const tells = (role: Role, what: string) =>
    connection.steps.some((step) => step.teller === role && step.event.event === what);
  // With both ends, that both are done is told once.
  if (connection.ends.some((role) => tells(role, 'handshake_done'))) {
    return 'never';
  }
  return connection.ends.some((role) => tells(role, 'failure')) ? 'unreached' : 'notYet';
}

/** Whether the ends have exchanged keys, or will: only psk_ke does without. RFC 9846 section 4.3.9. */
export function exchangesKeys(connection: Connection): boolean {
  return !connection.steps.some(({ event }) => event.event === 'key_exchange_omitted');
}
