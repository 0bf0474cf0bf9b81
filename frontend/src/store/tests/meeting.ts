/** Phones of a group that meet by voice, over lines without a network. */
import { vi } from 'vitest';
import { random, toBase64 } from '../../protocol';
import { gatherings as said, signals } from '../../protocol/later';
import { Aboard } from '../aboard';
import { Calls } from '../calls';
import type { ThisDevice } from '../device';
import type { Served } from '../doorbell';
import type { VoicePhone } from '../gathering';
import { Gatherings } from '../gatherings';
import type { Group } from '../group';
import type { Exchange } from './exchange';
import type { Household } from './household';
import { Wire } from './wire';

export interface Phone {
  name: string;
  aboard: Aboard;
  group: Group;
  calls: Calls<string>;
  gatherings: Gatherings<string>;
  mics: Set<string>;
  can: { mic: boolean; relay: boolean; pullOut: () => void };
}

/** What is under test stops with the test. */
export const made: Phone[] = [];

export function voicePhone(name: string, mics: Set<string>, can: Phone['can']): VoicePhone<string> {
  return {
    mustBeAble: () => undefined,
    pick: () => {
      if (!can.mic) return Promise.reject(Object.assign(new Error('mic'), { code: 'mic_refused' }));
      mics.add(name);
      return Promise.resolve(name);
    },
    putBack: (mic) => void mics.delete(mic),
    onEnded: (_, then) => (can.pullOut = then),
    open: () => undefined,
    loudness: () => ({ loud: () => 0, close: () => undefined }),
    probe: () => (can.relay ? Promise.resolve() : Promise.reject(new Error('relay'))),
    line: () => new Wire(name),
  };
}

export async function phone(home: Household, exchange: Exchange, name: string): Promise<Phone> {
  const group = await home.device(name);
  const { hold } = group;
  Object.assign(hold, { api: exchange.api(hold.api, () => group.me) });
  const aboard = new Aboard(hold, {} as ThisDevice, home.people.get(name)!.me, null, null);
  aboard.groups.set(group.id, group);
  const calls = new Calls<string>(aboard, { pick: () => Promise.reject(new Error('no call here')), line: () => { throw new Error('no call here'); }, putBack: () => undefined, onEnded: () => undefined }, () => true);
  const [mics, can] = [new Set<string>(), { mic: true, relay: true, pullOut: () => undefined as void }];
  const gatherings = new Gatherings<string>(aboard, voicePhone(name, mics, can), calls.canRing, () => calls.isBusy);
  calls.meeting = gatherings;
  const one = { name, aboard, group, calls, gatherings, mics, can };
  made.push(one);
  exchange.phones.push({
    look: () => calls.look(),
    idle: async () => {
      await calls.idle();
      await gatherings.idle();
    },
  });
  return one;
}

export const view = ({ gatherings, group }: Phone) => gatherings.cellOf(group).get();
export const stage = (one: Phone) => view(one).stage;
/** Who is heard here, in the order in which they stand there. */
export const hears = (one: Phone) => view(one).voices.filter(({ line, isMe }) => line === 'on' && !isMe).map(({ name }) => name);
export const voice = (one: Phone, name: string) => view(one).voices.find((each) => each.name === name);
export const come = (one: Phone, withMic = true) => one.gatherings.come(one.group, withMic);
export const round = (one: Phone) => view(one).round;
export const inside = (one: Phone, then: Parameters<Gatherings<string>['inside']>[0]) => one.gatherings.inside(then);
export const turn = (one: Phone) => round(one)?.turns.find(({ id }) => id === round(one)?.turn)?.name ?? null;

export async function comesIn(exchange: Exchange, ...phones: readonly Phone[]): Promise<void> {
  for (const one of phones) {
    await come(one);
    await exchange.settle();
  }
}

/** The line of one to the other. */
export function wire(one: Phone, other: Phone): Wire {
  const found = Wire.all.find(({ who, peer }) => who === one.name && peer?.who === other.name);
  if (found === undefined) throw new Error('no line');
  return found;
}

/** What goes by itself after a while goes now. */
export function lost(one: Phone, other: Phone, ms: number): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  wire(one, other).went('lost');
  vi.advanceTimersByTime(ms);
  goesOnFrom(Date.now());
}

/** Timers run again, and it stays as late as it is. */
export function goesOnFrom(later: number): void {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(later);
}

export const nowS = () => Math.floor(Date.now() / 1000);

/** A signal that `by` seals to another as if it were of `from`. */
export async function forged<T extends signals.SignalType>(by: Group, from: Group, to: Group, type: T, rest: signals.SignalRest<T>, time = nowS()): Promise<Served> {
  const { circle } = to.book;
  const call = said.gatheringOf(circle);
  const between = { circle, from: from.key.member, to: to.key.member, call };
  const sealed = await signals.sealSignal(by.key.sign, to.key.boxPk, between, type, time, rest);
  return { id: toBase64(random(16)), circle: to.id, from: from.me, to: to.me, call: toBase64(call), sealed: toBase64(sealed) };
}
