/** The part that is fetched afterwards: its pages, and the verbs behind them. See part.ts. */
import { useWatched } from './ui/hooks';
import { useBoat } from './inside/afloat';
import { nudge } from './inside/nudge';
import { NudgePanel } from './inside/room/nudge-panel';
import { SpokenMessage } from './inside/room/sound';
import { Speak } from './inside/room/speak';
import { Agreement } from './inside/pages/agreement';
import { Calling } from './inside/pages/calling';
import { Closing } from './inside/pages/closing';
import { ComeInWithCode } from './inside/pages/come-in-code';
import { ComeInWithPasskey } from './inside/pages/come-in-passkey';
import { Door } from './inside/pages/door';
import { HowTold } from './inside/pages/how-told';
import { Invite } from './inside/pages/invite';
import { Join } from './inside/pages/join';
import { Known } from './inside/pages/known';
import { LeftCard, LeftOpened, LeftWords } from './inside/pages/left-words';
import { Members } from './inside/pages/members';
import { Break, Delete, Leave, Removed } from './inside/pages/parting';
import { Concern } from './inside/pages/concern';
import { Concerns } from './inside/pages/concerns';
import { Deciders } from './inside/pages/deciders';
import { Decisions } from './inside/pages/decisions';
import { FoldMessage } from './inside/pages/fold';
import { ReachPage } from './inside/pages/reach';
import { UpForCall } from './inside/pages/reach-parts';
import { Recovery } from './inside/pages/recovery';
import { Removal, Remove } from './inside/pages/removal';
import { Report } from './inside/pages/report';
import { AppointHost, CheckReturn } from './inside/pages/returning';
import { SafeguardingPage } from './inside/pages/safeguarding';
import { Earlier } from './inside/pages/earlier';
import { OutsideKey } from './inside/pages/outside-key';
import { Forked } from './inside/pages/forked';
import { SameRoom } from './inside/pages/same-room';
import { ServerSees } from './inside/pages/server-sees';
import { Settings } from './inside/pages/settings';
import { Start } from './inside/pages/start';
import { Talk } from './inside/pages/talk';
import { Unanswered } from './inside/pages/unanswered';
import { VoicePage } from './inside/pages/voice';
import { Above, VoiceBar, VoiceToday } from './inside/pages/voice-ways';
import { Week } from './inside/pages/week';
import { NotAgreed, ToldFirst } from './inside/pages/told';
import { Waiting } from './inside/pages/waiting';
import { WaysIn } from './inside/pages/ways-in';
import { MeetingPage } from './inside/pages/meeting';
import { MeetingsPage } from './inside/pages/meetings';
import { MyCalendar } from './inside/pages/my-calendar';
import { NextLine, NextMeeting } from './inside/pages/next-meeting';
import { PlanMeeting } from './inside/pages/plan-meeting';
import { part, type Part } from './part';
import { WORDS } from './store/calm-list';
import { knowWords } from './store/calm-words';
import { mending } from './store/repair';
import { seldomOf } from './store/seldom';
import { waits } from './store/waits';
import { knowTroubles } from './words/en/troubles-later';

function Closed() {
  const session = useWatched(useBoat().session);
  return session.kind === 'closing' ? <Closing until={session.until} /> : null;
}

function Knocked() {
  const waiting = useWatched(useBoat().waiting);
  return waiting && <Waiting waiting={waiting} />;
}

/** What is going on now comes before what is planned. */
function Next() {
  return (
    <>
      <VoiceToday />
      <NextMeeting />
    </>
  );
}

function CallOrMeeting() {
  return (
    <Above>
      <Calling />
      <VoiceBar />
    </Above>
  );
}

/** Every screen that `part.ts` does not name as one of the first. */
const screens: Part['screens'] = {
  code: ComeInWithCode,
  passkey: ComeInWithPasskey,
  start: Start,
  join: Join,
  waiting: Knocked,
  closing: Closed,
  recovery: Recovery,
  waysIn: WaysIn,
  known: Known,
  members: Members,
  talk: Talk,
  reach: ReachPage,
  meetings: MeetingsPage,
  voice: VoicePage,
  meeting: MeetingPage,
  planMeeting: PlanMeeting,
  calendar: MyCalendar,
  agreement: Agreement,
  safeguarding: SafeguardingPage,
  invite: Invite,
  door: Door,
  returning: CheckReturn,
  host: AppointHost,
  remove: Remove,
  removal: Removal,
  leftWords: LeftWords,
  report: Report,
  concerns: Concerns,
  deciders: Deciders,
  concern: Concern,
  fold: FoldMessage,
  week: Week,
  told: ToldFirst,
  notAgreed: NotAgreed,
  decisions: Decisions,
  earlier: Earlier,
  forked: Forked,
  outsideKey: OutsideKey,
  sameRoom: SameRoom,
  serverSees: ServerSees,
  settings: Settings,
  howTold: HowTold,
  break: Break,
  leave: Leave,
  delete: Delete,
  removed: Removed,
};

knowTroubles();
knowWords(WORDS);
part.set({ screens, NextMeeting: Next, NextLine, LeftCard, LeftOpened, UpForCall, Unanswered, Calling: CallOrMeeting, verbs: seldomOf, mending, waits, Speak, SpokenMessage, nudge: { judge: nudge, Panel: NudgePanel } });
