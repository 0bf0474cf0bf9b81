/** Ways into an account, signed in the circle of one's own (SPEC.md section 4, `unlock`). */
import { same, toBase64 } from './bytes';
import { Failure, must } from './failures';
import type { Id, Log } from './log-state';
import type { Rule } from './rule';

const ADD = 1;
const REMOVE = 2;

/** Did the event before put another of the same kind in its place? Then none is there less than before. */
function hasSuccessor({ unlockerAdded: added, unlockers }: Log, seq: number, gone: Id, kind: number): boolean {
  return added?.seq === seq - 1 && added.id !== gone && unlockers.get(added.id)?.kind === kind;
}

export const unlockRules: Rule<'unlock'> = {
  judge: (log, event) => {
    const [action, kind, unlocker, wrap, verifier] = event.body;
    must((action === ADD || action === REMOVE) && kind >= 1 && kind <= 3, 'not_canonical');
    const id = toBase64(unlocker);
    if (action === ADD) {
      must(!log.usedUnlockers.has(id), 'id_taken');
      return () => {
        log.usedUnlockers.add(id);
        log.unlockers.set(id, { kind, wrap, verifier });
        log.unlockerAdded = { seq: event.seq, id };
      };
    }
    const known = log.unlockers.get(id);
    if (known === undefined) throw new Failure('unknown_unlocker');
    must(log.unlockers.size > 2 || hasSuccessor(log, event.seq, id, kind), 'last_two');
    must(known.kind === kind && same(known.wrap, wrap) && same(known.verifier, verifier), 'not_canonical');
    return () => log.unlockers.delete(id);
  },
};
