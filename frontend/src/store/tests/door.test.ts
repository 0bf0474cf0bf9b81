/** Who may open the door stands in the signed log; neither the server's order nor its words change it (A21). */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { admit, makeInvitation } from '../door-verbs';
import type { Group } from '../group';
import { groupView } from '../group-view';
import { passHost } from '../together';
import { Household, says } from './household';
import { quiet } from './shelf';

let home: Household;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
});

afterEach(() => {
  vi.useRealTimers();
});

/** Somebody invites Eve, who knocks. */
async function knocked(by = 'Ana'): Promise<string> {
  const { link } = await makeInvitation(await home.device(by), 'Eve', 7);
  return await home.knock('Eve', link);
}

async function mayOpen(name: string): Promise<boolean[]> {
  return groupView(await home.device(name)).knocks.map(({ mayIAdmit }) => mayIAdmit);
}

/** Everything a server says besides the log, in favour of whoever asks. */
function everyoneMay(): void {
  home.shelf.lie = (path, answer) => {
    const told = { ...answer, any_member: true, anyMember: true, host: true, may_admit: true };
    if (path.endsWith('/knocks')) return { ...told, knocks: (answer['knocks'] as object[]).map((one) => ({ ...one, any_member: true, anyMember: true })) };
    if (!path.includes('/messages?')) return told;
    const rows = [...(answer['messages'] as { position: number }[])];
    return { ...told, messages: rows.map((one, i) => ({ ...rows[rows.length - 1 - i], position: one.position })) };
  };
}

it('opens for the host alone where the invitation says so', async () => {
  await knocked();
  everyoneMay();
  expect(await mayOpen('Ana')).toEqual([true]);
  expect(await mayOpen('Ben')).toEqual([false]);
});

it('is not opened by a member to whom the server says that they may', async () => {
  const invite = await knocked();
  everyoneMay();
  const ben = await home.device('Ben');
  const before = home.shelf.events.length;
  await expect(admit(ben, invite)).rejects.toMatchObject({ code: 'not_a_host' });
  expect(home.shelf.events.length).toBe(before);
});

it('is not opened for all by what somebody says in the room, in whatever order', async () => {
  const ben = await home.device('Ben');
  await ben.outbox.put('choice', ['door', 'any-member']);
  await ben.outbox.flush();
  await says(ben, 'I would like to open it');
  everyoneMay();
  await knocked();
  expect(await mayOpen('Ben')).toEqual([false]);
});

it('opens for any member where it was started so, and goes on like that with another host', async () => {
  home = await Household.of('Ana');
  home.isOpenToAll = true;
  await home.admit('Ben');
  home.isOpenToAll = false;
  await passHost(await home.device('Ana'), (await home.device('Ben')).me);
  const invite = await knocked('Ben');
  expect(await mayOpen('Ben')).toEqual([true]);
  expect(await mayOpen('Ana')).toEqual([true]);
  await admit(await home.device('Ana'), invite);
  expect((await home.device('Ana')).book.log.members.size).toBe(3);
});

it('is for who is host by the log and this device’s own clock', async () => {
  await knocked();
  const ana = await home.device('Ana');
  const end = ana.book.log.members.get(ana.me)?.termEnd ?? 0;
  for (const [left, isHost] of [[3600, true], [-3600, false]] as const) {
    vi.useFakeTimers({ toFake: ['Date'], now: (end - left) * 1000 });
    // The server says that it is earlier, or later.
    ana.hold.clock.hear(end + (isHost ? 80_000 : -80_000));
    expect(ana.amHost).toBe(isHost);
  }
  vi.useRealTimers();
  await passHost(await home.device('Ana'), (await home.device('Ben')).me);
  expect(await mayOpen('Ana')).toEqual([false]);
  expect(await mayOpen('Ben')).toEqual([true]);
});

/** The next answer about notes is the one of now, and comes only once it is let go. */
function heldBack(group: Group): () => void {
  const { api } = group.hold;
  const real = api.get.bind(api);
  let letGo: () => void = () => undefined;
  const later = new Promise<void>((done) => (letGo = done));
  let isHeld = false;
  api.get = async <T>(path: string): Promise<T> => {
    const answer = await real<T>(path);
    if (path.endsWith('/asides') && !isHeld) {
      isHeld = true;
      await later;
    }
    return answer;
  };
  return letGo;
}

it('shows the notes that were told last, also where an earlier answer is the slower one', async () => {
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  const letGo = heldBack(ben);
  const asked = [ben.door.sync()];
  await quiet();
  await ana.door.note(ben.key.member, 'before-remove', ['We have talked, and it went on.']);
  asked.push(ben.door.sync());
  await quiet();
  letGo();
  await Promise.all(asked);
  expect(ben.door.notes.map(({ note }) => note.type)).toEqual(['before-remove']);
});

it('does not bring back a note that was put away while the site was asked', async () => {
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  await ana.door.note(ben.key.member, 'before-remove', ['We have talked, and it went on.']);
  await ben.door.sync();
  const letGo = heldBack(ben);
  const asked = ben.door.sync();
  await quiet();
  await ben.door.dropNote(ben.door.notes[0]?.id ?? '');
  letGo();
  await asked;
  expect(ben.door.notes).toEqual([]);
});
