import type { Choices, LabEvent, Order, SecretValues } from './model/events';

const TOKEN_HEADER = 'X-Akushu-Lab';
const KEPT_TOKEN = 'akushu-lab-token';
const CODE_MARK = 'once.';
const DATA = 'data: ';

/** The lab's server refused an order; `key` is the text that says why. */
export class Refused extends Error {
  constructor(
    readonly key: string,
    readonly value: string,
  ) {
    super(`${key}: ${value}`);
  }
}

/** The lab cannot be reached, or does not know this page. */
export class Unreachable extends Error {}

/**
 * The token stands behind the # of the address, which no server sees; or a code does that is good for one exchange against it. The
 * address bar loses it, and the token is kept for a reload of this tab.
 */
export async function enter(location: Location, history: History, kept: Storage): Promise<Lab> {
  const given = location.hash.slice(1);
  if (given !== '') {
    history.replaceState(null, '', location.pathname);
    kept.setItem(KEPT_TOKEN, given.startsWith(CODE_MARK) ? await new Lab(given).exchange() : given);
  }
  return new Lab(kept.getItem(KEPT_TOKEN) ?? '');
}

/** Talks to the lab's server. */
export class Lab {
  constructor(private readonly token: string) {}

  /** The token, for the code that this was made with. */
  async exchange(): Promise<string> {
    const response = await this.send('/api/token', { method: 'POST' });
    if (!response.ok) {
      throw new Unreachable(String(response.status));
    }
    return ((await response.json()) as { token: string }).token;
  }

  async choices(): Promise<Choices> {
    return (await (await this.ask('/api/choices')).json()) as Choices;
  }

  async begin(order: Order): Promise<string> {
    const response = await this.send('/api/runs', { method: 'POST', body: JSON.stringify(order) });
    if (response.status === 400) {
      const refused = (await response.json()) as { refused: string; value: string };
      throw new Refused(refused.refused, refused.value);
    }
    if (!response.ok) {
      throw new Unreachable(String(response.status));
    }
    return ((await response.json()) as { id: string }).id;
  }

  /** Tells `hear` of the events of a run while they happen, together what came together; returns when the run is over. */
  async follow(id: string, hear: (events: LabEvent[]) => void, signal: AbortSignal): Promise<void> {
    const response = await this.ask(`/api/runs/${id}/events`, signal);
    if (!response.body) {
      throw new Unreachable('no body');
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const blocks = (rest + read.value).split('\n\n');
      rest = blocks.pop() ?? '';
      hear(blocks.filter((block) => block.startsWith(DATA)).map((block) => JSON.parse(block.slice(DATA.length)) as LabEvent));
    }
  }

  /** The values of the key schedule, by connection. */
  async secrets(id: string): Promise<Record<string, SecretValues>> {
    return (await (await this.ask(`/api/runs/${id}/secrets`)).json()) as Record<string, SecretValues>;
  }

  /** A run to take away. */
  async keep(id: string, form: string): Promise<Blob> {
    return (await this.ask(`/api/runs/${id}/${form}`)).blob();
  }

  private async ask(path: string, signal?: AbortSignal): Promise<Response> {
    const response = await this.send(path, signal ? { signal } : {});
    if (!response.ok) {
      throw new Unreachable(String(response.status));
    }
    return response;
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(path, { ...init, headers: { [TOKEN_HEADER]: this.token } });
    } catch (failed) {
      if (init.signal?.aborted) {
        throw failed;
      }
      throw new Unreachable(String(failed));
    }
  }
}
