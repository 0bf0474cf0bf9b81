/** How far a log was verified on this device, sealed: what is chained up to there need not be verified once more. */
import { account, isFailure, textBytes, toBase64, type Id, type Log } from '../protocol';
import type { Drawer } from './drawer';
import type { Me } from './me';

/** Who keeps something here. */
export type Keeper = Pick<Me, 'ak' | 'account'>;

export interface Seen {
  length: number;
  /** The id of the last event of these. */
  head: Id;
}

const named = (circle: Id) => `seen ${circle}`;

/** Null where nothing was sealed, or not by this person. */
export async function readSeen(drawer: Drawer, { ak, account: id }: Keeper, circle: Id): Promise<Seen | null> {
  const sealed = await drawer.get<Uint8Array<ArrayBuffer>>('facts', named(circle));
  if (sealed === undefined) return null;
  try {
    const [length, head] = new TextDecoder().decode(await account.openLocal(ak, id, named(circle), sealed)).split(' ');
    return { length: Number(length), head: head ?? '' };
  } catch (wrong) {
    if (isFailure(wrong)) return null;
    throw wrong;
  }
}

export async function writeSeen(drawer: Drawer, { ak, account: id }: Keeper, circle: Id, log: Log): Promise<void> {
  if (log.head === null) return;
  const text = textBytes(`${log.length} ${toBase64(log.head.id)}`);
  await drawer.put('facts', named(circle), await account.sealLocal(ak, id, named(circle), text));
}

export async function dropSeen(drawer: Drawer, circle: Id): Promise<void> {
  await drawer.remove('facts', named(circle));
}
