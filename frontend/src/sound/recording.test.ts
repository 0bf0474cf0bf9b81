/** The microphone is open only while somebody sees that it is. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Recording } from './recording';

class Recorder {
  static isTypeSupported = () => true;
  state = 'inactive';
  onstop: () => void = () => undefined;
  start(): void {
    this.state = 'recording';
  }
  stop(): void {
    this.state = 'inactive';
    this.onstop();
  }
}

const track = { isOpen: true, stop: () => void (track.isOpen = false) };
const sight = { visibilityState: 'visible' };
let give: () => void;

beforeEach(() => {
  [track.isOpen, sight.visibilityState] = [true, 'visible'];
  const given = new Promise((done) => (give = () => done({ getTracks: () => [track] })));
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => given } });
  vi.stubGlobal('MediaRecorder', Recorder);
  vi.stubGlobal('document', sight);
});

afterEach(() => vi.unstubAllGlobals());

it('is let go of at once where the phone was put away, or the page was left, before it was given', async () => {
  for (const meanwhile of ['put away', 'left']) {
    track.isOpen = true;
    const beginning = Recording.begin(() => meanwhile !== 'left', () => undefined);
    sight.visibilityState = meanwhile === 'left' ? 'visible' : 'hidden';
    give();
    expect([await beginning, track.isOpen]).toEqual([null, false]);
  }
});

it('is open while the page is seen, and let go of with Stop', async () => {
  give();
  const recording = await Recording.begin(() => true, () => undefined);
  expect(track.isOpen).toBe(true);
  await recording?.stop();
  expect(track.isOpen).toBe(false);
});
