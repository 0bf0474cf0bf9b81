/** Every screen of the inside, by name. A test opens each of them; a screen that is not here does not exist. */
export interface Screen {
  /** Its part of the address. */
  path: string;
  /** Who meets it: someone who is out, someone who is in, someone who has knocked, or anyone. */
  for: 'out' | 'in' | 'waiting' | 'anyone';
  /** It is about one thing, whose id follows in the address. */
  about: boolean;
}

const screen = (path: string, who: Screen['for'], about = false): Screen => ({ path, for: who, about });

export const SCREENS = {
  comeIn: screen('come-in', 'out'),
  code: screen('with-a-code', 'out'),
  passkey: screen('with-a-passkey', 'out'),
  start: screen('start', 'anyone'),
  join: screen('join', 'anyone'),
  waiting: screen('waiting', 'waiting'),
  closing: screen('closed', 'anyone'),
  recovery: screen('recovery-code', 'in'),
  waysIn: screen('ways-in', 'in'),
  known: screen('someone-may-know', 'in'),
  today: screen('today', 'in'),
  room: screen('room', 'in'),
  everyday: screen('everyday', 'in'),
  whoSees: screen('who-sees', 'in'),
  members: screen('members', 'in'),
  talk: screen('talk', 'in', true),
  reach: screen('up-for-contact', 'in'),
  meetings: screen('meetings', 'in'),
  voice: screen('by-voice', 'in'),
  meeting: screen('meeting', 'in', true),
  planMeeting: screen('plan-a-meeting', 'in'),
  calendar: screen('my-calendar', 'in'),
  agreement: screen('agreement', 'in'),
  safeguarding: screen('safeguarding', 'in'),
  invite: screen('invite', 'in'),
  door: screen('door', 'in', true),
  returning: screen('is-it-them', 'in', true),
  host: screen('new-host', 'in', true),
  remove: screen('remove', 'in', true),
  removal: screen('removal', 'in', true),
  worried: screen('worried', 'in', true),
  leftWords: screen('if-somebody-is-worried', 'in'),
  report: screen('raise', 'in', true),
  concerns: screen('concerns', 'in'),
  deciders: screen('who-looks-at-concerns', 'in'),
  concern: screen('concern', 'in', true),
  fold: screen('fold', 'in', true),
  week: screen('week', 'in', true),
  told: screen('asked-to-go', 'in'),
  notAgreed: screen('not-agreed', 'in', true),
  decisions: screen('decisions', 'in'),
  earlier: screen('said-before', 'in'),
  forked: screen('two-stories', 'in'),
  sameRoom: screen('same-room', 'in'),
  serverSees: screen('what-the-server-sees', 'in'),
  outsideKey: screen('outside-key', 'in'),
  settings: screen('settings', 'in'),
  howTold: screen('how-you-are-told', 'in'),
  break: screen('break', 'in'),
  leave: screen('leave', 'in'),
  delete: screen('delete', 'in'),
  removed: screen('no-longer', 'in'),
} as const satisfies Record<string, Screen>;

export type ScreenName = keyof typeof SCREENS;
