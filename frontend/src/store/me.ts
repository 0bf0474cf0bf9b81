/** Who is in: the account key and the keys of each circle, none of which a script can read. */
import { account, box, freshKey, random, toBase64, type Bytes, type Id } from '../protocol';

export interface CircleKey {
  /** The circle's id; null while it is being made. */
  circle: Bytes | null;
  kind: number;
  member: Bytes;
  signPk: Bytes;
  boxPk: Bytes;
  sealedSign: Bytes;
  sealedBox: Bytes;
  sign: CryptoKey;
  box: box.BoxKey;
}

export interface Me {
  account: Bytes;
  home: string;
  /** Empty when a recovery code was used on a fresh device. */
  signInName: string;
  ak: CryptoKey;
  own: Bytes;
  /** Version of the account record these keys were read from. */
  version: number;
  /** A circle may stand here more than once, the newest keys first. */
  keys: CircleKey[];
  canStart: boolean;
}

export interface Sealed {
  version: number;
  sealed: Bytes;
}

export async function makeCircleKey(ak: CryptoKey | Bytes, accountId: Bytes, kind: number, member = random(16)): Promise<CircleKey> {
  const signing = await freshKey('Ed25519');
  const opening = await freshKey('X25519');
  const sealedSign = await account.sealPrivateKey(ak, accountId, member, 'sign', signing.seed);
  const sealedBox = await account.sealPrivateKey(ak, accountId, member, 'box', opening.seed);
  signing.seed.fill(0);
  opening.seed.fill(0);
  const boxKey = { secret: opening.secret, open: opening.open };
  const open = { signPk: signing.open, boxPk: opening.open };
  return { circle: null, kind, member, ...open, sealedSign, sealedBox, sign: signing.secret, box: boxKey };
}

async function openCircleKey(ak: CryptoKey, accountId: Bytes, entry: account.CircleKeys): Promise<CircleKey> {
  const [circle, kind, member, signPk, boxPk, sealedSign, sealedBox] = entry;
  const sign = await account.openPrivateKey(ak, accountId, member, 'sign', sealedSign, signPk);
  const secret = await account.openPrivateKey(ak, accountId, member, 'box', sealedBox, boxPk);
  return { circle, kind, member, signPk, boxPk, sealedSign, sealedBox, sign, box: { secret, open: boxPk } };
}

/** Version, home, own circle and keys of a sealed account record. */
export async function openAccountRecord(ak: CryptoKey, accountId: Bytes, { version, sealed }: Sealed, seen = 0) {
  const bytes = await account.openRecord(ak, accountId, 'account', version, sealed, seen);
  const [, home, own, entries] = account.readAccountBody(bytes, version);
  const keys = await Promise.all(entries.map((entry) => openCircleKey(ak, accountId, entry)));
  return { home, own, keys };
}

export async function sealAccountRecord(
  ak: CryptoKey | Bytes,
  me: Pick<Me, 'account' | 'home' | 'own' | 'keys'>,
  version: number,
): Promise<Bytes> {
  const entries: account.CircleKeys[] = [];
  for (const key of me.keys) {
    if (key.circle === null) continue;
    entries.push([key.circle, key.kind, key.member, key.signPk, key.boxPk, key.sealedSign, key.sealedBox]);
  }
  const body = account.writeBody([version, me.home, me.own, entries]);
  return await account.sealRecord(ak, me.account, 'account', version, body);
}

/** One's keys in a circle, the newest first: after new keys were made, those of before still open what is older. */
export function keysOf(me: Me, circle: Id): CircleKey[] {
  return me.keys.filter((key) => key.circle !== null && toBase64(key.circle) === circle);
}

export function keyOf(me: Me, circle: Id): CircleKey | null {
  return me.keys.find((key) => key.circle !== null && toBase64(key.circle) === circle) ?? null;
}
