/** Operations on epochs, messages, the door, words and asides. */
import {
  acceptAt, asides, epochs, Failure, fromBase64, history, joining, keyFromSeed, leavesGap, openMessage, order, placesNow,
  readEnvelope, readEvent, roomWordPlaces, same, sealMessage, Streams, toBase64, verify, writeContent, writeEvent,
  type Bytes, type Epoch, type Envelope, type Event, type Log,
} from '..';
import { decode } from '../encoding';
import { isFailure, must, type FailureCode } from '../failures';
import { replay } from '../log';
import { attachmentHash, kdf } from '../primitives';
import { anything, list } from '../shapes';
import { privateKey, publicHalf } from '../subtle';
import * as box from '../box';
import { withRandom, type In, type Ops, type Out } from './playing';

interface Keys {
  member: Bytes;
  sign: CryptoKey;
  signPk: Bytes;
  boxPk: Bytes;
  box: box.BoxKey;
}

export async function keysOf([member, signSeed, boxSeed]: [Bytes, Bytes, Bytes]): Promise<Keys> {
  const signing = await keyFromSeed('Ed25519', signSeed);
  const opening = await keyFromSeed('X25519', boxSeed);
  return { member, sign: signing.secret, signPk: signing.open, boxPk: opening.open, box: { secret: opening.secret, open: opening.open } };
}

function epochOf(wire: Bytes): Epoch & { circle: Bytes } {
  const { id, seq, prev, author, time, circle, body } = readEvent(wire) as Event<'epoch'>;
  const [, boxes, commitment, card, closed] = body;
  const byMember = (rows: readonly (readonly [Bytes, Bytes])[]) => new Map(rows.map(([member, hash]) => [toBase64(member), hash]));
  const none = new Uint8Array(0);
  return {
    id, seq, author, time, commitment, card, circle: circle ?? none, prev: prev ?? none, boxes: byMember(boxes), closed: byMember(closed),
  };
}

async function openBox({ keys, wire, box: sealed }: In): Promise<Out> {
  const { member, box: key } = await keysOf(keys);
  const epoch = epochOf(wire);
  await epochs.openBox(key, epoch.circle, epoch, member, sealed);
  return { key: await box.open(key, sealed, 'box', epoch.circle, epoch.prev, member) };
}

async function openHistoryBox({ keys, circle, epoch, commitment, box: sealed }: In): Promise<Out> {
  const { member, box: key } = await keysOf(keys);
  await history.openHistoryBox(key, circle, { id: epoch, prev: epoch, commitment }, member, sealed);
  return { key: await box.open(key, sealed, 'history-box', circle, epoch, member) };
}

async function readCard({ wires, card }: In): Promise<Out> {
  const said = await epochs.readCard(await replay(wires), card);
  const byId = (rows: [string, unknown][]) => rows.map(([id, it]) => ({ id: fromBase64(id), it })).sort((a, b) => order(a.id, b.id));
  const names = new Set(['group', 'agreement', 'safeguarding']);
  return {
    group: said.group,
    agreement: said.agreement,
    safeguarding: said.safeguarding,
    names: byId([...said.names]).map(({ id, it }) => [id, it]),
    affirmed: byId([...said.affirmed]).map(({ id, it }) => [id, ...(it as unknown[])]),
    unverified: said.unverified.map((what) => (names.has(what) ? what : fromBase64(what))),
  };
}

async function sealed({ keys, key, header, time, after, type, rest }: In): Promise<Out> {
  const { sign: signKey } = await keysOf(keys);
  const [circle, epoch, head, author, stream, counter, prev, id, keep] = header;
  const content = writeContent(type, time, after, rest);
  const fields = { circle, epoch, head, author, stream, counter, prev, id, keep };
  const envelope = await sealMessage(key, signKey, fields, content);
  return { envelope, hash: readEnvelope(envelope).hash };
}

async function opened({ key, envelope, sign_pk }: In): Promise<Out> {
  const { content, contentBytes, signature } = await openMessage(key, { signPk: sign_pk }, readEnvelope(envelope));
  if (content.type === 'later') throw new Failure('unknown_type');
  return { content: decode(contentBytes, list(anything), 16_000), signature };
}

type Closing = [number, Bytes, Bytes[]];

function isListed(lists: ReadonlyMap<string, ReadonlySet<string>>, message: Envelope): boolean {
  return lists.get(toBase64(message.author))?.has(toBase64(message.hash)) ?? true;
}

async function receive({ wires, envelopes, accounted, closed }: In): Promise<Out> {
  const log = await replay(wires);
  const streams = new Streams();
  const lists = new Map<string, ReadonlySet<string>>();
  const held = new Set<string>();
  const taken: boolean[] = [];
  const messages = (envelopes as Bytes[]).map(readEnvelope);
  messages.forEach((message, number) => {
    for (const [after, member, hashes] of closed as Closing[]) {
      if (after === number) lists.set(toBase64(member), new Set(hashes.map(toBase64)));
    }
    taken.push(acceptOne(log, streams, lists, message));
    held.add(toBase64(message.hash));
  });
  const excused = new Set((accounted as Bytes[]).map(toBase64));
  for (const message of messages) must(!leavesGap(message, held, excused), 'gap');
  return { taken };
}

function acceptOne(log: Log, streams: Streams, lists: ReadonlyMap<string, ReadonlySet<string>>, message: Envelope): boolean {
  if (streams.knows(message)) return false;
  const { moment } = acceptAt(log, message);
  must(isListed(lists, message), 'after_removal');
  if (streams.check(message, moment) === 'known') return false;
  streams.take(message, moment);
  return true;
}

async function checkEnvelope({ wires, envelope, member }: In): Promise<Out> {
  const log = await replay(wires);
  const message = readEnvelope(envelope);
  must(log.circle !== null && same(message.circle, log.circle), 'wrong_circle');
  must(same(message.author, member), 'wrong_author');
  must(log.member(member) !== null, 'not_a_member');
  must(log.at(message.head) !== null, 'unknown_head');
  must(log.epoch !== null && same(log.epoch.id, message.epoch) && (log.head?.settled ?? false), 'superseded');
  const size = message.sealed.length - 16;
  must(size >= 256 && size <= 16_384 && Number.isInteger(Math.log2(size)), 'bad_padding');
  return { hash: message.hash };
}

async function verifies(code: FailureCode, key: Bytes, signature: Bytes, name: string, ...context: Bytes[]): Promise<Out> {
  try {
    await verify(key, signature, name, ...context);
    return {};
  } catch (wrong) {
    throw isFailure(wrong) ? new Failure(code) : wrong;
  }
}

async function checkKnock({ link_pk, lookup, account_id, member, knock, signature }: In): Promise<Out> {
  await verifies('bad_link_signature', link_pk, signature, 'knock-by-link', lookup, account_id, member, attachmentHash(knock));
  const size = knock.length - 48;
  must(size >= 256 && size <= 2048 && Number.isInteger(Math.log2(size)), 'bad_padding');
  return {};
}

async function openKnock({ reception, wires, invite, knock }: In): Promise<Out> {
  const log = await replay(wires);
  const found = log.invites.get(toBase64(invite)) ?? { id: invite, linkPk: new Uint8Array(32) };
  const key = { secret: await privateKey('X25519', reception), open: await publicHalf('X25519', reception) };
  const { body } = await joining.openKnock(key, log.circle ?? invite, found, knock);
  must(log.invites.has(toBase64(invite)), 'unknown_invite');
  return { body };
}

async function request({ keys, secret, circle, invite, name, agreement }: In): Promise<Out> {
  const who = await keysOf(keys);
  const { secret: link } = await joining.linkKey(secret);
  const made = await joining.makeKnock([circle, invite, who.member, who.signPk, who.boxPk, name, agreement], link, who.sign, [new Uint8Array(32), 'Eli'], '');
  return { request: made.slice(0, 3) };
}

async function linkFrom({ secret }: In): Promise<Out> {
  const { open } = await joining.linkKey(secret);
  const preview_key = await kdf(secret, new Uint8Array(0), 32, 'link/preview');
  return { fragment: joining.writeLink(secret), link_pk: open, lookup: await joining.linkLookup(secret), preview_key };
}

async function signByLink({ secret, account_id, member, knock }: In): Promise<Out> {
  const { secret: link } = await joining.linkKey(secret);
  const lookup = await joining.linkLookup(secret);
  return {
    account: await joining.signAccountByLink(link, lookup, account_id),
    knock: await joining.signKnockByLink(link, lookup, account_id, member, knock),
  };
}

async function checkAdmission({ secret, keys, preview, wires, invite, admit }: In): Promise<Out> {
  const { member, signPk, boxPk } = await keysOf(keys);
  const joined = { secret, invite, preview, member, signPk, boxPk };
  await joining.checkAdmission(await replay(wires), readEvent(admit), joined);
  return {};
}

async function openAside({ keys, circle, author, author_pk, sealed: bytes }: In): Promise<Out> {
  const { member, box: key } = await keysOf(keys);
  const note = await asides.openAside(key, author_pk, { circle, from: author, to: member }, bytes);
  if (note.type === 'later') throw new Failure('unknown_type');
  return { content: [note.time, note.type, ...note.rest] };
}

export const epochOps: Ops = {
  commit: ({ what, opening }) => ({ commitment: epochs.commit(what, opening) }),
  'make-event': async ({ wires, keys, time, type, body }) => {
    const log = await replay(wires);
    const { member, sign: key } = await keysOf(keys);
    const at = { circle: log.circle, seq: log.length, prev: log.head?.id ?? null, time, author: member };
    return { wire: await writeEvent(key, at, type, body) };
  },
  'open-box': openBox,
  'open-history-box': openHistoryBox,
  'seal-card': ({ key, circle, prev, card, random: given }) =>
    withRandom(given, async () => ({ sealed: await epochs.sealCard(key, circle, prev, card) })),
  'open-card': async ({ key, wire, sealed: bytes }) => {
    const epoch = epochOf(wire);
    return { card: await epochs.openCard(key, epoch.circle, epoch, bytes) };
  },
  'read-card': readCard,
  'make-list': ({ hashes }) => ({ list: epochs.writeList(hashes) }),
  'open-list': ({ wire, member, list: bytes }) => ({ hashes: epochs.readList(epochOf(wire), member, bytes) }),
  affirm: async ({ keys, circle, agreement }) => {
    const { member, sign: key } = await keysOf(keys);
    return { affirmation: await epochs.affirm(key, circle, member, agreement) };
  },
};

export const messageOps: Ops = {
  'seal-message': sealed,
  'read-envelope': ({ envelope }) => {
    const { hash, id } = readEnvelope(envelope);
    return { hash, id };
  },
  'open-message': opened,
  'author-at-head': async ({ wires, envelope }) => ({ sign_pk: acceptAt(await replay(wires), readEnvelope(envelope)).author.signPk }),
  receive,
  'check-envelope': checkEnvelope,
  'check-known': ({ known, envelope }) => {
    must(same(known, envelope), 'id_reused');
    return {};
  },
};

export const doorOps: Ops = {
  'link-from': linkFrom,
  'read-link': ({ fragment }) => ({ secret: joining.readLink(fragment) }),
  'seal-preview': ({ secret, body, random: given }) =>
    withRandom(given, async () => ({ sealed: await joining.sealPreview(secret, body) })),
  'open-preview': async ({ secret, sealed: bytes }) => ({ body: await joining.openPreview(secret, bytes) }),
  'seal-invite-card': ({ key, circle, prev, body, random: given }) =>
    withRandom(given, async () => ({ sealed: await joining.sealInviteCard(key, circle, prev, body) })),
  'open-invite-card': async ({ key, circle, prev, sealed: bytes }) => ({
    body: await joining.openInviteCard(key, circle, prev, bytes),
  }),
  'make-request': request,
  'open-knock': openKnock,
  'sign-by-link': signByLink,
  'check-account-by-link': ({ link_pk, lookup, account_id, signature }) =>
    verifies('bad_link_signature', link_pk, signature, 'account-by-link', lookup, account_id),
  'check-knock-by-link': checkKnock,
  'check-admission': checkAdmission,
  'word-numbers': ({ circle, event }) => ({ numbers: roomWordPlaces(circle, event) }),
  'room-words': async ({ wires }) => ({ numbers: placesNow(await replay(wires)) }),
  'open-aside': openAside,
};
