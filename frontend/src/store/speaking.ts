/** Speaking instead of typing (SPEC.md section 19): a sound in pieces, with a line of words beside it. */
import type { Saying, Speaking, Spoken } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { acceptAt, fromBase64, isFailure, openMessage, random, readEnvelope, WANTS, writeContent, type Bytes, type Id } from '../protocol';
import { voices } from '../protocol/later';
import type { Core } from './core';
import type { Group } from './group';
import { written } from './outbox-words';
import type { Write } from './outbox';
import { asTrouble } from './refusals';
import { isVoiceOff, piecesOf } from './talking';

const LONGEST_WORDS = 400;
/** A piece may have come twice; a thousand of them would only fill the memory of whoever presses Play. */
const MOST_OPENED = 2 * voices.MOST_PARTS;
const WANT = { listen: WANTS.listen, 'been-there': WANTS.beenThere, ideas: WANTS.ideas } as const;

/** `asked`: whose vote it is; in a talk of two that of the group both are in. */
export async function speak(group: Group, saying: Saying, { sound, ms }: Spoken, asked: Group = group): Promise<void> {
  if (isVoiceOff(asked)) throw new Trouble('voice_off');
  const text = saying.text.normalize('NFC').trim();
  const about = saying.note?.normalize('NFC').trim() || null;
  if ([...text].length > LONGEST_WORDS || [...(about ?? '')].length > 200) throw new Trouble('too_long');
  const reply = saying.replyTo === null ? null : fromBase64(group.hashOf(saying.replyTo));
  const voice = random(16);
  const pieces = voices.cut(sound);
  const whole = voices.wholeOf({ circle: group.book.circle, author: group.key.member }, voice, sound);
  const want = saying.wants === null ? WANTS.none : WANT[saying.wants];
  const said = [saying.place, reply, about, want, text, voice, pieces.length, Math.max(1, Math.round(ms)), whole] as const;
  const parts = pieces.map((piece, at): Write => (time, after) => writeContent('voice-part', time, after, [voice, at, piece]));
  await group.outbox.putInARow([...parts, (time, after) => written('voice', time, after, [...said])]);
}

/** A piece is held without its sound: it is opened again, as it came. */
async function pieceOf(group: Group, id: Id): Promise<voices.Piece | null> {
  const waiting = group.outbox.waiting.get().find(({ row, hash }) => row === id || hash === id)?.content;
  if (waiting?.type === 'voice-part') return { at: waiting.rest[1], sound: waiting.rest[2] };
  const read = group.feed.folded.held.get(id);
  if (read === undefined || group.feed.folded.isTakenBack(id, read.author)) return null;
  const message = readEnvelope(read.message.bytes);
  const { author, moment } = acceptAt(group.book.log, message);
  const key = moment.epoch === null ? null : await group.keys.of(moment.epoch);
  const content = key === null ? null : (await openMessage(key, author, message)).content;
  return content?.type === 'voice-part' ? { at: content.rest[1], sound: content.rest[2] } : null;
}

interface Named {
  author: Bytes;
  note: voices.Note;
}

function noteOf(group: Group, hash: Id): Named {
  const waiting = group.outbox.waiting.get().find((item) => item.hash === hash);
  const read = group.feed.folded.held.get(hash);
  const content = read?.content ?? waiting?.content;
  if (content?.type !== 'voice' || group.feed.folded.isTakenBack(hash, read?.author ?? group.me)) throw new Trouble('gone');
  const [, , , , , voice, parts, ms, whole] = content.rest;
  return { author: read?.message.author ?? group.key.member, note: { voice, parts, ms, whole } };
}

/** The whole of it, or nothing. */
export async function spoken(group: Group, row: Id, asked: Group = group): Promise<Spoken> {
  if (isVoiceOff(asked)) throw new Trouble('voice_off');
  const hash = group.hashOf(row);
  const { author, note } = noteOf(group, hash);
  const ids = piecesOf(group, hash);
  if (ids.length > MOST_OPENED) throw new Trouble('not_whole');
  const pieces = await Promise.all(ids.map((id) => pieceOf(group, id)));
  try {
    const sound = voices.putTogether({ circle: group.book.circle, author }, note, pieces.filter((piece) => piece !== null));
    return { sound, ms: note.ms };
  } catch (wrong) {
    throw isFailure(wrong) ? new Trouble('not_whole') : wrong;
  }
}

export function speakingOf(core: Core): Pick<Speaking, 'speak' | 'spoken'> {
  return {
    speak: (saying, sound) => asTrouble(() => speak(core.open, saying, sound)),
    spoken: (id) => asTrouble(() => spoken(core.open, id)),
  };
}
