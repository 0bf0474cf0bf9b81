/** Speak instead: nothing is recorded before a press, and nothing leaves or stays before *Send*. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { silence } from '../../sound/playing';
import { Recording } from '../../sound/recording';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { speaking as text } from '../../words/en/speaking';
import { useBoat, useGroup, useWholeBoat } from '../afloat';
import type { Saying, Spoken } from '../model';
import { Sound } from './sound';

/** What is ready to be sent, and how: the box sends it with the words that stand in it. */
export interface Ready extends Spoken {
  say: (saying: Saying) => Promise<void>;
}

interface Props {
  ready: Ready | null;
  onReady: (ready: Ready | null) => void;
}

type Step = 'shut' | 'open' | 'recording';

/** Thrown away when somebody leaves, by the exit button or by another page. Putting the phone away stops it, as Stop does. */
function useRecording({ onReady }: Props) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [step, setStep] = useState<Step>('shut');
  const [recording, setRecording] = useState<Recording | null>(null);
  const wanted = useRef(false);
  const now = useRef<Recording | null>(null);
  const begin = () => void doing.run(async () => {
    wanted.current = true;
    silence();
    const begun = await Recording.begin(() => wanted.current, () => void stop());
    now.current = begun;
    setRecording(begun);
    if (begun !== null) setStep('recording');
  });
  async function stop() {
    const spoken = (await now.current?.stop()) ?? null;
    now.current = null;
    setRecording(null);
    setStep('shut');
    if (spoken !== null && wanted.current) onReady({ ...spoken, say: (saying) => boat.speak(saying, spoken) });
  }
  function leave() {
    wanted.current = false;
    now.current?.throwAway();
    now.current = null;
  }
  useEffect(() => {
    const unwatch = boat.session.watch(() => boat.session.get().kind !== 'in' && leave());
    const look = () => document.visibilityState === 'hidden' && void stop();
    document.addEventListener('visibilitychange', look);
    return () => {
      unwatch();
      document.removeEventListener('visibilitychange', look);
      leave();
    };
  }, []);
  return { doing, step, setStep, recording, begin, stop, leave };
}

export function Speak(props: Props) {
  const { ready, onReady } = props;
  const { doing, step, setStep, recording, begin, stop, leave } = useRecording(props);
  const group = useGroup();
  const opener = useRef<HTMLParagraphElement>(null);
  const shut = () => {
    leave();
    doing.clear();
    setStep('shut');
    setTimeout(() => opener.current?.querySelector('button')?.focus());
  };
  if (ready !== null) return <Recorded ready={ready} onThrowAway={() => (onReady(null), shut())} />;
  if (step === 'shut') {
    return <p class="speak" ref={opener}><Button kind="link" onPress={() => setStep('open')}>{text.open}</Button></p>;
  }
  return (
    <Panel of={step} onEscape={shut}>
      {recording !== null ? (
        <>
          <Time recording={recording} />
          <p class="row"><Button kind="sea" onPress={() => void stop()}>{text.stop}</Button><Button onPress={shut}>{text.throwAway}</Button></p>
        </>
      ) : (
        <>
          <p>{doing.busy ? text.asking : text.lead(group.talk !== undefined)}</p>
          <TroubleLine text={doing.trouble} />
          <p class="row"><Button kind="sea" busy={doing.busy} onPress={begin}>{text.start}</Button><Button onPress={shut}>{text.write}</Button></p>
        </>
      )}
    </Panel>
  );
}

interface PanelProps {
  of: string;
  onEscape: () => void;
  children: preact.ComponentChildren;
}

/** What has just changed here is read out, and the next thing to press is one step away. */
function Panel({ of, onEscape, children }: PanelProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), [of]);
  return (
    <div class="nudge speaking" role="group" aria-label={text.name} tabIndex={-1} ref={box} onKeyDown={(event) => event.key === 'Escape' && onEscape()}>
      {children}
    </div>
  );
}

function Time({ recording }: { recording: Recording }) {
  const ms = useWatched(recording.ms);
  return (
    <>
      <div class="said" role="status">{text.isRecording}</div>
      <p role="timer">{text.recording(ms)}</p>
    </>
  );
}

function Recorded({ ready, onThrowAway }: { ready: Ready; onThrowAway: () => void }) {
  const boat = useBoat();
  const session = useWatched(boat.session);
  if (session.kind !== 'in') return null;
  return (
    <Panel of="ready" onEscape={() => undefined}>
      <p>{text.ready(ready.ms)}</p>
      <Sound ms={ready.ms} face={text.listen} fetch={() => Promise.resolve(ready)} beside={<Button onPress={onThrowAway}>{text.throwAway}</Button>} />
    </Panel>
  );
}
