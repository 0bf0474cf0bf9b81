/** Opening a door, and closing one: what a member does about invitations and knocks. */
import type { MadeInvitation } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { DAY, fromBase64, joining, random, toBase64, type Id, type Opening } from '../protocol';
import type { KnockHere } from './door';
import type { Group } from './group';
import { readSafeguarding } from './safeguarding';
import { drawSquare } from './square';

function knockOf(group: Group, id: Id): KnockHere {
  const knock = group.door.knocks.find(({ invite }) => invite === id);
  if (knock === undefined) throw new Trouble('gone');
  return knock;
}

/** Lets someone in: the group gets a new key, and the card tells everyone their name. */
export async function admit(group: Group, id: Id): Promise<void> {
  const { body } = knockOf(group, id);
  const [bytes, linkSig, joinerSig, name] = body;
  if (name === null) throw new Trouble('gone');
  if (group.names.isTaken(name[1], null)) throw new Trouble('name_in_group_taken');
  group.keys.learn('name', name);
  await group.act(async (batch) => {
    await batch.add('admit', [bytes, linkSig, joinerSig, random(32), null]);
    await batch.rotate(group);
  });
  group.door.knocks = group.door.knocks.filter(({ invite }) => invite !== id);
  group.touch();
}

export async function decline(group: Group, id: Id): Promise<void> {
  await group.hold.api.post(`/circles/${group.id}/knocks/${id}/decline`);
  await group.door.sync();
}

/** Told to each host alone, and to nobody else. */
export async function mayKnow(group: Group, id: Id): Promise<void> {
  const knock = knockOf(group, id);
  const now = group.hold.clock.now();
  for (const member of group.book.log.members.values()) {
    if (member.termEnd < now || toBase64(member.id) === group.me) continue;
    await group.door.note(member.id, 'may-know', [fromBase64(knock.invite), '']);
  }
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, `may-know ${id}`] }));
  group.touch();
}

interface Words {
  group: Opening;
  agreement: Opening;
  safeguarding: Opening;
}

function wordsOf(group: Group): Words {
  const words = group.book.log.words;
  if (words !== null && words[2] === null) throw new Trouble('safeguarding_first');
  const name = group.keys.opening(words?.[0] ?? null);
  const agreement = group.keys.opening(words?.[1] ?? null);
  const safeguarding = group.keys.opening(words?.[2] ?? null);
  if (name === null || agreement === null || safeguarding === null) throw new Trouble('unverified');
  return { group: name, agreement, safeguarding };
}

/** One link for one person. What it shows is sealed to the link itself. */
export async function makeInvitation(group: Group, forWhom: string, days: number): Promise<MadeInvitation> {
  const secret = random(16);
  const words = wordsOf(group);
  const link = await joining.linkKey(secret);
  const reception = await joining.freshReception();
  const until = group.hold.clock.now() + days * DAY;
  const newest = await group.keys.newest();
  if (newest === null) throw new Trouble('unverified');
  const whom = forWhom.normalize('NFC');
  await group.act(async (batch) => {
    const { circle, head } = batch.log;
    if (circle === null || head === null || batch.log.words === null) throw new Trouble('unverified');
    const looksIn = [...(readSafeguarding(words.safeguarding[1])?.looksIn ?? '')].slice(0, 200).join('');
    const welcomer = group.names.of(group.me) || '—';
    const preview = await joining.sealPreview(secret, [
      circle, head.id, words.group, words.agreement, words.safeguarding, welcomer, whom, looksIn, reception.open, until,
    ]);
    const key = batch.log.epoch === null ? null : await group.keys.of(batch.log.epoch);
    const card = await joining.sealInviteCard(key ?? newest.key, circle, head.id, [reception.seed, whom, group.key.member]);
    const lookup = await joining.linkLookup(secret);
    const hashes = [batch.attach(preview), batch.attach(card)] as const;
    await batch.add('invite', [link.open, lookup, until, batch.log.words[1], ...hashes, group.anyMemberOpens]);
  });
  await group.door.sync();
  return shown(group, joining.writeLink(secret), until, whom);
}

function shown(group: Group, text: string, until: number, forWhom: string): MadeInvitation {
  const address = `${location.origin}/in/#join.${text}`;
  const made = [...group.book.log.invites.keys()].at(-1) ?? '';
  const invitation = { id: made, forWhom, by: group.me, until, state: 'open' } as const;
  return { invitation, link: address, modules: drawSquare(address) };
}

export async function voidInvitation(group: Group, id: Id): Promise<void> {
  await group.hold.api.remove(`/circles/${group.id}/invitations/${id}`);
  await group.door.sync();
}
