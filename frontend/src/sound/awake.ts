/** Keeps a phone's screen on while somebody talks: one that goes dark may take the voice with it. */
export class Awake {
  private isWanted = false;
  private lock: Promise<WakeLockSentinel | null> = Promise.resolve(null);

  constructor() {
    // The browser lets go of it by itself while the page is out of sight.
    document.addEventListener('visibilitychange', () => this.look());
  }

  want(on: boolean): void {
    if (on === this.isWanted) return;
    this.isWanted = on;
    this.look();
  }

  /** One after the other: what is asked for while another is let go comes after it. */
  private look(): void {
    this.lock = this.lock.then(async (held) => {
      if (!this.isWanted) await held?.release();
      else if (document.visibilityState === 'visible' && (held === null || held.released)) return await this.ask();
      return this.isWanted ? held : null;
    }).catch(() => null);
  }

  /** Null where the browser has none, or gives none: a battery that is low. */
  private async ask(): Promise<WakeLockSentinel | null> {
    const { wakeLock } = navigator as Partial<Pick<Navigator, 'wakeLock'>>;
    return (await wakeLock?.request('screen').catch(() => null)) ?? null;
  }
}
