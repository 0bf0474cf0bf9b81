/** Verbs of meetings by voice. */
import type { GatheringFor, GatheringView } from '../inside/gathering-views';
import { Trouble } from '../inside/trouble';
import type { Cell } from '../inside/watched';
import { microphone, onEnded, probe } from '../sound/line';
import { loudness } from '../sound/loudness';
import { SharedVoice } from '../sound/shared-line';
import type { Core } from './core';
import type { VoicePhone } from './gathering';
import type { Gatherings } from './gatherings';
import { asTrouble } from './refusals';

export const voicePhone: VoicePhone<MediaStream> = {
  mustBeAble: () => {
    if (typeof RTCPeerConnection === 'undefined') throw new Trouble('cannot_call');
  },
  pick: microphone,
  putBack: (mic) => mic.getTracks().forEach((track) => track.stop()),
  onEnded,
  open: (mic, on) => mic.getAudioTracks().forEach((track) => (track.enabled = on)),
  loudness,
  probe,
  line: (pass) => new SharedVoice(pass),
};

/** `its`: those of whoever is in. `mine`: also while nobody is. */
export function gatheringOf(core: Core, its: () => Gatherings<MediaStream>, mine: Cell<GatheringView | null>): GatheringFor {
  const inside = (...[then]: Parameters<Gatherings<MediaStream>['inside']>) => core.aboard !== null && its().inside(then);
  return {
    gathering: () => its().cellOf(core.open),
    myGathering: mine,
    comeByVoice: (withMic) => asTrouble(() => its().come(core.open, withMic)),
    leaveVoice: () => core.aboard !== null && its().leave(),
    hearThem: () => void inside((at) => at.hearThem()),
    takeMic: () => asTrouble(() => its().takeMic()),
    openMic: (on) => inside((at) => at.open(on)),
    raiseHand: (on) => core.aboard !== null && its().raiseHand(on),
    beginRound: (kind, minutes) => inside((at) => at.round.begin(kind, minutes)),
    endTurn: () => inside((at) => at.round.endTurn()),
    skipTurn: () => inside((at) => at.round.skip()),
    stopRound: () => inside((at) => at.round.stop()),
  };
}
