/** One link, one person: links, previews, requests, knocks (SPEC.md section 7). */
import * as box from './box';
import { EMPTY, fromBase64, join as joinBytes, same, toBase64, type Bytes } from './bytes';
import { decode, encode } from './encoding';
import { openings, opens } from './epoch';
import { must } from './failures';
import { freshKey, keyFromSeed, sign, type FreshKey } from './keys';
import { lock, unlock } from './lock';
import { circleOf, type Event, type Invite, type Log } from './log-state';
import { readRequest } from './log-inside';
import type { Request } from './log-shapes';
import { attachmentHash, h, kdf, pad, unpad, type Secret } from './primitives';
import { verifyAs } from './seconds';
import * as s from './shapes';
import { b16, b32, b64, bytes, row, t64, text, u } from './shapes';
import { privateKey } from './subtle';

const MOST_PREVIEW = 65_536;
const MOST_CARD = 1024;
const MOST_KNOCK = 2048;
const LINK_LENGTH = 24;

function linkCheck(secret: Bytes): Bytes {
  return h('link-check', secret).slice(0, 2);
}

/** What stands after `#join.` in a link. */
export function writeLink(secret: Bytes): string {
  return toBase64(joinBytes(secret, linkCheck(secret)));
}

/** The 16 secret bytes of a link; refuses as `bad_link`. */
export function readLink(text_: string): Bytes {
  must(text_.length === LINK_LENGTH && /^[A-Za-z0-9_-]*$/.test(text_), 'bad_link');
  const whole = fromBase64(text_);
  const secret = whole.slice(0, 16);
  must(same(whole.slice(16), linkCheck(secret)), 'bad_link');
  return secret;
}

export async function linkKey(secret: Bytes): Promise<FreshKey> {
  return await keyFromSeed('Ed25519', await kdf(secret, EMPTY, 32, 'link/sign'));
}

export async function linkLookup(secret: Bytes): Promise<Bytes> {
  return await kdf(secret, EMPTY, 16, 'link/lookup');
}

async function previewKey(secret: Bytes): Promise<Bytes> {
  return await kdf(secret, EMPTY, 32, 'link/preview');
}

const preview = row(
  b32, b32, openings.group, openings.agreement, openings.safeguarding, t64, text(0, 64), text(0, 200), b32, u,
);
/** `[circle, head, group, agreement, safeguarding, welcomer, for whom, looks in, reception_pk, expires]` */
export type PreviewBody = s.Of<typeof preview>;

export async function sealPreview(secret: Bytes, body: PreviewBody): Promise<Bytes> {
  const lookup = await linkLookup(secret);
  return await lock(await previewKey(secret), pad(encode(body), MOST_PREVIEW), 'preview', lookup);
}

export async function openPreview(secret: Bytes, sealed: Bytes): Promise<PreviewBody> {
  const lookup = await linkLookup(secret);
  return decode(unpad(await unlock(await previewKey(secret), sealed, 'preview', lookup), MOST_PREVIEW), preview, MOST_PREVIEW);
}

const inviteCard = row(b32, text(0, 64), b16);
/** `[reception private key, for whom, welcomer]` */
export type InviteCard = s.Of<typeof inviteCard>;

export async function sealInviteCard(k: Secret, circle: Bytes, prev: Bytes, body: InviteCard): Promise<Bytes> {
  return await lock(k, pad(encode(body), MOST_CARD), 'invite-card', circle, prev);
}

export async function openInviteCard(k: Secret, circle: Bytes, prev: Bytes, sealed: Bytes): Promise<InviteCard> {
  return decode(unpad(await unlock(k, sealed, 'invite-card', circle, prev), MOST_CARD), inviteCard, MOST_CARD);
}

export async function receptionKey(card: InviteCard, receptionPk: Bytes): Promise<box.BoxKey> {
  return { secret: await privateKey('X25519', card[0]), open: receptionPk };
}

export async function freshReception(): Promise<FreshKey> {
  return await freshKey('X25519');
}

const knock = row(bytes(), b64, b64, openings.name, text(0, 400));
/** `[request, link_sig, joiner_sig, name opening, hello]` */
export type KnockBody = s.Of<typeof knock>;

export async function makeKnock(
  request: Request,
  link: CryptoKey,
  joiner: CryptoKey,
  name: KnockBody[3],
  hello: string,
): Promise<KnockBody> {
  const bytes_ = encode(request);
  const linkSig = await sign(link, 'join/link', bytes_);
  return [bytes_, linkSig, await sign(joiner, 'join/key', bytes_), name, hello];
}

export async function sealKnock(receptionPk: Bytes, circle: Bytes, invite: Bytes, body: KnockBody): Promise<Bytes> {
  return await box.seal(receptionPk, pad(encode(body), MOST_KNOCK), 'knock', circle, invite);
}

/** A knock whose two signatures are good and whose name is the one committed to. */
export async function openKnock(
  reception: box.BoxKey,
  circle: Bytes,
  invite: Pick<Invite, 'id' | 'linkPk'>,
  sealed: Bytes,
): Promise<{ body: KnockBody; request: Request }> {
  const padded = await box.open(reception, sealed, 'knock', circle, invite.id);
  const body = decode(unpad(padded, MOST_KNOCK), knock, MOST_KNOCK);
  const request = readRequest(body[0]);
  must(same(request[1], invite.id), 'unknown_invite');
  must(same(request[0], circle), 'wrong_circle');
  await verifyAs('bad_link_signature', invite.linkPk, body[1], 'join/link', body[0]);
  await verifyAs('bad_joiner_signature', request[3], body[2], 'join/key', body[0]);
  must(opens('name', body[3], request[5]), 'bad_commitment');
  return { body, request };
}

/** Shows the server that an account is made by whoever holds a link. */
export async function signAccountByLink(link: CryptoKey, lookup: Bytes, account: Bytes): Promise<Bytes> {
  return await sign(link, 'account-by-link', lookup, account);
}

export async function signKnockByLink(link: CryptoKey, lookup: Bytes, account: Bytes, member: Bytes, sealed: Bytes): Promise<Bytes> {
  return await sign(link, 'knock-by-link', lookup, account, member, attachmentHash(sealed));
}

/** What the joiner saw and made before the door opened. */
export interface Joined {
  secret: Bytes;
  invite: Bytes;
  /** The sealed preview, as it was shown. */
  preview: Bytes;
  member: Bytes;
  signPk: Bytes;
  boxPk: Bytes;
}

/** Once admitted: are this log, this invitation and this admission the ones that were shown and asked for? */
export async function checkAdmission(log: Log, admit: Event, joined: Joined): Promise<void> {
  const body = await openPreview(joined.secret, joined.preview);
  const invite = log.invites.get(toBase64(joined.invite));
  must(invite !== undefined, 'unknown_invite');
  must(same(body[0], circleOf(log)), 'wrong_circle');
  must(same(body[1], invite.prev), 'preview_head');
  const { open } = await linkKey(joined.secret);
  const isShown = same(invite.linkPk, open) && same(invite.lookup, await linkLookup(joined.secret));
  must(isShown && same(invite.preview, attachmentHash(joined.preview)), 'preview_swapped');
  must(isAsked(admit, joined), 'key_swapped');
  const words = log.wordsAt(invite.seq);
  must(opens('group', body[2], words?.[0] ?? null), 'preview_swapped');
  must(opens('agreement', body[3], words?.[1] ?? null), 'preview_swapped');
  must(opens('safeguarding', body[4], words?.[2] ?? null), 'preview_swapped');
}

function isAsked(admit: Event, { invite, member, signPk, boxPk }: Joined): boolean {
  if (admit.type !== 'admit') return false;
  const [, ...asked] = readRequest((admit as Event<'admit'>).body[0]);
  return [invite, member, signPk, boxPk].every((wanted, i) => same(asked[i] ?? EMPTY, wanted));
}
