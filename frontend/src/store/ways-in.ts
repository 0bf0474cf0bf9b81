/** Changing how one comes in. Each change is signed in one's own circle, with a way in typed again. */
import { Trouble } from '../inside/trouble';
import { account, encode, Failure, fromBase64, isFailure, random, same, sign, toBase64, type Bytes } from '../protocol';
import { makeCode, passkeys, readCode, writeCode } from '../protocol/later';
import type { Batch } from './batch';
import { byPassphrase, type Way } from './entry';
import type { Hold } from './hold';
import type { LogBook } from './log-book';
import type { Me } from './me';
import { askPasskey, byPasskey, makePasskey, type Signing } from './passkey';
import { signedDrop, signedPasskey } from './signed';

interface Told {
  id: string;
  kind: account.UnlockerKind;
  wrap: string;
}

export interface Fresh {
  id: Bytes;
  kind: account.UnlockerKind;
  wrap: Bytes;
  verifier: Bytes;
  lookup: Bytes;
}

/** As the server takes it. */
export function freshJson(fresh: Fresh): Record<string, string | number> {
  const [id, lookup, verifier, wrap] = [fresh.id, fresh.lookup, fresh.verifier, fresh.wrap].map(toBase64) as [string, string, string, string];
  return { id, kind: fresh.kind, lookup, verifier, wrap };
}

export async function putIn(batch: Batch, { id, kind, wrap, verifier, lookup }: Fresh): Promise<void> {
  await batch.add('unlock', [1, kind, id, account.wrapHash(wrap), account.verifierHash(verifier, lookup)]);
}

export async function takeAway(batch: Batch, id: string): Promise<void> {
  const known = batch.log.unlockers.get(id);
  if (known === undefined) throw new Trouble('gone');
  await batch.add('unlock', [2, known.kind, fromBase64(id), known.wrap, known.verifier]);
}

const PARTS = 7;
const PART = 5;

/** Which of the seven parts has a letter too few or too many, from 1; undefined where they were not set apart. */
function oddPart(typed: string): number | undefined {
  const parts = typed.trim().split(/[ -]+/);
  return parts.length === PARTS ? parts.findIndex((part) => [...part].length !== PART) + 1 : undefined;
}

function symbolsOf(typed: string): string {
  try {
    return readCode(typed);
  } catch (wrong) {
    throw isFailure(wrong) && wrong.code === 'code_length' ? new Failure(wrong.code, oddPart(typed)) : wrong;
  }
}

/** By a recovery code. */
export async function byCode(home: string, typed: string): Promise<Way> {
  const master = await account.codeMaster(home, symbolsOf(typed));
  const lookup = toBase64(await account.codeLookup(master));
  return { kind: account.UNLOCKER.code, master, ask: { lookup }, signInName: '' };
}

const CODE = /^[\s0-9A-Za-z-]{33,}$/;

/** What may have been typed: a code, a passphrase, or either. */
export async function waysTyped(home: string, signInName: string, typed: string): Promise<Way[]> {
  const ways: Way[] = [];
  const maybe = async (way: () => Promise<Way>) => {
    try {
      ways.push(await way());
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
    }
  };
  if (CODE.test(typed)) await maybe(async () => ({ ...(await byCode(home, typed)), signInName }));
  if (signInName !== '') await maybe(() => byPassphrase(home, signInName, typed));
  return ways;
}

export class WaysIn {
  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
    private readonly own: LogBook,
  ) {}

  /** The account key as bytes, from a passphrase or code typed again; `passphrase_again` when it opens nothing. */
  async openWith(typed: string, name = ''): Promise<Bytes> {
    const ak = await this.openBy(await waysTyped(this.me.home, this.me.signInName || name, typed));
    if (ak === null) throw new Trouble('passphrase_again');
    return ak;
  }

  /** The same, from a passkey touched again. */
  async openWithPasskey(): Promise<Bytes> {
    const { home } = this.me;
    const ak = await this.openBy([await byPasskey(home, await askPasskey(home))]);
    if (ak === null) throw new Trouble('passkey_unknown');
    return ak;
  }

  private async openBy(ways: readonly Way[]): Promise<Bytes | null> {
    const { unlockers } = await this.hold.api.get<{ unlockers: Told[] }>('/unlockers');
    await this.own.sync();
    for (const way of ways) {
      for (const told of unlockers) {
        const ak = told.kind === way.kind ? await this.tryOne(way, told) : null;
        if (ak !== null) return ak;
      }
    }
    return null;
  }

  private async tryOne(way: Way, { id, kind, wrap: text }: Told): Promise<Bytes | null> {
    const wrap = fromBase64(text);
    const known = this.own.log.unlockers.get(id);
    if (known === undefined || !same(known.wrap, account.wrapHash(wrap))) return null;
    try {
      const place = { account: this.me.account, kind, unlocker: fromBase64(id) };
      return await account.unwrapToSealAgain(await account.wrapping(way.master, way.kind), wrap, place);
    } catch (wrong) {
      if (isFailure(wrong)) return null;
      throw wrong;
    }
  }

  /** The account key, wrapped for one way in. */
  async seal(ak: Bytes, kind: account.UnlockerKind, master: Bytes, lookup: Bytes): Promise<Fresh> {
    const id = random(16);
    const place = { account: this.me.account, kind, unlocker: id };
    const wrap = await account.wrapAccountKey(await account.wrapping(master, kind), ak, place);
    return { id, kind, wrap, verifier: account.verifier(await account.signInKey(master, kind)), lookup };
  }

  /** The way of this kind, which a new one takes the place of. */
  private oldOf(kind: account.UnlockerKind): string | null {
    for (const [id, known] of this.own.log.unlockers) if (known.kind === kind) return id;
    return null;
  }

  /** Adds one way in; with it goes, in the same step, the one it takes the place of. */
  private async put(fresh: Fresh, removes: string | null): Promise<void> {
    const add = freshJson(fresh);
    await this.own.act(
      async (batch) => {
        await putIn(batch, fresh);
        if (removes !== null) await takeAway(batch, removes);
      },
      { add, remove: removes },
      '/unlockers',
    );
  }

  /** A new code; an earlier one opens nothing any more. */
  async makeCode(ak: Bytes): Promise<string[]> {
    const symbols = makeCode();
    const master = await account.codeMaster(this.me.home, symbols);
    const fresh = await this.seal(ak, account.UNLOCKER.code, master, await account.codeLookup(master));
    await this.put(fresh, this.oldOf(fresh.kind));
    return writeCode(symbols);
  }

  /** The same account key under another passphrase, in one step: the old one opens nothing any more. `name`: where nobody knows one. */
  async changePassphrase(ak: Bytes, next: string, name = ''): Promise<void> {
    const { home } = this.me;
    const { master, signInName } = await byPassphrase(home, this.me.signInName || name, next);
    const fresh = await this.seal(ak, account.UNLOCKER.passphrase, master, account.nameId(home, signInName));
    await this.put(fresh, this.oldOf(fresh.kind));
    this.me.signInName = signInName;
  }

  /** A passkey more, under the name its owner gives it; and whether it opens the room or only signs in. */
  async addPasskey(ak: Bytes, site: string, name: string): Promise<{ id: string; opens: boolean }> {
    const { home } = this.me;
    const made = await makePasskey(home, site, name);
    if (!(made instanceof Uint8Array)) return { id: await this.putSigning(made), opens: false };
    const { kind, master } = await byPasskey(home, made);
    const fresh = await this.seal(ak, kind, master, await account.passkeyLookup(master));
    await this.put(fresh, null);
    return { id: toBase64(fresh.id), opens: true };
  }

  /** The sign-in name goes along, sealed for whoever holds the passkey. */
  private async putSigning({ id, key, handle }: Signing): Promise<string> {
    const { me, hold } = this;
    const name = await passkeys.sealName({ home: me.home, handle, account: me.account, id }, me.signInName);
    await hold.api.post('/passkeys', await signedPasskey(me, id, key, name, hold.clock.theirs()));
    return toBase64(id);
  }

  /** Those that only sign in, by id. */
  async signing(): Promise<string[]> {
    const told = await this.hold.api.get<{ passkeys: { id: string }[] }>('/passkeys');
    return told.passkeys.map(({ id }) => id);
  }

  async dropSigning(id: string): Promise<void> {
    await this.hold.api.post('/passkeys/drop', await signedDrop(this.me, fromBase64(id), this.hold.clock.theirs()));
  }

  /** Throws `last_two` where fewer than two would stay. */
  async remove(id: string): Promise<void> {
    await this.own.act((batch) => takeAway(batch, id), { add: null, remove: id }, '/unlockers');
  }

  /** A member's own word that they leave, to be used once the week is over. */
  async partings(books: readonly LogBook[], notBefore: number): Promise<{ circle: string; bytes: string; sig: string }[]> {
    const made = [];
    for (const { circle, key, log, id } of books) {
      if (log.head === null || log.member(key.member) === null) continue;
      const bytes = encode([circle, key.member, log.head.id, notBefore]);
      made.push({ circle: id, bytes: toBase64(bytes), sig: toBase64(await sign(key.sign, 'parting', bytes)) });
    }
    return made;
  }
}
