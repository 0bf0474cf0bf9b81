/** A group around one shelf: Ana starts it, others are let in by her, each on devices of their own. */
import type { Place } from '../../inside/model';
import {
  baseKey, epochs, joining, KIND, Log, own, random, TERM, toBase64, type Bytes, type Card, type Opening,
} from '../../protocol';
import { Batch } from '../batch';
import { Group } from '../group';
import type { Hold } from '../hold';
import { makeCircleKey, type CircleKey, type Me } from '../me';
import { Mine } from '../mine';
import { say } from '../talking';
import { holdOf, now, quiet, Shelf } from './shelf';

const DAYS = 86_400;

export interface Somebody {
  name: string;
  me: Me;
  key: CircleKey;
  /** They are given nothing up to this place: it was there before them. */
  since: number;
}

async function somebody(name: string): Promise<Somebody> {
  const [raw, id] = [random(32), random(16)];
  const key = await makeCircleKey(raw, id, KIND.group);
  const own = { ...(await makeCircleKey(raw, id, KIND.own)), circle: random(32) };
  const me = { account: id, home: 'here', signInName: name, ak: await baseKey(raw), own: own.circle, version: 1, keys: [own], canStart: false };
  return { name, me, key, since: 0 };
}

export class Household {
  readonly shelf = new Shelf();
  readonly people = new Map<string, Somebody>();
  private words: readonly [Opening, Opening, Opening] = [epochs.hide('Kettle'), epochs.hide('What is said stays'), epochs.hide('{}')];

  static async of(...names: [string, ...string[]]): Promise<Household> {
    const home = new Household();
    const [first, ...others] = names;
    await home.found(first);
    for (const name of others) await home.admit(name);
    return home;
  }

  private async found(name: string): Promise<void> {
    const person = await somebody(name);
    const [group, agreement, safeguarding] = this.words;
    const batch = new Batch(new Log(), person.key, now());
    const called = epochs.hide(name);
    const start = [epochs.commit('group', group), epochs.commit('agreement', agreement)] as const;
    await batch.add('create', [
      random(32), KIND.group, person.key.member, person.key.signPk, person.key.boxPk, epochs.commit('name', called),
      [...start, null], [0, 30, 0, [], null],
    ]);
    const card: Card = [group, agreement, null, [[person.key.member, called, null]]];
    await batch.rotate({ card: () => card, saidBy: () => [] });
    await batch.add('policy', [[...start, epochs.commit('safeguarding', safeguarding)], [0, 30, 0, [], null], null]);
    person.key = { ...person.key, circle: batch.log.circle };
    person.me.keys.push(person.key);
    this.people.set(name, person);
    this.shelf.answer('POST', '/circles/x/events', batch.asJson());
  }

  /** By an invitation, a knock and an open door. */
  async admit(name: string, { anyMember = false, by = [...this.people.keys()][0] ?? '' } = {}): Promise<void> {
    const host = await this.device(by);
    const person = await somebody(name);
    const { key } = person;
    key.circle = host.book.circle;
    person.me.keys.push(key);
    const link = await joining.linkKey(random(16));
    const called = epochs.hide(name);
    host.keys.learn('name', called);
    await host.act(async (batch) => {
      const agreement = epochs.commit('agreement', this.words[1]);
      const sealed = [batch.attach(random(320)), batch.attach(random(320))] as const;
      const invite = await batch.add('invite', [link.open, random(16), batch.time + 7 * DAYS, agreement, ...sealed, anyMember]);
      const request = [host.book.circle, invite, key.member, key.signPk, key.boxPk, epochs.commit('name', called), agreement] as const;
      const [bytes, linkSig, joinerSig] = await joining.makeKnock([...request], link.secret, key.sign, called, '');
      await batch.add('admit', [bytes, linkSig, joinerSig, random(32), null]);
      await batch.rotate(host);
    });
    person.since = this.shelf.messages.length;
    this.people.set(name, person);
    host.close();
  }

  /** A fresh device of a member, up to date. */
  async device(name: string): Promise<Group> {
    const group = this.asleep(name);
    await group.sync();
    await quiet();
    return group;
  }

  /** A fresh device that has not asked anything yet. */
  asleep(name: string, given?: Hold): Group {
    const person = this.people.get(name);
    if (person?.key.circle == null) throw new Error(`${name} does not live here`);
    const hold = given ?? holdOf(this.shelf, person.since);
    return new Group(hold, new Mine(hold, person.me), own(person.key.circle), person.key);
  }

  async makeHost(name: string, by: string): Promise<void> {
    const host = await this.device(by);
    const member = this.people.get(name)?.key.member ?? random(16);
    await host.act(async (batch) => void (await batch.add('role', [member, batch.time + TERM, null])));
  }
}

export async function says(group: Group, text: string, replyTo: string | null = null, place: Place = 'room'): Promise<string> {
  await say(group, { place, text, note: null, wants: null, replyTo });
  await group.outbox.flush();
  return toBase64(lastOf(group));
}

function lastOf(group: Group): Bytes {
  const read = group.feed.folded.newestBy(group.me);
  if (read === null) throw new Error('nothing was said');
  return read.message.hash;
}

/** What stands in the room, as a person sees it. */
export function room(group: Group, place: Place = 'room'): string[] {
  return group.feed.folded.rows[place].map((row) => (row.isMissing ? 'missing' : row.text));
}
