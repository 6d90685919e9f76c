import type { Field, Piece, WireRecord } from './events';

export function bytesOf(hex: string): string[] {
  return hex.match(/../g) ?? [];
}

/** The field that says most about the byte at `offset`: the last of those around it, which is the innermost. */
export function innermostAt(fields: Field[], offset: number): number {
  let found = -1;
  fields.forEach(([, , from, length], index) => {
    if (offset >= from && offset < from + length) {
      found = index;
    }
  });
  return found;
}

/** From the first byte to behind the last. */
export type Range = [from: number, to: number];

export function rangeOf(field: Field): Range {
  return [field[2], field[2] + field[3]];
}

/** Printable ASCII, as hex dumps have it beside the bytes. */
export function asciiOf(bytes: string[]): string {
  return bytes
    .map((byte) => Number.parseInt(byte, 16))
    .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·'))
    .join('');
}

export interface RecordHeader {
  type: string;
  version: string;
  length: number;
}

const CONTENT_TYPES: Record<number, string> = {
  20: 'change_cipher_spec',
  21: 'alert',
  22: 'handshake',
  23: 'application_data',
};

/** The five bytes in clear of every record: all that an eavesdropper is told. */
export function headerOf(record: WireRecord): RecordHeader {
  const bytes = bytesOf(record.hex).map((byte) => Number.parseInt(byte, 16));
  const type = bytes[0] ?? 0;
  return {
    type: CONTENT_TYPES[type] ?? `type ${type}`,
    version: '0x' + record.hex.slice(2, 6),
    length: ((bytes[3] ?? 0) << 8) | (bytes[4] ?? 0),
  };
}

/** Which bytes of the record carry the message, as far as the cipher leaves bytes in their place. */
export function carriedBy(piece: Piece): Range {
  const HEADER = 5;
  return [HEADER + piece[1], HEADER + piece[1] + piece[3]];
}

/** Where `altered` differs from `original`. */
export function differences(original: string[], altered: string[]): Set<number> {
  const found = new Set<number>();
  original.forEach((byte, index) => {
    if (byte !== altered[index]) {
      found.add(index);
    }
  });
  return found;
}
