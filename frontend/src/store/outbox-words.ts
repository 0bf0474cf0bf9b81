/** What goes into the outbox, and what of it changes when it has to be sealed again. */
import { isFailure, toBase64, writeContent, type Bytes, type Content, type ContentType, type Id, type Rest } from '../protocol';

/** Words come before what they were written after: where there is no room for both, only the words go. */
export function written<T extends ContentType>(type: T, time: number, after: readonly Bytes[], rest: Rest<T>): Bytes {
  try {
    return writeContent(type, time, after, rest);
  } catch (wrong) {
    if (!isFailure(wrong) || wrong.code !== 'too_long') throw wrong;
    return writeContent(type, time, [], rest);
  }
}

/** The same words; what they name by an old hash they name by its new one. */
export function writtenAnew(content: Content, bytes: Bytes, after: readonly Bytes[], renamed: ReadonlyMap<Id, Bytes>): Bytes {
  const called = (hash: Bytes) => renamed.get(toBase64(hash)) ?? hash;
  if (content.type === 'later') return bytes;
  if (content.type === 'say') {
    const [place, reply, note, want, text] = content.rest;
    return written('say', content.time, after, [place, reply && called(reply), note, want, text]);
  }
  if (content.type === 'voice') {
    const [place, reply, ...rest] = content.rest;
    return written('voice', content.time, after, [place, reply && called(reply), ...rest]);
  }
  if (content.type === 'hear' || content.type === 'take-back') {
    return written(content.type, content.time, after, [called(content.rest[0])]);
  }
  return written(content.type, content.time, after, content.rest);
}
