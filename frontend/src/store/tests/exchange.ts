/** A server between devices that hands signals on, as it likes. */
import { random, toBase64, type Id } from '../../protocol';
import type { Api, Json } from '../api';
import type { Served } from '../doorbell';
import { Refused } from '../refusals';

/** A device: fetches what waits for it, and is done with what it began. */
export interface Looking {
  look(): Promise<void>;
  idle(): Promise<void>;
}

export type Tamper = (signal: Served) => Served[];

/** The server: hands signals on, as it likes. */
export class Exchange {
  readonly waiting: Served[] = [];
  readonly phones: Looking[] = [];
  tamper: Tamper = (signal) => [signal];
  hasRelay = true;

  api(group: Api, me: () => Id): Api {
    const post = (path: string, body: Json = {}) => {
      if (path === '/relay/pass') return this.hasRelay ? Promise.resolve({ urls: [], username: '', credential: '' }) : Promise.reject(new Refused(409, 'no_relay', {}));
      if (!path.endsWith('/signals')) return group.post(path, body);
      const sent = { id: toBase64(random(16)), circle: path.split('/')[2]!, from: me(), ...body } as unknown as Served;
      this.waiting.push(...this.tamper(sent));
      return Promise.resolve({});
    };
    const get = (path: string) => (path === '/signals' ? Promise.resolve({ relay: this.hasRelay, signals: this.waiting.filter(({ to }) => to === me()) }) : group.get(path));
    return { ...group, post, get, put: group.put.bind(group), remove: group.remove.bind(group) } as unknown as Api;
  }

  /** Everybody looks, until nothing happens any more. */
  async settle(): Promise<void> {
    for (let before = -1; before !== this.waiting.length; ) {
      before = this.waiting.length;
      for (const { look } of this.phones) await look();
      for (const { idle } of this.phones) await idle();
      // What a line says of itself comes a moment later.
      await new Promise((done) => setTimeout(done));
    }
  }
}
