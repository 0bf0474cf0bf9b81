/** Ways into an account, signed in the circle of one's own (SPEC.md section 4, `unlock`). */
import { same, toBase64 } from './bytes';
import { Failure, must } from './failures';
import type { Rule } from './rule';

const ADD = 1;
const REMOVE = 2;

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
      };
    }
    const known = log.unlockers.get(id);
    if (known === undefined) throw new Failure('unknown_unlocker');
    must(log.unlockers.size > 2, 'last_two');
    must(known.kind === kind && same(known.wrap, wrap) && same(known.verifier, verifier), 'not_canonical');
    return () => log.unlockers.delete(id);
  },
};
