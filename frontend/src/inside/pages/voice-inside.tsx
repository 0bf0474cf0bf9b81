/** Inside a meeting by voice: who is in it, who speaks, whose hand is up. A calm list, and nothing that moves. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Button, Card, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { voice as text } from '../../words/en/voice';
import { useGroup, useWholeBoat } from '../afloat';
import type { GatheringView, VoiceView } from '../gathering-views';
import { pathTo } from '../route';
import { caption, captionAloud, changes, hands, lineTrouble, nameIn, whoseTurn } from '../voice-lines';
import { useMute } from './mute';
import { VoiceDock } from './voice-dock';
import { BeginRound, RoundCard } from './voice-round';

/** Kept as long as the page is open: a screen reader that talks over others is asked once not to. */
let wasAloud = true;

export function VoiceInside({ view }: { view: GatheringView }) {
  const { voices, round } = view;
  const group = useGroup();
  const [isAloud, setAloud] = useState(wasAloud);
  const up = hands(voices);
  const isAlone = voices.every(({ isMe }) => isMe);
  return (
    <>
      {view.isSilenced && <Silenced />}
      <Caption voices={voices} isAloud={isAloud} />
      <div class="said" role="status">{round !== null && whoseTurn(round)}</div>
      {round !== null && <RoundCard round={round} my={group.me} />}
      <ul class="members voices" aria-label={text.who}>
        {voices.map((one) => <Row key={one.id} one={one} />)}
      </ul>
      {isAlone && <p class="soft">{text.alone}</p>}
      <p role="status">{lineTrouble(voices)}</p>
      <p role="status" class="hands">{up}</p>
      {!isAlone && (round === null || round.turn === null) && <BeginRound />}
      <p><Button kind="link" pressed={isAloud} about={text.captionsMore} onPress={() => setAloud((wasAloud = !isAloud))}>{text.captions}</Button></p>
      <VoiceDock view={view} />
    </>
  );
}

/** Some browsers play nothing until something was pressed; whoever only listens would never know. */
function Silenced() {
  const boat = useWholeBoat();
  return (
    <Card tone="sea">
      <p role="alert">{text.silenced}</p>
      <Button kind="main" onPress={() => boat.hearThem()}>{text.hearThem}</Button>
    </Card>
  );
}

/** So long one voice has to be heard before it is read out: a word in between is not. */
const SETTLED_MS = 600;
const CHANGE_MS = 20_000;

/** The last that stayed for a moment; what is empty leaves it as it is, so that nothing is read out twice. */
function useSettled(now: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    if (now === '') return undefined;
    const timer = setTimeout(() => setSettled(now), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return settled;
}

/** Who came in and who left, for a while. */
function useChanges(voices: readonly VoiceView[]): string {
  const before = useRef(voices);
  const [change, setChange] = useState('');
  useEffect(() => {
    const said = changes(before.current, voices);
    before.current = voices;
    setChange(said);
    const timer = setTimeout(() => setChange(''), CHANGE_MS);
    return () => clearTimeout(timer);
  }, [voices.map(({ id }) => id).join(' ')]);
  return change;
}

function Caption({ voices, isAloud }: { voices: readonly VoiceView[]; isAloud: boolean }) {
  const settled = useSettled(captionAloud(voices));
  const change = useChanges(voices);
  return (
    <div class="caption">
      <p aria-hidden={isAloud ? 'true' : undefined}><strong>{caption(voices)}</strong></p>
      <div class="said" role="status">{isAloud && settled}</div>
      <p class="soft" role="status">{change}</p>
    </div>
  );
}

function Row({ one }: { one: VoiceView }) {
  const isSpeaking = one.isSpeaking && !one.isMuted;
  return (
    <li class={isSpeaking ? 'member is-speaking' : 'member'}>
      <p>
        <strong>{nameIn(one)}</strong>
        {one.isMe && <span class="soft"> {text.you}</span>}
        <State one={one} isSpeaking={isSpeaking} />
        {one.hand > 0 && <span class="chip">{text.handIsUp}</span>}
      </p>
      {!one.isMe && <More one={one} />}
    </li>
  );
}

function State({ one: { line, isMuted, isOpen }, isSpeaking }: { one: VoiceView; isSpeaking: boolean }) {
  if (line !== 'on') return <span class="soft">{text.line[line]}</span>;
  if (isMuted) return <span class="soft">{text.muted}</span>;
  if (isSpeaking) return <span class="chip speaks"><Waves />{text.speaking}</span>;
  return isOpen ? <span class="soft">{text.open}</span> : null;
}

/** A shape beside the word, for whoever tells shapes more quickly than words. */
function Waves() {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M5 10v4M9 7v10M13 4v16M17 7v10M21 10v4" />
    </svg>
  );
}

/** What can be done about another, for oneself alone. Nobody closes anybody else's microphone. */
function More({ one }: { one: VoiceView }) {
  const [open, setOpen] = useState(false);
  const doing = useDoing();
  const mute = useMute();
  const group = useGroup();
  const name = nameIn(one);
  const isKnown = group.members.some(({ id }) => id === one.id);
  const of = words.group.members;
  return (
    <div class="fold">
      <Button kind="link" expanded={open} about={name} onPress={() => setOpen(!open)}>{of.more}</Button>
      {open && (
        <div class="unfolded">
          <TroubleLine text={doing.trouble} />
          <p><Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => mute.person(one.id))}>{mute.isPerson(one.id) ? of.unmute(name) : of.mute(name)}</Button></p>
          <p class="hint">{text.muteMore(name)}</p>
          {isKnown && <p><a href={pathTo('worried', one.id)}>{of.worried(name)}</a></p>}
        </div>
      )}
    </div>
  );
}
