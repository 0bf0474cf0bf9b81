/** Operations on meetings by voice. */
import { toHex } from '../bytes';
import { gatheringOf, readSaid, writeSaid } from '../gatherings';
import type { Ops } from './playing';

export const gatheringOps: Ops = {
  'gathering-of': ({ circle }) => ({ call: gatheringOf(circle) }),
  'read-said': ({ said: raw }) => {
    const said = readSaid(raw);
    if (toHex(writeSaid(said)) !== toHex(raw)) throw new Error('it is not written as it was read');
    return { said: [1, said.mic, said.open, said.hand, said.round] };
  },
};
