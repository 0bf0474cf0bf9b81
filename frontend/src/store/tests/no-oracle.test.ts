/** From outside, a message that opens and one that does not look alike: what is asked for, when, and how long it is (P33). */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBase64, toBase64 } from '../../protocol';
import type { ServedMessage } from '../feed-entries';
import type { Group } from '../group';
import { say, seen } from '../talking';
import { Household, room, says } from './household';
import type { Asked } from './shelf';

interface Seen extends Asked {
  /** Seconds from the beginning. */
  at: number;
}

type Spoil = (message: ServedMessage) => ServedMessage;

let home: Household;
let clock = 0;
const reallyWait = globalThis.setTimeout;

beforeAll(async () => {
  home = await Household.of('Ana', 'Ben');
  const ana = await home.device('Ana');
  for (const n of [1, 2, 3, 4]) await says(ana, `number ${n}`);
  await says(ana, 'another place', null, 'everyday');
  await says(ana, 'the one in question');
  vi.stubGlobal('document', { visibilityState: 'visible' });
});

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Whatever was begun is done: keys are used in threads of their own, which no made-up clock hurries. */
async function settled(group: Group): Promise<void> {
  for (let count = -1; count !== home.shelf.asked.length; ) {
    count = home.shelf.asked.length;
    await new Promise((done) => reallyWait(done, 25));
    await saved(group);
  }
}

async function saved({ mine }: Group): Promise<void> {
  await mine['turns'].take(() => Promise.resolve());
}

/** A while goes by; near its end somebody looks, and the screen says how far they have read. */
async function aWhile(group: Group): Promise<void> {
  await settled(group);
  for (let second = 0; second < 30; second++) {
    const lowest = group.feed.folded.rows.room.at(-1);
    if (lowest !== undefined && second > 24) seen(group, 'room', lowest.hash);
    await vi.advanceTimersByTimeAsync(1000);
    await saved(group);
    clock += 1;
  }
  await settled(group);
}

function flipped(at: number): Spoil {
  return (message) => {
    const bytes = fromBase64(message.envelope ?? '');
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    return { ...message, envelope: toBase64(bytes) };
  };
}

const whole: Spoil = (message) => message;

/** Everything Ben's device asks while the newest message comes as `spoil` leaves it, and whether it opened. */
async function trace(spoil: Spoil, isLive: boolean): Promise<{ seen: Seen[]; isOpen: boolean }> {
  const { shelf } = home;
  const all = [...shelf.messages];
  const target = all.length - 1;
  shelf.messages[target] = spoil(all[target] ?? ({} as ServedMessage));
  const later = isLive ? shelf.messages.splice(target) : [];
  const [first, times] = [shelf.asked.length, [] as number[]];
  clock = 0;
  shelf.refuse = () => void times.push(clock);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const ben = home.asleep('Ben');
  await ben.sync();
  await aWhile(ben);
  for (const message of later) {
    shelf.messages.push(message);
    await ben.hear('message', { ...message });
  }
  await aWhile(ben);
  await ben.mine.leave();
  await say(ben, { place: 'room', text: 'and on', note: null, wants: null, replyTo: null });
  await ben.outbox.flush();
  await aWhile(ben);
  vi.useRealTimers();
  ben.close();
  shelf.refuse = () => undefined;
  shelf.messages.splice(0, Infinity, ...all);
  const asked = shelf.asked.slice(first).map((one, i) => ({ ...one, at: times[i] ?? -1 }));
  // What is asked at one moment has no order.
  asked.sort((a, b) => a.at - b.at || a.path.localeCompare(b.path));
  return { seen: asked, isOpen: room(ben).includes('the one in question') };
}

describe('what an onlooker sees', () => {
  it.each([['from the stream', true], ['from a page', false]])('is the same for what opens and what does not, %s_p33', async (_, isLive) => {
    const good = await trace(whole, isLive);
    expect(good.isOpen).toBe(true);
    expect(good.seen.some(({ path }) => path === '/records/mine')).toBe(true);
    for (const at of [-1, -40, -200]) {
      const bad = await trace(flipped(at), isLive);
      expect(bad.isOpen).toBe(false);
      expect(bad.seen).toEqual(good.seen);
    }
  });

  it('is the same wherever somebody has read to_p33', async () => {
    const ben = await home.device('Ben');
    for (let letters = 10; letters < 300; letters += 25) {
      const sizes = new Set<number>();
      for (const position of [-1, 9, 12_345, 1_000_000_000]) {
        const read = position < 0 ? {} : { [ben.id]: { room: position, everyday: position } };
        ben.mine.quietly((mine) => ({ ...mine, signInName: 'x'.repeat(letters), read }));
        ben.mine['version'] = 100;
        ben.mine.stir();
        await ben.mine.save();
        sizes.add(home.shelf.asked.at(-1)?.size ?? 0);
      }
      expect(sizes.size).toBe(1);
    }
  });
});
