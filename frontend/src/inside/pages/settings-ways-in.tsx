/** Passphrase, recovery code, and where one is signed in. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Card, Field, Fold, Form, TroubleLine, Way } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { troubles } from '../../words/en/troubles';
import { useWholeBoat, useNow } from '../afloat';
import type { SessionView } from '../model';
import { pathTo } from '../route';
import { strength } from './account-step';

export function WaysIn() {
  const text = words.settings.waysIn;
  return (
    <Card title={text.title}>
      <Fold face={text.change} kind="plain"><ChangePassphrase /></Fold>
      <p><Way to={pathTo('recovery')}>{text.code}</Way></p>
      <p class="hint">{text.codeHint}</p>
    </Card>
  );
}

function ChangePassphrase() {
  const text = words.settings.waysIn;
  const boat = useWholeBoat();
  const doing = useDoing();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const isShort = strength(next) === 'short';

  async function send() {
    setTried(true);
    setDone(false);
    if (isShort || !(await doing.run(() => boat.changePassphrase(current, next)))) return;
    setDone(true);
    setTried(false);
    setCurrent('');
    setNext('');
  }
  return (
    <Form onSend={() => void send()}>
      <Field label={text.current} hint={text.currentHint} kind="passphrase" value={current} onInput={setCurrent} autocomplete="current-password" error={doing.trouble} />
      <Field label={text.next} hint={words.starting.account.passHint} kind="passphrase" value={next} onInput={setNext} autocomplete="new-password" error={tried && isShort ? troubles.of('passphrase_short') : null} />
      <p class="hint">{text.changeHint}</p>
      <Button kind="sea" submit busy={doing.busy}>{text.changeDo}</Button>
      <p role="status">{doing.busy ? words.coming.unlocking : done && text.changed}</p>
    </Form>
  );
}

export function Sessions() {
  const text = words.settings.sessions;
  const boat = useWholeBoat();
  const doing = useDoing();
  const sessions = useWatched(boat.sessions);
  useEffect(() => void doing.run(() => boat.lookUpSessions()), []);
  const others = sessions.filter((session) => !session.isThis);
  return (
    <Card title={text.title}>
      <p>{text.this}</p>
      {others.length === 0 && <p class="soft">{text.none}</p>}
      <ul class="plain">
        {others.map((session) => (
          <Other key={session.id} session={session} onEnd={() => void doing.run(() => boat.endSession(session.id))} />
        ))}
      </ul>
      <TroubleLine text={doing.trouble} />
      {others.length > 1 && (
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.endOtherSessions())}>{text.endOthers}</Button>
      )}
    </Card>
  );
}

function Other({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const text = words.settings.sessions;
  const whose = session.device === 'shared' ? text.shared : session.device === 'mine' ? text.mine : text.other;
  const what = `${whose}, ${text.since(dayWithin(session.since, useNow()))}`;
  return (
    <li>
      {what} <Button kind="link" about={what} onPress={onEnd}>{text.end}</Button>
    </li>
  );
}
