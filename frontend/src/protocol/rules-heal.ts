/** Of two branches this one goes on: heal events (SPEC.md section 4). */
import { order, same, type Bytes } from './bytes';
import { must } from './failures';
import { circleOf, KIND, type Event, type Log } from './log-state';
import type { Apply, Rule } from './rule';
import { drop } from './rules-members';
import { checkSecond, healAct } from './seconds';

function checkOut(log: Log, out: readonly Bytes[], signers: readonly Bytes[]): void {
  must(out.every((id, i) => i === 0 || order(out[i - 1] ?? id, id) < 0), 'not_canonical');
  must(out.every((id) => log.member(id) !== null), 'not_a_member');
  must(!out.some((id) => signers.some((signer) => same(id, signer))), 'not_distinct');
}

/** Did they belong before the branches parted? */
function wasHere(log: Log, id: Bytes, fork: number): boolean {
  const member = log.member(id);
  must(member !== null, 'not_a_member');
  return member.admittedSeq < fork;
}

export const healRules: Rule<'heal'> = {
  judge: async (log, event: Event<'heal'>): Promise<Apply> => {
    const [abandoned, fork, out, second] = event.body;
    const { author, seq } = event;
    must(fork > 0 && fork <= seq && log.at(abandoned) === null, 'bad_fork');
    checkOut(log, out, second === null ? [author] : [author, second[0]]);
    must(wasHere(log, author, fork), 'second_too_new');
    must(second !== null || log.kind !== KIND.group, 'second_required');
    must(out.length === 0 || log.kind !== KIND.talk, 'not_canonical');
    if (second !== null) {
      await checkSecond(log, event, second, healAct(circleOf(log), { abandoned, fork, out, author }), { since: seq - 1 });
      must(wasHere(log, second[0], fork), 'second_too_new');
    }
    return () => out.forEach((id) => drop(log, id));
  },
};
