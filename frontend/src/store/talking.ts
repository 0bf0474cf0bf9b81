/** Saying, hearing, taking back: what goes into the outbox, and what of it is still on its way. */
import type { Saying } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { fromBase64, toBase64, WANTS, type Id } from '../protocol';
import type { Read } from './feed-entries';
import type { Group } from './group';
import type { MineState } from './mine-state';
import type { Write } from './outbox';
import { written } from './outbox-words';

const WANT = { listen: WANTS.listen, 'been-there': WANTS.beenThere, ideas: WANTS.ideas } as const;

export async function say(group: Group, { place, text, note, wants, replyTo }: Saying): Promise<void> {
  const said = text.normalize('NFC');
  if (said.trim() === '') return;
  const about = note === null || note.trim() === '' ? null : note.normalize('NFC').trim();
  if ([...said].length > 8000 || [...(about ?? '')].length > 200) throw new Trouble('too_long');
  const reply = replyTo === null ? null : fromBase64(group.hashOf(replyTo));
  await group.outbox.put('say', [place, reply, about, wants === null ? WANTS.none : WANT[wants], said]);
}

export async function hear(group: Group, row: Id): Promise<void> {
  const hash = group.hashOf(row);
  if (group.feed.folded.heardBy(hash).includes(group.me)) return;
  await group.outbox.put('hear', [fromBase64(hash)]);
}

export async function unhear(group: Group, row: Id): Promise<void> {
  const hash = group.hashOf(row);
  const waiting = group.outbox.waiting.get().findLast(({ content }) => content.type === 'hear' && toBase64(content.rest[0]) === hash);
  if (waiting !== undefined && (await group.outbox.drop(waiting.row))) return;
  const mine = group.feed.folded.hears.get(hash)?.get(group.me);
  if (mine !== undefined) await group.outbox.put('take-back', [fromBase64(mine)]);
}

/** More than half of those who belong want nothing spoken here. */
export function isVoiceOff(group: Group): boolean {
  return group.saying('voice', 'off').length * 2 > group.book.log.members.size;
}

/** Whose it is and which, what its pieces name as well; and how many those are. */
function voiceOf(group: Group, hash: Id): { of: string; parts: number } | null {
  const { held } = group.feed.folded;
  const content = held.get(hash)?.content ?? group.outbox.waiting.get().find((item) => item.hash === hash)?.content;
  if (content?.type !== 'voice') return null;
  return { of: `${held.get(hash)?.author ?? group.me} ${toBase64(content.rest[5])}`, parts: content.rest[6] };
}

/** Pieces of what was spoken, by their hash, or by their row where they wait to be sent; none where it was written. */
export function piecesOf(group: Group, hash: Id): Id[] {
  const voice = voiceOf(group, hash)?.of;
  const waiting = group.outbox.waiting.get().flatMap(({ content, row: piece }): [Id, string][] => {
    return content.type === 'voice-part' ? [[piece, `${group.me} ${toBase64(content.rest[0])}`]] : [];
  });
  return [...new Map([...group.feed.folded.pieces, ...waiting])].flatMap(([piece, of]) => (of === voice ? [piece] : []));
}

/** A device that has only the newest asks for those before them; where the site is away, for those that are here. */
async function allPiecesOf(group: Group, hash: Id): Promise<Id[]> {
  const parts = voiceOf(group, hash)?.parts ?? 0;
  if (piecesOf(group, hash).length < parts) await group.feed.reach.back().catch(() => undefined);
  return piecesOf(group, hash);
}

/**
 * What has not left yet simply does not leave; what has, or may have, is taken back for everyone, with all its pieces:
 * in one step, so that whoever closes the page meanwhile leaves none of them behind.
 */
export async function takeBack(group: Group, row: Id): Promise<void> {
  const pieces = await allPiecesOf(group, group.hashOf(row));
  const left: Id[] = [];
  for (const one of [row, ...pieces.reverse()]) if (!(await group.outbox.drop(one))) left.push(one);
  const reads = left.map((one) => ownRead(group, one));
  const [first] = reads;
  const out = reads.filter(({ hash }) => !group.feed.folded.isTakenBack(hash, group.me));
  const writes = out.map(({ hash }): Write => (time, after) => written('take-back', time, after, [fromBase64(hash)]));
  if (first !== undefined && writes.length > 0) await group.outbox.putInARow(writes, first.message.keep);
}

function ownRead(group: Group, row: Id): Read {
  const read = group.feed.folded.held.get(group.hashOf(row));
  if (read === undefined || read.author !== group.me) throw new Trouble('gone');
  return read;
}

/** However much somebody reads elsewhere meanwhile. */
const FAR = 100_000;

/** The reading place only moves forward. A place that a server made up is not taken, and does not last. */
export function seen(group: Group, place: Saying['place'], row: Id): void {
  const position = group.feed.folded.byHash.get(group.hashOf(row))?.position;
  if (position === undefined || !group.mine.cell.get().settings.readingPlace) return;
  const reachedTo = group.feed.reach.to;
  const seenTo = Math.min(Math.floor(position), reachedTo);
  const readTo = ({ read }: MineState) => {
    const known = read[group.id]?.[place] ?? -1;
    return known > reachedTo + FAR ? -1 : known;
  };
  if (seenTo <= readTo(group.mine.cell.get())) return;
  const next = (mine: MineState) => ({ ...mine.read[group.id], [place]: Math.max(readTo(mine), seenTo) });
  group.mine.quietly((mine) => ({ ...mine, read: { ...mine.read, [group.id]: next(mine) } }));
  group.touch();
}
