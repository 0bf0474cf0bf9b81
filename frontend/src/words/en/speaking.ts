/** Speaking instead of typing: recording, listening, and the group's say on it. Comes with the later part. */
const seconds = (ms: number) => {
  const whole = Math.floor(ms / 1000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

export const speaking = {
  seconds,
  open: 'Speak instead',
  name: 'Speaking instead of typing',
  lead: (inTalk: boolean) =>
    `Up to a minute. ${inTalk ? 'The two of you' : 'Everyone in this group'} can hear it, and a voice can be recognised. Nothing is recorded until you press Start.`,
  start: 'Start',
  write: 'Write instead',
  asking: 'The browser may ask you now for the microphone.',
  recording: (ms: number) => `Recording: ${seconds(ms)} of 1:00`,
  isRecording: 'Recording.',
  stop: 'Stop',
  ready: (ms: number) => `Recorded: ${seconds(ms)}. Only this page has it until you send it. Leave the page and it is gone.`,
  listen: 'Listen first',
  throwAway: 'Throw away',
  play: 'Play',
  pause: 'Pause',
  spoken: (ms: number) => `Spoken, ${seconds(ms)}`,
  heard: (at: number, ms: number) => `${seconds(at)} of ${seconds(ms)}`,
  warn: 'People near you may hear it. Headphones help. It starts at half volume.',
  playNow: 'Play it now',
  notNow: 'Not now',
  speed: 'How fast',
  rates: { 0.75: 'slower', 1: 'as spoken', 1.25: 'faster', 1.5: 'fastest' },
  volume: 'How loud',
  quieter: 'Quieter',
  louder: 'Louder',
  kept: (ms: number) => `(Spoken, ${seconds(ms)}. The sound is not in this file: listen to it in the room.)`,
  picked: (inTalk: boolean) =>
    `Of what was spoken only the words beside it go along. ${inTalk ? 'Say below what was in it.' : 'Those who look can listen to it in the room.'}`,
  isOff: 'Speaking is switched off in this group, so this is not played.',
  vote: {
    title: 'Speak instead of typing',
    lead: 'Members can speak for up to a minute, with a line of words beside it. A sealed sound cannot be checked by anyone before it is heard.',
    whole: 'For the whole group',
    isOn: 'It is on. It goes off for everyone once more than half of the members say so.',
    isOff: 'It is off for everyone: more than half of the members said so. Words beside what was spoken still stand.',
    by: (names: string) => `They said so: ${names}. Every member can see this.`,
    off: 'I would like it off',
    back: 'I take that back',
  },
} as const;
