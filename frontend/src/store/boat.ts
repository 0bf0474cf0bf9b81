/** The boat: everything behind the one door of inside/model.ts. */
import { NO_DRAFT, type Around, type Boat, type Joining, type NewAccount, type Talking, type Together } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { toBase64 } from '../protocol';
import type { Aboard } from './aboard';
import { knock, lookAt, previewOf, type Invitation } from './arriving';
import { comingOf } from './coming';
import { Core } from './core';
import { ThisDevice } from './device';
import * as door from './door-verbs';
import { signUp, type Right } from './entry';
import { asTrouble } from './refusals';
import { startGroup } from './starting';
import { canDoAll } from './support';
import * as talking from './talking';
import * as together from './together';

/** Whoever has no account yet gets one first. */
async function withAccount(core: Core, wanted: NewAccount | null, right: Right): Promise<Aboard> {
  if (wanted === null) return core.in;
  const home = await core.homeName();
  await core.setDevice(wanted.device);
  const entered = await signUp(core.hold, home, wanted, right);
  await core.device.makeRoomFor(toBase64(entered.me.account));
  return await core.enter(entered);
}

/** Whatever becomes of the rest, somebody whose account was made is in. */
async function thenShow(core: Core, verb: () => Promise<void>): Promise<void> {
  try {
    await verb();
  } finally {
    core.showIn();
  }
}

function joiningOf(core: Core): Joining {
  const looked = new Map<string, Invitation>();
  const look = async (secret: string): Promise<Invitation> => {
    const invitation = looked.get(secret) ?? (await lookAt(core.hold, secret));
    looked.set(secret, invitation);
    return invitation;
  };
  return {
    circles: core.circles,
    group: core.group,
    waiting: core.waiting,
    startGroup: (start) => asTrouble(() => thenShow(core, async () => {
      const aboard = await withAccount(core, start.account, { code: start.code.trim() });
      await startGroup(aboard, { ...start, code: start.code.trim() });
    })),
    lookAtInvitation: (secret) => asTrouble(async () => previewOf(await look(secret))),
    join: (secret, wanted) => asTrouble(() => thenShow(core, async () => {
      const invitation = await look(secret);
      const aboard = await withAccount(core, wanted.account, { secret: invitation.secret });
      await knock(aboard, invitation, wanted);
    })),
    withdraw: () => asTrouble(() => core.in.waiting.withdraw()),
    goThrough: () => asTrouble(async () => {
      await together.affirm(await core.in.waiting.goThrough());
      core.paintNow();
    }),
    goTo: (circle) => core.aboard?.goTo(circle),
  };
}

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
    sendAgain: () => core.aboard?.groups.forEach((group) => void group.outbox.flush()),
    returned: core.returned,
    draft: (place) => core.aboard?.drafts.draft(current(), place) ?? NO_DRAFT,
    saveDraft: (place, draft) => core.aboard?.drafts.saveDraft(current(), place, draft),
    jotting: (key) => core.aboard?.drafts.jotting(key) ?? '',
    saveJotting: (key, text) => core.aboard?.drafts.saveJotting(key, text),
  };
}

function togetherOf(core: Core): Together {
  return {
    admit: (id) => asTrouble(() => door.admit(core.open, id)),
    decline: (id) => asTrouble(() => door.decline(core.open, id)),
    mayKnow: (id) => asTrouble(() => door.mayKnow(core.open, id)),
    makeInvitation: (forWhom, days) => asTrouble(() => door.makeInvitation(core.open, forWhom, days)),
    voidInvitation: (id) => asTrouble(() => door.voidInvitation(core.open, id)),
    affirm: () => asTrouble(() => together.affirm(core.open)),
    chooseNudge: (value) => asTrouble(() => together.chooseNudge(core.open, value)),
    proposeAgreement: (text) => asTrouble(() => together.proposeAgreement(core.open, text)),
    secondAgreement: () => asTrouble(() => together.secondAgreement(core.open)),
    dropAgreementProposal: () => asTrouble(() => together.dropProposal(core.open)),
    changeSafeguarding: (page) => asTrouble(() => together.changeSafeguarding(core.open, page)),
    rename: (name) => asTrouble(() => together.rename(core.open, name)),
    passHost: (member) => asTrouble(() => together.passHost(core.open, member)),
    takeHost: () => asTrouble(() => together.takeHost(core.open)),
    proposeRemoval: (target, second) => asTrouble(() => together.proposeRemoval(core.open, target, second)),
    confirmRemoval: (id) => asTrouble(() => together.confirmRemoval(core.open, id)),
    declineRemoval: (id) => asTrouble(() => core.open.door.dropNote(id)),
    takeABreak: () => asTrouble(async () => together.takeABreak(core.open, true)),
    backFromBreak: () => asTrouble(async () => together.takeABreak(core.open, false)),
    leaveGroup: () => asTrouble(async () => {
      const group = core.open;
      await together.leave(group);
      await core.in.letGoOf(group);
      core.paintNow();
    }),
  };
}

function aroundOf(core: Core): Around {
  return {
    settings: core.settings,
    notices: core.hold.notices.cell,
    saveSettings: (change) => asTrouble(async () => {
      core.in.mine.change((mine) => ({ ...mine, settings: { ...mine.settings, ...change } }));
    }),
    answerNotice: (notice) => asTrouble(async () => {
      if (notice === 'someone_was_out') await newKey(core);
      else if (notice === 'away') await core.in.catchUp();
      core.hold.notices.set(notice, notice === 'away' && core.isAway);
    }),
  };
}

/** Someone could not open the newest key: everyone gets a new one. */
async function newKey(core: Core): Promise<void> {
  const group = core.open;
  await group.act((batch) => batch.rotate(group));
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
  await begin(core);
  return { ...comingOf(core), ...joiningOf(core), ...talkingOf(core), ...togetherOf(core), ...aroundOf(core) };
}
