/** Verbs that are seldom needed: starting, joining, and what a group does together. Fetched with their screens (part.ts). */
import type { Joining, NewAccount, Seldom, Speaking, Together } from '../inside/model';
import { toBase64 } from '../protocol';
import type { Aboard } from './aboard';
import { accountVerbs } from './account-verbs';
import { affirm } from './affirm';
import { answeringOf } from './answering';
import { breaksOf } from './breaks';
import { knock, lookAt, previewOf, type Invitation } from './arriving';
import type { Core } from './core';
import { decidingOf } from './deciding-verbs';
import * as door from './door-verbs';
import { checkingOf } from './key-changes';
import { earlierOf } from './earlier';
import { forksOf } from './forks';
import { oneToOneOf } from './one-to-one';
import { namingKeyOf } from './outside-key';
import { leavingOf } from './left';
import { meetsOf } from './meeting-verbs';
import { asTrouble } from './refusals';
import { reachingOf } from './reaching';
import { returningOf } from './returning';
import { confirmRemoval, declineRemoval, proposeRemoval } from './removing';
import { keepShell } from './shell-kept';
import { signUp, type Right } from './sign-up';
import { speakingOf } from './speaking';
import { startGroup } from './starting';
import { tellingOf } from './telling';
import * as together from './together';
import { wayVerbs } from './way-verbs';

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

function joiningOf(core: Core): Pick<Joining, keyof Joining & keyof Seldom> {
  const looked = new Map<string, Invitation>();
  const look = async (secret: string): Promise<Invitation> => {
    const invitation = looked.get(secret) ?? (await lookAt(core.hold, secret));
    looked.set(secret, invitation);
    return invitation;
  };
  return {
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
    goThrough: (shown) => asTrouble(async () => {
      const group = await core.in.waiting.goThrough(shown);
      // What could not be read here, or came this moment, is asked for in the room.
      const now = group.book.log.words?.[1];
      if (now !== undefined && toBase64(now) === shown) await affirm(group, shown);
      core.paintNow();
    }),
  };
}

type Breaking = ReturnType<typeof breaksOf>;

function togetherOf(core: Core, breaks: Breaking): Pick<Together & Speaking, (keyof Together & keyof Seldom) | 'chooseVoice'> {
  return {
    admit: (id) => asTrouble(() => door.admit(core.open, id)),
    decline: (id) => asTrouble(() => door.decline(core.open, id)),
    mayKnow: (id) => asTrouble(() => door.mayKnow(core.open, id)),
    makeInvitation: (forWhom, days) => asTrouble(() => door.makeInvitation(core.open, forWhom, days)),
    voidInvitation: (id) => asTrouble(() => door.voidInvitation(core.open, id)),
    chooseVoice: (value) => asTrouble(() => together.chooseVoice(core.open, value)),
    chooseNudge: (value) => asTrouble(() => together.chooseNudge(core.open, value)),
    proposeAgreement: (text) => asTrouble(() => together.proposeAgreement(core.open, text)),
    secondAgreement: () => asTrouble(() => together.secondProposal(core.open)),
    dropAgreementProposal: () => asTrouble(() => together.dropProposal(core.open)),
    changeSafeguarding: (page) => asTrouble(() => together.changeSafeguarding(core.open, page)),
    rename: (name) => asTrouble(() => together.rename(core.open, name)),
    passHost: (member) => asTrouble(() => together.passHost(core.open, member)),
    takeHost: () => asTrouble(() => together.takeHost(core.open)),
    proposeRemoval: (asked) => asTrouble(() => proposeRemoval(core.open, asked)),
    confirmRemoval: (id) => asTrouble(() => confirmRemoval(core.open, id)),
    declineRemoval: (id) => asTrouble(() => declineRemoval(core.open, id)),
    ...breaks,
    leaveGroup: () => asTrouble(async () => {
      const group = core.open;
      // Notes must not stay away for what is left behind.
      if (group.mine.cell.get().onBreak.includes(group.id)) await breaks.backFromBreak();
      await together.leave(group);
      await core.in.letGoOf(group);
      core.paintNow();
    }),
  };
}

export function seldomOf(core: Core): Seldom {
  keepShell(core);
  const telling = tellingOf(core);
  return { ...accountVerbs(core), ...wayVerbs(core), ...returningOf(core), ...joiningOf(core), ...togetherOf(core, breaksOf(core, telling)), ...checkingOf(core), ...namingKeyOf(core), ...decidingOf(core), ...earlierOf(core), ...forksOf(core), ...telling, ...oneToOneOf(core), ...meetsOf(core), ...leavingOf(core), ...reachingOf(core), ...speakingOf(core), ...answeringOf(core) };
}
