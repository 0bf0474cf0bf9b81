/** Who is in a group's meeting by voice, by what they say of it themselves, and who of them has a place (SPEC.md section 20). */
import { fromBase64, order, type Id } from '../protocol';
import { gatherings } from '../protocol/later';

/**
 * One page of somebody who is in it. `device`: random each time they come in. By the server's time: `since`, when they
 * came, in milliseconds, and `said`, when they said so last, in seconds.
 */
export interface Page {
  member: Id;
  device: Id;
  since: number;
  said: number;
}

/** How long a `here` counts; and how far ahead it may be. */
const LASTS_S = 150;
const AHEAD_S = 120;
/** Whoever has been in it for so long keeps their place. */
export const SETTLED_MS = 10_000;
const MOST_GONE = 500;

function earlier(one: Page, other: Page): number {
  return one.since - other.since || order(fromBase64(one.device), fromBase64(other.device));
}

export const inOrder = (pages: readonly Page[]): Page[] => [...pages].sort(earlier);

export class Present {
  private readonly pages = new Map<Id, Page>();
  private readonly gone = new Set<Id>();

  /** Answers whether it was not known yet. */
  here(page: Page, now: number): boolean {
    if (this.gone.has(page.device) || page.since >= (page.said + 1) * 1000 || !isFresh(page, now)) return false;
    const known = this.pages.get(page.device);
    // A device is somebody's, and came when it came: nothing said later changes that.
    if (known !== undefined && (known.member !== page.member || known.since !== page.since)) return false;
    if (known === undefined || known.said < page.said) this.pages.set(page.device, page);
    return known === undefined;
  }

  /** Somebody's page went out: it does not come back, whatever is served of it again. */
  went(member: Id, device: Id): void {
    const known = this.pages.get(device);
    if (known !== undefined && known.member !== member) return;
    this.pages.delete(device);
    this.gone.add(device);
    if (this.gone.size > MOST_GONE) this.gone.delete([...this.gone][0]!);
  }

  /** Of each member the page that came last, in the order of their coming. */
  now(now: number, isMember: (id: Id) => boolean): Page[] {
    const counted = new Map<Id, Page>();
    for (const page of inOrder([...this.pages.values()])) {
      if (!isFresh(page, now) || !isMember(page.member)) this.pages.delete(page.device);
      else counted.set(page.member, page);
    }
    return inOrder([...counted.values()]);
  }
}

function isFresh({ said }: Page, now: number): boolean {
  return now < said + LASTS_S && said <= now + AHEAD_S;
}

/** Nobody comes in where so many others are. */
export const isFull = (others: readonly Page[]): boolean => others.length >= gatherings.MOST_VOICES;

/** I came just now, and so many were before me: somebody else came at the same moment. */
export function mustYield(mine: Page, others: readonly Page[], nowMs: number): boolean {
  const before = others.filter((page) => earlier(page, mine) < 0);
  return nowMs < mine.since + SETTLED_MS && isFull(before);
}

/** With whom I have a line, at most seven: those whom I have had for a while, then as they came. */
export function withLines(others: readonly Page[], settled: ReadonlySet<Id>): Page[] {
  const held = others.filter(({ device }) => settled.has(device));
  const more = inOrder(others.filter(({ device }) => !settled.has(device)));
  return [...held, ...more].slice(0, gatherings.MOST_VOICES - 1);
}
