/** Operations on plans of meetings. */
import { openPlan, planHash } from '../meetings';
import { replay } from '../log';
import type { Ops } from './playing';

export const meetingOps: Ops = {
  'open-plan': async ({ wires, author, plan, signature }) => {
    const { start, rule, changes, version } = await openPlan(await replay(wires), author, plan, signature);
    return { start, rule, changes, version, hash: planHash(plan) };
  },
};
