/** One's own sessions, as the server lists them. */
import type { Device } from '../inside/model';
import type { Core } from './core';

export async function lookUpSessions(core: Core): Promise<void> {
  interface Told {
    id: string;
    device: Exclude<Device, 'unknown'>;
    started_at: number;
    current: boolean;
  }
  const { sessions } = await core.hold.api.get<{ sessions: Told[] }>('/sessions');
  core.sessions.set(sessions.map(({ id, device, started_at, current }) => {
    return { id, isThis: current, device, since: started_at, lastDay: core.hold.clock.now() };
  }));
}
