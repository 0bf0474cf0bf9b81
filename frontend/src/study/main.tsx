/** The coding screen of the study workbench. The page says which study it is; all else is asked of its own server. */
import { render } from 'preact';
import { studyWords as words } from '../words/study';
import './look/study.css';
import { Coding } from './screen/coding';
import type { Ways } from './screen/stage';
import { Api, newId } from './store/api';
import { Desk, FIRST_VIEW, type View } from './store/desk';
import { firstPlace, goTo, placeIn, type Place } from './store/going';
import { Kept } from './store/kept';
import { Live } from './store/live';
import { Memos } from './store/memos';
import { Outbox } from './store/outbox';
import { readCodes, readOverview, resync, take } from './store/reading';
import { sentenceOf } from './store/verbs';

performance.mark('study:start');

const placeNow = (): Place | null => placeIn(location.hash);

/** All that the first sight needs is asked for at once. */
async function open(desk: Desk): Promise<void> {
  const place = placeNow();
  const overview = readOverview(desk);
  const codes = readCodes(desk);
  try {
    if (place !== null) await Promise.all([goTo(desk, place, false), codes, overview]);
    else {
      await overview;
      const first = firstPlace(desk);
      if (first !== null) {
        history.replaceState(null, '', `#${first.document}`);
        await Promise.all([goTo(desk, first, false), codes]);
      }
    }
  } catch (why) {
    desk.setTrouble(`${words.trouble.cannotOpen} ${sentenceOf(why)}`);
  }
}

function watch(desk: Desk): void {
  addEventListener('popstate', () => {
    const place = placeNow();
    if (place !== null) void goTo(desk, place, false);
  });
  desk.outbox.onState = () => {
    desk.bell.ring('saving', 'memo');
    if (desk.outbox.state === 'saved' && desk.isDoubtful) void resync(desk);
  };
  addEventListener('beforeunload', (event) => {
    if (!desk.outbox.isEmpty && desk.saving !== 'saving') event.preventDefault();
  });
}

/** How this person likes the page, and what an earlier visit could not send. */
async function recall(desk: Desk): Promise<void> {
  const view = await desk.kept.like<Partial<View>>('view');
  if (view !== null) desk.setView({ ...FIRST_VIEW, ...view, isReading: false });
  if (await desk.outbox.sendLeftOver()) await resync(desk);
}

async function start(root: HTMLElement): Promise<void> {
  const { api: base = '', home = '/', report = '/' } = root.dataset;
  const ways: Ways = { home, report };
  const api = new Api(base);
  const kept = new Kept(newId());
  const desk = new Desk(api, new Outbox(api, kept), kept);
  const memos = new Memos(desk);
  watch(desk);
  const opened = open(desk);
  void recall(desk);
  render(<Coding desk={desk} memos={memos} ways={ways} />, root);
  await opened;
  const catchUp = (newest: number) => {
    desk.heard = newest;
    void resync(desk);
  };
  new Live(`${base}live`, () => desk.heard, (told) => take(desk, told), catchUp).start();
}

const root = document.getElementById('coding');
if (root !== null) void start(root);
