/** A passphrase's master key, made in a worker of its own that ends with it. */
import { Trouble } from '../inside/trouble';
import { account, type Bytes } from '../protocol';
import { stretchWorker } from './trusted';

export async function passphraseMaster(home: string, signInName: string, passphrase: string): Promise<Bytes> {
  const given = { passphrase: account.passphraseBytes(passphrase), salt: account.passphraseSalt(home, signInName) };
  const worker = stretchWorker();
  try {
    return await new Promise<Bytes>((done, failed) => {
      worker.onmessage = ({ data }: MessageEvent<Bytes>) => done(data);
      worker.onerror = () => failed(new Trouble('browser_too_old'));
      worker.postMessage(given, [given.passphrase.buffer]);
    });
  } finally {
    worker.terminate();
  }
}
