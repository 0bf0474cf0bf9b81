/** Operations on signals of calls. */
import { openSignal, ringsTo } from '../signals';
import { keysOf } from './ops-message';
import type { Ops } from './playing';

export const signalOps: Ops = {
  'rings-to': ({ address }) => ({ named: ringsTo(address) }),
  'open-signal': async ({ keys, circle, author, author_pk, call, sealed }) => {
    const { member, box } = await keysOf(keys);
    const { time, type, rest } = await openSignal(box, author_pk, { circle, from: author, to: member, call }, sealed);
    return { content: [time, type, ...rest] };
  },
};
