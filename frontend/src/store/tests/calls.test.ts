/** Calls between devices of a group, over a line without a network: who is rung, who is put through, and what Mallory cannot do. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { NEVER } from '../../inside/standing';
import { fromBase64, random, toBase64, type Id } from '../../protocol';
import { signals } from '../../protocol/later';
import type { Line, Went } from '../../sound/line';
import { Aboard } from '../aboard';
import { Calls } from '../calls';
import type { ThisDevice } from '../device';
import type { Served } from '../doorbell';
import type { Group } from '../group';
import { mayRing, saveUpFor } from '../reach';
import { leave } from '../together';
import { Exchange, type Tamper } from './exchange';
import { Household } from './household';
import { quiet } from './shelf';

const PRINT = Array<string>(32).fill('AB').join(':');
const described = (who: string, kind: string) =>
  ['v=0', `s=${who} ${kind}`, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', `a=fingerprint:sha-256 ${PRINT}`, 'a=candidate:1 1 udp 1 192.0.2.1 9 typ relay raddr 0.0.0.0 rport 0', ''].join('\r\n');

/** A line on which two hear each other once each has the other's description. */
class Wire implements Line {
  static all: Wire[] = [];
  static isRelayAway = false;
  onWent: (went: Went) => void = () => undefined;
  heard: string | null = null;
  isClosed = false;
  isMuted = false;
  constructor(readonly who: string) {
    Wire.all.push(this);
  }
  probe(): Promise<void> {
    return Wire.isRelayAway ? Promise.reject(new Error('relay')) : Promise.resolve();
  }
  offer(): Promise<string> {
    return Promise.resolve(described(this.who, 'offers'));
  }
  answer(offer: string): Promise<string> {
    this.heard = offer;
    queueMicrotask(() => this.onWent('heard'));
    return Promise.resolve(described(this.who, 'answers'));
  }
  accept(answer: string): Promise<void> {
    this.heard = answer;
    queueMicrotask(() => this.onWent('heard'));
    return Promise.resolve();
  }
  mute(on: boolean): void {
    this.isMuted = on;
  }
  close(): void {
    this.isClosed = true;
  }
}

interface Phone {
  aboard: Aboard;
  group: Group;
  calls: Calls<string>;
  wires: () => Wire[];
  /** Whom this page rang in vain. */
  inVain: Id[];
  /** Pulls the microphones out. */
  ended: (() => void)[];
}

async function phone(home: Household, exchange: Exchange, name: string, hasMic = true): Promise<Phone> {
  const group = await home.device(name);
  const { hold } = group;
  Object.assign(hold, { api: exchange.api(hold.api, () => group.me) });
  const aboard = new Aboard(hold, {} as ThisDevice, home.people.get(name)!.me, null, null);
  aboard.groups.set(group.id, group);
  const pick = () => (hasMic ? Promise.resolve('mic') : Promise.reject(new Error('refused')));
  const inVain: Id[] = [];
  const may = (one: Group, member: Id) => mayRing(one, [], member);
  const ended: (() => void)[] = [];
  const calls = new Calls<string>(aboard, { pick, line: () => new Wire(name), putBack: () => undefined, onEnded: (_, then) => ended.push(then) }, may, undefined, undefined, (_, member) => inVain.push(member) > 0);
  const made = { aboard, group, calls, inVain, ended, wires: () => Wire.all.filter(({ who }) => who === name) };
  exchange.phones.push({ look: () => calls.look(), idle: () => calls.idle() });
  return made;
}

const ALWAYS = { hours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 0 })), reached: true };

/** A group in which all three are up for a call. */
async function threeAreUp(): Promise<Household> {
  const made = await Household.of('Ana', 'Ben', 'Dee');
  for (const name of ['Ana', 'Ben', 'Dee']) {
    const group = await made.device(name);
    await saveUpFor(group, ALWAYS);
    await group.outbox.flush();
  }
  return made;
}

let shared: Household;
beforeAll(async () => {
  shared = await threeAreUp();
});

/** Fresh devices of these; `own`: in a group of this test's own, where somebody goes. */
async function house(names: readonly string[], own?: Household) {
  const [home, exchange, phones] = [own ?? shared, new Exchange(), [] as Phone[]];
  for (const name of names) phones.push(await phone(home, exchange, name));
  await exchange.settle();
  return { home, exchange, phones };
}

const stage = ({ calls }: Phone) => calls.cell.get()?.stage ?? null;
const why = ({ calls }: Phone) => calls.cell.get()?.why;

afterEach(() => {
  Wire.all = [];
  Wire.isRelayAway = false;
  vi.useRealTimers();
});

describe('a call', () => {
  it('rings who is up for it, and is put through by descriptions of the two alone', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    expect([stage(ana!), stage(ben!), stage(dee!)]).toEqual(['ringing', 'rung', null]);
    await ben!.calls.answer();
    await exchange.settle();
    expect([stage(ana!), stage(ben!)]).toEqual(['talking', 'talking']);
    expect([ana!.wires()[0]?.heard, ben!.wires()[0]?.heard]).toEqual([described('Ben', 'offers'), described('Ana', 'answers')]);
    ben!.calls.hangUp();
    await exchange.settle();
    expect([stage(ana!), stage(ben!), why(ana!)]).toEqual(['ended', 'ended', 'over']);
    expect(Wire.all.every(({ isClosed }) => isClosed)).toBe(true);
    expect(exchange.waiting.every((signal) => !JSON.stringify(signal).includes(PRINT))).toBe(true);
  });

  it('goes to the first who answers; the others stop, and who answers later is told that it is over', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    await ana!.calls.ring(ana!.group, [ben!.group.me, dee!.group.me]);
    await exchange.settle();
    expect([stage(ben!), stage(dee!)]).toEqual(['rung', 'rung']);
    await Promise.all([dee!.calls.answer(), ben!.calls.answer()]);
    await exchange.settle();
    const stages = [stage(ben!), stage(dee!)].sort();
    expect([stage(ana!), ...stages]).toEqual(['talking', 'ended', 'talking']);
    expect(ana!.wires().length).toBe(1);
  });

  it('stops ringing on all pages of somebody once one of them answered, or said not now', async () => {
    const { home, exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    const other = await phone(home, exchange, 'Ben');
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    expect([stage(ben!), stage(other)]).toEqual(['rung', 'rung']);
    await other.calls.answer();
    await exchange.settle();
    expect([stage(ana!), stage(ben!), stage(other)]).toEqual(['talking', null, 'talking']);
    other.calls.hangUp();
    await exchange.settle();
    [ana!, other].forEach(({ calls }) => calls.notNow());
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    ben!.calls.notNow();
    await exchange.settle();
    expect([stage(ana!), why(ana!), stage(ben!), stage(other)]).toEqual(['ended', 'nobody', null, null]);
  });

  it('of two who ring each other at once is one call, and nobody has to press again', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await Promise.all([ana!.calls.ring(ana!.group, [ben!.group.me]), ben!.calls.ring(ben!.group, [ana!.group.me])]);
    await exchange.settle();
    expect([stage(ana!), stage(ben!)]).toEqual(['talking', 'talking']);
    expect(Wire.all.filter(({ isClosed }) => !isClosed).length).toBe(2);
  });

  it('that nobody answers ends by itself, for both', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    vi.useRealTimers();
    await exchange.settle();
    expect(stage(ben!)).toBe('rung');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    ana!.calls.hangUp();
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    vi.advanceTimersByTime(46_000);
    vi.useRealTimers();
    await exchange.settle();
    expect([stage(ana!), why(ana!), stage(ben!)]).toEqual(['ended', 'nobody', null]);
  });

  it('says so afterwards to whoever neither came nor said not now, and to nobody where one came or it was stopped at once', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    const [both, began] = [[ben!.group.me, dee!.group.me], Date.now()];
    /** Rings both, who do this; a quarter of a minute later Ana stops it. */
    const inVain = async (meanwhile: () => Promise<void> | void, ms = 15_000) => {
      vi.useFakeTimers({ toFake: ['Date'], now: began });
      await ana!.calls.ring(ana!.group, both);
      await exchange.settle();
      await meanwhile();
      await exchange.settle();
      vi.setSystemTime(began + ms);
      ana!.calls.hangUp();
      await exchange.settle();
      [ana, ben, dee].forEach((one) => one!.calls.notNow());
      return ana!.inVain.splice(0);
    };
    expect(await inVain(() => undefined)).toEqual(both);
    expect(await inVain(() => ben!.calls.notNow())).toEqual([dee!.group.me]);
    expect(await inVain(() => dee!.calls.answer())).toEqual([]);
    expect(await inVain(() => undefined, 5_000)).toEqual([]);
    expect(await inVain(() => ana!.calls.stop())).toEqual([]);
  });

  it('that nobody took when its time is up says that they find it; one that did not go out, nothing', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    const upTo = async () => {
      vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
      await ana!.calls.ring(ana!.group, [ben!.group.me]);
      vi.advanceTimersByTime(46_000);
      vi.useRealTimers();
      await exchange.settle();
      return [why(ana!), ana!.calls.cell.get()?.isLeft, ana!.inVain.splice(0)];
    };
    expect(await upTo()).toEqual(['nobody', true, [ben!.group.me]]);
    ana!.group.hold.api.post = (path: string) => (path === '/relay/pass' ? Promise.resolve({}) : Promise.reject(new Error('away'))) as never;
    expect(await upTo()).toEqual(['nobody', false, []]);
  });

  it('ends when either is no longer a member, also while it rings', async () => {
    const { home, exchange, phones: [ana, ben] } = await house(['Ana', 'Ben'], await threeAreUp());
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    await leave(await home.device('Ben'));
    for (const one of [ana!, ben!]) await one.group.book.sync();
    await quiet();
    expect([stage(ana!), stage(ben!)]).toEqual(['ended', null]);
    await exchange.settle();
    await ben!.calls.answer();
    expect(ben!.wires()).toEqual([]);
  });

  it('is there for whoever opens the page while it rings, and not once it has stopped', async () => {
    const { home, exchange, phones: [ana] } = await house(['Ana']);
    const late = async (meanwhile: () => void) => {
      const ben = await phone(home, exchange, 'Ben');
      const { groups } = ben.aboard;
      groups.clear();
      await exchange.settle();
      expect(stage(ben)).toBe(null);
      meanwhile();
      await exchange.settle();
      groups.set(ben.group.id, ben.group);
      ben.aboard.touch();
      await exchange.settle();
      return stage(ben);
    };
    await ana!.calls.ring(ana!.group, [(await home.device('Ben')).me]);
    expect(await late(() => undefined)).toBe('rung');
    expect(await late(() => ana!.calls.hangUp())).toBe(null);
  });

  it('survives a line that is quiet for a while, and says so when it is lost', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    await ben!.calls.answer();
    await exchange.settle();
    const [wire] = ana!.wires();
    wire!.onWent('shaken');
    expect(stage(ana!)).toBe('quiet');
    wire!.onWent('heard');
    expect(stage(ana!)).toBe('talking');
    ana!.calls.mute(true);
    expect(wire!.isMuted).toBe(true);
    wire!.onWent('lost');
    await exchange.settle();
    expect([why(ana!), stage(ben!)]).toEqual(['line', 'ended']);
  });

  it('goes on when the microphone is pulled out, and says so to whoever is not heard any more', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    await ben!.calls.answer();
    await exchange.settle();
    ana!.ended.forEach((then) => then());
    expect([ana, ben].map((one) => [stage(one!), one!.calls.cell.get()?.isMicGone])).toEqual([['talking', true], ['talking', false]]);
    ana!.calls.hangUp();
    await exchange.settle();
    expect(ana!.calls.cell.get()?.isMicGone).toBe(true);
    ana!.calls.notNow();
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    expect(ana!.calls.cell.get()?.isMicGone).toBe(false);
  });

  it('is not begun without a microphone, a relay, or with the relay away; nobody is rung then', async () => {
    const { home, exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    const mute = await phone(home, exchange, 'Ana', false);
    await expect(mute.calls.ring(mute.group, [ben!.group.me])).rejects.toThrow();
    Wire.isRelayAway = true;
    await expect(ana!.calls.ring(ana!.group, [ben!.group.me])).rejects.toThrow();
    exchange.hasRelay = false;
    await expect(ana!.calls.ring(ana!.group, [ben!.group.me])).rejects.toThrow();
    await exchange.settle();
    expect([exchange.waiting, stage(ana!), stage(mute), stage(ben!)]).toEqual([[], null, null, null]);
  });

  it('that cannot be answered stays in sight as over, and whoever rang is told that nobody comes', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    exchange.hasRelay = false;
    await expect(ben!.calls.answer()).rejects.toThrow();
    await exchange.settle();
    expect([stage(ben!), why(ben!), why(ana!)]).toEqual(['ended', 'over', 'nobody']);
    ben!.calls.notNow();
    expect(stage(ben!)).toBe(null);
  });

  it('does not reach whoever said not today, has no hours, or has muted who rings; and is theirs to try on themselves', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    const rings = async () => {
      await ana!.calls.ring(ana!.group, [ben!.group.me]);
      await exchange.settle();
      const found = stage(ben!);
      ana!.calls.hangUp();
      await exchange.settle();
      return found;
    };
    for (const change of [{ rest: 2 ** 40 }, { hours: [] }, { ask: true }, { reached: false }]) {
      await saveUpFor(ben!.group, { ...NEVER, ...ALWAYS, zone: 'UTC', ...change });
      expect(await rings()).toBe(null);
    }
    await saveUpFor(ben!.group, { ...NEVER, ...ALWAYS, zone: 'UTC' });
    expect(await rings()).toBe('rung');
    ben!.group.mine.change((mine) => ({ ...mine, settings: { ...mine.settings, mutedPeople: [ana!.group.me] } }));
    expect(await rings()).toBe(null);
    await ben!.calls.tryRing(ben!.group);
    await exchange.settle();
    expect([stage(ben!), ben!.calls.cell.get()?.isTest, stage(ana!)]).toEqual(['rung', true, null]);
  });
});

describe('Mallory', () => {
  const flipped = (sealed: string) => {
    const bytes = fromBase64(sealed);
    bytes[bytes.length - 1]! ^= 1;
    return toBase64(bytes);
  };

  const heardAnything = () => Wire.all.some(({ heard }) => heard !== null);
  const anew = (served: Served, more: Partial<Served> = {}): Served => ({ ...served, ...more, id: toBase64(random(16)) });

  /** Ana rings Ben; what goes on the way passes `tamper`. */
  async function ringing(tamper: Tamper = (signal) => [signal]) {
    const { exchange, phones } = await house(['Ana', 'Ben', 'Dee']);
    const [ana, ben, dee] = phones as [Phone, Phone, Phone];
    exchange.tamper = tamper;
    await ana.calls.ring(ana.group, [ben.group.me]);
    await exchange.settle();
    return { exchange, ana, ben, dee };
  }

  /** A `take` with Dee's own description, as she and the server would make it, signed with her key. */
  async function takenByDee({ exchange, ana, dee }: { exchange: Exchange; ana: Phone; dee: Phone }, from: Phone): Promise<Served> {
    const [ring] = exchange.waiting as [Served];
    const between = { circle: dee.group.book.circle, from: from.group.key.member, to: ana.group.key.member, call: fromBase64(ring.call) };
    const sealed = await signals.sealSignal(dee.group.key.sign, ana.group.key.boxPk, between, 'take', Math.floor(Date.now() / 1000), [random(16), described('Dee', 'offers')]);
    return anew(ring, { from: from.group.me, to: ana.group.me, sealed: toBase64(sealed) });
  }

  it('cannot swap what a call is made of: altered on the way, it does not start p70', async () => {
    const { exchange, ana, ben } = await ringing();
    exchange.tamper = (signal) => [{ ...signal, sealed: flipped(signal.sealed) }];
    await ben.calls.answer();
    await exchange.settle();
    expect([heardAnything(), stage(ana), stage(ben)]).toEqual([false, 'ringing', 'joining']);
  });

  it('cannot put in a fingerprint and address that a member made for it: it is not signed by who was rung p70', async () => {
    const all = await ringing();
    all.exchange.waiting.push(await takenByDee(all, all.ben));
    await all.exchange.settle();
    expect([heardAnything(), stage(all.ana)]).toEqual([false, 'ringing']);
    await all.ben.calls.answer();
    await all.exchange.settle();
    expect([stage(all.ana), all.ana.wires()[0]?.heard]).toEqual(['talking', described('Ben', 'offers')]);
  });

  it('cannot have somebody answer who was not rung, however rightly they sign p70', async () => {
    const all = await ringing();
    all.exchange.waiting.push(await takenByDee(all, all.dee));
    await all.exchange.settle();
    expect([heardAnything(), stage(all.ana)]).toEqual([false, 'ringing']);
  });

  it('cannot have another member rung p70', async () => {
    let to: Id = '';
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    to = dee!.group.me;
    exchange.tamper = (signal) => [{ ...signal, to }];
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    expect([stage(ben!), stage(dee!)]).toEqual([null, null]);
  });

  it('cannot begin a call again with what was said in an old one p70', async () => {
    const { exchange, ana, ben } = await ringing();
    await ben.calls.answer();
    await exchange.settle();
    const old = exchange.waiting.filter(({ from }) => from === ben.group.me);
    ana.calls.hangUp();
    await exchange.settle();
    [ana, ben].forEach(({ calls }) => calls.notNow());
    Wire.all = [];
    exchange.waiting.length = 0;
    await ana.calls.ring(ana.group, [ben.group.me]);
    const { call } = exchange.waiting[0] as Served;
    exchange.waiting.push(...old.flatMap((one) => [anew(one), anew(one, { call })]));
    await exchange.settle();
    expect([old.length > 0, heardAnything(), stage(ana)]).toEqual([true, false, 'ringing']);
  });

  /** Whatever waits, served again under new names. */
  const again = (exchange: Exchange) => exchange.waiting.push(...exchange.waiting.splice(0).map((one) => anew(one)));

  it('has a call ring once: served again it is silent, also while it rings, and nobody hears of it p70', async () => {
    const { exchange, ana, ben } = await ringing();
    const before = exchange.waiting.length;
    again(exchange);
    await exchange.settle();
    expect([stage(ana), stage(ben), exchange.waiting.length]).toEqual(['ringing', 'rung', before]);
    exchange.tamper = (signal) => (signal.from === ana.group.me ? [] : [signal]);
    ben.calls.notNow();
    await exchange.settle();
    again(exchange);
    await exchange.settle();
    expect(stage(ben)).toBe(null);
    // Nor after the page was opened anew.
    const anewOpened = new Calls<string>(ben.aboard, { pick: () => Promise.resolve('mic'), line: () => new Wire('Ben'), putBack: () => undefined, onEnded: () => undefined }, () => true);
    again(exchange);
    await anewOpened.look();
    expect(anewOpened.cell.get()).toBe(null);
  });

  it('rings no page by a test ring that it did not ask for just now, nor twice by one, nor into a call p70', async () => {
    const { home, exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ben!.calls.tryRing(ben!.group);
    const [ring] = exchange.waiting as [Served];
    await exchange.settle();
    expect(ben!.calls.cell.get()?.isTest).toBe(true);
    ben!.calls.notNow();
    again(exchange);
    const other = await phone(home, exchange, 'Ben');
    await exchange.settle();
    expect([stage(ben!), stage(other)]).toEqual([null, null]);
    exchange.waiting.length = 0;
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    await ben!.calls.answer();
    await ben!.calls.tryRing(ben!.group).catch(() => undefined);
    exchange.waiting.push(anew(ring));
    await exchange.settle();
    expect([stage(ana!), stage(ben!)]).toEqual(['talking', 'talking']);
  });

  it('does not cut a call by a test ring of the same page that comes late p70', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ben!.calls.tryRing(ben!.group);
    const [late] = exchange.waiting.splice(0) as [Served];
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    await ben!.calls.answer();
    await exchange.settle();
    exchange.waiting.push(late);
    await exchange.settle();
    expect([stage(ana!), stage(ben!)]).toEqual(['talking', 'talking']);
  });

  it('rings nobody by a clock that was turned p70', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    const hours = 8 * 3_600;
    const { clock } = ben!.group.hold;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 1000 });
    clock.hear(clock.own() - hours);
    await exchange.settle();
    expect(stage(ben!)).toBe(null);
    vi.useRealTimers();
    clock.hear(clock.own());
    again(exchange);
    await exchange.settle();
    expect(stage(ben!)).toBe('rung');
  });

  it('cannot keep others silent who are rung along: only whoever rings says that it is over p70', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    const held: Served[] = [];
    exchange.tamper = (signal) => (signal.to === ben!.group.me ? (held.push(signal), []) : [signal]);
    await ana!.calls.ring(ana!.group, [ben!.group.me, dee!.group.me]);
    const [ring] = held as [Served];
    const between = { circle: dee!.group.book.circle, from: dee!.group.key.member, to: ben!.group.key.member, call: fromBase64(ring.call) };
    const over = await signals.sealSignal(dee!.group.key.sign, ben!.group.key.boxPk, between, 'over', Math.floor(Date.now() / 1000), []);
    exchange.waiting.push(anew(ring, { from: dee!.group.me, sealed: toBase64(over) }));
    await exchange.settle();
    exchange.waiting.push(ring);
    await exchange.settle();
    expect(stage(ben!)).toBe('rung');
  });
});

describe('a page', () => {
  it('that is closed has said so in the same moment: to whom it rings, and to whom it talks with; where it is rung, to nobody', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    const left = (one: Phone) => {
      const before = exchange.waiting.length;
      one.calls.pageLeft();
      return exchange.waiting.slice(before).map(({ to }) => to);
    };
    await ana!.calls.ring(ana!.group, [ben!.group.me, dee!.group.me]);
    await exchange.settle();
    expect([left(ben!), stage(ben!)]).toEqual([[], 'rung']);
    expect(left(ana!)).toEqual([ben!.group.me, dee!.group.me]);
    await exchange.settle();
    expect([stage(ben!), stage(dee!), left(ana!)]).toEqual([null, null, []]);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    await ben!.calls.answer();
    await exchange.settle();
    expect([stage(ana!), left(ben!)]).toEqual(['talking', [ana!.group.me]]);
    await exchange.settle();
    expect([stage(ana!), why(ana!)]).toEqual(['ended', 'over']);
  });

  it('that is left while it is rung tells nobody, and one that is left before its microphone opened keeps none', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    await exchange.settle();
    const before = exchange.waiting.length;
    ben!.calls.stop();
    await exchange.settle();
    expect([exchange.waiting.length, stage(ben!)]).toEqual([before, null]);
    ana!.calls.hangUp();
    const passed: unknown[] = [];
    const put: unknown[] = [];
    let open: (mic: string) => void = () => undefined;
    const slow = new Calls<string>(ana!.aboard, { pick: () => new Promise((given) => (open = given)), line: () => new Wire('Ana'), putBack: (mic) => put.push(mic), onEnded: () => undefined }, () => true);
    const { api } = ana!.group.hold;
    const spied = vi.spyOn(api, 'post').mockImplementation((path: string) => (passed.push(path), Promise.resolve({}) as never));
    const ring = slow.ring(ana!.group, [ben!.group.me]);
    slow.stop();
    open('mic');
    await ring;
    spied.mockRestore();
    expect([put, passed.filter((path) => path === '/relay/pass')]).toEqual([['mic'], []]);
  });

  it('hears that a call is over while its microphone is still asked for', async () => {
    const { home, exchange, phones: [ana] } = await house(['Ana']);
    const group = await home.device('Ben');
    Object.assign(group.hold, { api: exchange.api(group.hold.api, () => group.me) });
    const aboard = new Aboard(group.hold, {} as ThisDevice, home.people.get('Ben')!.me, null, null);
    aboard.groups.set(group.id, group);
    const calls = new Calls<string>(aboard, { pick: () => new Promise(() => undefined), line: () => new Wire('Ben'), putBack: () => undefined, onEnded: () => undefined }, () => true);
    await ana!.calls.ring(ana!.group, [group.me]);
    await calls.look();
    void calls.answer();
    ana!.calls.hangUp();
    await exchange.settle();
    await calls.look();
    expect(calls.cell.get()?.stage).toBe('ended');
  });

  it('that opens when a call has stopped does not ring for a moment', async () => {
    const { home, exchange, phones: [ana] } = await house(['Ana']);
    const ben = await phone(home, exchange, 'Ben');
    await ana!.calls.ring(ana!.group, [ben.group.me]);
    ana!.calls.hangUp();
    await ana!.calls.idle();
    const stages: unknown[] = [];
    ben.calls.cell.watch(() => stages.push(stage(ben)));
    await exchange.settle();
    expect(stages.filter((one) => one === 'rung')).toEqual([]);
  });

  it('makes a sound where that is wanted, and not else', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await ana!.calls.ring(ana!.group, [ben!.group.me]);
    const loud = new Calls<string>(ben!.aboard, { pick: () => Promise.resolve('mic'), line: () => new Wire('Ben'), putBack: () => undefined, onEnded: () => undefined }, () => true, () => Promise.resolve(true));
    await exchange.settle();
    await loud.look();
    await quiet();
    expect([ben!.calls.cell.get()?.isAloud, loud.cell.get()?.isAloud, loud.cell.get()?.names]).toEqual([false, true, ['Ana']]);
  });
});
