/** The rules of a round alone: whatever reaches the pages, and in whatever order, they come to the same. */
import { describe, expect, it } from 'vitest';
import { random, toBase64, type Id } from '../../protocol';
import type { gatherings } from '../../protocol/later';
import * as rounds from '../rounds';
import { inOrder, mustYield, Present, withLines, type Page } from '../present';
import { WhoSpeaks } from '../who-speaks';

const PEOPLE = Array.from({ length: 8 }, () => toBase64(random(16)));
const [ANA, BEN, CLEO] = PEOPLE as [Id, Id, Id];
const NOW = 1_764_000_000_000;
const NEVER_AWAY = { outOfReach: () => -Infinity, cutOff: () => -Infinity };
const begun = (order = PEOPLE.slice(0, 3), began = NOW, by = ANA) => rounds.begun('opening', 2, by, order, began, NOW);

/** As one page says it to another, and that hears it. */
function tells(from: Id, said: rounds.Round, to: Id, known: rounds.Round | null, away: (id: Id) => number = () => -Infinity, now = NOW): rounds.Round | null {
  return rounds.heard(known, rounds.saidOf(said, now), from, { me: to, outOfReach: away, cutOff: () => away(to) }, now, now);
}

describe('the rules of a round', () => {
  it('give each a turn in order, until all had one', () => {
    let round = begun();
    const turns = [];
    for (let turn = rounds.turnOf(round); turn !== null; turn = rounds.turnOf(round)) {
      turns.push(turn);
      round = rounds.ended(round, turn, NOW);
    }
    expect(turns).toEqual([ANA, BEN, CLEO]);
    expect(rounds.begun('closing', 1, ANA, turns, NOW, NOW).order).toEqual([CLEO, BEN, ANA]);
  });

  it('begin the next one’s time when the turn goes on, and not when somebody passes before theirs', () => {
    const passed = rounds.ended(begun(), CLEO, NOW + 5_000);
    expect([rounds.until(passed), rounds.turnOf(passed)]).toEqual([NOW + 120_000, ANA]);
    const next = rounds.ended(passed, ANA, NOW + 9_000);
    expect([rounds.until(next), rounds.turnOf(next)]).toEqual([NOW + 129_000, BEN]);
    expect(rounds.ended(begun(), PEOPLE[5]!, NOW).past.size).toBe(0);
  });

  it('are the same on all pages whatever came when: the round that began last, and of two at once one for all', () => {
    for (let time = 0; time < 50; time++) {
      const heard = Array.from({ length: 4 }, (_, n) => begun(PEOPLE.slice(0, 2 + (n % 3)), NOW + (n >> 1), PEOPLE[n % 2]));
      const page = () => [...heard].sort(() => Math.random() - 0.5).reduce<rounds.Round | null>((known, one) => tells(one.by, one, CLEO, known), null);
      const [one, other] = [page(), page()];
      expect([one?.began, one?.by, one?.order]).toEqual([other?.began, other?.by, other?.order]);
    }
  });

  it('come to the same past on all pages, whoever heard whom first p70', () => {
    for (let time = 0; time < 50; time++) {
      const order = PEOPLE.slice(0, 4);
      const done = new Set(order.filter(() => Math.random() < 0.5));
      // Each knows of themselves, and of those whom they heard.
      const pages = new Map(order.map((id) => [id, done.has(id) ? rounds.ended(begun(order), id, NOW) : begun(order)]));
      const talk = order.flatMap((from) => order.filter((to) => to !== from).map((to) => [from, to] as const)).sort(() => Math.random() - 0.5);
      for (const [from, to] of talk) pages.set(to, tells(from, pages.get(from)!, to, pages.get(to)!)!);
      for (const page of pages.values()) expect(new Set(page.past)).toEqual(done);
    }
  });

  it('let nobody end the turn of somebody who can be heard; of whom was away it is believed, and of oneself where nobody could be heard p70', () => {
    const skipped = rounds.ended(begun(), ANA, NOW);
    expect(rounds.turnOf(tells(BEN, skipped, CLEO, begun())!)).toBe(ANA);
    expect(rounds.turnOf(tells(ANA, skipped, CLEO, begun())!)).toBe(BEN);
    const away = (who: Id) => (id: Id) => (id === who ? NOW : -Infinity);
    expect(rounds.turnOf(tells(BEN, skipped, CLEO, begun(), away(ANA))!)).toBe(BEN);
    expect(rounds.turnOf(tells(BEN, skipped, ANA, begun(), away(CLEO))!)).toBe(ANA);
    expect(rounds.turnOf(tells(BEN, skipped, ANA, begun(), away(BEN))!)).toBe(ANA);
    expect(rounds.turnOf(tells(BEN, skipped, ANA, begun(), away(ANA))!)).toBe(BEN);
    // Nobody is passed over before their turn has come.
    const ahead = rounds.ended(begun(), CLEO, NOW);
    const last = (round: rounds.Round | null) => round!.past.has(CLEO);
    expect(last(tells(BEN, ahead, ANA, begun(), away(CLEO)))).toBe(false);
    const both = rounds.ended(ahead, BEN, NOW);
    expect(last(tells(BEN, rounds.ended(both, ANA, NOW), PEOPLE[5]!, begun(), () => NOW))).toBe(true);
  });

  it('have whoever comes in later take a round as it is told, and its time from whose turn it is', () => {
    const round = rounds.ended(begun(), ANA, NOW);
    const found = tells(CLEO, { ...round, turnFrom: NOW - 40_000 }, PEOPLE[5]!, null)!;
    expect([rounds.turnOf(found), rounds.until(found)]).toEqual([BEN, NOW + 80_000]);
    const put = tells(BEN, { ...round, turnFrom: NOW - 50_000 }, PEOPLE[5]!, found)!;
    expect(rounds.until(put)).toBe(NOW + 70_000);
    // Others move no one’s time.
    expect(rounds.until(tells(CLEO, { ...round, turnFrom: NOW }, PEOPLE[5]!, put)!)).toBe(NOW + 70_000);
  });

  it('take no round that begins in time to come, and end one when anybody says so', () => {
    expect(tells(BEN, begun(undefined, NOW + 200_000), CLEO, null)).toBe(null);
    const known = begun();
    expect(tells(BEN, begun(undefined, NOW + 200_000), CLEO, known)).toBe(known);
    expect(rounds.turnOf(tells(BEN, rounds.stopped(known), CLEO, known)!)).toBe(null);
    expect(rounds.turnOf(tells(BEN, known, CLEO, rounds.stopped(known))!)).toBe(null);
  });

  it('take a new round from whoever began it, and are begun above every round before p70', () => {
    const [known, other] = [begun(), begun(undefined, NOW + 5_000, BEN)];
    expect(tells(CLEO, other, ANA, known)).toBe(known);
    expect(tells(BEN, other, ANA, known)?.by).toBe(BEN);
    expect(tells(CLEO, other, ANA, known, (id) => (id === BEN ? NOW : -Infinity))?.by).toBe(BEN);
    const ahead = rounds.stopped(begun(undefined, NOW + 60_000, BEN));
    const next = rounds.begun('closing', 1, CLEO, PEOPLE.slice(0, 3), NOW, NOW, ahead);
    expect(tells(CLEO, next, ANA, ahead)?.by).toBe(CLEO);
  });

  it('offer to go on without somebody after ten seconds, and never while there is a line to them', () => {
    expect([rounds.maySkip(null, NOW), rounds.maySkip(NOW - 9_999, NOW), rounds.maySkip(NOW - 10_000, NOW)]).toEqual([false, false, true]);
  });

  it('say what they read', () => {
    const said: gatherings.SaidRound = rounds.saidOf(rounds.ended(begun(), BEN, NOW), NOW + 7_500);
    expect([said[0], said[1], said[2], said[6], said[7], toBase64(said[5][0]!)]).toEqual([1, 2, NOW, 7, false, BEN]);
    expect(rounds.heard(null, said, CLEO, { me: CLEO, ...NEVER_AWAY }, NOW, NOW)?.past).toEqual(new Set([BEN]));
  });
});

const page = (n: number, since: number, more: Partial<Page> = {}): Page => ({ member: PEOPLE[n % 8]!, device: toBase64(random(16)), since, said: Math.floor(since / 1000), ...more });

describe('who is in it', () => {
  it('is in order of coming, one device for each, and for as long as they say so', () => {
    const [present, seconds] = [new Present(), NOW / 1000];
    const [early, late, other] = [page(0, NOW - 5_000), page(0, NOW - 2_000), page(1, NOW - 3_000)];
    expect([early, late, other].map((one) => present.here(one, seconds))).toEqual([true, true, true]);
    const names = () => present.now(seconds, () => true).map(({ device }) => device);
    expect(names()).toEqual([other.device, late.device]);
    // By another's name for it nobody says anything of a device.
    const fresh = new Present();
    fresh.went(CLEO, late.device);
    fresh.here({ ...late, member: CLEO }, seconds);
    expect(fresh.here(late, seconds)).toBe(true);
    expect(present.here({ ...late, since: 7 }, seconds)).toBe(false);
    present.went(CLEO, late.device);
    expect(names()).toEqual([other.device, late.device]);
    present.went(ANA, late.device);
    expect(present.here(late, seconds)).toBe(false);
    expect(names()).toEqual([early.device, other.device]);
    expect(present.now(seconds, (id) => id !== BEN).length).toBe(1);
    const kept = new Present();
    kept.here(other, seconds);
    kept.keep(other, seconds + 149);
    expect(kept.now(seconds + 200, () => true).map(({ device }) => device)).toEqual([other.device]);
    expect(kept.now(seconds + 400, () => true)).toEqual([]);
  });

  it('wears nobody out by whoever comes again and again p70', () => {
    const present = new Present();
    const came = Array.from({ length: 50 }, (_, n) => present.here(page(0, NOW - n), NOW / 1000));
    expect(came.filter(Boolean).length).toBe(3);
    expect(present.here(page(1, NOW), NOW / 1000)).toBe(true);
    expect(present.here(page(0, NOW + 31_000), NOW / 1000 + 31)).toBe(true);
  });

  it('has eight places: who came just now and is the ninth goes, whoever has been there stays', () => {
    const others = PEOPLE.map((_, n) => page(n, NOW - n));
    expect(mustYield(page(8, NOW + 1), others, NOW + 9)).toBe(true);
    expect(mustYield(page(8, NOW - 4), others, NOW + 9)).toBe(false);
    expect(mustYield(page(8, NOW + 1), others, NOW + 11_000)).toBe(false);
    const held = new Set(others.slice(0, 3).map(({ device }) => device));
    const lines = withLines(others, held).map(({ device }) => device);
    expect([lines.length, ...[...held].map((one) => lines.includes(one))]).toEqual([7, true, true, true]);
    expect(withLines(inOrder(others), new Set()).map(({ device }) => device)).toEqual(inOrder(others).slice(0, 7).map(({ device }) => device));
  });
});

describe('who speaks', () => {
  it('is shown once a voice stays, and held over a breath', () => {
    const speakers = new WhoSpeaks();
    const at = (ms: number, level: number) => {
      speakers.note(ANA, level, NOW + ms);
      return speakers.speaks(ANA);
    };
    expect([at(0, 0.5), at(100, 0), at(200, 0.5), at(900, 0), at(1_500, 0)]).toEqual([false, false, true, true, false]);
    expect(at(1_600, 0.5)).toBe(false);
  });
});
