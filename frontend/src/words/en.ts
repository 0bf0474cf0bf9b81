/** Every sentence that people read inside, in one value. Split by area, one file each. */
import { checking } from './en/checking';
import { coming } from './en/coming';
import { common, notices } from './en/common';
import { deciding } from './en/deciding';
import { earlier } from './en/earlier';
import { fork } from './en/fork';
import { group } from './en/group';
import { joining } from './en/joining';
import { meetings } from './en/meetings';
import { parting } from './en/parting';
import { reach } from './en/reach';
import { returning } from './en/returning';
import { room } from './en/room';
import { settings } from './en/settings';
import { starting } from './en/starting';
import { telling } from './en/telling';
import { talks } from './en/talks';
import { today } from './en/today';
import { troubles } from './en/troubles';
import { ways } from './en/ways';
import { worried } from './en/worried';

export const words = {
  ...common,
  notices,
  checking,
  coming,
  deciding,
  earlier,
  fork,
  group,
  joining,
  meetings,
  parting,
  reach,
  returning,
  room,
  settings,
  starting,
  telling,
  talks,
  today,
  troubles,
  ways,
  worried,
} as const;
