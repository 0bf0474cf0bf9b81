/** What a message says it was written after (SPEC.md section 6): so that nothing can be held back unseen for long. */
import { toBase64, type Bytes, type Content, type Epoch, type Id } from '../protocol';
import type { Read } from './feed-entries';

const MOST = 4;
/** Of what is older than these, somebody has spoken since. */
const LOOKED_AT = 64;

/**
 * Hashes of up to four of the newest messages, those that no other names yet before the rest. Only such as everyone
 * can open who can open the new one: to somebody who came later they would seem missing.
 */
export function writtenAfter(held: Iterable<Read>, epoch: Epoch, epochs: ReadonlyMap<Id, Epoch>): Bytes[] {
  const newest = newestOf(held);
  const named = new Set(newest.flatMap(({ message, content }) => [message.prev, ...afterOf(content)]).map((hash) => hash && toBase64(hash)));
  const open = newest.filter(({ message }) => isOpenTo(epoch, epochs.get(toBase64(message.epoch))));
  const first = open.filter(({ hash }) => !named.has(hash));
  const rest = open.filter(({ hash }) => named.has(hash));
  return [...first, ...rest].slice(0, MOST).map(({ message }) => message.hash);
}

function afterOf(content: Content): readonly Bytes[] {
  return content.type === 'later' ? [] : content.after;
}

/** Newest first. */
function newestOf(held: Iterable<Read>): Read[] {
  const newest: Read[] = [];
  for (const read of held) {
    if (newest.length === LOOKED_AT && read.position <= (newest.at(-1)?.position ?? 0)) continue;
    const place = newest.findIndex(({ position }) => position < read.position);
    newest.splice(place < 0 ? newest.length : place, 0, read);
    if (newest.length > LOOKED_AT) newest.pop();
  }
  return newest;
}

function isOpenTo({ boxes }: Epoch, other: Epoch | undefined): boolean {
  return other !== undefined && [...boxes.keys()].every((member) => other.boxes.has(member));
}
