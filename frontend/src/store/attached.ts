/** What events name by its hash and bring along: boxes, cards, lists of words, previews. */
import { attachmentHash, fromBase64, same, toBase64, type Bytes, type Event, type Id } from '../protocol';

export class Attached {
  private readonly byHash = new Map<Id, Bytes>();

  get(hash: Bytes): Bytes | null {
    return this.byHash.get(toBase64(hash)) ?? null;
  }

  add(bytes: Bytes): void {
    this.byHash.set(toBase64(attachmentHash(bytes)), bytes);
  }

  /** As the server tells them. */
  learn(attachments: Readonly<Record<string, string>>): void {
    for (const text of Object.values(attachments)) this.add(fromBase64(text));
  }

  /** Those of one event that are of use to this member. */
  of(event: Event, me: Bytes): Bytes[] {
    return named(event, me).flatMap((hash) => this.get(hash) ?? []);
  }

  /** Lets go of what opens these epochs; answers whether the event named any of it. Lists stay: they say only what was said, and kept words are shown by them. */
  letGo(event: Event, over: ReadonlySet<Id>): boolean {
    const hashes = opening(event, over);
    for (const hash of hashes) this.byHash.delete(toBase64(hash));
    return hashes.length > 0;
  }
}

/** Boxes and cards of these epochs, whenever they were sealed. */
function opening(event: Event, epochs: ReadonlySet<Id>): Bytes[] {
  if (event.type === 'history') {
    return (event as Event<'history'>).body[1].flatMap(([epoch, hash]) => (epochs.has(toBase64(epoch)) ? [hash] : []));
  }
  if (event.type !== 'epoch' || !epochs.has(toBase64(event.id))) return [];
  const [, boxes, , card] = (event as Event<'epoch'>).body;
  return [...boxes.map(([, hash]) => hash), card];
}

function named(event: Event, me: Bytes): Bytes[] {
  if (event.type === 'invite') return [(event as Event<'invite'>).body[4], (event as Event<'invite'>).body[5]];
  if (event.type === 'history') return (event as Event<'history'>).body[1].map(([, hash]) => hash);
  if (event.type !== 'epoch') return [];
  const [, boxes, , card, closed] = (event as Event<'epoch'>).body;
  // The author of an epoch holds every box of it: after a copy was put back, nobody else may.
  const mine = same(event.author, me) ? boxes : boxes.filter(([id]) => same(id, me));
  return [...mine.map(([, hash]) => hash), card, ...closed.map(([, hash]) => hash)];
}
