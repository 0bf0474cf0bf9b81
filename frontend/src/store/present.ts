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

/** How long a `here` counts; and how far ahead it, and when it came by it, may be: a page learns the site's time anew meanwhile. */
const LASTS_S = 150;
const AHEAD_S = 120;
/** Whoever has been in it for so long keeps their place. */
export const SETTLED_MS = 10_000;
/** Of one member so many pages count as new in so many seconds: whoever says that they come again and again wears nobody out. */
const MOST_NEW = 3;
const NEW_S = 30;
const MOST_GONE = 50;

function earlier(one: Page, other: Page): number {
  return one.since - other.since || order(fromBase64(one.device), fromBase64(other.device));
}

export const inOrder = (pages: readonly Page[]): Page[] => [...pages].sort(earlier);

/** A device is of whoever says so of themselves: by its name alone nobody says anything of another's. */
export const named = ({ member, device }: Pick<Page, 'member' | 'device'>): string => `${member} ${device}`;

export class Present {
  private readonly pages = new Map<string, Page>();
  private readonly gone = new Map<Id, Set<Id>>();
  private readonly came = new Map<Id, number[]>();

  /** Answers whether it was not known yet. */
  here(page: Page, now: number): boolean {
    if (this.gone.get(page.member)?.has(page.device) === true || page.since > (page.said + AHEAD_S) * 1000 || !isFresh(page, now)) return false;
    const known = this.pages.get(named(page));
    // It came when it came: nothing said later changes that.
    if (known === undefined ? !this.mayCome(page.member, now) : known.since !== page.since) return false;
    if (known === undefined || known.said < page.said) this.pages.set(named(page), page);
    return known === undefined;
  }

  private mayCome(member: Id, now: number): boolean {
    const lately = (this.came.get(member) ?? []).filter((at) => Math.abs(now - at) < NEW_S);
    if (lately.length >= MOST_NEW) return false;
    this.came.set(member, [...lately, now]);
    return true;
  }

  /** There is a line to them: they are in it, whatever reaches this page of their signals. */
  keep(page: Page, now: number): void {
    const known = this.pages.get(named(page));
    if (known !== undefined) this.pages.set(named(page), { ...known, said: now });
  }

  /** Somebody's page went out: it does not come back, whatever is served of it again. */
  went(member: Id, device: Id): void {
    this.pages.delete(named({ member, device }));
    const gone = this.gone.get(member) ?? new Set();
    this.gone.set(member, gone.add(device));
    if (gone.size > MOST_GONE) gone.delete([...gone][0]!);
  }

  /** Of each member the page that came last, in the order of their coming. */
  now(now: number, isMember: (id: Id) => boolean): Page[] {
    const counted = new Map<Id, Page>();
    for (const page of inOrder([...this.pages.values()])) {
      if (!isFresh(page, now) || !isMember(page.member)) this.pages.delete(named(page));
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
