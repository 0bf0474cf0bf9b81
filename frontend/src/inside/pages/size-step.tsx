/** How many members, how long talk stays, and who opens the door. */
import { useState } from 'preact/hooks';
import { Choice, Field, Form } from '../../ui/parts';
import { words } from '../../words/en';
import { On } from './account-step';

const text = words.starting.size;
const WINDOWS = [30, 90, 365] as const;

export interface Size {
  size: string;
  windowDays: number | null;
  anyMemberOpens: boolean;
}

interface Props {
  value: Size;
  change: (part: Partial<Size>) => void;
  next: () => void;
}

const isSize = (size: string) => /^\d{1,2}$/.test(size.trim()) && Number(size) >= 2 && Number(size) <= 30;

export function SizeStep({ value, change, next }: Props) {
  const [tried, setTried] = useState(false);
  function send() {
    setTried(true);
    if (isSize(value.size)) next();
  }
  return (
    <Form onSend={send}>
      <p>{text.hidden}</p>
      <Field label={text.size} kind="number" hint={text.sizeHint} value={value.size} onInput={(size) => change({ size })} error={tried && !isSize(value.size) ? text.sizeWrong : null} />
      <Choice
        legend={text.who}
        options={[
          { value: 'host', label: text.host },
          { value: 'any', label: text.any },
        ]}
        value={value.anyMemberOpens ? 'any' : 'host'}
        onChoose={(who) => change({ anyMemberOpens: who === 'any' })}
      />
      <Choice
        legend={text.fades}
        options={[...WINDOWS.map((days) => ({ value: String(days), label: text.days(days) })), { value: 'keep', label: text.keep }]}
        value={value.windowDays === null ? 'keep' : String(value.windowDays)}
        onChoose={(days) => change({ windowDays: days === 'keep' ? null : Number(days) })}
      />
      <p class="hint">{text.fadesHint}</p>
      <On />
    </Form>
  );
}
