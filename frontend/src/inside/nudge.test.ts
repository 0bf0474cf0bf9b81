import { expect, test } from 'vitest';
import { nudge } from './nudge';
import type { NudgeKind } from './views';

const kind = (text: string, about = {}) => nudge(text, about)?.kind ?? null;

const flagged: Record<NudgeKind, string[]> = {
  danger: [
    'I want to die.',
    'I am going to end my life tonight',
    'I’m going to die, I have decided',
    'I don’t want to live any more',
    'I am hurting myself right now',
    'I hurt myself and it won’t stop',
    'This is goodbye. Thank you for everything.',
    'Goodbye everyone',
    'You will never hear from me again',
    'You are all better off without me',
  ],
  how: [
    'I hurt myself with something',
    'How do you hurt yourself?',
    'What do people use to hurt themselves?',
    'I hurt myself. This is how I do it',
    'What is the easiest way to hurt yourself',
    'I hurt myself, using some things',
    'I hurt myself again on both of them',
  ],
  encouraging: [
    'Just hurt yourself then',
    'You should hurt yourself',
    'Why don’t you hurt yourself',
    'You might as well harm yourself',
    'You said you want to hurt yourself. I dare you to do it',
    'Let’s hurt ourselves',
    'You want to hurt yourself? Go on, do it',
    'I can send you something to hurt yourself',
  ],
  vivid: ['When I hurt myself I kept watching it, how it smelled, the colour, how it sounded'],
  pressure: [
    'You have to stop doing this',
    'You must stop hurting yourself',
    'Stop hurting yourself.',
    'If you do it again I will tell your mother',
    'If you keep hurting yourself we can’t have you here',
    'How could you do this to us, hurting yourself like that',
    'You are so selfish',
    'You hurt yourself again? That is disgusting',
    'You hurt yourself again. Promise me you will stop',
  ],
  labels: [
    'She is just an attention seeker',
    'You’re a typical self-harmer',
    'Self-harmers are all like that',
    'He is being so bipolar',
    'They are nutters',
  ],
  comparing: [
    'I hurt myself far worse than you',
    'You only hurt yourself once? Mine was much worse',
    'I have hurt myself hundreds of times',
    'Forty days without hurting myself',
  ],
  identifying: [
    'Her number is 07700 900123',
    'Write to ben.someone@example.org',
    'She lives at 14 Mill Road',
    'They moved to NG7 2AB',
    'My neighbour Alice Underhill said so',
    'Her real name is Alice Underhill',
  ],
};

const left: Record<NudgeKind, string[]> = {
  danger: [
    'I can’t cope today',
    'I feel so low',
    'Two years ago I wanted to die',
    'I don’t want to die',
    'I nearly died laughing',
    'I’m going to die of shame if she saw me',
    'We said goodbye to my nan on Friday',
    'Goodbye everyone, see you Tuesday',
    'I am so tired I could sleep for a week',
  ],
  how: [
    'I hurt myself last night',
    'I hurt myself again',
    'I want to hurt myself so much right now',
    'I hurt myself on my own, and nobody knew',
    'I hurt myself on my birthday',
    'The nurse looked after it and was kind',
    'Someone saw my scars on the bus',
    'How do you not hurt yourself on such days?',
    'What do you do instead of hurting yourself?',
    'How did you feel after you hurt yourself?',
    'I hurt myself and then took two days off',
    'I hurt myself with the radio on so nobody would hear',
    'Can I borrow a pan and three plates?',
  ],
  encouraging: [
    'I get why you hurt yourself',
    'I understand, I have been there',
    'You don’t have to hurt yourself',
    'You should not hurt yourself',
    'If you hurt yourself, I am still here',
    'Go on, do it, come to the quiz',
    'I can bring you something from the shop',
  ],
  vivid: [
    'I went to the hospital and they looked after me',
    'I hurt myself and felt empty after',
    'The soup was warm and red and smelled of summer',
    'I hurt myself. The kettle sounded loud and I watched the rain',
  ],
  pressure: [
    'I want to stop',
    'I hope it gets easier for you',
    'For me it got easier when I told my sister',
    'I should stop hurting myself',
    'You have to stop by the new bakery',
    'Nobody here has to stop',
    'If you do it again I will still be here',
    'That cheese is disgusting',
    'I felt disgusting after I hurt myself',
  ],
  labels: [
    'I am a self-harmer, that is how I see it',
    'I’m a bit of a weirdo',
    'I have bipolar and a cat',
    'The doctor called me an attention seeker',
    'She is kind',
  ],
  comparing: [
    'Same here',
    'Me too',
    'It happened again',
    'I hurt myself twice this week',
    'I feel worse than yesterday',
    'You help me more than anyone',
    'The film was longer than you said',
  ],
  identifying: [
    'I am Ana',
    'My name is Ana',
    'I was on Elm Ward at the Royal Hospital',
    'Samaritans are on 116 123',
    'The helpline is 0800 1111 222',
    'The clinic at 14 Mill Road was kind',
    'I saw Ben on Tuesday Morning',
    'Ring 999 or 111',
  ],
};

const cases = (table: Record<NudgeKind, string[]>) =>
  (Object.keys(table) as NudgeKind[]).flatMap((row) => table[row].map((text) => [row, text] as const));

test.each(cases(flagged))('%s is said for: %s', (row, text) => expect(kind(text)).toBe(row));

test.each(cases(left))('nothing is said beside %s for: %s', (_, text) => expect(kind(text)).toBeNull());

test('danger comes before any other kind, and cannot be switched off', () => {
  const text = 'You only hurt yourself. I want to die. Ring 07700 900123';
  expect(kind(text)).toBe('danger');
  expect(kind(text, { nudgesOff: ['danger', 'comparing'] })).toBe('danger');
});

test('a kind that is switched off is silent, and the next one may speak', () => {
  const text = 'She is just an attention seeker. Her number is 07700 900123';
  expect(kind(text)).toBe('labels');
  expect(kind(text, { nudgesOff: ['labels'] })).toBe('identifying');
  expect(kind(text, { nudgesOff: ['labels', 'identifying'] })).toBeNull();
});

test('one’s own number may stand in a talk between two, another’s may not', () => {
  expect(kind('My number is 07700 900123')).toBe('identifying');
  expect(kind('My number is 07700 900123', { oneToOne: true })).toBeNull();
  expect(kind('Her number is 07700 900123', { oneToOne: true })).toBe('identifying');
});

test('a vivid message with a content note is left alone', () => {
  expect(kind(flagged.vivid[0]!, { hasNote: true })).toBeNull();
});

test('a long message is read at once', () => {
  const long = 'It was a long day and I hurt myself and then I had tea. '.repeat(280);
  const before = performance.now();
  expect(kind(long)).toBeNull();
  expect(performance.now() - before).toBeLessThan(500);
});
