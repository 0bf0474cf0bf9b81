/** Operations on reports. */
import { attachmentHash, Failure, isFailure, keyFromSeed, toBase64, fromBase64, verify, type Bytes, type Log } from '..';
import { decode } from '../encoding';
import { must } from '../failures';
import { reports } from '../later';
import { replay } from '../log';
import { anything, list } from '../shapes';
import type { In, Ops, Out } from './playing';

async function boxKey(seed: Bytes) {
  const { secret, open } = await keyFromSeed('X25519', seed);
  return { secret, open };
}

async function readPick({ wires, row }: In): Promise<Out> {
  const { header } = await reports.readPick(await replay(wires), row);
  return { content: decode(row[1], list(anything), 16_000), hash: header.hash };
}

async function readTalkPick({ wires, reporter, talk, row }: In): Promise<Out> {
  const { header } = await reports.readPick(await reports.readTalk(await replay(wires), toBase64(reporter), talk), row);
  return { content: decode(row[1], list(anything), 16_000), hash: header.hash };
}

function lastKnown(log: Log, member: Bytes) {
  const moment = log.moments.findLast(({ members }) => members.has(toBase64(member)));
  return moment?.members.get(toBase64(member));
}

/** What the server asks; here only so that both languages say the same of every vector. */
async function put({ wires, author, id, sealed, signature }: In): Promise<Out> {
  const log = await replay(wires);
  const known = lastKnown(log, author);
  if (known === undefined || log.circle === null) throw new Failure('not_a_member');
  try {
    await verify(known.signPk, signature, 'report-put', log.circle, author, id, attachmentHash(sealed));
  } catch (wrong) {
    throw isFailure(wrong) ? new Failure('bad_signature') : wrong;
  }
  const size = sealed.length - 48;
  must(size >= 256 && size <= 65_536 && Number.isInteger(Math.log2(size)), 'bad_padding');
  return {};
}

export const reportOps: Ops = {
  'read-pick': readPick,
  'read-talk-pick': readTalkPick,
  'report-recipients': async ({ wires, reporter, authors }) => {
    const found = reports.recipients(await replay(wires), toBase64(reporter), (authors as Bytes[]).map(toBase64));
    return { recipients: found.map(fromBase64) };
  },
  'open-report': async ({ contact, circle, author, author_pk, id, sealed }) => ({
    content: await reports.openReport(await boxKey(contact), { circle, from: author, signPk: author_pk, id }, sealed),
  }),
  'check-report-put': put,
  'open-answer': async ({ seed, circle, id, sealed }) => ({ ...(await reports.openAnswer(await boxKey(seed), circle, id, sealed)) }),
};
