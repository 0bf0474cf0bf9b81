/** Keys of earlier epochs, sealed again for a member who lacks them (SPEC.md section 5). */
import * as box from './box';
import { same, type Bytes } from './bytes';
import { keyCommitment } from './epoch';
import { Failure, isFailure, must } from './failures';
import type { Epoch } from './log-state';
import { baseKey } from './subtle';

type Named = Pick<Epoch, 'id' | 'prev' | 'commitment'>;

/** A box for this member: of the epoch itself, or one that somebody sealed later. */
export interface Held {
  sealed: Bytes;
  isLater: boolean;
}

/** The key's bytes; `bad_box` where it does not open, or is not the one the epoch committed to. */
async function rawKey(keys: box.BoxKey, circle: Bytes, epoch: Named, me: Bytes, { sealed, isLater }: Held): Promise<Bytes> {
  const [name, place] = isLater ? ['history-box', epoch.id] : ['box', epoch.prev];
  try {
    const key = await box.open(keys, sealed, name as string, circle, place as Bytes, me);
    must(key.length === 32 && same(keyCommitment(circle, key), epoch.commitment), 'bad_box');
    return key;
  } catch (wrong) {
    if (isFailure(wrong)) throw new Failure('bad_box');
    throw wrong;
  }
}

export async function openHistoryBox(keys: box.BoxKey, circle: Bytes, epoch: Named, me: Bytes, sealed: Bytes): Promise<CryptoKey> {
  return await baseKey(await rawKey(keys, circle, epoch, me, { sealed, isLater: true }));
}

/** The key of an epoch, from a box of one's own, sealed for another member. */
export async function sealAgain(
  keys: box.BoxKey,
  circle: Bytes,
  epoch: Named,
  me: Bytes,
  held: Held,
  to: { id: Bytes; boxPk: Bytes },
): Promise<Bytes> {
  const key = await rawKey(keys, circle, epoch, me, held);
  const sealed = await box.seal(to.boxPk, key, 'history-box', circle, epoch.id, to.id);
  key.fill(0);
  return sealed;
}
