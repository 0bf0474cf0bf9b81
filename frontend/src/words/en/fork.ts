/** Two stories of one group. */
export const fork = {
  title: 'Your group has two stories',
  link: 'What is this?',
  lead: 'Your phones and this site no longer agree on who is in the group. That can happen when the site was put back to an earlier copy. Nothing you write leaves until two of you have put it right. Nothing is lost.',
  how: 'Talk to each other first: ring, or meet. Look at both lists together.',
  here: 'On your phone',
  there: 'On this site',
  out: (names: string) => `${names} had gone by what your phone holds. They stay out, and can be let in again.`,
  goOn: 'Then two of you say: we go on with what this site holds. What you wrote yourselves since then comes back to each of you as a draft.',
  second: 'Who says it with you?',
  secondMissing: 'Choose who says it with you.',
  ask: 'Ask them',
  sent: (name: string) => `${name} has been asked. Nothing changes until they say yes.`,
  asked: (name: string) => `${name} asks you to go on together`,
  yes: 'Yes, we have talked about it',
  one: 'There is only one story here. All is well.',
} as const;
