/** What was spoken, to be listened to. It never starts by itself, and stops when it is out of sight. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Playing, RATES, type Heard, type Rate } from '../../sound/playing';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { speaking as text } from '../../words/en/speaking';
import { useBoat, useGroup, useWholeBoat } from '../afloat';
import type { MessageView, Spoken } from '../model';

/** Said once in each page: whoever presses again knows it. */
let isWarned = false;

interface Props {
  ms: number;
  fetch: () => Promise<Spoken>;
  face: string;
  about?: string | undefined;
  /** In place of how long it takes. */
  beside?: JSX.Element;
}

export function Sound(props: Props) {
  const doing = useDoing();
  const [asks, setAsks] = useState(false);
  const [playing, setPlaying] = useState<Playing | null>(null);
  const here = useRef(true);
  const boat = useBoat();
  useEffect(() => () => void (here.current = false), []);
  useEffect(() => {
    if (playing === null) return undefined;
    const leave = boat.session.watch(() => boat.session.get().kind !== 'in' && playing.close());
    const look = () => document.visibilityState === 'hidden' && playing.pause();
    document.addEventListener('visibilitychange', look);
    return () => {
      leave();
      document.removeEventListener('visibilitychange', look);
      playing.close();
    };
  }, [playing]);
  const start = () => void doing.run(async () => {
    isWarned = true;
    setAsks(false);
    const made = await Playing.of(await props.fetch());
    if (!here.current || boat.session.get().kind !== 'in') return made.close();
    setPlaying(made);
    made.play();
  });
  return (
    <div class="sound">
      {playing === null ? (
        <p class="row">
          <Button about={props.about} busy={doing.busy} expanded={asks || undefined} onPress={() => (isWarned ? start() : setAsks(!asks))}>{props.face}</Button>
          {props.beside ?? <span class="soft">{text.spoken(props.ms)}</span>}
        </p>
      ) : (
        <Controls playing={playing} {...props} />
      )}
      {asks && <Warning onPlay={start} onNot={() => setAsks(false)} />}
      <TroubleLine text={doing.trouble} />
    </div>
  );
}

function Warning({ onPlay, onNot }: { onPlay: () => void; onNot: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <div class="nudge" role="group" aria-label={text.warn} tabIndex={-1} ref={box}>
      <p>{text.warn}</p>
      <p class="row">
        <Button kind="sea" onPress={onPlay}>{text.playNow}</Button>
        <Button onPress={onNot}>{text.notNow}</Button>
      </p>
    </div>
  );
}

/** Play, slower and faster, quieter and louder. The first press has begun it, so the way to stop it has the focus. */
function Controls({ playing, ms, about, beside }: Props & { playing: Playing }) {
  const heard: Heard = useWatched(playing.heard);
  const row = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => row.current?.querySelector('button')?.focus(), []);
  return (
    <>
      <p class="row" ref={row}>
        <Button about={about} onPress={() => (heard.isOn ? playing.pause() : playing.play())}>{heard.isOn ? text.pause : text.play}</Button>
        <span class="soft">{text.heard(heard.at * 1000, ms)}</span>
        {beside}
      </p>
      <p class="rates" role="group" aria-label={text.speed}>
        {RATES.map((rate: Rate) => (
          <Button key={rate} kind="link" about={text.rates[rate]} pressed={heard.rate === rate} onPress={() => playing.setRate(rate)}>{`${rate}×`}</Button>
        ))}
      </p>
      <p class="rates" role="group" aria-label={text.volume}>
        <Button kind="link" onPress={() => playing.louder(-1)}>{text.quieter}</Button>
        <Button kind="link" onPress={() => playing.louder(1)}>{text.louder}</Button>
      </p>
    </>
  );
}

/** Under the words that stand beside it. */
export function SpokenMessage({ message, about }: { message: MessageView; about: string }) {
  const boat = useWholeBoat();
  const { isVoiceOff } = useGroup();
  if (message.spoken === null) return null;
  if (isVoiceOff) return <p class="soft">{text.isOff}</p>;
  return <Sound ms={message.spoken} face={text.play} about={about} fetch={() => boat.spoken(message.id)} />;
}
