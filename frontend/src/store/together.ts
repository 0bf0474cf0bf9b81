/** What a group does together: its words, the host's task, names, leaving. */
import type { Safeguarding } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { epochs, fromBase64, TERM, type Id, type Opening, type Policy, type Words } from '../protocol';
import type { Group } from './group';
import { mayISecond, openProposal, standing, type Shows } from './proposals';
import { proposePolicy } from './proposing';
import { Refused } from './refusals';
import { goWhileRestoring } from './repair';
import { writeSafeguarding } from './safeguarding';

/** A member's own say on the hints while writing; more than half of the members settle it. */
export async function chooseNudge(group: Group, value: 'on' | 'off'): Promise<void> {
  await group.outbox.put('choice', ['nudge', value]);
}

/** And on speaking, in the same way. */
export async function chooseVoice(group: Group, value: 'on' | 'off'): Promise<void> {
  await group.outbox.put('choice', ['voice', value]);
}

export interface Next {
  words: Words;
  policy: Policy;
}

/** Alone in the group it happens at once; otherwise it is proposed, and a second person makes it so. */
export async function change(group: Group, next: Next): Promise<void> {
  if (group.book.log.members.size === 1) {
    await group.act(async (batch) => {
      await batch.add('policy', [next.words, next.policy, null]);
      await batch.rotate(group);
    });
    return;
  }
  const [name, agreement, safeguarding] = next.words.map((commitment) => group.keys.opening(commitment));
  if (name == null || agreement == null) throw new Trouble('unverified');
  const { head, expiry, signature } = await proposePolicy(group, next.words, next.policy);
  await group.outbox.put('propose-policy', [name, agreement, safeguarding ?? null, next.policy, head, expiry, signature, '']);
}

/** What holds, to be said again with one thing changed. */
export function holding(group: Group): Next {
  const { words } = group.book.log;
  const policy = standing(group.book.log);
  if (words === null || policy === null) throw new Trouble('gone');
  return { words, policy };
}

function hidden(group: Group, what: 'agreement' | 'safeguarding', text: string): Opening {
  const opening = epochs.hide(text);
  group.keys.learn(what, opening);
  return opening;
}

export async function proposeAgreement(group: Group, text: string): Promise<void> {
  if ([...text].length > 16_000) throw new Trouble('too_long');
  const { words, policy } = holding(group);
  const agreement = epochs.commit('agreement', hidden(group, 'agreement', text));
  await change(group, { words: [words[0], agreement, words[2]], policy });
}

export async function changeSafeguarding(group: Group, page: Safeguarding): Promise<void> {
  const text = writeSafeguarding(page);
  if ([...text].length > 4000) throw new Trouble('too_long');
  const { words, policy } = holding(group);
  const safeguarding = epochs.commit('safeguarding', hidden(group, 'safeguarding', text));
  await change(group, { words: [words[0], words[1], safeguarding], policy });
}

/** `shows`: which proposals the screen shows whole; of those the open one is meant. */
export async function secondProposal(group: Group, shows?: Shows): Promise<void> {
  const proposal = openProposal(group, shows);
  if (proposal === null) throw new Trouble('gone');
  if (!mayISecond(group, proposal)) throw new Trouble('needs_second');
  await group.act(async (batch) => {
    await batch.add('policy', [proposal.words, proposal.policy, proposal.second]);
    await batch.rotate(group);
  });
}

/** One's own is taken back for everyone; another's is set aside on one's own screens. */
export async function dropProposal(group: Group, shows?: Shows): Promise<void> {
  const proposal = openProposal(group, shows);
  if (proposal === null) return;
  if (proposal.by === group.me) await group.outbox.put('take-back', [fromBase64(proposal.hash)], true);
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, proposal.hash] }));
  group.touch();
}

export async function rename(group: Group, name: string): Promise<void> {
  const wanted = name.normalize('NFC').trim();
  if (wanted === '') throw new Trouble('name_empty');
  if ([...wanted].length > 64) throw new Trouble('too_long');
  if (group.names.isTaken(wanted, group.me)) throw new Trouble('name_in_group_taken');
  const opening = epochs.hide(wanted);
  group.keys.learn('name', opening);
  await group.act(async (batch) => {
    await batch.add('name', [epochs.commit('name', opening)]);
    await batch.rotate(group);
  });
}

/** The task goes to somebody else, and with that it is no longer mine. */
export async function passHost(group: Group, member: Id): Promise<void> {
  await group.act(async (batch) => {
    if (!batch.log.isHost(group.key.member, batch.time)) throw new Trouble('not_host');
    await batch.add('role', [fromBase64(member), batch.time + TERM, null]);
    await batch.add('role', [group.key.member, 0, null]);
  });
}

export async function takeHost(group: Group): Promise<void> {
  await group.act(async (batch) => {
    await batch.add('role', [group.key.member, batch.time + TERM, null]);
  });
}

export async function leave(group: Group): Promise<void> {
  try {
    await group.act(async (batch) => void (await batch.add('leave', [null])));
  } catch (wrong) {
    if (!(wrong instanceof Refused) || wrong.code !== 'restoring') throw wrong;
    await goWhileRestoring(group);
  }
}

/** Says again what one is called. Whoever acts has not gone: a farewell signed ahead counts for nothing after it. */
export async function stay(group: Group): Promise<void> {
  await group.act(async (batch) => {
    const name = batch.log.member(group.key.member)?.name ?? null;
    if (name !== null) await batch.add('name', [name]);
  });
}
