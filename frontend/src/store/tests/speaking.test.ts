/** Speaking instead of typing, on devices of their own: heard whole or not at all. */
import { describe, expect, it } from 'vitest';
import { NO_DRAFT, type Saying } from '../../inside/model';
import { remaining } from '../../inside/room/remaining';
import { fromBase64, join, random, readEnvelope, toBase64 } from '../../protocol';
import { voices } from '../../protocol/later';
import { FIRST } from '../feed-reach';
import type { Group } from '../group';
import { groupView } from '../group-view';
import { written } from '../outbox-words';
import { Refused } from '../refusals';
import { together, type Returned } from '../returned';
import { speak, spoken } from '../speaking';
import { takeBack } from '../talking';
import { chooseVoice, leave } from '../together';
import { Household, room, says as write } from './household';
import { quiet } from './shelf';

const WORDS = 'How the bus was';
const SAYING: Saying = { place: 'room', text: WORDS, note: null, wants: null, replyTo: null };
const PIECES = 3;

function sound() {
  return random(2 * voices.PIECE + 7);
}

async function says(group: Group, file = sound(), saying = SAYING): Promise<string> {
  await speak(group, saying, { sound: file, ms: 9000 });
  await group.outbox.flush();
  await quiet();
  return toBase64(group.feed.folded.newestBy(group.me)?.message.hash ?? random(32));
}

async function house() {
  const home = await Household.of('Ana', 'Ben', 'Dee');
  return { home, ana: await home.device('Ana'), ben: await home.device('Ben') };
}

/** What the server holds of what was said, in its order. */
const sent = ({ shelf }: Household) => shelf.messages.map(({ envelope }) => envelope ?? '');

describe('what somebody speaks', () => {
  it('is heard whole, stands in the room by its words, and nothing is drawn for its pieces', async () => {
    const { home, ana, ben } = await house();
    const file = sound();
    const id = await says(ana, file);
    await ben.sync();
    expect(room(ben)).toEqual([WORDS]);
    expect(ben.feed.folded.rows.room.map(({ ms }) => ms)).toEqual([9000]);
    expect(await spoken(ben, id)).toEqual({ sound: file, ms: 9000 });
    expect(sent(home)).toHaveLength(PIECES + 1);
    expect(ben.feed.folded.decisions).toEqual([]);
  });

  it('can be listened to while it waits for the connection, and goes once and in order when it is back', async () => {
    const { home, ana, ben } = await house();
    let posts = 0;
    home.shelf.refuse = (method, path) => {
      if (method === 'POST' && path.endsWith('/messages') && (posts += 1) > 1) throw new TypeError('away');
    };
    const file = sound();
    await says(ana, file);
    const row = ana.outbox.waiting.get().at(-1)?.row ?? '';
    expect((await spoken(ana, row)).sound).toEqual(file);
    const [first] = sent(home);
    home.shelf.refuse = () => undefined;
    await ana.outbox.flush();
    await quiet();
    expect(sent(home)).toHaveLength(PIECES + 1);
    expect(sent(home)[0]).toBe(first);
    expect(sent(home).map((one) => readEnvelope(fromBase64(one)).counter)).toEqual([0, 1, 2, 3]);
    await ben.sync();
    expect((await spoken(ben, row)).sound).toEqual(file);
  });

  it('is still whole when somebody goes while it is on its way', async () => {
    const { home, ana, ben } = await house();
    home.shelf.refuse = (method, path) => {
      if (method === 'POST' && path.endsWith('/messages') && home.shelf.messages.length > 0) throw new TypeError('away');
    };
    const file = sound();
    await says(ana, file);
    expect(sent(home)).toHaveLength(1);
    await leave(await home.device('Dee'));
    home.shelf.refuse = () => undefined;
    await ana.sync();
    await ana.outbox.flush();
    await quiet();
    await ben.sync();
    expect(room(ben)).toEqual([WORDS]);
    expect((await spoken(ben, toBase64(ana.feed.folded.newestBy(ana.me)!.message.hash))).sound).toEqual(file);
  });
});

describe('what was spoken and is not whole', () => {
  it.each([0, 1, 2])('is not played when the server withholds piece %i, and its words stand (P26)', async (at) => {
    const { home, ana, ben } = await house();
    const id = await says(ana);
    const gone = home.shelf.messages[at]?.position;
    home.shelf.lie = (_, answer) => {
      if (!Array.isArray(answer['messages'])) return answer;
      return { ...answer, messages: answer['messages'].filter(({ position }: { position: number }) => position !== gone) };
    };
    const other = await home.device('Ben');
    await expect(spoken(other, id)).rejects.toMatchObject({ code: 'not_whole' });
    expect(room(other)).toContain(WORDS);
    home.shelf.lie = (_, answer) => answer;
    await ben.sync();
    expect((await spoken(ben, id)).ms).toBe(9000);
  });

  it('is not played when pieces are swapped, doubled or of another note, by whoever made it (P26)', async () => {
    const { home, ana } = await house();
    const [one, two] = [random(20), random(20)];
    const put = async (...pieces: readonly [number, Uint8Array<ArrayBuffer>][]) => {
      const voice = random(16);
      const whole = voices.wholeOf({ circle: ana.book.circle, author: ana.key.member }, voice, join(one, two));
      const parts = pieces.map(([at, piece]) => (time: number) => written('voice-part', time, [], [voice, at, piece]));
      const named = (time: number) => written('voice', time, [], ['room', null, null, 0, WORDS, voice, 2, 9, whole]);
      await ana.outbox.putInARow([...parts, named]);
      await ana.outbox.flush();
      await quiet();
      return toBase64(ana.feed.folded.newestBy(ana.me)!.message.hash);
    };
    const good = await put([1, two], [0, one]);
    const twelve = Array.from({ length: 12 }, (): [number, typeof one] => [0, one]);
    const twice = await put(...twelve.slice(1), ...twelve, [1, two]);
    const ids = [await put(...twelve, ...twelve, [1, two]), await put([0, two], [1, one]), await put([0, one], [1, two], [0, two]), await put([0, one]), await put([0, one], [1, two], [2, one])];
    const ben = await home.device('Ben');
    for (const id of [good, twice]) expect((await spoken(ben, id)).sound).toEqual(join(one, two));
    for (const id of ids) await expect(spoken(ben, id)).rejects.toMatchObject({ code: 'not_whole' });
  });
});

describe('taking back what was spoken', () => {
  it('takes every piece back, for everyone', async () => {
    const { home, ana, ben } = await house();
    const id = await says(ana);
    await ben.sync();
    await takeBack(ana, id);
    await ana.outbox.flush();
    await quiet();
    await ben.sync();
    await expect(spoken(ben, id)).rejects.toMatchObject({ code: 'gone' });
    const held = [...ben.feed.folded.held.values()];
    const pieces = held.filter(({ content }) => content.type === 'voice-part');
    expect(pieces.map(({ hash, author }) => ben.feed.folded.isTakenBack(hash, author))).toEqual([true, true, true]);
    expect(home.shelf.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(PIECES + 1);
    expect((await ben.feed.taken.all()).map(({ hash }) => hash)).toEqual([id]);
  });

  it('waits all or none: whoever closes the page meanwhile leaves no piece behind', async () => {
    const { ana } = await house();
    const id = await says(ana);
    const steps: number[] = [];
    ana.outbox.stop();
    const unwatch = ana.outbox.waiting.watch(() => {
      steps.push(ana.outbox.waiting.get().filter(({ content }) => content.type === 'take-back').length);
    });
    await takeBack(ana, id);
    unwatch();
    expect(steps[0]).toBe(PIECES + 1);
  });

  it('asks for the pieces that a new device does not hold yet', async () => {
    const { home, ana, ben } = await house();
    const id = await says(ana);
    for (let i = 0; i < FIRST - 2; i++) await write(ben, 'On we go');
    home.shelf.refuse = (_, path) => {
      if (path.includes('before=')) throw new TypeError('away');
    };
    const other = await home.device('Ana');
    await expect(spoken(other, id)).rejects.toMatchObject({ code: 'not_whole' });
    home.shelf.refuse = () => undefined;
    await takeBack(other, id);
    await other.outbox.flush();
    await quiet();
    expect(home.shelf.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(PIECES + 1);
  });

  it('lets nothing leave that has not left', async () => {
    const { home, ana } = await house();
    home.shelf.refuse = (_, path) => {
      if (path.endsWith('/messages')) throw new TypeError('away');
    };
    ana.outbox.stop();
    await speak(ana, SAYING, { sound: sound(), ms: 9000 });
    ana.outbox.stop();
    await takeBack(ana, ana.outbox.waiting.get().at(-1)?.row ?? '');
    home.shelf.refuse = () => undefined;
    await ana.outbox.flush();
    await quiet();
    const ben = await home.device('Ben');
    expect(room(ben)).not.toContain(WORDS);
  });
});

describe('a group that wants nothing spoken', () => {
  it('by more than half of its members, who may think again; what was written beside it stands', async () => {
    const { home, ana, ben } = await house();
    const id = await says(ana);
    const dee = await home.device('Dee');
    for (const one of [ben, dee]) {
      await chooseVoice(one, 'off');
      await one.outbox.flush();
      await quiet();
    }
    await ana.sync();
    expect(groupView(ana).voiceOff).toHaveLength(2);
    await expect(says(ana)).rejects.toMatchObject({ code: 'voice_off' });
    await expect(spoken(ana, id)).rejects.toMatchObject({ code: 'voice_off' });
    expect(room(ana)).toEqual([WORDS]);
    await chooseVoice(ben, 'on');
    await ben.outbox.flush();
    await ana.sync();
    expect((await spoken(ana, id)).ms).toBe(9000);
  });

  it('is told that the sound did not come back, where the site refuses it for good, until the words are gone', async () => {
    const { home, ana } = await house();
    const back: Returned[] = [];
    ana.onReturned = (words) => Promise.resolve(void back.push(words));
    home.shelf.refuse = (method, path) => {
      if (method === 'POST' && path.endsWith('/messages')) throw new Refused(404, 'nothing_here', {});
    };
    await says(ana);
    expect(ana.outbox.waiting.get()).toEqual([]);
    expect(back.map(({ text, soundGone }) => [text, soundGone])).toEqual([[WORDS, true]]);
    const half = { ...NO_DRAFT, text: 'Half a sen' };
    const box = together(half, back[0]!);
    expect(box).toMatchObject({ text: `Half a sen\n\n${WORDS}`, soundGone: true });
    expect(together(half, half)).toEqual(half);
    expect(remaining(box, box)).toEqual(NO_DRAFT);
  });

  it('keeps what is too much where it was', async () => {
    const { home, ana } = await house();
    await expect(says(ana, new Uint8Array(voices.PIECE * voices.MOST_PARTS + 1))).rejects.toMatchObject({ code: 'too_long' });
    await expect(says(ana, sound(), { ...SAYING, text: 'a'.repeat(401) })).rejects.toMatchObject({ code: 'too_long' });
    expect(sent(home)).toEqual([]);
    expect(ana.outbox.waiting.get()).toEqual([]);
  });
});
