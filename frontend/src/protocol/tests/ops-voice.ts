/** Operations on what somebody spoke. */
import type { Bytes } from '..';
import { cut, putTogether, wholeOf } from '../voice';
import type { Ops } from './playing';

export const voiceOps: Ops = {
  'voice-cut': ({ length }) => ({ sizes: cut(new Uint8Array(length)).map((piece) => piece.length) }),
  'voice-whole': ({ circle, author, voice, file }) => ({ whole: wholeOf({ circle, author }, voice, file) }),
  'voice-together': ({ circle, author, note: [voice, parts, ms, whole], pieces }) => {
    const held = (pieces as [number, Bytes][]).map(([at, sound]) => ({ at, sound }));
    return { file: putTogether({ circle, author }, { voice, parts, ms, whole }, held) };
  },
};
