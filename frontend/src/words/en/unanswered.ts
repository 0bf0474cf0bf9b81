/** What nobody has answered, and after how long a group says so. */
export const unanswered = {
  title: 'Nobody has answered yet',
  said: (name: string, when: string, place: string) => `${name}, ${when}, in ${place}.`,
  look: 'Look at it',
  notNow: 'Not just now',
  hint: 'Hear or a short reply is enough. You do not have to. Nobody can see that this stands here.',
  vote: {
    title: 'When nobody answers',
    lead: 'When words in a room get no reply and no Hear, Today says so to the others. It is worked out on each device. No list is kept, and nobody can see who looked.',
    whole: 'For the whole group',
    after: 'Say so after',
    times: { '12': 'half a day', '24': 'a day', '48': 'two days', off: 'never' },
    usual: 'It is a day, until more than half of the members say something else.',
    is: { '12': 'It is half a day: more than half of the members said so.', '24': 'It is a day: more than half of the members said so.', '48': 'It is two days: more than half of the members said so.', off: 'Nothing is said of it: more than half of the members said so.' },
    by: (names: string, time: string) => `${names}: ${time}.`,
    seen: 'Every member can see this.',
  },
} as const;
