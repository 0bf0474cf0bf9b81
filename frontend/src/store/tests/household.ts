/** A group around one shelf: Ana starts it, others are let in by her, each on devices of their own. */
import type { Place } from '../../inside/model';
import {
  baseKey, DAY, epochs, fromBase64, joining, KIND, Log, own, random, readEvent, TERM, toBase64,
  type Bytes, type Card, type Event, type Opening,
} from '../../protocol';
import { Batch } from '../batch';
import { admit as openDoor, makeInvitation } from '../door-verbs';
import { Group } from '../group';
import type { Hold } from '../hold';
import { makeCircleKey, type CircleKey, type Me } from '../me';
import { Mine } from '../mine';
import { say } from '../talking';
import { holdOf, now, quiet, Shelf } from './shelf';

Object.assign(globalThis, { location: { origin: 'http://here' } });

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

function isInvite(wire: string, lookup: string): boolean {
  const { type, body } = readEvent(fromBase64(wire));
  return type === 'invite' && toBase64((body as Event<'invite'>['body'])[1]) === lookup;
}

/** Founding takes most of a short test: each group is founded once, less than an hour ago. */
const founded = new Map<string, { at: number; home: Household }>();

export class Household {
  readonly shelf = new Shelf();
  readonly people = new Map<string, Somebody>();
  /** Was the group started so that any member may open the door? */
  isOpenToAll = false;
  private window = 0;
  private words: readonly [Opening, Opening, Opening] = [epochs.hide('Kettle'), epochs.hide('What is said stays'), epochs.hide('{}')];

  static async of(...names: [string, ...string[]]): Promise<Household> {
    return await Household.fading(0, ...names);
  }

  /** A group in which talk goes after so many days. */
  static async fading(days: number, ...names: [string, ...string[]]): Promise<Household> {
    const called = [days, ...names].join();
    const known = founded.get(called);
    if (known !== undefined && now() >= known.at && now() - known.at < DAY / 24) return known.home.copy();
    const [at, home, [first, ...others]] = [now(), new Household(), names];
    home.window = days;
    await home.found(first);
    for (const name of others) await home.admit(name);
    founded.set(called, { at, home: home.copy() });
    return home;
  }

  /** The same people on a shelf of its own: what happens in one is unknown in the other. */
  private copy(): Household {
    const copy = new Household();
    const { shelf } = copy;
    shelf.events.push(...this.shelf.events.map((one) => ({ ...one })));
    shelf.messages.push(...this.shelf.messages.map((one) => ({ ...one })));
    shelf.asked.push(...this.shelf.asked);
    copy.window = this.window;
    copy.words = this.words;
    for (const [name, { me, key, since }] of this.people) {
      const own = { ...key };
      const keys = me.keys.map((one) => (one === key ? own : { ...one }));
      copy.people.set(name, { name, me: { ...me, keys }, key: own, since });
    }
    return copy;
  }

  private async found(name: string): Promise<void> {
    const person = await somebody(name);
    const [group, agreement, safeguarding] = this.words;
    const batch = new Batch(new Log(), person.key, now());
    const called = epochs.hide(name);
    const start = [epochs.commit('group', group), epochs.commit('agreement', agreement)] as const;
    await batch.add('create', [
      random(32), KIND.group, person.key.member, person.key.signPk, person.key.boxPk, epochs.commit('name', called),
      [...start, null], [this.window, 30, 0, [], null],
    ]);
    const card: Card = [group, agreement, null, [[person.key.member, called, null]]];
    await batch.rotate({ card: () => card, saidBy: () => [] });
    await batch.add('policy', [[...start, epochs.commit('safeguarding', safeguarding)], [this.window, 30, 0, [], null], null]);
    await batch.rotate({ card: () => [group, agreement, safeguarding, card[3]], saidBy: () => [] });
    person.key = { ...person.key, circle: batch.log.circle };
    person.me.keys.push(person.key);
    this.people.set(name, person);
    this.shelf.answer('POST', '/circles/x/events', batch.asJson());
  }

  /** By an invitation, a knock and an open door. */
  async admit(name: string): Promise<void> {
    const host = await this.device([...this.people.keys()][0] ?? '');
    const { link } = await makeInvitation(host, name, 7);
    const invite = await this.knock(name, link);
    await host.door.sync();
    await openDoor(host, invite);
    this.shelf.knocks.length = 0;
    const person = this.people.get(name);
    if (person !== undefined) person.since = this.shelf.messages.length;
    host.close();
  }

  /** Somebody stands at the door that a link leads to; answers with the invitation. */
  async knock(name: string, link: string): Promise<string> {
    const person = await somebody(name);
    const { key } = person;
    const secret = joining.readLink(link.slice(link.indexOf('#join.') + 6));
    const lookup = toBase64(await joining.linkLookup(secret));
    const found = this.shelf.events.find((one) => isInvite(one.event, lookup));
    const { id, body } = readEvent(fromBase64(found?.event ?? '')) as Event<'invite'>;
    const shown = await joining.openPreview(secret, fromBase64(found?.attachments[toBase64(body[4])] ?? ''));
    const called = epochs.hide(name);
    const request = [shown[0], id, key.member, key.signPk, key.boxPk, epochs.commit('name', called), body[3]] as const;
    const made = await joining.makeKnock([...request], (await joining.linkKey(secret)).secret, key.sign, called, 'hello');
    const sealed = toBase64(await joining.sealKnock(shown[8], shown[0], id, made));
    this.shelf.knocks.push({ invite: toBase64(id), sealed, since: now() });
    key.circle = shown[0];
    person.me.keys.push(key);
    this.people.set(name, person);
    return toBase64(id);
  }

  /** A fresh device of a member, up to date. */
  async device(name: string): Promise<Group> {
    const group = this.asleep(name);
    if (this.isOpenToAll) group.mine.change((mine) => ({ ...mine, doors: [group.id] }));
    await group.sync();
    await quiet();
    return group;
  }

  /** A fresh device that has not asked anything yet. */
  asleep(name: string, given?: Hold, mine?: Mine): Group {
    const person = this.people.get(name);
    if (person?.key.circle == null) throw new Error(`${name} does not live here`);
    const hold = given ?? holdOf(this.shelf, person.since, toBase64(person.key.member));
    return new Group(hold, mine ?? new Mine(hold, person.me), own(person.key.circle), person.key);
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
