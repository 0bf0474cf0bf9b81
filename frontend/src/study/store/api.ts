/** Asking the workbench's own server, as JSON. */
export type Json = Readonly<Record<string, unknown>>;
export type Asking = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const AWAY_AFTER_MS = 20_000;
const MOST_KEPT_ALIVE = 32_000;

/** The server's own no, with its sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: string,
    readonly more: Json,
  ) {
    super(code);
    this.name = 'Refused';
  }
}

/** Nothing came back. Whether the server got it is not known. */
export class Away extends Error {
  override name = 'Away';
}

export class Api {
  /** `base`: such as `/api/studies/…/`. */
  constructor(readonly base: string) {}

  async get<T>(path: string): Promise<T> {
    return (await this.ask('GET', path)) as T;
  }

  async ask(asking: Asking, path: string, body?: Json): Promise<unknown> {
    const answer = await this.fetch(asking, path, body);
    if (answer.status === 204) return {};
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    if (answer.status === 502 || answer.status === 503 || answer.status === 504) throw new Away();
    throw new Refused(answer.status, String(told.code ?? 'broken'), String(told.sentence ?? ''), told as Json);
  }

  private async fetch(asking: Asking, path: string, body?: Json): Promise<Response> {
    const init: RequestInit = { method: asking, credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json' } };
    if (asking !== 'GET') {
      init.headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
      init.body = JSON.stringify(body ?? {});
      // What is saved while the page is being left should still arrive.
      init.keepalive = document.visibilityState === 'hidden' && init.body.length < MOST_KEPT_ALIVE;
    }
    try {
      return await fetch(this.base + path, { ...init, signal: AbortSignal.timeout(AWAY_AFTER_MS) });
    } catch {
      throw new Away();
    }
  }
}

/** An id as the database makes them (UUID, version 4), also where the page has no secure origin. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
