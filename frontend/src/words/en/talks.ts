/** Talks of two. */
export const talks = {
  title: 'One-to-one talks',
  with: (name: string) => `Talk with ${name}`,
  only: (name: string) => `Between you and ${name}`,
  fades: (days: number | null) => (days === null ? 'If you leave it open, it stays.' : `If you leave it open, words fade after ${days} days.`),
  empty: 'Say hello, or what is on your mind. They read it when they next look in.',
  new: (name: string) => `${name} wrote to you:`,
  ended: 'ended',
  over: {
    left: (name: string) => `This talk has ended: ${name} is no longer in the group. You can read it until it fades.`,
    keys: (name: string) => `This talk has ended: you or ${name} have new keys. You can read it until it fades, and go on in a new one.`,
    closed: 'This talk has ended: it was closed. You can read it until it fades.',
  },
  goOn: (name: string) => `Go on with ${name}`,
  putAway: 'Take it off my list',
  before: 'What you two said before',
  close: 'Close this talk',
  closeIt: 'Close it',
  closeMore: (name: string) => `Nothing more comes to you from ${name}, and what was said leaves your devices. They see that it is closed. You can open a new one any time; they cannot. If you want to raise a concern about something said here, do that first.`,
  gone: 'This talk is not here any more.',
  members: 'Members',
} as const;
