/** What stands at the top of the room. */
import type { GroupView } from '../views';

/**
 * Both stand together where both are so: "I agree" under a newcomer's name says yes to the agreement as it is now,
 * and nobody says yes to a change they were not told of. `isOff`: the change alone was put off for this visit.
 */
export function topOf(group: Pick<GroupView, 'joining' | 'agreement'>, isOff: boolean): { joining: boolean; changed: boolean } {
  const joining = group.joining.length > 0;
  return { joining, changed: !group.agreement.affirmedByMe && (joining || !isOff) };
}
