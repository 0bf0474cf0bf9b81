/** Verbs about concerns and decisions, as screens call them. */
import type { Deciding, ToldView } from '../inside/model';
import { asides, same, type Id } from '../protocol';
import type { Core } from './core';
import { namingDecidersOf } from './deciders';
import { askForQuiet, decidingView, fold, outsideStates } from './deciding';
import { TOLD, type ToldHere } from './door';
import type { Group } from './group';
import { Pairs } from './pairs';
import { asTrouble } from './refusals';
import * as removing from './removing';
import * as reports from './reports';

/** Why this person was asked to go: from the room, or from the note that came first and stays on this device. */
async function told(group: Group): Promise<ToldView | null> {
  const { folded } = group.feed;
  const asked = folded.decisions.findLast(({ content }) => content.type === 'propose-remove' && same(content.rest[0], group.key.member));
  if (asked?.content.type === 'propose-remove') return { by: asked.author, why: asked.content.rest[6] };
  const kept = await group.hold.drawer.get<ToldHere>('facts', `${TOLD} ${group.id}`);
  const from = kept === undefined ? undefined : group.book.log.members.get(kept.from);
  if (kept === undefined || from === undefined) return null;
  const between = { circle: group.book.circle, from: from.id, to: group.key.member };
  const note = await asides.openAside(group.key.box, from.signPk, between, kept.sealed);
  return note.type === 'before-remove' ? { by: kept.from, why: note.rest[0] } : null;
}

async function appeal(group: Group, words: string): Promise<void> {
  await reports.appeal(group, words, (await told(group))?.why ?? '');
}

/** With a reason that somebody else did not share goes their no, and what was kept of it on this device. */
async function putAway(group: Group, id: string): Promise<void> {
  const { notes } = group.door;
  const isTold = notes.some((one) => one.id === id && one.note.type === 'before-remove');
  const saidNo = notes.filter(({ note }) => note.type === 'not-removed' && same(note.rest[0], group.key.member));
  await group.door.dropNote(id);
  if (!isTold || saidNo.length === 0) return;
  for (const note of saidNo) await group.door.dropNote(note.id);
  await group.hold.drawer.remove('facts', `${TOLD} ${group.id}`);
}

async function openReport(group: Group, id: Id) {
  const shown = await reports.openReport(group, id);
  // That somebody has read it is told also where the connection goes meanwhile: it is asked again next time.
  await reports.markRead(group, id).catch(() => undefined);
  return shown;
}

/** In the group's own places, and in the talks of two of its members. */
async function takenBack(core: Core) {
  const group = core.open;
  const talks = core.in.pairs instanceof Pairs ? core.in.pairs.all().filter(({ shared }) => shared === group) : [];
  const taken = await Promise.all([group, ...talks].map(({ feed }) => feed.taken.all()));
  return taken.flat().map(({ hash, author, time }) => ({ id: hash, author, time }));
}

export function decidingOf(core: Core): Deciding {
  return {
    ...namingDecidersOf(core),
    deciding: () => decidingView(core.open),
    whoDecides: (authors) => reports.whoDecides(core.open, authors),
    takenBack: () => asTrouble(() => takenBack(core)),
    report: (report) => asTrouble(() => reports.report(core.open, report)),
    openReport: (id) => asTrouble(() => openReport(core.open, id)),
    answerReport: (id, words) => asTrouble(() => reports.answer(core.open, id, words)),
    putAway: (note) => asTrouble(() => putAway(core.open, note)),
    fold: (message, words) => asTrouble(() => fold(core.open, message, words)),
    askForQuiet: (member, report, why) => asTrouble(() => askForQuiet(core.open, member, report, why)),
    letsTalk: (id) => asTrouble(() => removing.letsTalk(core.open, id)),
    dropRemoval: (id) => asTrouble(() => removing.dropRemoval(core.open, id)),
    voidOlder: () => asTrouble(() => removing.voidOlder(core.open)),
    contactReads: () => asTrouble(async () => (await core.hold.api.get<{ reading: boolean }>('/contact')).reading),
    isFolded: (message) => core.open.folds().messages.has(core.open.hashOf(message)),
    outsideStates: () => asTrouble(() => outsideStates(core.open)),
    told: () => asTrouble(() => told(core.open)),
    appeal: (words) => asTrouble(() => appeal(core.open, words)),
  };
}
