/** The pass to the relay that a meeting's lines are made with: it holds for four hours and names nobody. */
import type { Pass } from '../sound/line';
import type { Hold } from './hold';

const LASTS_MS = 3 * 3_600_000;

export class RelayPass {
  private known: { taken: number; pass: Promise<Pass> } | null = null;

  constructor(private readonly hold: Hold) {}

  now(): Promise<Pass> {
    const now = Date.now();
    if (this.known === null || Math.abs(now - this.known.taken) > LASTS_MS) {
      const pass = this.hold.api.post<Pass>('/relay/pass', {});
      this.known = { taken: now, pass };
      pass.catch(() => (this.known = null));
    }
    return this.known.pass;
  }

  /** Another for each coming in: the relay cannot tell that two addresses are one person. */
  anew(): Promise<Pass> {
    this.known = null;
    return this.now();
  }
}
