/**
 * What this browser keeps between visits: acts that have not reached the server yet, and how the page is liked.
 * Where the browser keeps nothing (a private window), all of it lasts as long as the page.
 */
import { openDB, type IDBPDatabase } from 'idb';
import type { Asking, Json } from './api';

/** One thing to tell the server. */
export interface Sending {
  asking: Exclude<Asking, 'GET'>;
  path: string;
  body: Json;
  /** Must not be sent twice, because a second time would do something else. */
  isOnce?: boolean;
  /** Of two that wait under one name, only the later needs to be sent. */
  slot?: string;
}

interface Waiting extends Sending {
  key?: number;
  base: string;
  tab: string;
}

const NAME = 'sameboat-study';
const LOCK = 'sameboat-study-tab-';

export class Kept {
  /** Opens by itself; nobody waits for it before asking the server. */
  private readonly db: Promise<IDBPDatabase | null>;

  constructor(private readonly tab: string) {
    // Held as long as this page lives, so that another page leaves its acts alone.
    void navigator.locks?.request(LOCK + tab, () => new Promise<never>(() => undefined));
    const opening = openDB(NAME, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('waiting', { keyPath: 'key', autoIncrement: true });
        fresh.createObjectStore('likes');
      },
    });
    this.db = opening.catch(() => null);
  }

  /** Keeps it until `sent`; answers with the key for that. */
  async keep(base: string, sending: Sending): Promise<number | null> {
    if (sending.isOnce) return null;
    return await this.quietly(async (db) => Number(await db.add('waiting', this.row(base, sending))));
  }

  /** Keeps another in its place. */
  async replace(key: number, base: string, sending: Sending): Promise<void> {
    await this.quietly((db) => db.put('waiting', { ...this.row(base, sending), key }));
  }

  async sent(key: number | null): Promise<void> {
    if (key !== null) await this.quietly((db) => db.delete('waiting', key));
  }

  /** What pages that have closed meanwhile could not send for this study, oldest first; it now waits here. */
  async leftOver(base: string): Promise<{ key: number; sending: Sending }[]> {
    const open = await this.openTabs();
    const all = (await this.quietly((db) => db.getAll('waiting'))) as Waiting[] | null;
    const ours = (all ?? []).filter((one) => one.base === base && one.tab !== this.tab && !open.has(one.tab));
    for (const one of ours) await this.quietly((db) => db.put('waiting', { ...one, tab: this.tab }));
    return ours.map(({ key, asking, path, body }) => ({ key: key!, sending: { asking, path, body } }));
  }

  async like<T>(name: string): Promise<T | null> {
    return ((await this.quietly((db) => db.get('likes', name))) as T | null | undefined) ?? null;
  }

  async setLike(name: string, value: unknown): Promise<void> {
    await this.quietly((db) => db.put('likes', value, name));
  }

  private row(base: string, { asking, path, body }: Sending): Waiting {
    return { asking, path, body, base, tab: this.tab };
  }

  private async openTabs(): Promise<Set<string>> {
    const { held } = (await navigator.locks?.query()) ?? {};
    return new Set((held ?? []).map(({ name }) => (name ?? '').slice(LOCK.length)));
  }

  /** A browser whose storage fails goes on without it: the page still holds everything. */
  private async quietly<T>(doing: (db: IDBPDatabase) => Promise<T>): Promise<T | null> {
    try {
      const db = await this.db;
      return db === null ? null : await doing(db);
    } catch {
      return null;
    }
  }
}
