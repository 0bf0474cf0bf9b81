/** Ways to come in: what there is, a passkey more, one taken away, all of them anew. The verbs behind those pages. */
import type { Ways, WayView } from '../inside/model';
import { Cell } from '../inside/watched';
import { account } from '../protocol';
import { keyFor, waysOf } from './account-verbs';
import { enterBy } from './coming';
import type { Core } from './core';
import { askPasskey, byPasskey } from './passkey';
import { asTrouble } from './refusals';
import { renewAccount, renewGroups } from './renewal';

const KINDS = { [account.UNLOCKER.passphrase]: 'passphrase', [account.UNLOCKER.code]: 'code', [account.UNLOCKER.passkey]: 'passkey' } as const;

function viewOf(core: Core): WayView[] {
  const { own, mine } = core.in;
  const names = mine.cell.get().ways;
  return [...own.log.unlockers].flatMap(([id, { kind }]) => {
    const known = KINDS[kind as account.UnlockerKind] as WayView['kind'] | undefined;
    return known === undefined ? [] : [{ id, kind: known, name: names[id] ?? '' }];
  });
}

async function comeInWithPasskey(core: Core, device: 'mine' | 'shared'): Promise<void> {
  const home = await core.homeName();
  await enterBy(core, await byPasskey(home, await askPasskey(home)), device);
}

/** The name is sealed among one's own settings: the server sees only that there is one way in more. */
async function addPasskey(core: Core, name: string): Promise<void> {
  const id = await waysOf(core).addPasskey(await keyFor(core, null), core.site.get().name, name);
  await core.in.mine.changeNow((mine) => ({ ...mine, ways: { ...mine.ways, [id]: name } }));
}

async function removeWay(core: Core, id: string): Promise<void> {
  await waysOf(core).remove(id);
  await core.in.mine.changeNow((mine) => {
    const { [id]: _, ...ways } = mine.ways;
    return { ...mine, ways };
  });
}

/** Groups whose turn could not come now follow by themselves: see `goOn`. */
async function renew(core: Core, next: string, tell: (left: number) => void): Promise<readonly string[]> {
  const { in: aboard } = core;
  isRenewing = true;
  try {
    const code = await renewAccount(aboard, waysOf(core), next);
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
  const then = (verb: () => Promise<void>) => asTrouble(async () => {
    await verb();
    ways.set(viewOf(core));
    core.paint();
  });
  core.circles.watch(() => void goOn(core));
  void goOn(core);
  return {
    ways,
    lookUpWays: () => then(() => core.in.own.sync()),
    comeInWithPasskey: (device) => asTrouble(() => comeInWithPasskey(core, device)),
    prove: (typed) => asTrouble(async () => {
      if (typed !== null) await keyFor(core, typed);
      else core.in.fresh = await waysOf(core).openWithPasskey();
    }),
    addPasskey: (name) => then(() => addPasskey(core, name)),
    removeWay: (id) => then(() => removeWay(core, id)),
    renewAccount: (next, tell) => asTrouble(async () => ({ groups: await renew(core, next, tell) })),
  };
}
