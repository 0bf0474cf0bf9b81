/** Cryptography of this process: what is under way, and what was verified once. */
const STILL = 8;
/** What never comes to rest is not waited for. */
const MOST = 500;

type Doing = (...given: unknown[]) => Promise<unknown>;
const browser = SubtleCrypto.prototype as unknown as Record<string, Doing>;
let underWay = 0;

function counted(real: Doing): Doing {
  return async function (this: unknown, ...given) {
    underWay += 1;
    try {
      return await real.apply(this, given);
    } finally {
      underWay -= 1;
    }
  };
}

for (const name of ['sign', 'verify', 'encrypt', 'decrypt', 'deriveBits', 'importKey', 'exportKey', 'unwrapKey', 'generateKey', 'digest']) {
  browser[name] = counted(browser[name]!);
}

type Verified = Map<string, Promise<boolean>>;
const verified = new WeakMap<CryptoKey, Verified>();
const verify = browser['verify']!;

/** What a signature is worth under a key never changes: the same log, opened on one device after the other, is verified once. */
browser['verify'] = function (how, key, signature, message) {
  const known: Verified = verified.get(key as CryptoKey) ?? new Map();
  verified.set(key as CryptoKey, known);
  const both = [signature, message].map((bytes) => Buffer.from(bytes as Uint8Array).toString('latin1')).join();
  const answer = known.get(both) ?? (verify.call(this, how, key, signature, message) as Promise<boolean>);
  known.set(both, answer);
  return answer;
};

/** Once nothing is under way any more: neither cryptography, nor what goes on in a moment. */
export async function quiet(): Promise<void> {
  for (let [turn, still] = [0, 0]; still < STILL && turn < MOST; turn++) {
    await new Promise((done) => setTimeout(done));
    still = underWay > 0 ? 0 : still + 1;
  }
}
