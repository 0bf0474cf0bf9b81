/** What one's hands need in a meeting by voice, always in the same place: being heard, a hand up, leaving. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { voice as text } from '../../words/en/voice';
import { useWholeBoat } from '../afloat';
import type { GatheringView } from '../gathering-views';
import { holding, isToHold, type Holding } from '../holding';
import { me } from '../voice-lines';
import { MyTurn } from './voice-round';
import { said } from './voice-trouble';

export function VoiceDock({ view }: { view: GatheringView }) {
  const boat = useWholeBoat();
  const mine = me(view);
  const isUp = (mine?.hand ?? 0) > 0;
  const hasMic = mine?.hasMic ?? false;
  const { hold, isHeld } = useHold(hasMic);
  const isStaying = (mine?.isOpen ?? false) && !isHeld;
  const stay = () => {
    hold.keep();
    boat.openMic(!isStaying);
  };
  return (
    <section class="voice-dock" aria-label={text.dock}>
      {view.round?.isMyTurn && <MyTurn round={view.round} my={mine?.id ?? ''} />}
      {!hasMic && view.micTrouble !== null
        ? <p key="trouble" class="mic-line" role="alert">{text.troubles[view.micTrouble]}</p>
        : <p key="mic" class="mic-line">{hasMic ? (mine?.isOpen ? <strong>{text.micOpen}</strong> : text.micClosed) : text.noMic}</p>}
      {hasMic ? <Hold hold={hold} isHeld={isHeld} /> : <UseMic isSaid={view.micTrouble !== null} />}
      <p class="three">
        {hasMic && <Button kind="sea" onPress={stay}>{isStaying ? text.closeMic : text.stay}</Button>}
        <Button onPress={() => boat.raiseHand(!isUp)}>{isUp ? text.handDown : text.handUp}</Button>
        <Button onPress={() => boat.leaveVoice()} about={text.bar.name}>{text.leave}</Button>
      </p>
    </section>
  );
}

const TAKEN = 'a, button, input, select, textarea, label, summary';

/** Listens for the space bar, and for everything that means that nothing is held any more. */
function useHold(hasMic: boolean) {
  const boat = useWholeBoat();
  const [isHeld, setHeld] = useState(false);
  const hold = useMemo(() => holding((on) => boat.openMic(on), setHeld), []);
  useEffect(() => {
    if (!hasMic) return undefined;
    const down = (event: KeyboardEvent) => {
      const on = event.target instanceof Element ? event.target : document.body;
      if (!isToHold(event, on.closest('.hold') !== null, on.closest(TAKEN) !== null)) return;
      event.preventDefault();
      if (!event.repeat) hold.begin('key');
    };
    const up = ({ key }: KeyboardEvent) => void ((key === ' ' || key === 'Enter') && hold.release('key'));
    const letGo = () => hold.release('pointer');
    const hidden = () => void (document.visibilityState === 'hidden' && hold.end());
    const heard: [EventTarget, string, (event: never) => void][] = [
      [window, 'keydown', down], [window, 'keyup', up], [window, 'pointerup', letGo], [window, 'pointercancel', letGo],
      [window, 'blur', hold.end], [window, 'pagehide', hold.end], [document, 'visibilitychange', hidden],
    ];
    // Not on the way down to an element: there a `blur` is only that another element has the focus.
    for (const [where, what, then] of heard) where.addEventListener(what, then as EventListener);
    return () => {
      for (const [where, what, then] of heard) where.removeEventListener(what, then as EventListener);
      hold.end();
    };
  }, [hasMic]);
  return { hold, isHeld };
}

function Hold({ hold, isHeld }: { hold: Holding; isHeld: boolean }) {
  const press = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.button !== 0) return;
    // A finger that slides off lets go: a browser would keep it there.
    if (event.currentTarget.hasPointerCapture(event.pointerId)) event.currentTarget.releasePointerCapture(event.pointerId);
    hold.begin('pointer');
  };
  return (
    <button
      type="button"
      class="button main hold"
      aria-pressed={isHeld}
      aria-description={text.holdMore}
      onPointerDown={press}
      onPointerLeave={() => hold.release('pointer')}
      onContextMenu={(event) => event.preventDefault()}
    >
      {text.hold}
    </button>
  );
}

function UseMic({ isSaid }: { isSaid: boolean }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  return (
    <>
      <TroubleLine text={isSaid ? null : said(doing)} />
      <Button kind="sea" busy={doing.busy} onPress={() => void doing.run(() => boat.takeMic())}>{text.useMic}</Button>
    </>
  );
}
