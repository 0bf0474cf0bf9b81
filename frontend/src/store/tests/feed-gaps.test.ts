/** One person's words held back altogether show as missing, and nobody who came later misses what was before them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBase64, readEnvelope, toBase64 } from '../../protocol';
import type { ServedMessage } from '../feed-entries';
import type { Group } from '../group';
import { hear, takeBack } from '../talking';
import { Household, room, says } from './household';
import { quiet } from './shelf';

let home: Household;

const authorOf = ({ envelope }: ServedMessage) => toBase64(readEnvelope(fromBase64(envelope ?? '')).author);

/** The server gives nobody what this person says; answers with the way to end it. */
function holdBack(person: Group): () => void {
  home.shelf.lie = (path, answer) => {
    if (!path.includes('/messages?')) return answer;
    const messages = (answer['messages'] as ServedMessage[]).filter((one) => authorOf(one) !== person.me);
    return { ...answer, messages };
  };
  return () => {
    home.shelf.lie = (_, answer) => answer;
  };
}

function named(group: Group): string[] {
  const newest = group.feed.folded.newestBy(group.me)?.content;
  return newest?.type === 'say' ? newest.after.map(toBase64) : [];
}

afterEach(() => {
  home.shelf.lie = (_, answer) => answer;
});

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben', 'Dee');
});

describe('somebody whose words the server holds back', () => {
  it.each([
    ['writes after them', (ben: Group) => says(ben, 'said after Dee')],
    ['replies to them', (ben: Group, dee: string) => says(ben, 'an answer', dee)],
    ['hears them', async (ben: Group, dee: string) => {
      await hear(ben, dee);
      await ben.outbox.flush();
    }],
  ])('is missing as soon as somebody %s_p26', async (_, act) => {
    const [dee, ben] = [await home.device('Dee'), await home.device('Ben')];
    const heard = await says(dee, 'nobody is to hear Dee');
    await ben.sync();
    await act(ben, heard);
    const release = holdBack(dee);
    const ana = await home.device('Ana');
    expect(room(ana)).toContain('missing');
    expect(room(ana)).not.toContain('nobody is to hear Dee');
    release();
    expect(room(await home.device('Ana'))).not.toContain('missing');
  });

  it('is missing on a device that is looked at meanwhile, until the words come_p26', async () => {
    const [ana, dee, ben] = [await home.device('Ana'), await home.device('Dee'), await home.device('Ben')];
    const held = home.shelf.messages.length + 1;
    await says(dee, 'held for a while');
    await ben.sync();
    await says(ben, 'goes on');
    const release = holdBack(dee);
    // In the place of what is held back: no number shows that something was there.
    await ana.hear('message', { ...home.shelf.messages.at(-1), position: held });
    await quiet();
    expect(room(ana).slice(-2)).toEqual(['missing', 'goes on']);
    release();
    await ana.sync();
    expect(room(ana)).toContain('held for a while');
    expect(room(ana)).not.toContain('missing');
  });

  it('is named by the next who writes, however much others said meanwhile_p26', async () => {
    const [dee, ben, ana] = [await home.device('Dee'), await home.device('Ben'), await home.device('Ana')];
    const alone = await says(dee, 'early, and alone');
    for (const n of [1, 2, 3, 4, 5, 6]) await says(ben, `Ben ${n}, who has not heard Dee`);
    await ana.sync();
    await says(ana, 'Ana has heard both');
    expect(named(ana)).toContain(alone);
    expect(named(ana)).toHaveLength(4);
  });
});

describe('somebody who came later', () => {
  it('misses nothing from before their time_p26', async () => {
    const old = await says(await home.device('Dee'), 'before Eve came');
    const [ana, tab, ben] = [await home.device('Ana'), await home.device('Ana'), await home.device('Ben')];
    for (const group of [ana, tab, ben]) await says(group, 'before Eve as well');
    await home.admit('Eve');
    for (const group of [tab, ana, ben]) {
      await says(group, 'after Eve came');
      await says(group, 'an answer to what was before', old);
    }
    await hear(ben, old);
    await ben.outbox.flush();
    const eve = await home.device('Eve');
    expect(room(eve)).toHaveLength(6);
    expect(room(eve)).not.toContain('missing');
    await says(eve, 'Eve speaks');
    expect(room(await home.device('Ana'))).not.toContain('missing');
  });

  it('misses what is held back from them_p26', async () => {
    await home.admit('Eve');
    const [dee, ben] = [await home.device('Dee'), await home.device('Ben')];
    await says(dee, 'Dee to Eve');
    await ben.sync();
    await says(ben, 'Ben after Dee');
    const release = holdBack(dee);
    expect(room(await home.device('Eve'))).toContain('missing');
    release();
    expect(room(await home.device('Eve'))).not.toContain('missing');
  });
});

it('misses nothing that its own author took back_p61', async () => {
  const dee = await home.device('Dee');
  const said = await says(dee, 'to be taken back');
  await says(await home.device('Ben'), 'after it');
  await takeBack(dee, said);
  await dee.outbox.flush();
  const hole = home.shelf.messages.findIndex(({ envelope }) => envelope && toBase64(readEnvelope(fromBase64(envelope)).hash) === said);
  const { position, at } = home.shelf.messages[hole] ?? { position: 0, at: 0 };
  home.shelf.messages[hole] = { position, at, hash: said, gone: 'taken' };
  expect(room(await home.device('Ana'))).not.toContain('missing');
});
