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

export const SCHEDULE: Secret = {
  name: 'early_secret',
  input: 'psk',
  derived: [
    leaf('binder_key'),
    leaf('client_early_traffic_secret'),
    leaf('early_exporter_secret'),
    {
      name: 'handshake_secret',
      input: 'shared_secret',
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

/** Whether the schedule begins with a pre-shared key, and not with zeros: one on offer may not have been taken. */
export function beginsWithPsk(connection: Connection): boolean {
  return connection.steps.some(
    ({ event }) =>
      event.event === 'external_psk_chosen' || (event.event === 'resumption_decided' && event.resumed === true),
  );
}
