/**
 * What this device keeps. On one's own device: IndexedDB, holding only what is sealed, public bytes, and keys
 * that no script can read. On a shared device, and before anyone has said whose it is: memory, gone with the page.
 */
import { openDB, type IDBPDatabase } from 'idb';
import { Trouble } from '../inside/trouble';

export const STORES = ['facts', 'keys', 'events', 'messages', 'outbox', 'sealed', 'records', 'evidence'] as const;
export type Store = (typeof STORES)[number];
export type Key = string | [string, number];

const NAME = 'inside';
const VERSION = 1;

/** A part of one circle's rows, by number. */
export interface Span {
  circle: string;
  /** Exclusive bounds. */
  after?: number;
  before?: number;
  /** At most this many; with `newest` from the end. */
  limit?: number;
  newest?: boolean;
}

export interface Drawer {
  /** Does what is put in outlive the page? */
  readonly lasts: boolean;
  get<T>(store: Store, key: Key): Promise<T | undefined>;
  put(store: Store, key: Key, value: unknown): Promise<void>;
  putAll(store: Store, entries: readonly (readonly [Key, unknown])[]): Promise<void>;
  remove(store: Store, key: Key): Promise<void>;
  /** All of one circle's rows. */
  removeSpan(store: Store, circle: string): Promise<void>;
  /** In ascending order. */
  span<T>(store: Store, span: Span): Promise<T[]>;
  all<T>(store: Store): Promise<T[]>;
  clear(store: Store): Promise<void>;
  wipe(): Promise<void>;
}

function bounds({ circle, after = -1, before = Number.MAX_SAFE_INTEGER }: Span): [Key, Key] {
  return [[circle, after], [circle, before]];
}

async function kept<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (wrong) {
    if (wrong instanceof DOMException && wrong.name === 'QuotaExceededError') throw new Trouble('storage_full');
    throw wrong;
  }
}

const REOPENS = 4;
const REOPEN_MS = 60;

/** The browser closed or emptied the store under us. */
function isGone(wrong: unknown): boolean {
  return wrong instanceof DOMException && wrong.name !== 'DataCloneError';
}

class Lasting implements Drawer {
  readonly lasts = true;

  constructor(private db: IDBPDatabase) {}

  private async use<T>(work: (db: IDBPDatabase) => Promise<T>): Promise<T> {
    for (let reopened = 0; ; reopened++) {
      try {
        return await kept(work(this.db));
      } catch (wrong) {
        if (!isGone(wrong) || reopened === REOPENS) throw wrong;
        await new Promise((done) => setTimeout(done, REOPEN_MS * reopened));
        this.db = await openStores();
      }
    }
  }

  async get<T>(store: Store, key: Key): Promise<T | undefined> {
    return (await this.use((db) => db.get(store, key))) as T | undefined;
  }

  async put(store: Store, key: Key, value: unknown): Promise<void> {
    await this.use((db) => db.put(store, value, key));
  }

  async putAll(store: Store, entries: readonly (readonly [Key, unknown])[]): Promise<void> {
    if (entries.length === 0) return;
    await this.use(async (db) => {
      const act = db.transaction(store, 'readwrite');
      const puts = entries.map(([key, value]) => act.store.put(value, key));
      await Promise.all([...puts, act.done]);
    });
  }

  async remove(store: Store, key: Key): Promise<void> {
    await this.use((db) => db.delete(store, key));
  }

  async removeSpan(store: Store, circle: string): Promise<void> {
    await this.use((db) => db.delete(store, IDBKeyRange.bound(...bounds({ circle }))));
  }

  async span<T>(store: Store, span: Span): Promise<T[]> {
    const range = IDBKeyRange.bound(...bounds(span), true, true);
    return await this.use(async (db) => {
      if (!span.newest) return (await db.getAll(store, range, span.limit)) as T[];
      const keys = (await db.getAllKeys(store, range)) as Key[];
      const first = keys.at(-(span.limit ?? keys.length)) ?? keys[0];
      if (first === undefined) return [];
      return (await db.getAll(store, IDBKeyRange.bound(first, keys.at(-1)))) as T[];
    });
  }

  async all<T>(store: Store): Promise<T[]> {
    return (await this.use((db) => db.getAll(store))) as T[];
  }

  async clear(store: Store): Promise<void> {
    await this.use((db) => db.clear(store));
  }

  async wipe(): Promise<void> {
    await this.use(async (db) => {
      const act = db.transaction([...STORES], 'readwrite');
      await Promise.all([...STORES.map((store) => act.objectStore(store).clear()), act.done]);
    });
  }
}

class Passing implements Drawer {
  readonly lasts = false;
  private readonly stores = new Map<Store, Map<string, { key: Key; value: unknown }>>();

  private in(store: Store): Map<string, { key: Key; value: unknown }> {
    let found = this.stores.get(store);
    if (found === undefined) {
      found = new Map();
      this.stores.set(store, found);
    }
    return found;
  }

  get<T>(store: Store, key: Key): Promise<T | undefined> {
    return Promise.resolve(this.in(store).get(JSON.stringify(key))?.value as T | undefined);
  }

  put(store: Store, key: Key, value: unknown): Promise<void> {
    this.in(store).set(JSON.stringify(key), { key, value });
    return Promise.resolve();
  }

  async putAll(store: Store, entries: readonly (readonly [Key, unknown])[]): Promise<void> {
    for (const [key, value] of entries) await this.put(store, key, value);
  }

  remove(store: Store, key: Key): Promise<void> {
    this.in(store).delete(JSON.stringify(key));
    return Promise.resolve();
  }

  removeSpan(store: Store, circle: string): Promise<void> {
    const rows = this.in(store);
    for (const [text, { key }] of rows) if (key[0] === circle) rows.delete(text);
    return Promise.resolve();
  }

  span<T>(store: Store, { circle, after = -1, before = Number.MAX_SAFE_INTEGER, limit, newest }: Span): Promise<T[]> {
    const rows = [...this.in(store).values()].filter(({ key: [c, n] }) => c === circle && Number(n) > after && Number(n) < before);
    rows.sort((a, b) => Number(a.key[1]) - Number(b.key[1]));
    const part = limit === undefined ? rows : newest ? rows.slice(-limit) : rows.slice(0, limit);
    return Promise.resolve(part.map(({ value }) => value as T));
  }

  all<T>(store: Store): Promise<T[]> {
    return Promise.resolve([...this.in(store).values()].map(({ value }) => value as T));
  }

  clear(store: Store): Promise<void> {
    this.stores.delete(store);
    return Promise.resolve();
  }

  wipe(): Promise<void> {
    this.stores.clear();
    return Promise.resolve();
  }
}

async function openStores(): Promise<IDBPDatabase> {
  return await openDB(NAME, VERSION, {
    upgrade: (fresh) => STORES.forEach((store) => fresh.createObjectStore(store)),
  });
}

/** Throws `storage_refused` where the browser keeps nothing. */
export async function lastingDrawer(): Promise<Drawer> {
  try {
    return new Lasting(await openStores());
  } catch {
    throw new Trouble('storage_refused');
  }
}

export function passingDrawer(): Drawer {
  return new Passing();
}
