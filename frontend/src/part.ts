/**
 * What is seldom needed: pages and verbs that are fetched once a room can be read, and at once when one is asked for.
 * The page names the one script and the hash of its bytes; the browser runs those and no others. docs/decisions/0026.
 */
import type { JSX } from 'preact';
import type { Seldom } from './inside/model';
import type { nudge } from './inside/nudge';
import type { NudgePanel } from './inside/room/nudge-panel';
import type { SpokenMessage } from './inside/room/sound';
import type { Speak } from './inside/room/speak';
import type { ScreenName } from './inside/screens';
import { Cell } from './inside/watched';
import type { Core } from './store/core';
import type { Mending } from './store/mending';
import { scriptAddress } from './store/trusted';
import type { waits } from './store/waits';

/** Screens that come with the first part. */
export type FirstScreen = 'comeIn' | 'today' | 'room' | 'everyday' | 'whoSees' | 'worried';
export type SeldomScreen = Exclude<ScreenName, FirstScreen>;
/** `id` is empty where a screen is about nothing in particular. */
export type ScreenOf = (props: { id: string }) => JSX.Element | null;

export interface Part {
  screens: Readonly<Record<SeldomScreen, ScreenOf>>;
  verbs: (core: Core) => Seldom;
  mending: Mending;
  waits: typeof waits;
  /** The next meeting: on the first screen, and in one line above the rooms. */
  NextMeeting: () => JSX.Element;
  NextLine: () => JSX.Element;
  /** What somebody left for when others worry about them, and who opened one's own. */
  LeftCard: ScreenOf;
  LeftOpened: () => JSX.Element;
  /** Who is up for a call, on the first screen; and the call there is, on every page. */
  UpForCall: () => JSX.Element | null;
  /** The oldest words that nobody has answered. */
  Unanswered: () => JSX.Element | null;
  Calling: () => JSX.Element | null;
  /** Speaking instead of typing, and listening to what was spoken. */
  Speak: typeof Speak;
  SpokenMessage: typeof SpokenMessage;
  nudge: { judge: typeof nudge; Panel: typeof NudgePanel };
}

/** Null until it is here. */
export const part = new Cell<Part | null>(null);

let coming: Promise<void> | null = null;
let tries = 0;

/** Fetches it, once. Rejects when that did not work; asked again, it is fetched again. */
export function bring(): Promise<void> {
  if (part.get() !== null) return Promise.resolve();
  coming ??= fetched().finally(() => {
    coming = null;
  });
  return coming;
}

async function fetched(): Promise<void> {
  const named = document.querySelector<HTMLMetaElement>('meta[name="seldom"]');
  // Served as it was written, while it is being worked on, nothing is named.
  if (named === null) await import('./seldom');
  else await run(named.content, named.dataset['integrity'] ?? '');
}

function run(address: string, integrity: string): Promise<void> {
  const script = document.createElement('script');
  script.type = 'module';
  script.crossOrigin = '';
  script.integrity = integrity;
  // What could not be fetched once is remembered under its address, so another try has another one.
  script.src = scriptAddress(tries++ === 0 ? address : `${address}?${tries}`);
  return new Promise((done, failed) => {
    script.onload = () => done();
    script.onerror = () => failed(new Error('not fetched'));
    document.head.append(script);
  });
}

const AGAIN_MS = 30_000;

/** Fetches it when the browser has nothing else to do, so that it is here also when the connection goes. */
export function bringQuietly(): void {
  const soon = (globalThis.requestIdleCallback as typeof requestIdleCallback | undefined) ?? ((work: () => void) => setTimeout(work, 200));
  soon(() => void bring().catch(() => setTimeout(bringQuietly, AGAIN_MS)));
}
