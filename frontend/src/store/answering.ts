/** After how long a group says that nobody has answered: each member's own say, as on the hints while writing. */
import { TIMES, USUAL_HOURS, type AnswerSay, type AnswerTime } from '../inside/unanswered';
import type { Core } from './core';
import type { Group } from './group';
import { asTrouble } from './refusals';

export function answerTimeOf(group: Group): AnswerTime {
  const said = Object.fromEntries(TIMES.map((time) => [time, group.saying('answer', time)])) as unknown as AnswerTime['said'];
  const settled = TIMES.find((time) => said[time].length * 2 > group.book.log.members.size);
  return { hours: settled === undefined ? USUAL_HOURS : settled === 'off' ? null : Number(settled), said };
}

const UNSAID: AnswerTime = { hours: null, said: { '12': [], '24': [], '48': [], off: [] } };

export function answeringOf(core: Core): { answerTime: () => AnswerTime; chooseAnswerTime: (say: AnswerSay) => Promise<void> } {
  return {
    answerTime: () => {
      // On the way out there is none.
      const group = core.aboard?.current.get();
      return group == null ? UNSAID : answerTimeOf(group);
    },
    chooseAnswerTime: (say) => asTrouble(() => core.open.outbox.put('choice', ['answer', say])),
  };
}
