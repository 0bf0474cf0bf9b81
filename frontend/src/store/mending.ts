/** What a server says after a copy of it was put back; the mending itself (repair.ts) is fetched with what is seldom needed. */
import { isFailure } from '../protocol';
import type { Group } from './group';
import type { Hold } from './hold';
import type { LogBook } from './log-book';
import type { Me, Sealed } from './me';
import { Refused } from './refusals';
import { signedRecord } from './signed';

/** A copy made at `to` was put back at `at`; messages behind `position` may be gone. `open`: that day lasts. */
export interface Restored {
  at: number;
  to: number;
  open: boolean;
  position: number;
}

export interface Mending {
  /** Hands back the events behind this head. */
  log: (book: LogBook, head: number, hold: Hold) => Promise<void>;
  /** Hands back keys and messages, and reads on from where the copy ended. */
  room: (group: Group, restored: Restored) => Promise<void>;
  /** Goes on with the server's branch where two have signed for it; else says that there are two. */
  fork: (group: Group) => Promise<void>;
  /** Asks others for keys that do not open here. */
  missed: (group: Group) => Promise<void>;
  /** Answers others who ask for such keys. */
  answer: (group: Group) => Promise<void>;
}

const SHOWN_S = 14 * 86_400;

/** A log that is shorter than ours. */
export async function mendLog(book: LogBook, head: number, hold: Hold): Promise<void> {
  await (await hold.mending?.())?.log(book, head, hold);
}

/** Once for each copy that was put back. It is said for two weeks, or until somebody has read it. */
export async function mendRoom(group: Group): Promise<void> {
  const { book: { restored, log, key }, hold: { drawer, mending, notices, clock } } = group;
  if (restored === null) return;
  if (restored.at > ((await drawer.get<number>('facts', `mended ${group.id}`)) ?? 0)) {
    await (await mending?.())?.room(group, restored);
    await drawer.put('facts', `mended ${group.id}`, restored.at).catch(() => undefined);
  }
  const isRead = restored.at <= ((await drawer.get<number>('facts', 'restored read')) ?? 0);
  const wasHere = (log.member(key.member)?.admittedAt ?? 0) < restored.at;
  if (isRead || !wasHere || clock.now() > restored.at + SHOWN_S) return;
  notices.restored = restored;
  notices.set('restored', true);
}

/** Two histories were shown. */
export async function mendFork(group: Group): Promise<void> {
  if (group.book.isForked) await (await group.hold.mending?.())?.fork(group);
}

/** Somebody has read that a copy was put back. */
export async function readRestored({ notices, drawer }: Hold): Promise<void> {
  if (notices.restored !== null) await drawer.put('facts', 'restored read', notices.restored.at).catch(() => undefined);
}

/** Gives the server the newest record seen; false where it does not want it, because no copy was ever put back. */
export async function handBack(hold: Hold, me: Me, slot: Parameters<typeof signedRecord>[1], { version, sealed }: Sealed): Promise<boolean> {
  try {
    await hold.api.put(`/repair/records/${slot}`, await signedRecord(me, slot, version, sealed));
    return true;
  } catch (wrong) {
    if (wrong instanceof Refused || isFailure(wrong)) return false;
    throw wrong;
  }
}

export function isOlder(wrong: unknown): boolean {
  return isFailure(wrong) && wrong.code === 'rolled_back';
}

