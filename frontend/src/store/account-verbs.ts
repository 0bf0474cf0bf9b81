/** One's account and this device: sessions, ways in, closing it, taking one's words along. */
import type { Coming, Export, RecoveryCode, Seldom } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { stopTellingHere } from './coming';
import type { Core } from './core';
import type { SessionTold } from './entry';
import { exportText } from './export';
import { asTrouble, Refused } from './refusals';
import { lookUpSessions } from './sessions';
import { signedClose } from './signed';
import { stay } from './together';
import { WaysIn } from './ways-in';

const CLOSING_S = 7 * 86_400;

export function waysOf({ in: { hold, me, own } }: Core): WaysIn {
  return new WaysIn(hold, me, own);
}

async function forget(core: Core): Promise<void> {
  await core.beforeOut().catch(() => undefined);
  await stopTellingHere(core.hold).catch(() => undefined);
  await core.hold.api.remove('/session').catch(() => undefined);
  await core.letGo();
  await core.device.forget();
  core.device.cell.set('unknown');
  core.hold.drawer = core.device.drawer;
}

/** The account key, from this sitting or from what was typed. */
export async function keyFor(core: Core, typed: string | null, name?: string): Promise<Uint8Array<ArrayBuffer>> {
  const { in: aboard } = core;
  if (typed === null) {
    if (aboard.fresh === null) throw new Trouble('passphrase_again');
    return aboard.fresh;
  }
  aboard.fresh = await waysOf(core).openWith(typed, name);
  return aboard.fresh;
}

async function changePassphrase(core: Core, current: string | null, next: string, name?: string): Promise<void> {
  const { in: aboard } = core;
  await waysOf(core).changePassphrase(await keyFor(core, current, name), next, name);
  if (aboard.mine.cell.get().signInName === aboard.me.signInName) return;
  aboard.mine.quietly((mine) => ({ ...mine, signInName: aboard.me.signInName }));
  await core.device.keepMe(aboard.me);
}

async function makeCode(core: Core, current: string | null): Promise<RecoveryCode> {
  const groups = await waysOf(core).makeCode(await keyFor(core, current));
  // Whoever comes in by it types no name: from now on it has to stand among one's own settings.
  core.in.mine.stir();
  await core.in.mine.save().catch(() => undefined);
  core.paint();
  return { groups };
}

async function closeAccount(core: Core, passphrase: string): Promise<void> {
  const { in: aboard } = core;
  await keyFor(core, passphrase);
  const until = core.hold.clock.now() + CLOSING_S;
  const partings = await waysOf(core).partings([...aboard.groups.values()].map(({ book }) => book), until);
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

export function accountVerbs(core: Core): Pick<Coming, keyof Coming & keyof Seldom> {
  return {
    sessions: core.sessions,
    checkCode: (code) => asTrouble(() => checkCode(core, code)),
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
    changePassphrase: (current, next, name) => asTrouble(() => changePassphrase(core, current, next, name)),
    makeRecoveryCode: (current) => asTrouble(() => makeCode(core, current)),
    closeAccount: (passphrase) => asTrouble(() => closeAccount(core, passphrase)),
    undoClose: () => asTrouble(() => undoClose(core)),
    exportMine: () => asTrouble(() => exportMine(core)),
  };
}
