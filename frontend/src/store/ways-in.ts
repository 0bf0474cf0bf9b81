/** Changing how one comes in. Each change is signed in one's own circle, with a way in typed again. */
import { Trouble } from '../inside/trouble';
import { account, encode, fromBase64, isFailure, makeCode, random, same, sign, toBase64, writeCode, type Bytes } from '../protocol';
import { byCode, byPassphrase, type Way } from './entry';
import type { Hold } from './hold';
import type { LogBook } from './log-book';
import type { Me } from './me';

interface Told {
  id: string;
  kind: account.UnlockerKind;
  wrap: string;
}

interface Fresh {
  id: Bytes;
  kind: account.UnlockerKind;
  wrap: Bytes;
  verifier: Bytes;
  lookup: Bytes;
}

const CODE = /^[\s0-9A-Za-z-]{33,}$/;

export class WaysIn {
  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
    private readonly own: LogBook,
  ) {}

  /** The account key as bytes, from a passphrase or code typed again; `passphrase_again` when it opens nothing. */
  async openWith(typed: string): Promise<Bytes> {
    const { unlockers } = await this.hold.api.get<{ unlockers: Told[] }>('/unlockers');
    await this.own.sync();
    for (const way of await this.waysOf(typed)) {
      for (const told of unlockers) {
        const ak = told.kind === way.kind ? await this.tryOne(way, told) : null;
        if (ak !== null) return ak;
      }
    }
    throw new Trouble('passphrase_again');
  }

  private async waysOf(typed: string): Promise<Way[]> {
    const ways: Way[] = [];
    const { home, signInName } = this.me;
    try {
      if (CODE.test(typed)) ways.push(await byCode(home, typed));
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
    }
    try {
      if (signInName !== '') ways.push(await byPassphrase(home, signInName, typed));
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
    }
    return ways;
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

  private async seal(ak: Bytes, kind: account.UnlockerKind, master: Bytes, lookup: Bytes): Promise<Fresh> {
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

  private async replace(fresh: Fresh): Promise<void> {
    const removes = this.oldOf(fresh.kind);
    const [id, lookup, verifier, wrap] = [fresh.id, fresh.lookup, fresh.verifier, fresh.wrap].map(toBase64);
    const add = { id, kind: fresh.kind, lookup, verifier, wrap };
    await this.own.act(
      async (batch) => {
        const hashes = [account.wrapHash(fresh.wrap), account.verifierHash(fresh.verifier, fresh.lookup)] as const;
        await batch.add('unlock', [1, fresh.kind, fresh.id, ...hashes]);
        const known = removes === null ? undefined : batch.log.unlockers.get(removes);
        if (removes === null || known === undefined) return;
        await batch.add('unlock', [2, known.kind, fromBase64(removes), known.wrap, known.verifier]);
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
    await this.replace(fresh);
    return writeCode(symbols);
  }

  /** The same account key under another passphrase, in one step: the old one opens nothing any more. */
  async changePassphrase(ak: Bytes, next: string): Promise<void> {
    const { home, signInName } = this.me;
    const way = await byPassphrase(home, signInName, next);
    const fresh = await this.seal(ak, account.UNLOCKER.passphrase, way.master, account.nameId(home, signInName));
    await this.replace(fresh);
  }

  get hasCode(): boolean {
    return this.oldOf(account.UNLOCKER.code) !== null;
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
