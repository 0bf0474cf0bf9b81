/** Folding, quiet, concerns and the week before a removal, each on devices of their own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Trouble } from '../../inside/trouble';
import { DAY, encode, fromBase64, random, toBase64, type Id } from '../../protocol';
import { decode } from '../../protocol/encoding';
import { anything } from '../../protocol/shapes';
import { askForQuiet, decidingView, fold } from '../deciding';
import type { Group } from '../group';
import { openRemovals } from '../proposals';
import { declineRemoval, proposeRemoval } from '../removing';
import { openReport, report, whoDecides } from '../reports';
import { takeBack } from '../talking';
import { waits } from '../waits';
import { openWeeks } from '../weeks';
import { Household, says } from './household';
import { quiet } from './shelf';

const SAID = { toAuthor: 'Could you say it another way?', why: '' };

async function settled(group: Group): Promise<void> {
  await group.outbox.flush();
  await quiet();
}

/** Every clock goes on by so many seconds. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

afterEach(() => void vi.useRealTimers());

function shown(group: Group, id: Id) {
  const talk = group.feed.talks.room.get();
  const message = talk.at(talk.indexOf(id));
  if (message === null) throw new Error('not in the room');
  return message;
}

async function home(): Promise<{ home: Household; ana: Group; eve: Group; said: Id }> {
  const made = await Household.of('Ana', 'Ben', 'Dee', 'Eve');
  const eve = await made.device('Eve');
  const said = await says(eve, 'Something hard.');
  return { home: made, ana: await made.device('Ana'), eve, said };
}

describe('a folded message', () => {
  it('is shown to nobody but its author, who has a word of the host’s', async () => {
    const { home: here, ana, said } = await home();
    await fold(ana, said, SAID);
    await settled(ana);
    const [ben, eve] = [await here.device('Ben'), await here.device('Eve')];
    expect(shown(ben, said)).toMatchObject({ state: 'folded', text: '' });
    expect(shown(eve, said)).toMatchObject({ state: 'folded', text: 'Something hard.' });
    expect(decidingView(eve).folded).toMatchObject([{ text: 'Something hard.', words: SAID.toAuthor }]);
    expect(decidingView(ben).folded).toEqual([]);
    expect(decidingView(ben).decisions).toMatchObject([{ what: 'fold', about: null }]);
  });

  it('takes two members where neither is host, and not its author', async () => {
    const { home: here, eve, said } = await home();
    const [ben, dee] = [await here.device('Ben'), await here.device('Dee')];
    for (const one of [eve, ben]) {
      await fold(one, said, SAID);
      await settled(one);
    }
    expect(shown(await here.device('Dee'), said).state).toBe('sent');
    await dee.sync();
    await fold(dee, said, SAID);
    await settled(dee);
    expect(shown(await here.device('Ana'), said).state).toBe('folded');
  });

  it('opens again when whoever folded it thinks better of it', async () => {
    const { home: here, ana, said } = await home();
    await fold(ana, said, SAID);
    await settled(ana);
    const folded = ana.feed.folded.decisions.find(({ content }) => content.type === 'fold');
    await ana.outbox.put('take-back', [fromBase64(folded?.hash ?? '')]);
    await settled(ana);
    expect(shown(await here.device('Ben'), said).state).toBe('sent');
  });
});

describe('quiet', () => {
  it('folds what comes later for 72 hours, once for each concern', async () => {
    const { home: here, ana, eve, said } = await home();
    const about = toBase64(random(16));
    for (let turn = 0; turn < 2; turn++) {
      await askForQuiet(ana, eve.me, about, 'To breathe.');
      await settled(ana);
    }
    await eve.sync();
    const second = await says(eve, 'Later.');
    const ben = await here.device('Ben');
    expect(shown(ben, said).quietUntil).toBeNull();
    expect(shown(ben, second)).toMatchObject({ text: 'Later.', state: 'sent' });
    expect(shown(ben, second).quietUntil).toBeGreaterThan(ben.hold.clock.now() + 3 * DAY - 60);
    expect(decidingView(ben).decisions).toMatchObject([{ what: 'quiet', about: eve.me, why: 'To breathe.' }]);
    later(3 * DAY + 60);
    ben.feed.paint();
    await quiet();
    expect(shown(ben, second).quietUntil).toBeNull();
  });

  it('takes two members where neither is host', async () => {
    const { home: here, eve } = await home();
    const about = toBase64(random(16));
    const folded = async () => {
      const said = await says(eve, 'Later.');
      return shown(await here.device('Ana'), said).quietUntil;
    };
    for (const name of ['Ben', 'Dee']) {
      expect(await folded()).toBeNull();
      const one = await here.device(name);
      await askForQuiet(one, eve.me, about, '');
      await settled(one);
      await eve.sync();
    }
    expect(await folded()).not.toBeNull();
  });
});

describe('a concern', () => {
  let here: Household;
  let eve: Group;
  let dee: Group;
  let said: Id;
  beforeEach(async () => {
    ({ home: here, eve, said } = await home());
    await says(eve, 'Something else, not picked.');
    dee = await here.device('Dee');
  });

  it('goes to two, proved, and opens only what was picked p34', async () => {
    expect(whoDecides(dee, [eve.me])).toHaveLength(2);
    await report(dee, { messages: [said], words: 'It was about me.', toContact: false });
    expect(here.shelf.asides).toHaveLength(2);
    for (const name of ['Ana', 'Ben']) {
      const decider = await here.device(name);
      const [waiting] = decidingView(decider).reports;
      const open = await openReport(decider, waiting?.id ?? '');
      expect(open).toMatchObject({ words: 'It was about me.', isMoreBeside: true });
      expect(open.messages).toMatchObject([{ author: eve.me, text: 'Something hard.', isGapBefore: false }]);
      expect(JSON.stringify(open)).not.toContain('not picked');
    }
    expect(decidingView(await here.device('Eve')).reports).toEqual([]);
  });

  it('comes once to each, although the second did not answer and it was pressed again', async () => {
    const asked = { messages: [said], words: 'Once.', toContact: false };
    const note = dee.door.note.bind(dee.door);
    let posts = 0;
    dee.door.note = async (to, type, rest) => {
      posts += 1;
      await note(to, type, rest);
      // It came, and the answer was lost.
      if (posts === 2) throw new Trouble('away');
    };
    await expect(report(dee, asked)).rejects.toMatchObject({ code: 'away' });
    await report(dee, asked);
    expect(posts).toBe(3);
    const ids = new Set<string>();
    for (const name of ['Ana', 'Ben']) {
      const decider = await here.device(name);
      const waits = decidingView(decider).reports;
      expect(waits).toHaveLength(1);
      ids.add((await openReport(decider, waits[0]?.id ?? '')).id);
    }
    expect(ids.size).toBe(1);
    await report(dee, asked);
    expect(decidingView(await here.device('Ana')).reports).toHaveLength(2);
  });

  it('is not shown where a word of it was changed p34', async () => {
    await report(dee, { messages: [said], words: '', toContact: false });
    const ana = await here.device('Ana');
    const [note] = ana.door.notes;
    if (note?.note.type !== 'report') throw new Error('no report came');
    const [row] = note.note.rest[1];
    if (row === undefined) throw new Error('nothing was picked');
    const content = decode(row[1], anything, 16_000) as unknown[];
    Object.assign(row, { 1: encode([...content.slice(0, -1), 'Something Eve never said.'] as never) });
    await expect(openReport(ana, note.id)).rejects.toMatchObject({ code: 'bad_commitment' });
  });

  it('can be raised for seven days about what was taken back, which nothing shows', async () => {
    const ana = await here.device('Ana');
    await takeBack(eve, said);
    await settled(eve);
    await dee.sync();
    await quiet();
    expect(shown(dee, said)).toMatchObject({ state: 'taken-back', text: '' });
    dee.feed.folded.held.delete(said);
    await report(dee, { messages: [said], words: '', toContact: false });
    await ana.sync();
    const open = await openReport(ana, decidingView(ana).reports[0]?.id ?? '');
    expect(open.messages).toMatchObject([{ text: 'Something hard.' }]);
    later(7 * DAY + 60);
    await expect(report(dee, { messages: [said], words: '', toContact: false })).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('a removal that a second does not agree to', () => {
  it('is told to whoever asked, and to whoever was to go', async () => {
    const { home: here, eve } = await home();
    const ana = await here.device('Ana');
    const ben = await here.device('Ben');
    await proposeRemoval(ana, { target: eve.me, second: ben.me, why: 'It went on.', inDanger: false });
    await eve.door.sync();
    expect(waits(eve).asks).toMatchObject([{ kind: 'told' }]);
    await ben.door.sync();
    await declineRemoval(ben, openRemovals(ben)[0]?.id ?? '');
    expect(openRemovals(ben)).toEqual([]);
    for (const [who, kind] of [[ana, 'notAgreed'], [eve, 'stays']] as const) {
      await who.door.sync();
      expect(waits(who).asks).toMatchObject([{ kind }]);
      expect(decidingView(who).saidNo).toMatchObject([{ by: ben.me, target: eve.me }]);
    }
    const dee = await here.device('Dee');
    expect(waits(dee).asks).toEqual([]);
  });
});

describe('a removal in a group of eight', () => {
  it('waits for a week, and not at all once anyone wants to talk first', async () => {
    const here = await Household.of('Ana', 'Ben', 'Dee', 'Eve', 'Eli', 'Mo', 'Charlie', 'Fay');
    const [ana, ben, eve] = [await here.device('Ana'), await here.device('Ben'), await here.device('Eve')];
    await proposeRemoval(ana, { target: eve.me, second: ben.me, why: 'We have talked, and it went on.', inDanger: false });
    await settled(ana);
    await eve.sync();
    expect(decidingView(eve).removals).toMatchObject([{ target: eve.me, why: 'We have talked, and it went on.', mayIConfirm: false }]);
    await ben.sync();
    expect(decidingView(ben).removals).toMatchObject([{ mayIConfirm: false }]);
    later(7 * DAY + 60);
    expect(decidingView(ben).removals).toMatchObject([{ mayIConfirm: true }]);
    await eve.outbox.put('lets-talk', [fromBase64(openWeeks(eve)[0]?.id ?? '')]);
    await settled(eve);
    await ben.sync();
    expect(decidingView(ben).removals).toMatchObject([{ mayIConfirm: false, talks: [eve.me] }]);
  });
});
