/** The boat: everything behind the one door of inside/model.ts. */
import { NO_DRAFT, type Around, type Boat, type Talking } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { bring, part } from '../part';
import { toBase64 } from '../protocol';
import { affirm } from './affirm';
import { comingOf } from './coming';
import { Core } from './core';
import { ThisDevice } from './device';
import { readRestored } from './mending';
import { asTrouble } from './refusals';
import { canDoAll } from './support';
import * as talking from './talking';

function talkingOf(core: Core): Talking {
  const current = () => core.aboard?.current.get()?.id ?? '';
  return {
    talk: (place) => core.talks[place],
    // Rows are open as soon as they are there; there is nothing to fetch.
    open: () => undefined,
    seen: (place, id) => {
      const group = core.aboard?.current.get();
      if (group != null) talking.seen(group, place, id);
    },
    say: (saying) => asTrouble(() => talking.say(core.open, saying)),
    hear: (id) => asTrouble(() => talking.hear(core.open, id)),
    unhear: (id) => asTrouble(() => talking.unhear(core.open, id)),
    takeBack: (id) => asTrouble(() => talking.takeBack(core.open, id)),
    sendAgain: () => {
      core.aboard?.groups.forEach((group) => void group.outbox.flush());
      core.aboard?.pairs?.sendAgain();
    },
    newTalks: core.newTalks,
    returned: core.returned,
    draft: (place) => core.aboard?.drafts.draft(current(), place) ?? NO_DRAFT,
    saveDraft: (place, draft) => core.aboard?.drafts.saveDraft(current(), place, draft),
    jotting: (key) => core.aboard?.drafts.jotting(key) ?? '',
    saveJotting: (key, text) => core.aboard?.drafts.saveJotting(key, text),
  };
}

function groupOf(core: Core): Pick<Boat, 'circles' | 'group' | 'waiting' | 'goTo' | 'affirm'> {
  return {
    circles: core.circles,
    group: core.group,
    waiting: core.waiting,
    goTo: (circle) => core.aboard?.goTo(circle),
    affirm: (shown) => asTrouble(() => affirm(core.open, shown)),
  };
}

function aroundOf(core: Core): Around {
  return {
    settings: core.settings,
    notices: core.hold.notices.cell,
    restoredTo: () => core.hold.notices.restored?.to ?? null,
    keyBy: () => newestKeyBy(core),
    saveSettings: (change) => asTrouble(async () => {
      core.in.mine.change((mine) => ({ ...mine, settings: { ...mine.settings, ...change } }));
    }),
    answerNotice: (notice) => asTrouble(async () => {
      if (notice === 'someone_was_out') await newKey(core);
      else if (notice === 'away') await core.in.catchUp();
      else if (notice === 'restored') await readRestored(core.hold);
      else if (notice === 'reload_needed') location.reload();
      core.hold.notices.set(notice, notice === 'away' && core.isAway);
    }),
  };
}

function newestKeyBy(core: Core): string {
  const group = core.aboard?.current.get();
  const author = group?.book.log.epoch?.author;
  return group == null || author === undefined || !group.keys.isShut ? '' : group.names.of(toBase64(author));
}

/** Someone could not open the newest key: everyone gets a new one. */
async function newKey(core: Core): Promise<void> {
  const group = core.open;
  await core.in.pairs?.newKeys();
  if (!group.keys.isShut) return;
  await group.act((batch) => batch.rotate(group));
  await (await core.hold.mending?.())?.missed(group);
}

/** From what this device keeps: a room to read at once, one touch, or the front door. */
async function begin(core: Core): Promise<void> {
  const signInName = (await core.device.keptName()) ?? '';
  const me = await core.device.keptMe();
  if (me !== null && !core.device.isRested) {
    await core.resume(me);
    return;
  }
  core.rested = me;
  const isKnown = core.device.cell.get() === 'mine' && signInName !== '';
  core.session.set(isKnown ? { kind: 'rested', signInName, touch: me !== null } : { kind: 'out' });
  core.lookHome().catch(() => undefined);
}

/** Throws `browser_too_old` or `storage_refused`. */
export async function openBoat(): Promise<Boat> {
  if (!(await canDoAll())) throw new Trouble('browser_too_old');
  const core = new Core(await ThisDevice.open());
  core.hold.mending = () => bring().then(() => part.get()?.mending);
  await begin(core);
  const boat = { ...comingOf(core), ...groupOf(core), ...talkingOf(core), ...aroundOf(core), askTelling: core.askTelling };
  const complete = () => {
    Object.assign(boat, part.get()?.verbs(core));
    core.paintNow();
  };
  part.watch(complete);
  complete();
  return boat;
}
