/** Words that stand on every page, and the quiet lines under the top. */
import type { NoticeCode } from '../../inside/model';

export const common = {
  title: 'Welcome', // the window's title says nothing, on purpose
  help: 'Get help now',
  exit: 'Leave this page now',
  skip: 'Skip to the page',
  skipExit: 'Leave at once',
  places: 'Always here',
  doorsName: 'Places',
  doors: {
    today: 'Today',
    room: 'The room',
    everyday: 'Everyday',
    everydayRest: ' room',
    members: 'Members',
  },
  back: 'Back',
  on: 'Go on',
  cancel: 'Not now',
  close: 'Close',
  save: 'Save',
  saved: 'Saved.',
  opening: 'Opening…',
  part: {
    title: 'This page is not here yet',
    lead: 'It is fetched once, and that did not work. Perhaps there is no connection. What you wrote is kept.',
  },
  show: 'Show',
  hide: 'Hide',
  you: 'You',
  someoneGone: 'Someone who has left',
  copy: 'Copy',
  copied: 'Copied.',
  print: 'Print',
  look: 'Look at it',
  keyBy: (name: string): string => `The newest key, made by ${name}’s device, does not open on yours. Some messages are shut until there is another.`,
  /** `when`: "Saturday night". */
  restoredTo: (when: string): string => `The site was restored to ${when}. A few messages may be missing.`,
  cameBack: 'This did not go. Your words are back in the box, and you can send them again.',
  soundGone: 'What you spoke did not go, and it is gone. The words beside it are back in the box: you can send them, or speak again.',
  options: { listen: 'just listen', 'been-there': 'been there?', ideas: 'ideas welcome' },
} as const;

export interface NoticeWords {
  text: string;
  /** A button, for the notices that a tap can mend. */
  act?: string;
}

export const notices: Record<NoticeCode, NoticeWords> = {
  away: {
    text: 'No connection. What you write is kept here, sealed, and goes later.',
    act: 'Try now',
  },
  clock_wrong: { text: 'The date on this device looks wrong. Put it right in the device’s settings, then open this page again.' },
  storage_full: { text: 'This device is full, so what you write is not kept here. It still goes out: keep this page open until it has. Free some space when you can.' },
  reload_needed: { text: 'There is a newer version of this page. Your words are kept.', act: 'Open the newer one' },
  unverified: {
    text: 'This site holds something that we could not verify. We do not show it. Please tell a host, face to face if you can.',
  },
  settings_lost: {
    text: 'What this site keeps of your settings could not be read. Look at Settings once, and set again what is missing. Messages are not touched.',
    act: 'All right',
  },
  forked: { text: 'Your phones and this site do not agree on who is in the group. Nothing you write leaves until two of you have put it right.' },
  restored: { text: 'The site was put back to an earlier copy. A few messages may be missing.', act: 'All right' },
  someone_was_out: { text: 'The newest key does not open on this device. Some messages are shut until there is another.', act: 'Make a new key' },
};
