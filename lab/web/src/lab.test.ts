import { describe, expect, it } from 'vitest';
import { enter } from './lab';

class Kept {
  readonly values = new Map<string, string>();

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
}

async function open(hash: string, kept: Kept): Promise<string> {
  let shown = '/' + hash;
  await enter(
    { hash, pathname: '/' } as Location,
    { replaceState: (_data: unknown, _title: string, url: string) => (shown = url) } as unknown as History,
    kept as unknown as Storage,
  );
  return shown;
}

describe('the token', () => {
  it('is taken out of the address and kept for a reload', async () => {
    const kept = new Kept();

    expect(await open('#secret', kept)).toBe('/');
    expect(await open('', kept)).toBe('/');
    expect([...kept.values.values()]).toEqual(['secret']);
  });

  it('is not there for who does not know it', async () => {
    const kept = new Kept();
    await open('', kept);

    expect(kept.values.size).toBe(0);
  });
});
