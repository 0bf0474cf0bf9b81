/** Operations on talks: held against the log of the group that both are in. */
import type { Bytes } from '..';
import { replay } from '../log';
import { check, goesOn, standing } from '../talks';
import type { Ops } from './playing';

export const talkOps: Ops = {
  talk: async ({ wires, talk }) => {
    const [shared, told] = [await replay(wires), await replay(talk)];
    check(shared, told);
    return { standing: standing(shared, told) };
  },
  'talk-goes-on': async ({ wires, talks }) => {
    const shared = await replay(wires);
    const told = await Promise.all((talks as Bytes[][]).map(async (talk) => ({ log: await replay(talk) })));
    return { circle: goesOn(shared, told)?.log.circle ?? null };
  },
};
