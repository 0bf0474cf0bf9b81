/** One's own calendar address: made, copied, exchanged and ended here. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat } from '../afloat';
import type { CalendarView } from '../meeting-views';

const text = words.meetings.calendar;

export function MyCalendar() {
  const boat = useWholeBoat();
  const doing = useDoing();
  /** Undefined until it is known. */
  const [mine, setMine] = useState<CalendarView | null | undefined>(undefined);
  const [title, setTitle] = useState<string>(text.usual);
  const [said, setSaid] = useState('');
  const show = (view: CalendarView | null) => {
    setMine(view);
    if (view) setTitle(view.title);
  };
  useEffect(() => void doing.run(async () => show(await boat.calendar())), []);
  const make = (isAnew: boolean) => void doing.run(async () => {
    setSaid('');
    show(await boat.makeCalendar(title, isAnew));
    if (mine) setSaid(text.saved);
  });
  const end = () => void doing.run(async () => {
    await boat.endCalendar();
    show(null);
    setSaid(text.ended);
  });
  return (
    <Page title={text.title} back="meetings">
      <p>{text.lead}</p>
      <p>{text.sees}</p>
      {mine !== undefined && (
        <Form onSend={() => make(mine === null)}>
          <Field label={text.words} hint={text.wordsHint} value={title} onInput={setTitle} />
          <Button kind={mine === null ? 'main' : 'plain'} submit busy={doing.busy}>{mine === null ? text.make : text.saveWords}</Button>
        </Form>
      )}
      <p role="status">{said}</p>
      <TroubleLine text={doing.trouble} />
      {mine && <Address view={mine} />}
      {mine && (
        <Card>
          <p><Button busy={doing.busy} onPress={() => make(true)}>{text.anew}</Button></p>
          <p class="hint">{text.anewMore}</p>
          <p><Button kind="link" busy={doing.busy} onPress={end}>{text.end}</Button></p>
        </Card>
      )}
    </Page>
  );
}

function Address({ view: { address } }: { view: CalendarView }) {
  const [copied, setCopied] = useState(false);
  if (address === null) return <p>{text.elsewhere}</p>;
  const copy = () => navigator.clipboard.writeText(address).then(() => setCopied(true), () => setCopied(false));
  return (
    <Card title={text.address}>
      <p class="address" translate={false}>{address}</p>
      <p class="row">
        <Button kind="sea" onPress={() => void copy()}>{words.copy}</Button>
        <a class="button plain" href={address.replace(/^https?:/, 'webcal:')}>{text.openApple}</a>
      </p>
      <p role="status">{copied && words.copied}</p>
      <p class="hint">{text.addressMore}</p>
    </Card>
  );
}
