/** What else can be done with a message, in its place under it. */
import { useEffect, useRef } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useBoat, useGroup } from '../afloat';
import type { MessageView } from '../model';
import { useMute } from '../pages/mute';
import { pathTo } from '../route';

const text = words.room.panel;

interface Props {
  message: MessageView;
  name: string;
  about: string;
  /** A host may fold a message for everyone. */
  iHost: boolean;
  /** Only two are here. */
  inTalk: boolean;
  onDone: () => void;
}

export function MorePanel({ message, name, about, iHost, inTalk, onDone }: Props) {
  const boat = useBoat();
  const doing = useDoing();
  const mute = useMute();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Once the list has put its reader back in place after growing, or it would take the panel out of sight again.
    const show = () => {
      panel.current?.scrollIntoView({ block: 'nearest' });
      panel.current?.dispatchEvent(new Event('shown', { bubbles: true }));
    };
    requestAnimationFrame(() => requestAnimationFrame(show));
  }, []);
  const { id } = useGroup();
  // Between two it is all that they say to each other.
  const thread = inTalk ? id : (message.replyTo ?? message.id);
  const run = (verb: () => Promise<void>) => async () => {
    if (await doing.run(verb)) onDone();
  };
  const press = (verb: () => Promise<void>) => () => void run(verb)();
  return (
    <div class="more" role="group" aria-label={text.name(about)} ref={panel} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <TroubleLine text={doing.trouble} />
      {message.mine ? (
        <>
          <Button about={about} busy={doing.busy} onPress={press(() => boat.takeBack(message.id))}>{text.takeBack}</Button>
          <p class="hint">{inTalk ? text.takeBackHintAlone : text.takeBackHint}</p>
        </>
      ) : (
        <>
          <p><a href={pathTo('worried', message.author)}>{text.worried(name)}</a></p>
          <p><a href={pathTo('report', message.id)}>{text.concern}</a></p>
          {iHost && message.state === 'sent' && <p><a href={pathTo('fold', message.id)}>{text.fold}</a></p>}
          <p class="row">
            <Button busy={doing.busy} onPress={press(() => mute.person(message.author))}>
              {mute.isPerson(message.author) ? text.unmutePerson(name) : text.mutePerson(name)}
            </Button>
            <Button busy={doing.busy} onPress={press(() => mute.thread(thread))}>
              {mute.isThread(thread) ? text.unmuteThread : text.muteThread}
            </Button>
          </p>
          <p class="hint">{text.muteHint}</p>
        </>
      )}
    </div>
  );
}
