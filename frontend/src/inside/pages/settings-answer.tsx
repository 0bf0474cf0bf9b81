/** For the whole group: after how long Today says that nobody has answered. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Card, Choice, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { unanswered } from '../../words/en/unanswered';
import { listed, nameOf, useWholeBoat } from '../afloat';
import type { GroupView } from '../model';
import { TIMES, type AnswerSay } from '../unanswered';

const text = unanswered.vote;

export function WhenNobodyAnswers({ group }: { group: GroupView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const { said } = boat.answerTime();
  const settled = TIMES.find((time) => said[time].length * 2 > group.members.filter(({ isGone }) => !isGone).length);
  // What was just pressed may still be on its way.
  const [pressed, setPressed] = useState<AnswerSay | null>(null);
  const mine = pressed ?? TIMES.find((time) => said[time].includes(group.me)) ?? null;
  const choose = async (say: AnswerSay) => {
    setPressed(say);
    if (!(await doing.run(() => boat.chooseAnswerTime(say)))) setPressed(null);
  };
  const name = (id: string) => (id === group.me ? words.you : nameOf(group, id, words.someoneGone));
  const anybody = TIMES.filter((time) => said[time].length > 0);
  return (
    <Card title={text.title}>
      <p>{text.lead}</p>
      <h3>{text.whole}</h3>
      <p>{settled === undefined ? text.usual : text.is[settled]}</p>
      {anybody.map((time) => <p key={time} class="soft">{text.by(listed(said[time].map(name)), text.times[time])}</p>)}
      {anybody.length > 0 && <p class="soft">{text.seen}</p>}
      <TroubleLine text={doing.trouble} />
      <Choice
        legend={text.after}
        value={mine}
        options={TIMES.map((value) => ({ value, label: text.times[value] }))}
        onChoose={(say) => void choose(say)}
      />
    </Card>
  );
}
