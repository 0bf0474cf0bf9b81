/** A round in a meeting by voice: whose turn it is, softly how much is left, and who comes next. */
import { useEffect, useState } from 'preact/hooks';
import { Button, Card, Choice } from '../../ui/parts';
import { voice } from '../../words/en/voice';
import { useWholeBoat } from '../afloat';
import type { RoundKind, RoundMinutes, RoundView } from '../gathering-views';
import { nameIn, next, timeLeft, whoseTurn } from '../voice-lines';

const text = voice.round;
const LOOK_MS = 5000;
const MINUTES: readonly RoundMinutes[] = [1, 2, 3, 5];

/** This moment, told again every few seconds: nothing runs before anybody's eyes. */
function useMoment(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function RoundCard({ round, my }: { round: RoundView; my: string }) {
  const boat = useWholeBoat();
  // One's own turn stands where one's hands are.
  if (round.isMyTurn) return null;
  const isOver = round.turn === null;
  // Also before one's turn comes: nobody has to wait for it in order to say no.
  const mayPass = !isOver && round.turns.some(({ id, isPast }) => id === my && !isPast);
  return (
    <Card title={text.kinds[round.kind]} tone="sand">
      <p><strong>{whoseTurn(round)}</strong> {!isOver && <Then round={round} my={my} />}</p>
      {!isOver && <p class="soft"><Left until={round.until} /></p>}
      {!isOver && <p class="soft">{round.by === my ? text.begunByMe(round.minutes) : text.begun(nameIn({ name: round.byName }), round.minutes)}</p>}
      {!isOver && !round.amIn && <p>{text.late}</p>}
      {round.maySkip && <Skip round={round} />}
      <p class="row">
        {mayPass && <Button onPress={() => boat.endTurn()}>{text.pass}</Button>}
        {isOver ? <Button onPress={() => boat.stopRound()}>{text.away}</Button> : <Button kind="link" about={text.endMore} onPress={() => boat.stopRound()}>{text.end}</Button>}
      </p>
    </Card>
  );
}

function Then({ round, my }: { round: RoundView; my: string }) {
  const after = next(round);
  if (after === null) return null;
  return <>{after.id === my ? text.thenYou : text.then(nameIn(after))}</>;
}

/** The line to whose turn it is has been lost for a while: anybody may go on. */
function Skip({ round: { turns, turn } }: { round: RoundView }) {
  const boat = useWholeBoat();
  const whose = turns.find(({ id }) => id === turn);
  return (
    <>
      <p role="status">{whose && text.lost(nameIn(whose))}</p>
      <p><Button kind="sea" onPress={() => boat.skipTurn()}>{text.goOn}</Button></p>
    </>
  );
}

function Left({ until }: { until: number }) {
  return <>{timeLeft(until, useMoment())}</>;
}

/** Where the hands are, so that it is found without looking for it. */
export function MyTurn({ round, my }: { round: RoundView; my: string }) {
  const boat = useWholeBoat();
  return (
    <div class="my-turn">
      <p><strong>{text.mine}</strong> <span role="status"><Left until={round.until} /></span> <span class="soft"><Then round={round} my={my} /></span></p>
      <p class="row">
        <Button kind="sea" onPress={() => boat.endTurn()}>{text.finished}</Button>
        <Button onPress={() => boat.endTurn()}>{text.pass}</Button>
      </p>
    </div>
  );
}

export function BeginRound() {
  const [kind, setKind] = useState<RoundKind | null>(null);
  return (
    <div class="fold">
      <p class="row">
        {(['opening', 'closing'] as const).map((one) => (
          <Button key={one} expanded={kind === one} onPress={() => setKind(kind === one ? null : one)}>{text[one]}</Button>
        ))}
      </p>
      {kind !== null && <HowLong kind={kind} onDone={() => setKind(null)} />}
    </div>
  );
}

function HowLong({ kind, onDone }: { kind: RoundKind; onDone: () => void }) {
  const boat = useWholeBoat();
  const [minutes, setMinutes] = useState<RoundMinutes>(2);
  const begin = () => {
    boat.beginRound(kind, minutes);
    onDone();
  };
  return (
    <div class="unfolded" role="group" aria-label={text[kind]}>
      <p>{text.more[kind]} {text.passMore}</p>
      <Choice
        legend={text.howLong}
        options={MINUTES.map((n) => ({ value: String(n), label: text.minutes(n) }))}
        value={String(minutes)}
        onChoose={(value) => setMinutes(Number(value) as RoundMinutes)}
      />
      <Button kind="sea" onPress={begin}>{text.begin}</Button>
    </div>
  );
}
