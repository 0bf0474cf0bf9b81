/** What was said before somebody came. */
export const earlier = {
  title: 'What was said before someone came',
  link: 'What was said before someone came',
  lead: 'Whoever joins sees nothing from before. A host and one other can give a member what was said earlier. Everyone here sees that it was given, and it cannot be taken back.',
  think: 'Those who wrote it did not know that this person would read it. Ask in the room first.',
  asked: (by: string, name: string) => `${by} asks you to give ${name} what was said before`,
  yes: (name: string) => `Give it to ${name}`,
  no: 'No',
  forWhom: (name: string) => `For ${name}`,
  second: 'Who says yes to it with you?',
  secondMissing: 'Choose who says yes to it with you.',
  ask: 'Ask them',
  sent: (name: string) => `${name} has been asked. Nothing is given until they say yes.`,
  nobody: 'There is nobody here whom you could give something now.',
  givenTitle: 'What was given',
  given: (by: string, name: string, day: string) => `${by} gave ${name} what was said before. ${day}.`,
} as const;
