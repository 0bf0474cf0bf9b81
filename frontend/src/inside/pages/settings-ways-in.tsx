/** The way to the ways in, and where one is signed in. */
import { useEffect } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Card, TroubleLine, Way } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { useWholeBoat, useNow } from '../afloat';
import type { SessionView } from '../model';
import { pathTo } from '../route';

export function WaysIn() {
  const text = words.settings.waysIn;
  return (
    <Card title={text.title}>
      <p>{text.lead}</p>
      <Way to={pathTo('waysIn')}>{words.ways.title}</Way>
    </Card>
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
