/** Verbs of talks of two, and the boat as it is inside one. */
import { NO_DRAFT, type GroupView, type InTalk, type OneToOne, type TalkLine } from '../inside/model';
import { Cell } from '../inside/watched';
import type { Core } from './core';
import type { Pair } from './pair';
import { Pairs } from './pairs';
import { asTrouble } from './refusals';
import * as reports from './reports';
import { speak, spoken } from './speaking';
import * as talking from './talking';

/** The talks of whoever is in; they are found as soon as this part is here. */
export function pairsOf(core: Core): Pairs {
  const aboard = core.in;
  if (aboard.pairs instanceof Pairs) return aboard.pairs;
  const pairs = new Pairs(aboard, (lines) => core.newTalks.set(lines.filter(({ isNew }) => isNew)));
  aboard.pairs = pairs;
  return pairs;
}

interface Found {
  oneToOne: Cell<readonly TalkLine[]>;
  talksLooked: Cell<boolean>;
}

function find(core: Core, { oneToOne, talksLooked }: Found): void {
  if (core.aboard === null || core.aboard.pairs !== null) return;
  const pairs = pairsOf(core);
  talksLooked.set(false);
  pairs.lines.watch(() => oneToOne.set(pairs.lines.get()));
  const looked = pairs.load().then(() => core.aboard?.catchUp()).catch(() => undefined);
  void looked.then(() => talksLooked.set(true));
}

const opened = new WeakMap<Pair, InTalk>();

function inside(core: Core, pair: Pair): InTalk {
  const known = opened.get(pair) ?? laidOver(core, pair);
  opened.set(pair, known);
  return known;
}

function laidOver(core: Core, pair: Pair): InTalk {
  const view = new Cell<GroupView | null>(pair.view());
  const painted = () => view.set(pair.view());
  pair.changed.watch(painted);
  return {
    group: view,
    talk: (place) => pair.feed.talks[place],
    seen: (place, id) => talking.seen(pair, place, id),
    say: (saying) => asTrouble(() => talking.say(pair, saying)),
    hear: (id) => asTrouble(() => talking.hear(pair, id)),
    unhear: (id) => asTrouble(() => talking.unhear(pair, id)),
    takeBack: (id) => asTrouble(() => talking.takeBack(pair, id)),
    speak: (saying, sound) => asTrouble(() => speak(pair, saying, sound, pair.shared)),
    spoken: (id) => asTrouble(() => spoken(pair, id, pair.shared)),
    draft: (place) => core.aboard?.drafts.draft(pair.id, place) ?? NO_DRAFT,
    saveDraft: (place, draft) => core.aboard?.drafts.saveDraft(pair.id, place, draft),
    whoDecides: (authors) => reports.whoDecides(pair, authors),
    report: (report) => asTrouble(() => reports.report(pair, report)),
  };
}

export function oneToOneOf(core: Core): OneToOne {
  const found: Found = { oneToOne: new Cell<readonly TalkLine[]>([]), talksLooked: new Cell(false) };
  const look = () => find(core, found);
  core.session.watch(look);
  look();
  return {
    ...found,
    talkWith: (member) => asTrouble(() => pairsOf(core).open(core.open, member)),
    inTalk: (id) => {
      const pair = core.aboard === null ? null : pairsOf(core).get(id);
      return pair === null ? null : inside(core, pair);
    },
    talkOf: (message) => (core.aboard === null ? null : (pairsOf(core).ofMessage(message)?.id ?? null)),
    healTalk: (id) => asTrouble(() => pairsOf(core).heal(id)),
    closeTalk: (id) => asTrouble(() => pairsOf(core).close(id)),
  };
}
