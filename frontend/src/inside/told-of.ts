/** Whether a note would come at all: by what somebody chose under "How you are told", and by what their browser can. */
import type { TellingView } from './telling-views';

/** `none`: by no way at all; `off`: there is a way, and nothing of this is wanted by it. Rings go by no letter. */
export type ToldOf = 'told' | 'off' | 'none';

export function toldOf(telling: TellingView, what: 'meetings' | 'rings'): ToldOf {
  const byLetter = what === 'meetings' && telling.mailbox?.isAnswered === true;
  if (!telling.isHere && !telling.isElsewhere && !byLetter) return 'none';
  return telling[what] ? 'told' : 'off';
}

/** What a browser says of itself. */
export interface Browser {
  /** Only where pages can be put on a home screen: an iPhone, an iPad. */
  standalone: boolean | undefined;
  hasPushes: boolean;
}

/** An iPhone's page that is not opened from its icon has no pushes at all; the same page has, from there. */
export const needsIcon = ({ standalone, hasPushes }: Browser): boolean => standalone === false && !hasPushes;

export const thisBrowser = (): Browser => ({ standalone: (navigator as { standalone?: boolean }).standalone, hasPushes: 'PushManager' in globalThis });
