/** Starting a group: the first member makes its keys and its words, and is its first host. */
import type { NewGroup } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { epochs, fromBase64, KIND, Log, random, type Bytes, type Card, type Opening } from '../protocol';
import type { Aboard } from './aboard';
import { Batch } from './batch';
import type { Group } from './group';
import type { Hold } from './hold';
import { makeCircleKey, type CircleKey } from './me';
import { affirm } from './affirm';
import { changeSafeguarding } from './together';

interface FirstWords {
  name: Opening;
  group: Opening;
  agreement: Opening;
}

function firstWords(start: NewGroup): FirstWords {
  const [name, group] = [start.myName.normalize('NFC').trim(), start.groupName.normalize('NFC').trim()];
  if (name === '' || group === '') throw new Trouble('name_empty');
  if ([...name].length > 64 || [...group].length > 64 || [...start.agreement].length > 16_000) throw new Trouble('too_long');
  return { name: epochs.hide(name), group: epochs.hide(group), agreement: epochs.hide(start.agreement) };
}

/** To whom concerns and appeals can go outside the group: everyone's policy names the same key from the first event on. */
async function contactKey({ api }: Hold): Promise<Bytes | null> {
  const { contact_key: key } = await api.get<{ contact_key: string | null }>('/contact');
  return key === null ? null : fromBase64(key);
}

async function firstBatch(key: CircleKey, words: FirstWords, start: NewGroup, contact: Bytes | null, now: number): Promise<Batch> {
  const batch = new Batch(new Log(), key, now);
  const committed = [epochs.commit('group', words.group), epochs.commit('agreement', words.agreement), null] as [never, never, null];
  const size = Math.min(100, Math.max(2, Math.floor(start.size)));
  const { name } = words;
  await batch.add('create', [
    random(32), KIND.group, key.member, key.signPk, key.boxPk, epochs.commit('name', name), committed,
    [start.windowDays ?? 0, size, 0, [], contact],
  ]);
  const card: Card = [words.group, words.agreement, null, [[key.member, name, null]]];
  await batch.rotate({ card: () => card, saidBy: () => [] });
  return batch;
}

/** The keys are in the account record before the group is: a lost connection never leaves a group without them. */
export async function startGroup(aboard: Aboard, start: NewGroup): Promise<Group> {
  const { hold, me } = aboard;
  const words = firstWords(start);
  const made = await makeCircleKey(me.ak, me.account, KIND.group);
  const batch = await firstBatch(made, words, start, await contactKey(hold), hold.clock.now());
  const key = { ...made, circle: batch.log.circle };
  await aboard.saveKey(key);
  const right = start.code === '' || me.canStart ? {} : { start_code: start.code };
  await hold.api.post('/circles', { ...batch.asJson(), ...right });
  const group = aboard.make(key);
  await group.book.takeOwn(batch);
  await group.load();
  await group.feed.sync();
  aboard.add(group);
  aboard.goTo(group.id);
  await firstSteps(group, start);
  return group;
}

async function firstSteps(group: Group, start: NewGroup): Promise<void> {
  if (start.safeguarding !== null) await changeSafeguarding(group, start.safeguarding);
  if (start.anyMemberOpens) group.mine.change((mine) => ({ ...mine, doors: [...mine.doors, group.id] }));
  await affirm(group);
}
