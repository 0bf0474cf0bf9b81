/** Someone with a link: what it shows, and knocking with it. */
import type { Knock, Preview } from '../inside/model';
import { Trouble } from '../inside/trouble';
import {
  attachmentHash, epochs, fromBase64, joining, KIND, readEvent, same, toBase64, type Bytes, type Event,
} from '../protocol';
import type { Aboard } from './aboard';
import type { Hold } from './hold';
import { keyOf, makeCircleKey, type CircleKey } from './me';
import { Refused } from './refusals';

interface InvitationTold {
  state: 'open' | 'used' | 'expired' | 'void';
  preview?: string;
  invite?: string;
  event?: string;
}

/** A link that was looked at, and is what its maker signed. */
export interface Invitation {
  secret: Bytes;
  lookup: Bytes;
  invite: Bytes;
  preview: Bytes;
  body: joining.PreviewBody;
}

const CLOSED = { used: 'invitation_used', expired: 'invitation_over', void: 'invitation_void' } as const;

/** What a sentence puts behind a link that stands in it. */
const BEHIND = /(?:%20|[\s.,;:!?)\]>"'’”])+$/;

function readSecret(text: string): Bytes {
  if (text === '') throw new Trouble('invitation_incomplete');
  if (text.length < 24) throw new Trouble('invitation_incomplete');
  return joining.readLink(text);
}

export async function lookAt(hold: Hold, text: string): Promise<Invitation> {
  const secret = readSecret(text.trim().replace(BEHIND, ''));
  const lookup = await joining.linkLookup(secret);
  const told = await ask(hold, lookup);
  if (told.state !== 'open') throw new Trouble(CLOSED[told.state]);
  if (told.preview === undefined || told.event === undefined) throw new Trouble('invitation_changed');
  const preview = fromBase64(told.preview);
  const event = readEvent(fromBase64(told.event)) as Event<'invite'>;
  const body = await joining.openPreview(secret, preview);
  await check(secret, lookup, preview, body, event);
  return { secret, lookup, invite: event.id, preview, body };
}

async function ask(hold: Hold, lookup: Bytes): Promise<InvitationTold> {
  try {
    return await hold.api.get<InvitationTold>(`/invitations/${toBase64(lookup)}`);
  } catch (wrong) {
    if (wrong instanceof Refused && wrong.status === 404) throw new Trouble('invitation_over');
    throw wrong;
  }
}

/** Is this preview the one that the invite event names, and that event the one this link belongs to? */
async function check(secret: Bytes, lookup: Bytes, preview: Bytes, body: joining.PreviewBody, event: Event<'invite'>): Promise<void> {
  const { open } = await joining.linkKey(secret);
  const holds =
    event.type === 'invite' &&
    event.circle !== null && same(event.circle, body[0]) &&
    event.prev !== null && same(event.prev, body[1]) &&
    same(event.body[0], open) && same(event.body[1], lookup) &&
    same(event.body[3], epochs.commit('agreement', body[3])) &&
    same(event.body[4], attachmentHash(preview));
  if (!holds) throw new Trouble('invitation_changed');
}

export function previewOf({ body }: Invitation): Preview {
  const [, , group, agreement, , welcomer, forWhom, looksIn, , until] = body;
  return { groupName: group[1], welcomer, forWhom, agreement: agreement[1], looksIn, until };
}

/**
 * Who this person will be behind the door. Keys of a circle are never put aside for a link's sake: not those of the
 * circle of one's own, whatever a preview says, and not those of a member.
 */
async function keyForDoor(aboard: Aboard, circle: Bytes): Promise<CircleKey> {
  const { me } = aboard;
  const id = toBase64(circle);
  const known = keyOf(me, id);
  const log = aboard.groups.get(id)?.book.log;
  if (same(circle, me.own) || (known !== null && known.kind !== KIND.group)) throw new Trouble('invitation_changed');
  if (known !== null && log?.member(known.member) != null) throw new Trouble('invitation_used');
  const isSpent = known !== null && log?.usedIds.has(toBase64(known.member)) === true;
  if (known !== null && !isSpent) return known;
  const key = { ...(await makeCircleKey(me.ak, me.account, KIND.group)), circle };
  await aboard.saveKey(key);
  return key;
}

/** Knocks. The keys and what was shown are kept first, so that nothing is lost on the way. */
export async function knock(aboard: Aboard, invitation: Invitation, { myName, hello }: Knock): Promise<void> {
  const { hold, me, mine } = aboard;
  const wanted = myName.normalize('NFC').trim();
  if (wanted === '') throw new Trouble('name_empty');
  if ([...wanted].length > 64 || [...hello].length > 400) throw new Trouble('too_long');
  const { secret, lookup, invite, preview, body } = invitation;
  const key = await keyForDoor(aboard, body[0]);
  const name = epochs.hide(wanted);
  const link = await joining.linkKey(secret);
  const agreement = epochs.commit('agreement', body[3]);
  const { member, signPk, boxPk } = key;
  const request = [body[0], invite, member, signPk, boxPk, epochs.commit('name', name), agreement] as Parameters<typeof joining.makeKnock>[0];
  const made = await joining.makeKnock(request, link.secret, key.sign, name, hello.normalize('NFC'));
  const sealed = await joining.sealKnock(body[8], body[0], invite, made);
  const sig = await joining.signKnockByLink(link.secret, lookup, me.account, member, sealed);
  const knocked = {
    secret: toBase64(secret), circle: toBase64(body[0]), invite: toBase64(invite), preview: toBase64(preview),
    member: toBase64(member), name: wanted, nameRandom: toBase64(name[0]), since: hold.clock.now(),
  };
  await mine.changeNow((state) => ({ ...state, knocked }));
  await hold.api.post('/knocks', {
    lookup: toBase64(lookup), member: toBase64(member), sealed: toBase64(sealed), link_sig: toBase64(sig),
  });
  await aboard.waiting.show(knocked, 'waiting');
}

