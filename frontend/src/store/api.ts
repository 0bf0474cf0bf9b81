/** Asking the server, as JSON. Bytes are base64url. */
import { Trouble } from '../inside/trouble';
import { Refused } from './refusals';

const AWAY_AFTER_MS = 20_000;
const MOST_KEPT_ALIVE = 32_000;

export type Json = Readonly<Record<string, unknown>>;

export class Api {
  /** Told when the server was reached or not, and when it no longer knows this session. */
  onReach: (reached: boolean) => void = () => undefined;
  /** Tries to come in again; answers whether it did. */
  onStranger: () => Promise<boolean> = () => Promise.resolve(false);

  async get<T>(path: string): Promise<T> {
    return await this.ask<T>('GET', path);
  }

  /** `isLast`: goes its way also when the page is closed in this moment. */
  async post<T = Json>(path: string, body: Json = {}, isLast = false): Promise<T> {
    return await this.ask<T>('POST', path, body, true, isLast);
  }

  async put<T = Json>(path: string, body: Json): Promise<T> {
    return await this.ask<T>('PUT', path, body);
  }

  async remove(path: string): Promise<void> {
    await this.ask('DELETE', path);
  }

  private async ask<T>(method: string, path: string, body?: Json, again = true, isLast = false): Promise<T> {
    const answer = await this.fetch(method, path, body, isLast);
    if (answer.status === 204) return {} as T;
    const told = await readJson(answer);
    if (answer.ok) return told as T;
    if (answer.status === 401 && again && (await this.onStranger())) return await this.ask<T>(method, path, body, false);
    throw new Refused(answer.status, String(told['code'] ?? 'broken'), told);
  }

  private async fetch(method: string, path: string, body: Json | undefined, isLast: boolean): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET') headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
    if (method !== 'GET') init.body = JSON.stringify(body ?? {});
    // What is saved while the page is being left should still arrive.
    init.keepalive = (isLast || document.visibilityState === 'hidden') && String(init.body ?? '').length < MOST_KEPT_ALIVE;
    try {
      const answer = await fetch(`/api${path}`, { ...init, signal: AbortSignal.timeout(AWAY_AFTER_MS) });
      this.onReach(true);
      return answer;
    } catch {
      this.onReach(false);
      throw new Trouble('away');
    }
  }
}

async function readJson(answer: Response): Promise<Json> {
  try {
    return (await answer.json()) as Json;
  } catch {
    throw new Refused(answer.status, 'broken', {});
  }
}
