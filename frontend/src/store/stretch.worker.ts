/** Argon2id, away from the page: it takes about a second and 64 MiB. */
import { stretch } from '../protocol/argon';
import type { Bytes } from '../protocol/bytes';

self.onmessage = ({ data }: MessageEvent<{ passphrase: Bytes; salt: Bytes }>) => {
  const master = stretch(data.passphrase, data.salt);
  data.passphrase.fill(0);
  self.postMessage(master, { transfer: [master.buffer] });
};
