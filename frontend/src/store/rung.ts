/**
 * A call rings once, and a test ring only where it was asked for just now: whatever the server serves again, under
 * whatever name and by whatever clock (SPEC.md section 18). Known for an hour; what rang and ended on one's own device
 * also after the page was opened anew, by its random number alone, which says of nobody anything.
 */
import { toBase64, type Bytes, type Id } from '../protocol';
import type { Hold } from './hold';

const KEPT = 'rung';
const HOUR = 3_600;
const TRY_S = 120;
const MOST = 500;

/** When each came, in seconds of this device's own clock. */
type Times = Map<string, number>;

function note(times: Times, one: string, now: number): void {
  times.set(one, now);
  for (const [key, at] of [...times]) if (Math.abs(now - at) > HOUR || times.size > MOST) times.delete(key);
}

export class Rung {
  private readonly rang: Times = new Map();
  private readonly overs: Times = new Map();
  private readonly asked: Times = new Map();
  private ended: Times = new Map();
  private loading: Promise<void> | null = null;

  constructor(private readonly hold: Hold) {}

  load(): Promise<void> {
    this.loading ??= this.hold.drawer.get<[string, number][]>('facts', KEPT).then((kept) => {
      this.ended = new Map([...(kept ?? []), ...this.ended]);
    }, () => undefined);
    return this.loading;
  }

  /** Of this call of theirs, served in this group, nothing rings any more. */
  isDone(group: Id, from: Id, call: string): boolean {
    return this.rang.has(named(group, from, call)) || this.ended.has(call) || this.isOver(group, from, call);
  }

  /** It was said to be over by the one themselves, and by nobody else for them. */
  isOver(group: Id, from: Id, call: string): boolean {
    return this.overs.has(named(group, from, call));
  }

  rings(group: Id, from: Id, call: Bytes): void {
    note(this.rang, named(group, from, toBase64(call)), this.hold.clock.own());
  }

  over(group: Id, from: Id, call: Bytes): void {
    note(this.overs, named(group, from, toBase64(call)), this.hold.clock.own());
  }

  /** It rang here, and does so no more. */
  end(call: Bytes): void {
    note(this.ended, toBase64(call), this.hold.clock.own());
    void this.hold.drawer.put('facts', KEPT, [...this.ended]).catch(() => undefined);
  }

  /** This page rings itself by this call. */
  askedFor(call: Bytes): void {
    note(this.asked, toBase64(call), this.hold.clock.own());
  }

  isTried(call: string): boolean {
    const at = this.asked.get(call);
    return at !== undefined && Math.abs(this.hold.clock.own() - at) <= TRY_S;
  }
}

function named(group: Id, from: Id, call: string): string {
  return `${group} ${from} ${call}`;
}
