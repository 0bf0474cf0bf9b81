/** How loud a microphone of this device hears somebody just now, 0 to 1, as lines measure it at the other end. */
export interface Loudness {
  loud(): number;
  close(): void;
}

const SILENT: Loudness = { loud: () => 0, close: () => undefined };

export function loudness(mic: MediaStream): Loudness {
  if (typeof AudioContext === 'undefined') return SILENT;
  const sound = new AudioContext();
  const ear = sound.createAnalyser();
  ear.fftSize = 1024;
  sound.createMediaStreamSource(mic).connect(ear);
  const wave = new Float32Array(ear.fftSize);
  return {
    loud: () => {
      ear.getFloatTimeDomainData(wave);
      return wave.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    },
    close: () => void sound.close(),
  };
}
