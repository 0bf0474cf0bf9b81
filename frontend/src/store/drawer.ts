/**
 * What this device keeps. On one's own device: IndexedDB, holding only what is sealed, public bytes, and keys
 * that no script can read. On a shared device, and before anyone has said whose it is: memory, gone with the page.
 */
import { Trouble } from '../inside/trouble';

export const STORES = ['facts', 'keys', 'events', 'messages', 'outbox', 'sealed', 'records', 'evidence'] as const;
export type Store = (typeof STORES)[number];
export type Key = string | [string, number];

const NAME = 'inside';
const VERSION = 1;
const BORN = 'born';

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
  /** The keys of all rows. */
  keys(store: Store): Promise<Key[]>;
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

/** What the browser's store answers, or its error; of a transaction: that all of it stands. */
function answered<T>(asked: IDBRequest<T> | IDBTransaction): Promise<T> {
  return new Promise((done, failed) => {
    const stands = () => done(('result' in asked ? asked.result : undefined) as T);
    const fails = () => failed(asked.error ?? new DOMException('', 'AbortError'));
    Object.assign(asked, { onsuccess: stands, oncomplete: stands, onerror: fails, onabort: fails });
  });
}

/** Says of two moments whether it was one store in both: a browser that empties it makes another. */
export async function bornOf(drawer: Drawer): Promise<string | undefined> {
  return await drawer.get<string>('facts', BORN);
}

function beBorn(facts: IDBObjectStore): IDBRequest {
  return facts.put(crypto.randomUUID(), BORN);
}

class Lasting implements Drawer {
  readonly lasts = true;

  constructor(private db: IDBDatabase) {}

  private async use<T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> {
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

  private async read<T>(store: Store, ask: (rows: IDBObjectStore) => IDBRequest): Promise<T> {
    return await this.use((db) => answered<T>(ask(db.transaction(store).objectStore(store))));
  }

  /** One transaction over some stores; done once all of it stands. */
  private async write(stores: readonly Store[], act: (rows: IDBObjectStore) => readonly IDBRequest[]): Promise<void> {
    await this.use(async (db) => {
      const acting = db.transaction(stores, 'readwrite');
      const asked = stores.flatMap((store) => act(acting.objectStore(store)));
      await Promise.all([...asked.map(answered), answered(acting)]);
    });
  }

  async get<T>(store: Store, key: Key): Promise<T | undefined> {
    return await this.read<T | undefined>(store, (rows) => rows.get(key));
  }

  async put(store: Store, key: Key, value: unknown): Promise<void> {
    await this.write([store], (rows) => [rows.put(value, key)]);
  }

  async putAll(store: Store, entries: readonly (readonly [Key, unknown])[]): Promise<void> {
    if (entries.length > 0) await this.write([store], (rows) => entries.map(([key, value]) => rows.put(value, key)));
  }

  async remove(store: Store, key: Key): Promise<void> {
    await this.write([store], (rows) => [rows.delete(key)]);
  }

  async removeSpan(store: Store, circle: string): Promise<void> {
    await this.write([store], (rows) => [rows.delete(IDBKeyRange.bound(...bounds({ circle })))]);
  }

  async span<T>(store: Store, span: Span): Promise<T[]> {
    const range = IDBKeyRange.bound(...bounds(span), true, true);
    if (!span.newest) return await this.read<T[]>(store, (rows) => rows.getAll(range, span.limit));
    const keys = await this.read<Key[]>(store, (rows) => rows.getAllKeys(range));
    const first = keys.at(-(span.limit ?? keys.length)) ?? keys[0];
    if (first === undefined) return [];
    return await this.read<T[]>(store, (rows) => rows.getAll(IDBKeyRange.bound(first, keys.at(-1))));
  }

  async all<T>(store: Store): Promise<T[]> {
    return await this.read<T[]>(store, (rows) => rows.getAll());
  }

  async keys(store: Store): Promise<Key[]> {
    return await this.read<Key[]>(store, (rows) => rows.getAllKeys());
  }

  async clear(store: Store): Promise<void> {
    await this.write([store], (rows) => [rows.clear()]);
  }

  async wipe(): Promise<void> {
    await this.write(STORES, (rows) => [rows.clear(), ...(rows.name === 'facts' ? [beBorn(rows)] : [])]);
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

  keys(store: Store): Promise<Key[]> {
    return Promise.resolve([...this.in(store).values()].map(({ key }) => key));
  }

  clear(store: Store): Promise<void> {
    this.stores.delete(store);
    return Promise.resolve();
  }

  wipe(): Promise<void> {
    this.stores.clear();
    return Promise.resolve();
  }

  /** Everything moves into another drawer. */
  async pour(into: Drawer): Promise<void> {
    for (const [store, rows] of this.stores) await into.putAll(store, [...rows.values()].map(({ key, value }) => [key, value] as const));
    this.stores.clear();
  }
}

async function openStores(): Promise<IDBDatabase> {
  const asked = indexedDB.open(NAME, VERSION);
  asked.onupgradeneeded = () => {
    const made = STORES.map((store) => asked.result.createObjectStore(store));
    made.slice(0, 1).forEach(beBorn);
  };
  return await answered(asked);
}

/** Throws `storage_refused` where the browser keeps nothing. */
export async function lastingDrawer(): Promise<Drawer> {
  try {
    return new Lasting(await openStores());
  } catch {
    throw new Trouble('storage_refused');
  }
}

export function passingDrawer(): Passing {
  return new Passing();
}
