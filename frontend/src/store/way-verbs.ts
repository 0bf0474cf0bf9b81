/** Ways to come in: what there is, a passkey more, one taken away, all of them anew. The verbs behind those pages. */
import type { Ways, WayView } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { account } from '../protocol';
import { keyFor, waysOf } from './account-verbs';
import { enterAs, enterBy } from './coming';
import type { Core } from './core';
import { nameOf } from './entry';
import { byPasskey, showPasskey } from './passkey';
import { openSigned, signIn, type Signed } from './passkey-entry';
import { asTrouble } from './refusals';
import { renewAccount, renewGroups } from './renewal';
import { byCode } from './ways-in';

const KINDS = { [account.UNLOCKER.passphrase]: 'passphrase', [account.UNLOCKER.code]: 'code', [account.UNLOCKER.passkey]: 'passkey' } as const;

function viewOf(core: Core, signing: readonly string[]): WayView[] {
  const { own, mine } = core.in;
  const names = mine.cell.get().ways;
  const opening = [...own.log.unlockers].flatMap(([id, { kind }]) => {
    const known = KINDS[kind as account.UnlockerKind] as WayView['kind'] | undefined;
    return known === undefined ? [] : [{ id, kind: known, name: names[id] ?? '' }];
  });
  return [...opening, ...signing.map((id): WayView => ({ id, kind: 'signIn', name: names[id] ?? '' }))];
}

/** In, where the passkey gave a secret that opens; else signed in, and nothing is open yet. */
async function comeInWithPasskey(core: Core, device: Signed['device']): Promise<Signed | null> {
  const home = await core.homeName();
  const shown = await showPasskey(home, core.hold.clock.theirs());
  if (shown.secret !== null) {
    try {
      await enterBy(core, await byPasskey(home, shown.secret), device);
      return null;
    } catch (wrong) {
      // Made in a browser that asked it for no secret: then it signs in here as well.
      if (!(wrong instanceof Trouble) || wrong.code !== 'passkey_unknown') throw wrong;
    }
  }
  return await signIn(core.hold, home, shown, device);
}

async function openWith(core: Core, signed: Signed | null, typed: string, name: string): Promise<void> {
  if (signed === null) throw new Trouble('session_over');
  const known = signed.name === '' ? nameOf(name) : signed.name;
  await enterAs(core, signed.device, () => openSigned(core.hold, signed, known, typed));
}

/** The name is sealed among one's own settings: the server sees only that there is one way in more. */
async function addPasskey(core: Core, name: string): Promise<boolean> {
  const { id, opens } = await waysOf(core).addPasskey(await keyFor(core, null), core.site.get().name, name);
  await core.in.mine.changeNow((mine) => ({ ...mine, ways: { ...mine.ways, [id]: name } }));
  return opens;
}

async function removeWay(core: Core, id: string): Promise<void> {
  if (core.in.own.log.unlockers.has(id)) await waysOf(core).remove(id);
  else await waysOf(core).dropSigning(id);
  await core.in.mine.changeNow((mine) => {
    const { [id]: _, ...ways } = mine.ways;
    return { ...mine, ways };
  });
}

/** Groups whose turn could not come now follow by themselves: see `goOn`. */
async function renew(core: Core, next: string, tell: (left: number) => void, name?: string): Promise<readonly string[]> {
  const { in: aboard } = core;
  isRenewing = true;
  try {
    const code = await renewAccount(aboard, waysOf(core), next, name);
    await renewGroups(aboard, tell).catch(() => undefined);
    return code;
  } finally {
    isRenewing = false;
    core.paint();
  }
}

let isRenewing = false;
let restsUntil = 0;
const REST_MS = 60_000;

/** What an earlier page could not finish. */
async function goOn(core: Core): Promise<void> {
  const { aboard } = core;
  if (aboard === null || isRenewing || Date.now() < restsUntil || Object.keys(aboard.mine.cell.get().renewing).length === 0) return;
  isRenewing = true;
  try {
    await renewGroups(aboard, () => undefined);
  } catch {
    // Away, or a copy of the server was just put back: a while later, or on the next visit.
    restsUntil = Date.now() + REST_MS;
  } finally {
    isRenewing = false;
  }
}

export function wayVerbs(core: Core): Ways {
  const ways = new Cell<readonly WayView[]>([]);
  const then = <T>(verb: () => Promise<T>) => asTrouble(async () => {
    const done = await verb();
    ways.set(viewOf(core, await waysOf(core).signing()));
    core.paint();
    return done;
  });
  let signed: Signed | null = null;
  core.circles.watch(() => void goOn(core));
  void goOn(core);
  return {
    ways,
    lookUpWays: () => then(() => core.in.own.sync()),
    comeInWithCode: (code, device) => asTrouble(async () => enterBy(core, await byCode(await core.homeName(), code), device)),
    comeInWithPasskey: (device) => asTrouble(async () => {
      signed = await comeInWithPasskey(core, device);
      return signed && { asksName: signed.name === '' };
    }),
    openWith: (typed, name) => asTrouble(async () => {
      await openWith(core, signed, typed, name);
      signed = null;
    }),
    asksName: () => core.aboard?.me.signInName === '',
    prove: (typed, name) => asTrouble(async () => {
      if (typed !== null) await keyFor(core, typed, name);
      else core.in.fresh = await waysOf(core).openWithPasskey();
    }),
    addPasskey: (name) => then(() => addPasskey(core, name)),
    removeWay: (id) => then(() => removeWay(core, id)),
    renewAccount: (next, tell, name) => asTrouble(async () => ({ groups: await renew(core, next, tell, name) })),
  };
}
