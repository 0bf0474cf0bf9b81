/** Coming in, going out, and this device: the verbs behind those screens. */
import type { Boat, Coming, Device, Leaving } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { toBase64 } from '../protocol';
import type { Core } from './core';
import { byPassphrase, comeBack, comeIn, type Entered, type SessionTold, type Way } from './entry';
import type { Hold } from './hold';
import { isStrange } from './home';
import { endPushes } from './own-device';
import { asTrouble } from './refusals';
import { lookUpSessions } from './sessions';

type Whose = Exclude<Device, 'unknown'>;

export async function enterBy(core: Core, way: Way, device: Whose): Promise<void> {
  const home = await core.homeName();
  await enterAs(core, device, () => comeIn(core.hold, home, way, device));
}

export async function enterAs(core: Core, device: Whose, open: () => Promise<Entered>): Promise<void> {
  await core.setDevice(device);
  const entered = await open().catch((wrong: unknown) => {
    // A date before anything was signed: nothing is wrong with what was signed.
    throw wrong instanceof Trouble && wrong.code === 'unverified' && !core.hold.clock.agrees ? new Trouble('clock_wrong') : wrong;
  });
  await core.device.makeRoomFor(toBase64(entered.me.account));
  await core.enter(entered);
  core.showIn();
}

async function touchIn(core: Core): Promise<void> {
  const me = core.rested ?? (await core.device.keptMe());
  if (me === null) throw new Trouble('session_over');
  // Away: the sealed things on this device open all the same. Another house than one's own opens nothing.
  await core.lookHome().catch((wrong: unknown) => {
    if (isStrange(wrong)) throw wrong;
  });
  let told: SessionTold | null = null;
  try {
    told = await comeBack(core.hold, me);
  } catch (wrong) {
    if (!(wrong instanceof Trouble) || wrong.code !== 'away') throw wrong;
  }
  core.device.wake();
  if (told === null) await core.resume(me);
  else await core.resumeWith(me, told);
}

function leaveAddress(core: Core): string {
  if (core.isAway) return 'about:blank';
  return core.device.cell.get() === 'mine' ? '/api/leave' : '/api/leave?shared=1';
}

/** On a shared device what was held lived in this page; a page that is gone back to holds nothing. */
function emptyMemory(core: Core): void {
  if (!core.hold.drawer.lasts) void core.hold.drawer.wipe();
}

function exitNow(core: Core): Leaving {
  const to = leaveAddress(core);
  const isIn = core.aboard !== null;
  if (isIn && core.device.cell.get() === 'mine') core.device.rest();
  const kept = core.letGo();
  emptyMemory(core);
  return { to, kept: isIn && core.hold.drawer.lasts ? kept : null };
}

/** Also where what was fetched later is not here yet. */
export async function stopTellingHere({ api }: Hold): Promise<void> {
  const endpoint = await endPushes();
  if (endpoint !== null) await api.post('/told/device/forget', { endpoint });
}

async function goOut(core: Core): Promise<void> {
  const signInName = core.aboard?.me.signInName ?? '';
  const isMine = core.device.cell.get() === 'mine';
  await core.beforeOut().catch(() => undefined);
  await core.aboard?.mine.leave().catch(() => undefined);
  await stopTellingHere(core.hold).catch(() => undefined);
  await core.hold.api.remove('/session').catch(() => undefined);
  if (isMine) core.device.rest();
  await core.letGo();
  emptyMemory(core);
  if (!isMine) return;
  core.rested = await core.device.keptMe();
  core.session.set({ kind: 'rested', signInName, touch: core.rested !== null });
}

/** The session of a shared device empties the device when it ends; so another takes its place first. */
async function keepHere(core: Core): Promise<void> {
  const { in: aboard } = core;
  await lookUpSessions(core);
  const before = core.sessions.get().find(({ isThis }) => isThis);
  await comeBack(core.hold, aboard.me);
  await core.device.becomeMine();
  core.hold.drawer = core.device.drawer;
  core.device.setAsk(core.settings.get().askAgainMinutes);
  await aboard.drafts.keepAll();
  if (before !== undefined) await core.hold.api.remove(`/sessions/${before.id}`);
  await lookUpSessions(core);
}

/** What is needed to come in and to go out; the rest is in account-verbs.ts. */
export function comingOf(core: Core): Pick<Coming, keyof Coming & keyof Boat> {
  return {
    device: core.device.cell,
    session: core.session,
    site: core.site,
    codeWanted: core.codeWanted,
    comeIn: (name, passphrase, device) =>
      asTrouble(async () => enterBy(core, await typedWay(core, name, passphrase), device)),
    comeBack: () => asTrouble(() => touchIn(core)),
    exitNow: () => exitNow(core),
    goOut: () => asTrouble(() => goOut(core)),
    keepHere: () => asTrouble(() => keepHere(core)),
  };
}

/** A passphrase too short to be one opens nothing: it is answered like a wrong one. */
async function typedWay(core: Core, name: string, passphrase: string): Promise<Way> {
  const home = await core.homeName();
  try {
    return await byPassphrase(home, name, passphrase);
  } catch {
    throw new Trouble('wrong_name_or_passphrase');
  }
}
