/** A secret of the key schedule and what is derived from it. RFC 9846 section 7.1. */
export interface Secret {
  name: string;
  /** What it is made from besides the secret above it. */
  input: 'psk' | 'shared' | 'zero' | null;
  /** Its label in a key log; absent for those that the engine hands to nobody. */
  logged?: string;
  derived: Secret[];
}

function leaf(name: string, logged?: string): Secret {
  return logged === undefined
    ? { name, input: null, derived: [] }
    : { name, input: null, logged, derived: [] };
}

export const SCHEDULE: Secret = {
  name: 'early_secret',
  input: 'psk',
  derived: [
    leaf('binder_key'),
    leaf('client_early_traffic_secret', 'CLIENT_EARLY_TRAFFIC_SECRET'),
    leaf('early_exporter_secret', 'EARLY_EXPORTER_SECRET'),
    {
      name: 'handshake_secret',
      input: 'shared',
      derived: [
        leaf('client_handshake_traffic_secret', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'),
        leaf('server_handshake_traffic_secret', 'SERVER_HANDSHAKE_TRAFFIC_SECRET'),
        {
          name: 'main_secret',
          input: 'zero',
          derived: [
            leaf('client_application_traffic_secret', 'CLIENT_TRAFFIC_SECRET_0'),
            leaf('server_application_traffic_secret', 'SERVER_TRAFFIC_SECRET_0'),
            leaf('exporter_secret', 'EXPORTER_SECRET'),
            leaf('resumption_secret'),
          ],
        },
      ],
    },
  ],
};

/** The values by label, from the lines of a key log (RFC 9850). */
export function valuesOf(lines: string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of lines) {
    const [label, , value] = line.split(' ');
    if (label !== undefined && value !== undefined) {
      values.set(label, value);
    }
  }
  return values;
}
