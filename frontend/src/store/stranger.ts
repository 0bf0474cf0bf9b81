/** The server no longer knows this session. One's own device can say who it is; a shared one is let go. */
import type { Core } from './core';
import { comeBack } from './entry';
import { Refused } from './refusals';

export class Stranger {
  private saying: Promise<boolean> | null = null;

  constructor(private readonly core: Core) {}

  /** Once for all that ask. True where there is a session again. */
  sayWho(): Promise<boolean> {
    this.saying ??= this.comeBack().finally(() => {
      this.saying = null;
    });
    return this.saying;
  }

  private async comeBack(): Promise<boolean> {
    const { core } = this;
    const { aboard } = core;
    if (aboard === null) return false;
    if (core.device.cell.get() !== 'mine') {
      void core.letGo();
      return false;
    }
    try {
      // The server's own time first: a device whose clock is out would be taken for a stranger.
      await core.lookHome();
      const told = await comeBack(core.hold, aboard.me);
      if (told.closing_at !== null) core.session.set({ kind: 'closing', until: told.closing_at });
      return true;
    } catch (wrong) {
      if (wrong instanceof Refused && wrong.code === 'not_known') await this.unknown();
      return false;
    }
  }

  /** The server knows no such account or key any more. */
  private async unknown(): Promise<void> {
    void this.core.letGo();
    await this.core.device.dropName();
  }
}
