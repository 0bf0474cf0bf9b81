/** Keys of earlier epochs, given to one member in sight of all: history events (SPEC.md section 4). */
import { same, toBase64, type Bytes } from './bytes';
import { must } from './failures';
import { circleOf, type Event, type Log, type Moment } from './log-state';
import type { Apply, Rule } from './rule';
import { checkSecond, historyAct } from './seconds';

/** What stood at each of these epochs, the older before the newer. */
function moments(log: Log, epochs: readonly Bytes[]): Moment[] {
  let before = -1;
  return epochs.map((id) => {
    const moment = log.at(id);
    must(moment !== null && moment.epoch !== null && same(moment.epoch.id, id) && moment.seq > before, 'unknown_epoch');
    before = moment.seq;
    return moment;
  });
}

export const historyRules: Rule<'history'> = {
  judge: async (log, event: Event<'history'>): Promise<Apply> => {
    const [targetId, rows, second] = event.body;
    const target = toBase64(targetId);
    must(rows.length > 0, 'not_canonical');
    must(log.members.has(target), 'not_a_member');
    const epochs = rows.map(([epoch]) => epoch);
    const wasTheirs = moments(log, epochs).every(({ members }) => members.has(target));
    must(second !== null || wasTheirs, 'second_required');
    if (second !== null) {
      must(log.isHost(event.author, event.time) || log.isHost(second[0], event.time), 'not_a_host');
      await checkSecond(log, event, second, historyAct(circleOf(log), targetId, epochs), { target: targetId });
    }
    return () => {
      for (const [epoch, box] of rows) {
        const id = toBase64(epoch);
        log.shared.set(id, [...(log.shared.get(id) ?? []), { member: target, box }]);
      }
    };
  },
};
