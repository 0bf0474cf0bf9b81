/** Verbs of being up for contact, and of ringing. */
import type { GatheringFor, GatheringView } from '../inside/gathering-views';
import type { CallView, ReachFor, ReachView } from '../inside/reach-views';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { Awake } from '../sound/awake';
import { microphone, onEnded, Voice } from '../sound/line';
import { words } from '../words/en';
import type { Aboard } from './aboard';
import type { Phone } from './call';
import { Calls } from './calls';
import type { Core } from './core';
import { gatheringOf, voicePhone } from './gathering-verbs';
import { Gatherings } from './gatherings';
import type { Group } from './group';
import { pairsOf } from './one-to-one';
import { isQuiet } from '../inside/standing';
import { askToRing, giveNumber, mayRing, notToday, putAwayRang, rangInVain, Reach, saveUpFor, talked } from './reach';
import { Reached } from './reached';
import { asTrouble } from './refusals';

const phone: Phone<MediaStream> = {
  pick: microphone,
  line: (pass, mic) => new Voice(pass, mic),
  onEnded,
  putBack: (mic) => mic.getTracks().forEach((track) => track.stop()),
};

type Here = Calls<MediaStream>;

interface Quiet {
  zone: string;
  quiet_from: number | null;
  quiet_to: number | null;
}

/** The tone is for one's own device alone, and keeps silent in the quiet hours that somebody has set for notes. */
async function isAloud({ hold: { drawer, api, clock } }: Core, isTest: boolean): Promise<boolean> {
  if (!drawer.lasts || isTest) return drawer.lasts;
  const { zone, quiet_from, quiet_to } = await api.get<Quiet>('/told');
  return !isQuiet(zone, quiet_from, quiet_to, clock.now());
}

interface Shown {
  call: Cell<CallView | null>;
  gathering: Cell<GatheringView | null>;
}

interface Voices {
  calls: Here;
  gatherings: Gatherings<MediaStream>;
}

const voices = new WeakMap<Aboard, Voices>();

/** The calls of whoever is in; what rings while this part is on its way is found as soon as it is here. */
function voicesOf(core: Core, shown: Shown): Voices {
  const aboard = core.in;
  const known = voices.get(aboard);
  if (known !== undefined) return known;
  const pairs = () => pairsOf(core).all();
  const may = (group: Group, member: string) => mayRing(group, pairs(), member);
  const spoken = (group: Group, member: string) => talked(group, pairs(), member);
  const calls = new Calls(aboard, phone, may, (isTest) => isAloud(core, isTest), spoken, (group, member) => rangInVain(group, pairs(), member));
  const gatherings = new Gatherings(aboard, voicePhone, calls.canRing, () => calls.isBusy);
  calls.meeting = gatherings;
  aboard.calls = calls;
  calls.cell.watch(() => shown.call.set(calls.cell.get()));
  gatherings.mine.watch(() => shown.gathering.set(gatherings.mine.get()));
  voices.set(aboard, { calls, gatherings });
  return { calls, gatherings };
}

/** As long as somebody rings, talks, or is in a meeting. */
function stayAwake({ call, gathering }: Shown): void {
  const awake = new Awake();
  const look = () => {
    const [stage, at] = [call.get()?.stage ?? 'ended', gathering.get()?.stage];
    awake.want((stage !== 'ended' && stage !== 'rung') || at === 'in' || at === 'coming');
  };
  call.watch(look);
  gathering.watch(look);
}

const reaches = new WeakMap<Group, Reach>();

function reachOf(core: Core, calls: Here, onNew: () => void): Cell<ReachView> {
  const group = core.open;
  // Those of this sitting: a group may still stir when somebody has just gone out.
  const pairs = pairsOf(core);
  let reach = reaches.get(group);
  if (reach === undefined) {
    reach = new Reach(group, () => pairs.all(), calls.canRing);
    const painted = reach;
    pairs.lines.watch(() => painted.paint());
    reaches.set(group, reach);
    onNew();
  }
  return reach.cell;
}

async function talkWith(core: Core, member: string) {
  const pair = pairsOf(core).get(await pairsOf(core).open(core.open, member));
  if (pair === null) throw new Trouble('gone');
  return pair;
}

export function reachingOf(core: Core): ReachFor & GatheringFor {
  const shown: Shown = { call: new Cell<CallView | null>(null), gathering: new Cell<GatheringView | null>(null) };
  const calls = () => voicesOf(core, shown).calls;
  const reached = new Reached(core);
  core.beforeOut = () => reached.leave();
  const look = () => {
    if (core.aboard === null) {
      shown.call.set(null);
      shown.gathering.set(null);
    } else if (core.aboard.calls === null) {
      void calls().look();
      reached.watch();
    }
  };
  core.session.watch(look);
  look();
  stayAwake(shown);
  // Whoever talks with somebody, or meets, is seen to go at once.
  addEventListener('pagehide', () => core.aboard !== null && voices.get(core.aboard)?.calls.pageLeft());
  return {
    ...gatheringOf(core, () => voicesOf(core, shown).gatherings, shown.gathering),
    call: shown.call,
    reach: () => reachOf(core, calls(), () => void reached.check()),
    saveUpFor: (change) => asTrouble(() => saveUpFor(core.open, change)),
    notToday: (on) => asTrouble(() => notToday(core.open, on)),
    giveNumber: (to, number) => asTrouble(async () => await giveNumber(to === null ? core.open : await talkWith(core, to), number)),
    askToRing: (member) => asTrouble(async () => {
      const talk = await talkWith(core, member);
      await askToRing(talk, words.reach.please);
      return talk.id;
    }),
    testRing: reached.cell,
    tryRing: () => asTrouble(async () => {
      const group = core.open;
      await calls().tryRing(group, await reached.begin(group));
    }),
    itCame: () => asTrouble(async () => {
      calls().notNow();
      // Notes of rings come with it, where somebody asked for notes. They can be asked for later as well.
      await core.hold.api.post('/told/rings').catch(() => undefined);
      reached.seen();
    }),
    ring: (members) => asTrouble(() => calls().ring(core.open, members)),
    answer: () => asTrouble(() => calls().answer()),
    notNow: () => calls().notNow(),
    hangUp: () => calls().hangUp(),
    mute: (on) => calls().mute(on),
    putAwayRang: (member) => putAwayRang(core.open, pairsOf(core).all(), member),
  };
}
