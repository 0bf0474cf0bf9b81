/** Saying, hearing, taking back: what goes into the outbox, and what of it is still on its way. */
import type { Saying } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { fromBase64, toBase64, WANTS, type Id } from '../protocol';
import type { Group } from './group';
import type { MineState } from './mine-state';

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

/** Whose it is and which: what its pieces name as well. */
function voiceOf(group: Group, hash: Id): string | null {
  const { held } = group.feed.folded;
  const content = held.get(hash)?.content ?? group.outbox.waiting.get().find((item) => item.hash === hash)?.content;
  return content?.type === 'voice' ? `${held.get(hash)?.author ?? group.me} ${toBase64(content.rest[5])}` : null;
}

/** Pieces of what was spoken, by their hash, or by their row where they wait to be sent; none where it was written. */
export function piecesOf(group: Group, hash: Id): Id[] {
  const voice = voiceOf(group, hash);
  const waiting = group.outbox.waiting.get().flatMap(({ content, row: piece }): [Id, string][] => {
    return content.type === 'voice-part' ? [[piece, `${group.me} ${toBase64(content.rest[0])}`]] : [];
  });
  return [...new Map([...group.feed.folded.pieces, ...waiting])].flatMap(([piece, of]) => (of === voice ? [piece] : []));
}

/** What has not left yet simply does not leave; what has, or may have, is taken back for everyone, with all its pieces. */
export async function takeBack(group: Group, row: Id): Promise<void> {
  const pieces = piecesOf(group, group.hashOf(row));
  await takeOneBack(group, row);
  for (const piece of pieces.reverse()) await takeOneBack(group, piece);
}

async function takeOneBack(group: Group, row: Id): Promise<void> {
  if (await group.outbox.drop(row)) return;
  const hash = group.hashOf(row);
  const read = group.feed.folded.held.get(hash);
  if (read === undefined || read.author !== group.me) throw new Trouble('gone');
  if (group.feed.folded.isTakenBack(hash, group.me)) return;
  await group.outbox.put('take-back', [fromBase64(hash)], read.message.keep);
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
