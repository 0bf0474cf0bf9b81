/** Events about to be sent: each judged by the same rules as everybody else's before it leaves. */
import {
  append, attachmentHash, circleOf, epochs, fromBase64, Log, toBase64, writeEvent, type Body, type Bytes, type Card, type EventType,
} from '../protocol';
import type { Json } from './api';
import type { CircleKey } from './me';

/** What the author of an epoch knows besides the log. */
export interface Knowing {
  card(log: Log): Card;
  /** Hashes of what this person is known to have said, oldest first. */
  saidBy(member: string): readonly Bytes[];
}

export const KNOWS_NOTHING: Knowing = { card: () => [null, null, null, []], saidBy: () => [] };

export class Batch {
  readonly wires: Bytes[] = [];
  readonly attachments = new Map<string, Bytes>();

  constructor(
    readonly log: Log,
    private key: CircleKey,
    private readonly now: number,
  ) {}

  static after(log: Log, key: CircleKey, now: number): Batch {
    return new Batch(log.copy(), key, now);
  }

  get time(): number {
    return Math.max(this.now, this.log.head?.time ?? 0);
  }

  async add<T extends EventType>(type: T, body: Body<T>): Promise<Bytes> {
    const { circle, head } = this.log;
    const at = { circle, seq: this.log.length, prev: head?.id ?? null, time: this.time, author: this.key.member };
    const wire = await writeEvent(this.key.sign, at, type, body);
    const event = await append(this.log, wire);
    this.wires.push(wire);
    return event.id;
  }

  /** After a `rekey`: what follows in this batch is signed with the new keys. */
  become(key: CircleKey): void {
    this.key = key;
  }

  attach(bytes: Bytes): Bytes {
    const hash = attachmentHash(bytes);
    this.attachments.set(toBase64(hash), bytes);
    return hash;
  }

  /** A fresh key for everyone who belongs after this batch so far. */
  async rotate(knowing: Knowing): Promise<void> {
    const { log } = this;
    const closed = new Map([...log.departed].map((id) => [id, { id: fromBase64(id), hashes: knowing.saidBy(id) }]));
    const prev = log.head?.id;
    if (prev === undefined) throw new Error('an epoch needs an event before it');
    const plan = { circle: circleOf(log), prev, previous: log.epoch?.id ?? null, members: log.members };
    const made = await epochs.makeEpoch({ ...plan, card: knowing.card(log), closed });
    for (const bytes of made.attachments) this.attach(bytes);
    await this.add('epoch', made.body);
  }

  /** As the server takes it. */
  asJson(): Json {
    const attachments = Object.fromEntries([...this.attachments].map(([hash, bytes]) => [hash, toBase64(bytes)]));
    return { events: this.wires.map(toBase64), attachments };
  }
}
