/** A group's meeting by voice as screens see it. */
import type { GatheringView, RoundView, VoiceView } from '../inside/gathering-views';
import type { Id } from '../protocol';
import type { Gathering } from './gathering';
import type { Group } from './group';
import type { Page } from './present';
import { until } from './rounds';

const groupName = (group: Group): string => group.keys.text(group.book.log.words?.[0] ?? null) ?? '';

/** From outside: who is in it. */
export function fromOutside(group: Group, pages: readonly Page[], canMeet: boolean): GatheringView {
  const { settings, onBreak } = group.mine.cell.get();
  const isMuted = (id: Id) => settings.mutedPeople.includes(id);
  const isShown = !onBreak.includes(group.id) && group.isMember && canMeet;
  const others = isShown ? pages.filter(({ member }) => member !== group.me) : [];
  return {
    group: group.id, groupName: groupName(group), canMeet, why: 'gone', micTrouble: null, isSilenced: false, round: null,
    // Whoever has muted all who are in it is not asked in.
    stage: others.every(({ member }) => isMuted(member)) ? 'none' : 'on',
    isFull: others.length >= 8,
    isElsewhere: isShown && pages.some(({ member }) => member === group.me),
    voices: others.map(({ member }) => ({
      id: member, name: group.names.of(member), isMe: false, line: 'coming', hasMic: false, isOpen: false, isSpeaking: false, hand: 0, isMuted: isMuted(member),
    })),
  };
}

export function fromInside<Mic>(group: Group, at: Gathering<Mic>, outside: GatheringView): GatheringView {
  const pages = at.pages.filter(({ member }) => member === group.me || at.strandOf(member) !== null);
  const hands = handsOf(at, pages);
  return { ...outside, stage: 'in', isElsewhere: false, isSilenced: at.isSilenced, voices: pages.map(({ member }) => voice(group, at, member, hands)), round: roundView(group, at, pages) };
}

/** In the order in which they went up; of two at once by their ids. */
function handsOf<Mic>(at: Gathering<Mic>, pages: readonly Page[]): Id[] {
  // Nobody's went up before they came.
  const up = pages.map(({ member, since }) => ({ member, said: at.saidBy(member).hand, came: Math.floor(since / 1000) })).filter(({ said }) => said > 0).map((one) => ({ ...one, hand: Math.max(one.said, one.came) }));
  return up.sort((a, b) => a.hand - b.hand || (a.member < b.member ? -1 : 1)).map(({ member }) => member);
}

function voice<Mic>(group: Group, at: Gathering<Mic>, id: Id, hands: readonly Id[]): VoiceView {
  const { mic, open } = at.saidBy(id);
  const isMe = id === group.me;
  return {
    id, name: group.names.of(id), isMe, line: isMe ? 'on' : (at.strandOf(id)?.stands ?? 'coming'), hasMic: mic, isOpen: open,
    isSpeaking: at.speakers.speaks(id), hand: hands.indexOf(id) + 1, isMuted: !isMe && at.isMuted(id),
  };
}

function roundView<Mic>(group: Group, { round }: Gathering<Mic>, pages: readonly Page[]): RoundView | null {
  const { now, turn, isShown, maySkip } = round;
  if (now === null || !isShown) return null;
  const isHere = (id: Id) => pages.some(({ member }) => member === id);
  return {
    kind: now.kind, minutes: now.minutes, by: now.by, byName: group.names.of(now.by), turn, isMyTurn: turn === group.me,
    turns: now.order.map((id) => ({ id, name: group.names.of(id), isPast: now.past.has(id), isHere: isHere(id) })),
    amIn: now.order.includes(group.me), until: until(now), maySkip,
  };
}
