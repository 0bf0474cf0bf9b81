/** Operations on logs, and what the server checks. */
import { account, append, attachmentHash, checkNoFork, extend, Failure, isFailure, Log, order, readEvent, same, verify, type Bytes, type Event } from '..';
import { must } from '../failures';
import { replay } from '../log';
import type { In, Ops, Out } from './playing';

function summary(log: Log): Out {
  const members = [...log.members.values()].sort((a, b) => order(a.id, b.id));
  const invites = [...log.invites.values()].sort((a, b) => order(a.id, b.id));
  const unlockers = [...log.unlockers.entries()].map(([id, known]) => ({ id: idOf(id), known }));
  unlockers.sort((a, b) => order(a.id, b.id));
  return {
    circle: log.circle,
    head: log.head?.id ?? null,
    seq: log.length - 1,
    members: members.map((m) => [m.id, m.signPk, m.boxPk, m.name, m.admitted, m.termEnd]),
    invites: invites.map((i) => [i.id, i.state === 'used', i.state === 'void']),
    unlockers: unlockers.map(({ id, known }) => [id, known.kind, known.wrap, known.verifier]),
    words: log.words ?? [],
    policy: log.policy ?? [],
    epoch: log.epoch?.id ?? null,
  };
}

function idOf(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

/** A batch either holds as a whole or leaves the log as it was. */
async function appended({ wires, batch }: In): Promise<Out> {
  const log = await replay(wires);
  const before = JSON.stringify(summary(log));
  try {
    return summary(await extend(log, batch));
  } finally {
    if (JSON.stringify(summary(log)) !== before) throw new Error('a batch touched the log it was tried on');
  }
}

/** One event at a time, and a refused one leaves no trace. */
async function replayed({ wires }: In): Promise<Out> {
  const log = new Log();
  for (const wire of wires) {
    const before = JSON.stringify(summary(log));
    try {
      await append(log, wire);
    } catch (wrong) {
      if (JSON.stringify(summary(log)) !== before) throw new Error('a refused event touched the log');
      throw wrong;
    }
  }
  // As a whole it must end well, too.
  return summary(await extend(log, []));
}

async function unforked({ wires, other }: In): Promise<Out> {
  const log = await replay(wires);
  const fresh: Bytes[] = [];
  for (const wire of other as Bytes[]) {
    await checkNoFork(log, wire);
    if (readEvent(wire).seq >= log.length) fresh.push(wire);
  }
  return { fresh };
}

function required(event: Event): unknown[] {
  if (event.type === 'invite') {
    const { body } = event as Event<'invite'>;
    return [['preview', body[4], null], ['invite-card', body[5], null]];
  }
  if (event.type === 'history') {
    const [target, rows] = (event as Event<'history'>).body;
    return rows.map(([, hash]) => ['history-box', hash, target]);
  }
  if (event.type !== 'epoch') return [];
  const [, boxes, , card, closed] = (event as Event<'epoch'>).body;
  const made = boxes.map(([member, hash]) => ['box', hash, member]);
  return [...made, ['card', card, null], ...closed.map(([member, hash]) => ['list', hash, member])];
}

const AROUND: Readonly<Record<string, [number, number]>> = {
  card: [64, 262_144], list: [0, 262_144], preview: [64, 65_536], 'invite-card': [64, 1024],
};

function checkAttachment({ kind, hash, content }: In): Out {
  must(same(attachmentHash(content), hash), 'wrong_attachment');
  if (kind === 'box' || kind === 'history-box') {
    must(content.length === 80, 'bad_padding');
    return {};
  }
  const [around, most] = AROUND[kind] ?? [0, 0];
  const size = content.length - around;
  must(size >= 256 && size <= most && Number.isInteger(Math.log2(size)), 'bad_padding');
  return {};
}

function checkUnlocker({ wire, wrap, verifier, lookup }: In): Out {
  const event = readEvent(wire);
  must(event.type === 'unlock', 'wrong_unlocker');
  const { body } = event as Event<'unlock'>;
  const holds = same(body[3], account.wrapHash(wrap)) && same(body[4], account.verifierHash(verifier, lookup));
  must(holds, 'wrong_unlocker');
  return {};
}

async function checkDevice({ public: open, home, account_id, time, nonce, signature, now }: In): Promise<Out> {
  must(Math.abs(time - now) <= 600, 'clock');
  try {
    await verify(open, signature, 'device-sign-in', home, account_id, time, nonce);
  } catch (wrong) {
    if (isFailure(wrong)) throw new Failure('bad_device_sign_in');
    throw wrong;
  }
  return {};
}

export const logOps: Ops = {
  replay: replayed,
  append: appended,
  'window-at': async ({ wires, time }) => ({ window: (await replay(wires)).windowAt(time) }),
  'is-host': async ({ wires, member, time }) => ({ host: (await replay(wires)).isHost(member, time) }),
  'check-no-fork': unforked,
  shared: async ({ wires }) => {
    const rows = [...(await replay(wires)).shared].map(([epoch, given]) => ({ id: idOf(epoch), given }));
    rows.sort((a, b) => order(a.id, b.id));
    return { shared: rows.map(({ id, given }) => [id, given.map(({ member, box }) => [idOf(member), box])]) };
  },
  'required-attachments': ({ wire }) => ({ attachments: required(readEvent(wire)) }),
  'check-attachment': checkAttachment,
  'check-clock': ({ time, now }) => {
    must(Math.abs(time - now) <= 600, 'clock');
    return {};
  },
  'check-unlocker': checkUnlocker,
  'check-device-sign-in': checkDevice,
};

