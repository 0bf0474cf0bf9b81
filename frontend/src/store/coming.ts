/** Coming in, going out, and this device: the verbs behind those screens. */
import type { Coming, Device, Export, RecoveryCode } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { toBase64 } from '../protocol';
import type { Core } from './core';
import { byCode, byPassphrase, comeBack, comeIn, type SessionTold, type Way } from './entry';
import { exportText } from './export';
import { isStrange } from './home';
import { asTrouble, Refused } from './refusals';
import { stay } from './together';
import { signedClose } from './signed';

type Whose = Exclude<Device, 'unknown'>;
const CLOSING_S = 7 * 86_400;

async function enterBy(core: Core, way: Way, device: Whose): Promise<void> {
  const home = await core.homeName();
  await core.setDevice(device);
  const entered = await comeIn(core.hold, home, way, device).catch((wrong: unknown) => {
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

function exitNow(core: Core): string {
  const address = leaveAddress(core);
  const isIn = core.aboard !== null;
  if (isIn && core.device.cell.get() === 'mine') core.device.rest();
  core.letGo();
  emptyMemory(core);
  return address;
}

async function goOut(core: Core): Promise<void> {
  const signInName = core.aboard?.me.signInName ?? '';
  const isMine = core.device.cell.get() === 'mine';
  await core.aboard?.mine.leave().catch(() => undefined);
  await core.hold.api.remove('/session').catch(() => undefined);
  if (isMine) core.device.rest();
  core.letGo();
  emptyMemory(core);
  if (!isMine) return;
  core.rested = await core.device.keptMe();
  core.session.set({ kind: 'rested', signInName, touch: core.rested !== null });
}

async function forget(core: Core): Promise<void> {
  await core.hold.api.remove('/session').catch(() => undefined);
  core.letGo();
  await core.device.forget();
  core.device.cell.set('unknown');
  core.hold.drawer = core.device.drawer;
}

/** The session of a shared device empties the device when it ends; so another takes its place first. */
async function keepHere(core: Core): Promise<void> {
  const { in: aboard } = core;
  await lookUpSessions(core);
  const before = core.sessions.get().find(({ isThis }) => isThis);
  await comeBack(core.hold, aboard.me);
  await core.device.becomeMine();
  core.hold.drawer = core.device.drawer;
  await aboard.drafts.keepAll();
  core.device.setAsk(core.settings.get().askAgainMinutes);
  if (before !== undefined) await core.hold.api.remove(`/sessions/${before.id}`);
  await lookUpSessions(core);
}

async function lookUpSessions(core: Core): Promise<void> {
  interface Told {
    id: string;
    device: Whose;
    started_at: number;
    current: boolean;
  }
  const { sessions } = await core.hold.api.get<{ sessions: Told[] }>('/sessions');
  core.sessions.set(sessions.map(({ id, device, started_at, current }) => {
    return { id, isThis: current, device, since: started_at, lastDay: core.hold.clock.now() };
  }));
}

/** The account key, from this sitting or from what was typed. */
async function keyFor(core: Core, typed: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const { in: aboard } = core;
  if (typed === null) {
    if (aboard.fresh === null) throw new Trouble('passphrase_again');
    return aboard.fresh;
  }
  aboard.fresh = await aboard.ways.openWith(typed);
  return aboard.fresh;
}

async function makeCode(core: Core, current: string | null): Promise<RecoveryCode> {
  const groups = await core.in.ways.makeCode(await keyFor(core, current));
  core.paint();
  return { groups };
}

async function closeAccount(core: Core, passphrase: string): Promise<void> {
  const { in: aboard } = core;
  await keyFor(core, passphrase);
  const until = core.hold.clock.now() + CLOSING_S;
  const partings = await aboard.ways.partings([...aboard.groups.values()].map(({ book }) => book), until);
  const told = await core.hold.api.post<{ closing_at: number }>('/account/close', { partings, ...(await signedClose(core.hold.clock.theirs(), aboard.me)) });
  aboard.live.stop();
  await core.device.setClosing(told.closing_at);
  core.session.set({ kind: 'closing', until: told.closing_at });
}

async function undoClose(core: Core): Promise<void> {
  const { in: aboard } = core;
  await core.hold.api.post('/account/reopen');
  const told = await core.hold.api.get<SessionTold>('/session');
  await aboard.own.sync();
  await core.admitted(aboard, told);
  // Behind the person's back: nothing on a screen waits for it.
  for (const group of aboard.groups.values()) if (group.isMember) void stay(group).catch(() => undefined);
}

async function exportMine(core: Core): Promise<Export> {
  const day = new Date(core.hold.clock.now() * 1000).toISOString().slice(0, 10);
  return { filename: `notes-${day}.txt`, text: exportText(core.in) };
}

export function comingOf(core: Core): Coming {
  return {
    device: core.device.cell,
    session: core.session,
    site: core.site,
    sessions: core.sessions,
    codeWanted: core.codeWanted,
    checkCode: (code) => asTrouble(() => checkCode(core, code)),
    comeIn: (name, passphrase, device) =>
      asTrouble(async () => enterBy(core, await typedWay(core, name, passphrase), device)),
    comeInWithCode: (code, device) => asTrouble(async () => enterBy(core, await byCode(await core.homeName(), code), device)),
    comeBack: () => asTrouble(() => touchIn(core)),
    exitNow: () => exitNow(core),
    goOut: () => asTrouble(() => goOut(core)),
    keepHere: () => asTrouble(() => keepHere(core)),
    forgetDevice: () => asTrouble(() => forget(core)),
    lookUpSessions: () => asTrouble(() => lookUpSessions(core)),
    endSession: (id) => asTrouble(async () => {
      await core.hold.api.remove(`/sessions/${id}`);
      await lookUpSessions(core);
    }),
    endOtherSessions: () => asTrouble(async () => {
      await core.hold.api.remove('/sessions');
      await lookUpSessions(core);
    }),
    changePassphrase: (current, next) => asTrouble(async () => core.in.ways.changePassphrase(await keyFor(core, current), next)),
    makeRecoveryCode: (current) => asTrouble(() => makeCode(core, current)),
    closeAccount: (passphrase) => asTrouble(() => closeAccount(core, passphrase)),
    undoClose: () => asTrouble(() => undoClose(core)),
    exportMine: () => asTrouble(() => exportMine(core)),
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

async function checkCode(core: Core, code: string): Promise<void> {
  await core.lookHome();
  const mode = core.site.get().mayStart;
  if (mode === 'request') throw new Trouble('start_not_open');
  if (mode === 'open') return;
  try {
    await core.hold.api.post('/start-codes/check', { start_code: code.trim() });
  } catch (wrong) {
    if (wrong instanceof Refused && wrong.status !== 429) throw new Trouble('start_code_wrong');
    throw wrong;
  }
}
