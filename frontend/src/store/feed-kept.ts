/** What of a room this device keeps: each in the place in which it was first found good. */
import { readEnvelope, toBase64, type Id } from '../protocol';
import { placeOf, type KeptMessage, type Read } from './feed-entries';
import type { Hold } from './hold';

const BEHIND = 0.5;

export class KeptHere {
  /** Position → hash of what is kept here and was found good. No word of the server's takes its place. */
  private readonly placed = new Map<number, Id>();

  constructor(
    private readonly hold: Hold,
    private readonly circle: Id,
    private readonly held: ReadonlyMap<Id, Read>,
  ) {}

  /** What cannot be kept here can still be read: the server has it. */
  async put(kept: readonly KeptMessage[]): Promise<void> {
    try {
      await this.hold.drawer.putAll('messages', kept.map((one) => [[this.circle, one.position], one]));
    } catch {
      this.full();
    }
  }

  /**
   * Each as it may be put here: behind what is stored in its place, where that is something else. For what this page
   * has not opened yet `has` knows nothing of, and no word of the server's goes over it.
   */
  async besides(told: readonly KeptMessage[]): Promise<KeptMessage[]> {
    if (told.length === 0) return [];
    const at = told.map(({ position }) => position);
    const span = { circle: this.circle, after: Math.min(...at) - 1, before: Math.max(...at) + 1 };
    const stored = await this.hold.drawer.span<KeptMessage>('messages', span).catch(() => []);
    const there = new Map(stored.flatMap((one) => (one.envelope === null ? [] : [[one.position, bytesOf(one)] as const])));
    return told.map((one) => ((there.get(one.position) ?? bytesOf(one)) === bytesOf(one) ? one : { ...one, position: one.position + BEHIND }));
  }

  full(): void {
    this.hold.notices.set('storage_full', true);
  }

  has(position: number): boolean {
    return this.placed.has(position);
  }

  /** A server that was put back to an earlier day gives places anew: what comes then is kept behind what stands there. */
  async place({ position, hash }: Read, kept: readonly KeptMessage[]): Promise<void> {
    const other = this.placed.get(position);
    if (other === undefined || other === hash) this.placed.set(position, hash);
    else await this.put(kept.filter((one) => one.position === position).map((one) => ({ ...one, position: position + BEHIND })));
  }

  /** The stream told it first, and only now it is kept: from here on no word of the server's takes its place. */
  placeAgain({ position, envelope }: KeptMessage): void {
    const hash = envelope === null ? '' : toBase64(readEnvelope(envelope).hash);
    if (this.held.get(hash)?.position === position) this.placed.set(position, hash);
  }

  /** What is held here is not put aside because the server tells something else in its place. */
  isNews({ position, envelope, hash }: KeptMessage): boolean {
    if (this.placed.has(position)) return false;
    return envelope !== null || hash === null || !this.held.has(hash);
  }

  /** Something else may stand in its place. */
  free(position: number): void {
    this.placed.delete(position);
  }

  /** What stood behind `position` stands where the server says now; answers with it. */
  async move(position: number, places: ReadonlyMap<Id, number>): Promise<KeptMessage[]> {
    const { drawer } = this.hold;
    const kept = await drawer.span<KeptMessage>('messages', { circle: this.circle, after: position });
    const moved = kept.map((one) => ({ ...one, position: placeOf(one, places) }));
    await this.put(moved);
    const taken = new Set(moved.map((one) => one.position));
    for (const one of kept) if (!taken.has(one.position)) await drawer.remove('messages', [this.circle, one.position]);
    for (const place of this.placed.keys()) if (place > position) this.placed.delete(place);
    return moved;
  }
}

/** It may be no message at all, so that it has no other name. */
function bytesOf({ envelope }: KeptMessage): string {
  return envelope === null ? '' : toBase64(envelope);
}
