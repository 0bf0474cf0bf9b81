/** Signals of a call on their way out, each sealed and signed for one member (SPEC.md section 18); and what is still under way. */
import { toBase64, type Bytes, type Id } from '../protocol';
import { signals } from '../protocol/later';
import type { Json } from './api';
import type { Group } from './group';

/** Says what was sealed beforehand, at once: also while the page is being closed. */
export type Ready = () => void;

export class Signalling {
  private readonly going = new Set<Promise<unknown>>();

  /** Done once all that was begun here has gone, or could not. */
  async idle(): Promise<void> {
    while (this.going.size > 0) await Promise.all(this.going);
  }

  /** Goes on beside: while a microphone is asked for, it is still heard that the call is over. */
  beside(work: Promise<unknown>): void {
    const going = work.catch(() => undefined);
    this.going.add(going);
    void going.finally(() => this.going.delete(going));
  }

  /** Answers whether it was taken. `device`: for a test ring, where it is to arrive. */
  send<T extends signals.SignalType>(group: Group, to: Id, call: Bytes, type: T, rest: signals.SignalRest<T>, rings = false, device: string | null = null): Promise<boolean> {
    const sent = this.seal(group, to, call, type, rest)
      .then((sealed) => sealed !== null && this.post(group, to, call, sealed, { rings, ...(device !== null && { device }) }).then(() => true))
      .catch(() => false);
    this.going.add(sent);
    return sent.finally(() => this.going.delete(sent));
  }

  /** Null where there is nobody to say it to. */
  async prepare<T extends signals.SignalType>(group: Group, to: Id, call: Bytes, type: T, rest: signals.SignalRest<T>): Promise<Ready | null> {
    const sealed = await this.seal(group, to, call, type, rest);
    return sealed && (() => this.beside(this.post(group, to, call, sealed, { rings: false }, true)));
  }

  private async seal<T extends signals.SignalType>({ book, key, hold }: Group, to: Id, call: Bytes, type: T, rest: signals.SignalRest<T>): Promise<Bytes | null> {
    const them = book.log.members.get(to);
    if (them === undefined) return null;
    const between = { circle: book.circle, from: key.member, to: them.id, call };
    return await signals.sealSignal(key.sign, them.boxPk, between, type, hold.clock.theirs(), rest);
  }

  private async post({ id, hold }: Group, to: Id, call: Bytes, sealed: Bytes, how: Json, isLast = false): Promise<void> {
    await hold.api.post(`/circles/${id}/signals`, { to, call: toBase64(call), sealed: toBase64(sealed), ...how }, isLast);
  }
}
