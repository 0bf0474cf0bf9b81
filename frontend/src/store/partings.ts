/** Farewells that were signed ahead, brought into the log by whoever looks in. */
import { fromBase64 } from '../protocol';
import type { Group } from './group';

/** What people said they wanted when they asked to be deleted, once their week is over. */
export async function bringPartings(group: Group): Promise<void> {
  const told = await group.hold.api.get<{ partings: { bytes: string; sig: string }[] }>(`/circles/${group.id}/partings`);
  for (const { bytes, sig } of told.partings) {
    const bring = group.act(async (batch) => {
      await batch.add('leave', [[fromBase64(bytes), fromBase64(sig)]]);
      await batch.rotate(group);
    });
    // One that is no longer good stands in nobody else's way.
    await bring.catch(() => undefined);
  }
}
