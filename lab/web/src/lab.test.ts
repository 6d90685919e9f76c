import { describe, expect, it } from 'vitest';
import { takeToken } from './lab';

class Kept {
  readonly values = new Map<string, string>();

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
}

function open(hash: string, kept: Kept): { token: string; shown: string } {
  let shown = '/' + hash;
  const token = takeToken(
    { hash, pathname: '/' } as Location,
    { replaceState: (_data: unknown, _title: string, url: string) => (shown = url) } as unknown as History,
    kept as unknown as Storage,
  );
  return { token, shown };
}

describe('the token', () => {
  it('is taken out of the address', () => {
    expect(open('#secret', new Kept())).toEqual({ token: 'secret', shown: '/' });
  });

  it('is there still after a reload', () => {
    const kept = new Kept();
    open('#secret', kept);

    expect(open('', kept).token).toBe('secret');
  });

  it('is empty for who does not know it', () => {
    expect(open('', new Kept()).token).toBe('');
  });
});
