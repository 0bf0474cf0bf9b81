/** When members may be rung, numbers they gave, and that they rang: messages of which the newest counts (SPEC.md section 18). */
import { standing, endOfToday, NEVER } from '../inside/standing';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import type { ReachView, UpFor } from '../inside/reach-views';
import type { Id } from '../protocol';
import type { Group } from './group';
import type { Pair } from './pair';
import { putInstead, standingBy } from './what-stands';

const MOST_ROWS = 28;
const MOST_NUMBER = 40;
const DAY = 86_400;
const WEEK = 7 * DAY;
const RING = 'ring';

function upForOf(group: Group, member: Id): UpFor | null {
  const newest = standingBy(group, member, 'up-for').at(-1);
  if (newest === undefined) return null;
  const [zone, hours, rest, ask, reached] = newest.content.rest;
  return { zone, hours: hours.map(([day, from, to]) => ({ day, from, to })), rest, ask, reached };
}

const numberOf = (group: Group, member: Id): string => standingBy(group, member, 'number').at(-1)?.content.rest[0] ?? '';

/** In a talk, that they asked the other to ring them; null where they did not. */
function askOf(talk: Group, member: Id) {
  const newest = standingBy(talk, member, 'choice').findLast(({ content }) => content.rest[0] === RING);
  return newest?.content.rest[1] === 'please' ? newest : null;
}

/** When they asked; 0 where it is a day ago, or never. */
function askedAt(talk: Group, member: Id, now: number): number {
  const time = askOf(talk, member)?.content.time ?? 0;
  return Math.abs(now - time) < DAY ? time : 0;
}

/** When it counts as said here, and not after now: their clock may be behind the one that said when we talked. */
function saidAt(talk: Group, { hash, content: { time } }: { hash: Id; content: { time: number } }, now: number): number {
  return Math.min(Math.max(time, talk.feed.folded.held.get(hash)?.at ?? 0), now);
}

const isSinceWeTalked = ({ shared, other, mine }: Pair, at: number): boolean => at > (mine.cell.get().talked[beside(shared, other)] ?? 0);

/** They asked me to ring them, within a day, and we have not talked since. */
function asksMe(talk: Pair, now: number): boolean {
  const ask = askOf(talk, talk.other);
  return ask !== null && askedAt(talk, talk.other, now) > 0 && isSinceWeTalked(talk, saidAt(talk, ask, now));
}

/** In a talk, that they rang and nobody came; null where they did not. */
const rangBy = (talk: Group, member: Id) => standingBy(talk, member, 'rang').at(-1) ?? null;

/** Within a day, that counts as having asked to be rung. */
function rangAt(talk: Group, member: Id, now: number): number {
  const time = rangBy(talk, member)?.content.time ?? 0;
  return Math.abs(now - time) < DAY ? time : 0;
}

/** Of theirs, what is shown to me: neither faded, nor put away, nor have we talked since. */
function rangMe(talk: Pair, now: number): { id: Id; at: number; hash: Id } | null {
  const { shared, other: id, feed: { folded }, mine } = talk;
  const said = rangBy(talk, id);
  const { dropped, onBreak, settings } = mine.cell.get();
  if (said === null || !folded.held.has(said.hash) || dropped.includes(said.hash)) return null;
  const isHushed = onBreak.includes(shared.id) || settings.mutedPeople.includes(id);
  const at = saidAt(talk, said, now);
  return isHushed || !isSinceWeTalked(talk, at) || now - at > WEEK ? null : { id, at, hash: said.hash };
}

export const mineOf = (group: Group): UpFor => upForOf(group, group.me) ?? NEVER;

/** One of a group, as one's own record names them. */
export const beside = (group: Group, member: Id): string => `${group.id} ${member}`;

/** When I said "not today", if that holds. */
const restedAt = (group: Group, now: number): number => (now < mineOf(group).rest ? (standingBy(group, group.me, 'up-for').at(-1)?.content.time ?? 0) : 0);

/** We talk: what either asked of the other is done, and that they rang. */
export function talked(group: Group, pairs: readonly Pair[], member: Id): void {
  const now = group.hold.clock.now();
  group.mine.quietly((mine) => {
    const kept = Object.entries(mine.talked).filter(([, at]) => Math.abs(now - at) < WEEK);
    return { ...mine, talked: { ...Object.fromEntries(kept), [beside(group, member)]: now } };
  });
  pairs.filter((pair) => pair.shared === group && pair.other === member).forEach((pair) => pair.touch());
}

/**
 * May they ring me now? I am up for a call, or asked them to, or rang them in vain, since I last said "not today" or talked
 * to them; and have neither muted them nor closed their talk, nor am I on a break.
 */
export function mayRing(group: Group, pairs: readonly Pair[], member: Id): boolean {
  const now = group.hold.clock.now();
  const { settings, onBreak, closedWith, talked: lately } = group.mine.cell.get();
  if (settings.mutedPeople.includes(member) || onBreak.includes(group.id) || closedWith.includes(beside(group, member))) return false;
  const talks = pairs.filter((pair) => pair.shared === group && pair.other === member && pair.state === 'on');
  const asked = Math.max(0, ...talks.flatMap((pair) => [askedAt(pair, group.me, now), rangAt(pair, group.me, now)]));
  const isAsked = asked > (lately[beside(group, member)] ?? 0) && asked >= restedAt(group, now);
  return isAsked || standing(mineOf(group), now).kind === 'up';
}

export function reachView(group: Group, pairs: readonly Pair[], canRing: boolean | null): ReachView {
  const now = group.hold.clock.now();
  const others = [...group.book.log.members.keys()].filter((id) => id !== group.me);
  const talks = pairs.filter((pair) => pair.shared === group && pair.state === 'on');
  const hidden = group.mine.cell.get().settings.mutedPeople;
  const toMe = talks.map((pair) => ({ id: pair.other, number: numberOf(pair, pair.other), toAll: false }));
  const toAll = others.map((id) => ({ id, number: numberOf(group, id), toAll: true }));
  return {
    canRing: canRing === true,
    hasNoRelay: canRing === false,
    mine: mineOf(group),
    others: others.flatMap((id) => {
      const said = hidden.includes(id) ? null : upForOf(group, id);
      return said === null ? [] : [{ id, said }];
    }),
    askedMe: talks.filter((pair) => !hidden.includes(pair.other) && asksMe(pair, now)).map((pair) => pair.other),
    rang: talks.flatMap((pair) => rangMe(pair, now) ?? []).map(({ id, at }) => ({ id, at })),
    numbers: [...toMe, ...toAll].filter(({ number }) => number !== ''),
    given: {
      all: numberOf(group, group.me),
      to: talks.map((pair) => ({ id: pair.other, number: numberOf(pair, pair.me) })).filter(({ number }) => number !== ''),
    },
  };
}

export async function saveUpFor(group: Group, change: Partial<UpFor>): Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const next = { ...mineOf(group), zone, ...change };
  if (next.hours.length > MOST_ROWS) throw new Trouble('too_long');
  const rows = next.hours.map(({ day, from, to }): [number, number, number] => [day, from, to]);
  await putInstead(group, 'up-for', () => group.outbox.put('up-for', [next.zone, rows, next.rest, next.ask, next.reached]));
}

export async function notToday(group: Group, on: boolean): Promise<void> {
  const mine = mineOf(group);
  await saveUpFor(group, { rest: on ? endOfToday(mine, group.hold.clock.now()) : 0 });
}

/** `where`: the group for everybody, or the talk with one. */
export async function giveNumber(where: Group, wanted: string): Promise<void> {
  const number = wanted.normalize('NFC').trim();
  if ([...number].length > MOST_NUMBER) throw new Trouble('too_long');
  await putInstead(where, 'number', () => where.outbox.put('number', [number]));
}

export async function askToRing(talk: Pair, words: string): Promise<void> {
  await talk.outbox.put('choice', [RING, 'please']);
  await talk.outbox.put('say', ['room', null, null, 0, words]);
}

/** A ring that nobody took says so in the talk of the two; it makes none. Answers whether it does. */
export function rangInVain(group: Group, pairs: readonly Pair[], member: Id): boolean {
  const talk = pairs.find((pair) => pair.shared === group && pair.other === member && pair.state === 'on');
  if (talk === undefined) return false;
  // What cannot be kept on this device is told by no more than it was without it.
  void putInstead(talk, 'rang', () => talk.outbox.put('rang', [])).catch(() => undefined);
  return true;
}

/** Nobody learns of it. On all of one's own devices it is gone. */
export function putAwayRang(group: Group, pairs: readonly Pair[], member: Id): void {
  const talks = pairs.filter((pair) => pair.shared === group && pair.other === member);
  const seen = talks.flatMap((pair) => rangMe(pair, group.hold.clock.now())?.hash ?? []);
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, ...seen] }));
  talks.forEach((pair) => pair.touch());
}

/** Draws anew when the group, its talks, or what is known of the relay changes. */
export class Reach {
  readonly cell: Cell<ReachView>;
  private readonly seen = new Set<Pair>();

  constructor(
    private readonly group: Group,
    private readonly pairs: () => readonly Pair[],
    private readonly canRing: Cell<boolean | null>,
  ) {
    this.cell = new Cell(this.view());
    for (const changing of [group.changed, canRing, group.outbox.waiting]) changing.watch(() => this.paint());
  }

  private view(): ReachView {
    return reachView(this.group, this.pairs(), this.canRing.get());
  }

  /** Talks are found one after the other. */
  paint(): void {
    for (const pair of this.pairs()) {
      if (this.seen.has(pair)) continue;
      this.seen.add(pair);
      pair.changed.watch(() => this.paint());
    }
    this.cell.set(this.view());
  }
}
