/** Two soft notes every few seconds while somebody rings: not loud enough for the next room. */
const EVERY_MS = 3_000;
const LOUD = 0.06;

/** Begins, and answers with what ends it. A browser that plays nothing before a press stays silent. */
export function ringTone(): () => void {
  if (typeof AudioContext === 'undefined') return () => undefined;
  const sound = new AudioContext();
  const ring = () => [523.25, 659.25].forEach((note, n) => play(sound, note, sound.currentTime + n * 0.35));
  ring();
  const timer = setInterval(ring, EVERY_MS);
  return () => {
    clearInterval(timer);
    void sound.close();
  };
}

function play(sound: AudioContext, note: number, at: number): void {
  const [tone, volume] = [sound.createOscillator(), sound.createGain()];
  tone.frequency.value = note;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.05);
  volume.gain.linearRampToValueAtTime(0, at + 0.5);
  tone.connect(volume).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.6);
}
