/** Somebody who lost everything is let in anew by two who checked who it is; and two appoint a host. */
import type { ReturnAsked, Returning } from '../inside/returning-views';
import { Trouble } from '../inside/trouble';
import { fromBase64, h, random, same, seconds, TERM, toBase64, type Bytes, type Id, type Rest, type Second } from '../protocol';
import type { Core } from './core';
import type { KnockHere, NoteHere } from './door';
import type { Group } from './group';
import { PROPOSAL_LASTS } from './proposing';
import { asTrouble } from './refusals';
import { hostsAsked } from './returning-waits';

function knockOf(group: Group, id: Id): KnockHere {
  const knock = group.door.knocks.find(({ invite }) => invite === id);
  if (knock === undefined) throw new Trouble('gone');
  return knock;
}

function asking(group: Group, id: string): { note: NoteHere; rest: readonly [Bytes, Bytes, Bytes, string] } {
  const note = group.door.notes.find((one) => one.id === id);
  if (note?.note.type !== 'ask-replaces') throw new Trouble('gone');
  return { note, rest: note.note.rest };
}

/** The knock as this member opens it: both signatures on it hold, or it is not shown. */
async function openAsked(group: Group, id: string): Promise<ReturnAsked & { knock: KnockHere }> {
  const { note, rest: [invite, old, sealed, words] } = asking(group, id);
  const knock = await group.door.openKnock({ invite: toBase64(invite), sealed: toBase64(sealed), since: note.at });
  if (knock === null || group.book.log.member(old) === null) throw new Trouble('gone');
  return { id, by: note.from, old: toBase64(old), name: knock.body[3]?.[1] ?? '', hello: knock.body[4], words, knock };
}

/** The second's yes that belongs to exactly this knock. */
function readyFor(group: Group, { body, invite }: KnockHere): { note: string; old: Bytes; second: Second } | null {
  for (const { id, from, note } of group.door.notes) {
    if (note.type !== 'second-replaces' || toBase64(note.rest[0]) !== invite) continue;
    const [, old, request, head, expiry, signature] = note.rest;
    const stands = same(request, h('request', body[0])) && expiry >= group.hold.clock.now() && group.book.log.member(old) !== null;
    if (stands && group.book.log.members.has(from)) return { note: id, old, second: [fromBase64(from), head, expiry, signature] };
  }
  return null;
}

async function askToCheck(group: Group, knock: Id, old: Id, second: Id, words: string): Promise<void> {
  const { invite, sealed } = knockOf(group, knock);
  if (new Set([old, second, group.me]).size < 3) throw new Trouble('needs_second');
  await group.door.note(fromBase64(second), 'ask-replaces', [fromBase64(invite), fromBase64(old), sealed, words.normalize('NFC')]);
}

async function sayChecked(group: Group, id: string): Promise<void> {
  const { by, old, knock } = await openAsked(group, id);
  const { book, key, hold } = group;
  const [author, was] = [fromBase64(by), fromBase64(old)];
  const [head, expiry] = [book.log.head?.id ?? book.circle, hold.clock.now() + PROPOSAL_LASTS];
  const act = seconds.replacesAct(book.circle, was, knock.body[0], author);
  const [, , , signature] = await seconds.signSecond(key.sign, key.member, act, head, expiry);
  await group.door.note(author, 'second-replaces', [fromBase64(knock.invite), was, h('request', knock.body[0]), head, expiry, signature]);
  await group.door.dropNote(id);
}

async function readmit(group: Group, id: Id, old: Id): Promise<void> {
  const knock = knockOf(group, id);
  const [bytes, linkSig, joinerSig, name] = knock.body;
  const ready = readyFor(group, knock);
  if (name === null) throw new Trouble('gone');
  if (group.names.isTaken(name[1], old)) throw new Trouble('name_in_group_taken');
  if (group.book.log.members.size > 2 && (ready === null || toBase64(ready.old) !== old)) throw new Trouble('needs_second');
  group.keys.learn('name', name);
  await group.act(async (batch) => {
    await batch.add('admit', [bytes, linkSig, joinerSig, random(32), [fromBase64(old), ready?.second ?? null]]);
    await batch.rotate(group);
  });
  group.door.knocks = group.door.knocks.filter(({ invite }) => invite !== id);
  if (ready !== null) await group.door.dropNote(ready.note).catch(() => undefined);
  group.touch();
}

async function proposeHost(group: Group, member: Id): Promise<void> {
  const { book, key, hold } = group;
  const [target, until] = [fromBase64(member), hold.clock.now() + TERM - 60];
  const [head, expiry] = [book.log.head?.id ?? book.circle, hold.clock.now() + PROPOSAL_LASTS];
  const [, , , signature] = await seconds.signSecond(key.sign, key.member, seconds.roleAct(book.circle, target, until), head, expiry);
  await group.outbox.put('propose-role', [target, until, head, expiry, signature]);
}

async function sayYesToHost(group: Group, id: Id): Promise<void> {
  const read = group.feed.folded.decisions.find(({ hash }) => hash === id);
  if (read?.content.type !== 'propose-role') throw new Trouble('gone');
  const [target, until, head, expiry, signature] = read.content.rest as Rest<'propose-role'>;
  const second: Second = [read.message.author, head, expiry, signature];
  await group.act(async (batch) => void (await batch.add('role', [target, until, second])));
}

export function returningOf(core: Core): Returning {
  return {
    returnAsked: async (id) => await openAsked(core.open, id).catch(() => null),
    returnReady: (id) => {
      const knock = core.open.door.knocks.find(({ invite }) => invite === id);
      const ready = knock === undefined ? null : readyFor(core.open, knock);
      return ready && { by: toBase64(ready.second[0]), old: toBase64(ready.old) };
    },
    askToCheck: (knock, old, second, words) => asTrouble(() => askToCheck(core.open, knock, old, second, words)),
    sayChecked: (id) => asTrouble(() => sayChecked(core.open, id)),
    sayNotChecked: (id) => asTrouble(() => core.open.door.dropNote(id)),
    readmit: (knock, old) => asTrouble(() => readmit(core.open, knock, old)),
    hostAsked: (id) => hostsAsked(core.open).find((one) => one.id === id) ?? null,
    proposeHost: (member) => asTrouble(() => proposeHost(core.open, member)),
    sayYesToHost: (id) => asTrouble(() => sayYesToHost(core.open, id)),
    sayNoToHost: (id) => asTrouble(async () => {
      core.open.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, id] }));
      core.open.touch();
    }),
  };
}
