/** Meetings by voice between devices of a group, over lines without a network: who hears whom, what is said, and what Mallory cannot do. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Trouble } from '../../inside/trouble';
import { fromBase64, order, random, toBase64, type Bytes, type Id } from '../../protocol';
import { gatherings as said } from '../../protocol/later';
import type { Served } from '../doorbell';
import { leave } from '../together';
import { Exchange } from './exchange';
import { Household } from './household';
import { come, comesIn, forged, goesOnFrom, hears, inside, lost, made, nowS, phone, round, stage, turn, view, voice, voicePhone, wire, type Phone } from './meeting';
import { quiet } from './shelf';
import { described, PRINT, Wire } from './wire';

const NAMES = ['Ana', 'Ben', 'Cleo', 'Dee', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida'] as const;
let shared: Household;
beforeAll(async () => {
  shared = await Household.of(...NAMES);
});

async function house(names: readonly string[], home = shared) {
  const exchange = new Exchange();
  const phones: Phone[] = [];
  for (const name of names) phones.push(await phone(home, exchange, name));
  await exchange.settle();
  return { home, exchange, phones: phones as [Phone, Phone, Phone, ...Phone[]] };
}

afterEach(async () => {
  vi.useRealTimers();
  for (const { gatherings, calls } of made) {
    gatherings.stop();
    calls.stop();
    await gatherings.idle();
  }
  made.length = 0;
  Wire.all = [];
});

describe('a meeting by voice', () => {
  it('is begun by the first who comes in; all who are in it hear each other, and others see who is', async () => {
    const { exchange, phones: [ana, ben, cleo, dee] } = await house(['Ana', 'Ben', 'Cleo', 'Dee']);
    expect([ana, dee!].map(stage)).toEqual(['none', 'none']);
    await comesIn(exchange, ana, ben, cleo);
    expect([ana, ben, cleo, dee!].map(stage)).toEqual(['in', 'in', 'in', 'on']);
    expect([ana, ben, cleo].map(hears)).toEqual([['Ben', 'Cleo'], ['Ana', 'Cleo'], ['Ana', 'Ben']]);
    expect(view(dee!).voices.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cleo']);
    expect(ana.gatherings.mine.get()?.voices.map(({ name, isOpen, hasMic }) => [name, isOpen, hasMic])).toEqual([['Ana', false, true], ['Ben', false, true], ['Cleo', false, true]]);
    expect(exchange.waiting.every((signal) => !JSON.stringify(signal).includes(PRINT))).toBe(true);
    ben.gatherings.leave();
    await exchange.settle();
    expect([hears(ana), stage(ben), view(dee!).voices.map(({ name }) => name)]).toEqual([['Cleo'], 'on', ['Ana', 'Cleo']]);
    expect([Wire.all.filter(({ isClosed }) => !isClosed).length, ben.mics.size]).toEqual([2, 0]);
  });

  it('takes in who listens as it takes in anybody, also where the microphone is refused; one may come later', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana);
    await come(ben, false);
    // As the browser's own refusal is told.
    cleo.can.mic = false;
    const { Trouble: Refusal } = await import('../../inside/trouble');
    const refusing = voicePhone('Cleo', cleo.mics, cleo.can);
    Object.assign(cleo.gatherings, { phone: { ...refusing, pick: () => Promise.reject(new Refusal('mic_refused')) } });
    await come(cleo);
    await exchange.settle();
    expect([hears(ana), view(cleo).micTrouble, view(ben).micTrouble]).toEqual([['Ben', 'Cleo'], 'mic_refused', null]);
    expect([voice(ana, 'Ben')?.hasMic, voice(ana, 'Cleo')?.hasMic, wire(ben, ana).mic]).toEqual([false, false, null]);
    await ben.gatherings.takeMic();
    inside(ben, (at) => at.open(true));
    expect([voice(ana, 'Ben')?.hasMic, voice(ana, 'Ben')?.isOpen, wire(ben, ana).mic]).toEqual([true, true, 'Ben']);
  });

  it('is not begun without a relay, or with the relay away, or in a call; nobody hears of it then', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    const code = (one: Phone) => come(one).then(() => null, (wrong: Trouble) => wrong.code ?? wrong.message);
    ana.can.relay = false;
    expect(await code(ana)).toBe('relay');
    exchange.hasRelay = false;
    await exchange.settle();
    expect([await code(ana), view(ana).canMeet]).toEqual(['no_relay', false]);
    exchange.hasRelay = true;
    await exchange.settle();
    Object.assign(ben.gatherings, { isCalling: () => true });
    expect(await code(ben)).toBe('in_a_call');
    await exchange.settle();
    expect([exchange.waiting.length, stage(ana), stage(ben), ana.mics.size]).toEqual([0, 'none', 'none', 0]);
    ana.can.relay = true;
    await come(ana);
    await expect(ana.calls.ring(ana.group, [ben.group.me])).rejects.toMatchObject({ code: 'in_a_call' });
  });

  it('has nobody in it who went again on their way in', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    const coming = come(ana);
    expect(stage(ana)).toBe('coming');
    ana.gatherings.leave();
    await coming;
    await exchange.settle();
    expect([stage(ana), stage(ben), ana.mics.size]).toEqual(['none', 'none', 0]);
  });

  it('has eight places: of two who come to the last at once one goes out, and is told so when they try again', async () => {
    const { home, exchange, phones } = await house(['Hal', 'Ida']);
    for (const name of NAMES.slice(0, 7)) {
      const group = await home.device(name);
      for (const to of phones) exchange.waiting.push(await forged(group, group, to.group, 'here', [random(16), Date.now() - 60_000]));
    }
    await exchange.settle();
    await Promise.all(phones.map((one) => come(one)));
    await exchange.settle();
    const [[staying], [out]] = [phones.filter((one) => stage(one) === 'in'), phones.filter((one) => stage(one) === 'out')];
    expect([view(out!).why, view(out!).isFull, out!.mics.size]).toEqual(['full', true, 0]);
    expect(hears(staying!)).toEqual([]);
    expect(view(staying!).voices.length).toBe(8);
    await expect(come(out!)).rejects.toMatchObject({ code: 'voice_full' });
  });

  it('is on one device of a member at a time: the one they came in with last', async () => {
    const { home, exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    const other = await phone(home, exchange, 'Ana');
    await exchange.settle();
    expect(view(other).isElsewhere).toBe(true);
    await comesIn(exchange, other);
    expect([stage(ana), view(ana).why, stage(other), hears(other), hears(ben)]).toEqual(['out', 'elsewhere', 'in', ['Ben'], ['Ana']]);
  });

  it('ends for who leaves the group, and nobody is with them', async () => {
    const home = await Household.of('Ana', 'Ben');
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben'], home);
    await comesIn(exchange, ana, ben);
    expect(hears(ana)).toEqual(['Ben']);
    await leave(await home.device('Ben'));
    for (const one of [ana, ben]) await one.group.book.sync();
    await quiet();
    expect([hears(ana), view(ana).voices.length, stage(ben), view(ben).why]).toEqual([[], 1, 'out', 'gone']);
    expect(Wire.all.every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('survives a line that is silent for a while; a lost one is offered anew by itself', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    wire(ana, ben).went('shaken');
    expect(voice(ana, 'Ben')?.line).toBe('quiet');
    wire(ana, ben).went('heard');
    expect(hears(ana)).toEqual(['Ben']);
    lost(ana, ben, 2_000);
    expect([voice(ana, 'Ben')?.line, voice(ben, 'Ana')?.line]).toEqual(['lost', 'lost']);
    await exchange.settle();
    expect([hears(ana), hears(ben)]).toEqual([['Ben'], ['Ana']]);
  });

  it('is left in the same moment in which the page is closed: everybody hears of it at once', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben);
    const before = exchange.waiting.length;
    ana.calls.pageLeft();
    const said = exchange.waiting.slice(before).map(({ to }) => to);
    expect(new Set(said)).toEqual(new Set(ana.group.book.log.members.keys()));
    expect([stage(ana), ana.mics.size]).toEqual(['on', 0]);
    await exchange.settle();
    expect([view(ben).voices.map(({ name }) => name), view(cleo).voices.map(({ name }) => name)]).toEqual([['Ben'], ['Ben']]);
  });

  it('goes on when somebody’s microphone is pulled out: they are told, and the others see that there is none', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    inside(ana, (at) => at.open(true));
    expect([voice(ben, 'Ana')?.hasMic, voice(ben, 'Ana')?.isOpen]).toEqual([true, true]);
    ana.can.pullOut();
    expect([view(ana).micTrouble, ana.mics.size, wire(ana, ben).mic]).toEqual(['mic_gone', 0, null]);
    expect([voice(ben, 'Ana')?.hasMic, voice(ben, 'Ana')?.isOpen, hears(ben)]).toEqual([false, false, ['Ana']]);
    await ana.gatherings.takeMic();
    expect([view(ana).micTrouble, voice(ben, 'Ana')?.hasMic, wire(ana, ben).mic]).toEqual([null, true, 'Ana']);
  });

  it('forgets who has not said that they are here, and shows nothing on a break or of those one has muted', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana);
    const { mine } = ben.group;
    mine.change((all) => ({ ...all, onBreak: [ben.group.id] }));
    await exchange.settle();
    ben.group.touch();
    expect(stage(ben)).toBe('none');
    mine.change((all) => ({ ...all, onBreak: [], settings: { ...all.settings, mutedPeople: [ana.group.me] } }));
    ben.group.touch();
    expect(stage(ben)).toBe('none');
    mine.change((all) => ({ ...all, settings: { ...all.settings, mutedPeople: [] } }));
    ben.group.touch();
    expect(stage(ben)).toBe('on');
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 155_000);
    ben.group.touch();
    expect(stage(ben)).toBe('none');
  });

  it('plays no voice of somebody whom I have muted, and shows whose is heard', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    ana.group.mine.change((all) => ({ ...all, settings: { ...all.settings, mutedPeople: [cleo.group.me] } }));
    await comesIn(exchange, ana, ben, cleo);
    expect([wire(ana, cleo).isSilent, wire(ana, ben).isSilent, voice(ana, 'Cleo')?.isMuted, wire(cleo, ana).isSilent]).toEqual([true, false, true, false]);
    for (const other of [ben, cleo]) wire(ana, other).level = 0.3;
    await vi.waitFor(() => expect(voice(ana, 'Ben')?.isSpeaking).toBe(true), { timeout: 20_000 });
    expect(voice(ana, 'Cleo')?.isSpeaking).toBe(false);
    wire(ana, ben).level = 0;
    await vi.waitFor(() => expect(voice(ana, 'Ben')?.isSpeaking).toBe(false), { timeout: 20_000 });
  });

  it('says so where the browser plays no voice before a press, and plays them then', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    wire(ben, ana).isStill = true;
    inside(ben, (at) => at.say());
    expect([view(ana).isSilenced, view(ben).isSilenced]).toEqual([false, true]);
    inside(ben, (at) => at.hearThem());
    inside(ben, (at) => at.say());
    expect(view(ben).isSilenced).toBe(false);
  });

  it('has hands in the order in which they went up, the same for all', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben, cleo);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const one of [cleo, ana]) {
      one.gatherings.raiseHand(true);
      vi.setSystemTime(Date.now() + 2_000);
    }
    const hands = (one: Phone) => view(one).voices.map(({ name, hand }) => `${name} ${hand}`);
    for (const one of [ana, ben, cleo]) expect(hands(one)).toEqual(['Ana 2', 'Ben 0', 'Cleo 1']);
    cleo.gatherings.raiseHand(false);
    for (const one of [ana, ben, cleo]) expect(hands(one)).toEqual(['Ana 1', 'Ben 0', 'Cleo 0']);
  });

  it('has nobody’s hand up before they came, whatever they say', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben);
    vi.useFakeTimers({ toFake: ['Date'] });
    ana.gatherings.raiseHand(true);
    vi.setSystemTime(Date.now() + 5_000);
    await comesIn(exchange, cleo);
    inside(cleo, (at) => at.raise(1));
    for (const one of [ana, ben]) expect(view(one).voices.map(({ name, hand }) => `${name} ${hand}`)).toEqual(['Ana 1', 'Ben 0', 'Cleo 2']);
  });
});

describe('what goes wrong beside it', () => {
  it('lets go of the microphone at once when somebody goes again on their way in', async () => {
    const { phones: [ana] } = await house(['Ana']);
    Object.assign(ana.gatherings, { phone: { ...voicePhone('Ana', ana.mics, ana.can), probe: () => new Promise(() => undefined) } });
    void come(ana);
    await vi.waitFor(() => expect(ana.mics.size).toBe(1), { timeout: 20_000 });
    ana.gatherings.leave();
    expect([ana.mics.size, stage(ana)]).toEqual([0, 'none']);
  });

  it('shows everybody who can hear, also where the site tells nothing any more, or another time', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const moved of [200_000, -200_000, 1_000_000]) {
      vi.setSystemTime(Date.now() + moved);
      for (const one of [ana, ben]) inside(one, (at) => at.sync());
      expect([hears(ana), hears(ben)]).toEqual([['Ben'], ['Ana']]);
    }
    for (const theirs of [200, 0, 700]) {
      ana.group.hold.clock.hear(Math.floor(Date.now() / 1000) + theirs);
      inside(ana, (at) => at.sync());
      expect([stage(ana), hears(ana)]).toEqual(['in', ['Ben']]);
    }
  });

  it('ends with a sentence where the group is read anew, because its log was mended', async () => {
    const { home, exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    const again = await home.device('Ana');
    Object.assign(again.hold, { api: ana.group.hold.api });
    ana.aboard.groups.set(ana.group.id, again);
    await comesIn(exchange);
    ben.gatherings.leave();
    await exchange.settle();
    expect([Wire.all.every(({ isClosed }) => isClosed), ana.mics.size, ana.gatherings.isIn]).toEqual([true, 0, false]);
    const fresh = { ...ana, group: again };
    expect([stage(fresh), view(fresh).why, ana.gatherings.mine.get()?.stage]).toEqual(['out', 'anew', 'out']);
    await comesIn(exchange, fresh, ben);
    expect([hears(fresh), hears(ben)]).toEqual([['Ben'], ['Ana']]);
  });
});

describe('a round', () => {
  it('goes from one to the next, the same on all pages; one may pass; who comes later sees where it is', async () => {
    const { exchange, phones: [ana, ben, cleo, dee] } = await house(['Ana', 'Ben', 'Cleo', 'Dee']);
    await comesIn(exchange, ana, ben, cleo);
    inside(ben, (at) => at.round.begin('opening', 2));
    for (const one of [ana, ben, cleo]) expect([turn(one), round(one)?.turns.length, round(one)?.byName]).toEqual(['Ana', 3, 'Ben']);
    expect([round(ana)?.isMyTurn, round(ben)?.isMyTurn]).toEqual([true, false]);
    inside(cleo, (at) => at.round.endTurn());
    inside(ana, (at) => at.round.endTurn());
    await comesIn(exchange, dee!);
    for (const one of [ana, ben, cleo, dee!]) expect([turn(one), round(one)?.amIn]).toEqual(['Ben', one !== dee]);
    inside(ben, (at) => at.round.endTurn());
    for (const one of [ana, ben, cleo, dee!]) expect([turn(one), round(one)?.turns.every(({ isPast }) => isPast)]).toEqual([null, true]);
    inside(ana, (at) => at.round.stop());
    expect([round(ana), round(ben)?.kind]).toEqual([null, 'opening']);
    inside(cleo, (at) => at.round.begin('closing', 1));
    for (const one of [ana, ben, cleo, dee!]) expect([turn(one), round(one)?.minutes]).toEqual(['Dee', 1]);
  });

  it('waits ten seconds for whoever loses the line in their turn; then anybody goes on, and all come to the same', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben, cleo);
    inside(ana, (at) => at.round.begin('opening', 1));
    // Nobody is passed over who can be heard.
    inside(ben, (at) => at.round.skip());
    expect([ana, ben, cleo].map(turn)).toEqual(['Ana', 'Ana', 'Ana']);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    for (const other of [ben, cleo]) wire(ana, other).went('lost');
    inside(ben, (at) => at.round.skip());
    expect([turn(ben), round(ben)?.maySkip]).toEqual(['Ana', false]);
    vi.advanceTimersByTime(10_500);
    inside(ben, (at) => at.round.skip());
    expect([ana, ben, cleo].map(turn)).toEqual(['Ana', 'Ben', 'Ben']);
    goesOnFrom(Date.now());
    await exchange.settle();
    expect([hears(ana), ...[ana, ben, cleo].map(turn)]).toEqual([['Ben', 'Cleo'], 'Ben', 'Ben', 'Ben']);
  });

  it('is not taken from whoever can be heard by somebody who loses their own line to them p70', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben, cleo);
    inside(ben, (at) => at.round.begin('opening', 1));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    wire(cleo, ana).went('lost');
    vi.advanceTimersByTime(10_500);
    inside(cleo, (at) => at.round.skip());
    goesOnFrom(Date.now());
    await exchange.settle();
    expect([hears(ana), turn(ana), turn(ben)]).toEqual([['Ben', 'Cleo'], 'Ana', 'Ana']);
    inside(ana, (at) => at.round.endTurn());
    expect([ana, ben, cleo].map(turn)).toEqual(['Ben', 'Ben', 'Ben']);
  });

  it('is given back to whoever has the line again before anybody went on', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben, cleo);
    inside(ben, (at) => at.round.begin('opening', 1));
    for (const other of [ben, cleo]) lost(ana, other, 2_000);
    await exchange.settle();
    expect([hears(ana), ...[ana, ben, cleo].map(turn)]).toEqual([['Ben', 'Cleo'], 'Ana', 'Ana', 'Ana']);
  });
});

describe('Mallory', () => {
  const anew = (served: Served, more: Partial<Served> = {}): Served => ({ ...served, ...more, id: toBase64(random(16)) });
  const lines = () => Wire.all.filter(({ other }) => other !== null).length;

  const deviceOf = (one: Phone): Bytes => {
    let device: Id = '';
    inside(one, (at) => (device = at.mine.device));
    return fromBase64(device);
  };

  it('cannot alter what a line is made of, nor make it of another’s hand: there is none then p70', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    await comesIn(exchange, ana);
    const flipped = (sealed: string) => {
      const bytes = fromBase64(sealed);
      bytes[bytes.length - 1]! ^= 1;
      return toBase64(bytes);
    };
    exchange.tamper = (signal) => [fromBase64(signal.sealed).length > 400 ? { ...signal, sealed: flipped(signal.sealed) } : signal];
    await comesIn(exchange, ben);
    expect([lines(), hears(ana), hears(ben)]).toEqual([0, [], []]);
    for (const type of ['offer', 'accept'] as const) {
      for (const [to, from] of [[ana, ben], [ben, ana]] as const) {
        exchange.waiting.push(await forged(dee.group, from.group, to.group, type, [deviceOf(from), deviceOf(to), 1, described('Dee')]));
        exchange.waiting.push(await forged(dee.group, dee.group, to.group, type, [deviceOf(from), deviceOf(to), 1, described('Dee')]));
      }
    }
    await exchange.settle();
    expect(lines()).toBe(0);
  });

  it('cannot take a line over with what was said for an earlier one, for another device, or at another time p70', async () => {
    const { exchange, phones: [ana, ben] } = await house(['Ana', 'Ben']);
    await comesIn(exchange, ana, ben);
    const [offering, accepting] = [ana, ben].sort((a, b) => order(a.group.key.member, b.group.key.member)) as [Phone, Phone];
    const before = wire(accepting, offering);
    // Later than offers come one after the other.
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 2_000);
    const [mine, theirs] = [deviceOf(offering), deviceOf(accepting)];
    const again = [
      ...exchange.waiting.splice(0).map((one) => anew(one)),
      await forged(offering.group, offering.group, accepting.group, 'offer', [mine, theirs, 1, described('later')]),
      await forged(offering.group, offering.group, accepting.group, 'offer', [mine, random(16), 9, described('later')]),
      await forged(offering.group, offering.group, accepting.group, 'offer', [random(16), theirs, 9, described('later')]),
      await forged(offering.group, offering.group, accepting.group, 'offer', [mine, theirs, 9, described('later')], nowS() - 300),
      await forged(accepting.group, accepting.group, offering.group, 'offer', [theirs, mine, 9, described('the wrong way round')]),
      await forged(accepting.group, accepting.group, offering.group, 'accept', [theirs, mine, 1, described('twice')]),
    ];
    exchange.waiting.push(...again);
    await exchange.settle();
    expect([wire(accepting, offering) === before, Wire.all.length, wire(offering, accepting).other]).toEqual([true, 2, before.name]);
    vi.setSystemTime(Date.now() + 2_000);
    // However many are offered at once, one of them is taken.
    for (const turn of [9, 10, 11]) exchange.waiting.push(await forged(offering.group, offering.group, accepting.group, 'offer', [mine, theirs, turn, described('later')]));
    await exchange.settle();
    expect(Wire.all.length).toBe(3);
  });

  it('cannot have somebody in it who went, who said so long ago, or who does not belong p70', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    await comesIn(exchange, ana);
    const device = deviceOf(ana);
    const old = exchange.waiting.filter(({ to }) => to === ben.group.me);
    ana.gatherings.leave();
    await exchange.settle();
    exchange.waiting.push(...old.map((one) => anew(one)), await forged(ana.group, ana.group, ben.group, 'here', [device, Date.now()]));
    exchange.waiting.push(await forged(dee.group, ana.group, ben.group, 'here', [random(16), Date.now()]));
    exchange.waiting.push(await forged(ana.group, ana.group, ben.group, 'here', [random(16), Date.now()], nowS() - 151));
    exchange.waiting.push(await forged(ana.group, ana.group, ben.group, 'here', [random(16), Date.now()], nowS() + 150));
    exchange.waiting.push(await forged(ana.group, ana.group, ben.group, 'here', [random(16), Date.now() + 150_000]));
    exchange.waiting.push({ ...(await forged(ana.group, ana.group, ben.group, 'here', [random(16), Date.now()])), from: dee.group.me });
    await exchange.settle();
    expect([old.length > 0, stage(ben)]).toEqual([true, 'none']);
    exchange.waiting.push(await forged(ana.group, ana.group, ben.group, 'here', [random(16), Date.now()]));
    await exchange.settle();
    expect(view(ben).voices.map(({ name }) => name)).toEqual(['Ana']);
  });

  it('cannot put anybody out by the word of another p70', async () => {
    const { exchange, phones: [ana, ben, dee] } = await house(['Ana', 'Ben', 'Dee']);
    await come(ana);
    await ana.gatherings.idle();
    // Before Ben has heard of Ana, and after.
    const early = [await forged(dee.group, dee.group, ben.group, 'gone', [deviceOf(ana)]), await forged(dee.group, dee.group, ben.group, 'here', [deviceOf(ana), Date.now()])];
    exchange.waiting.unshift(...early);
    await exchange.settle();
    expect(view(ben).voices.map(({ name }) => name)).toEqual(['Ana']);
    exchange.waiting.push(await forged(dee.group, dee.group, ben.group, 'gone', [deviceOf(ana)]));
    await comesIn(exchange, ben);
    exchange.waiting.push(await forged(dee.group, ana.group, ben.group, 'gone', [deviceOf(ana)]), await forged(dee.group, dee.group, ben.group, 'gone', [deviceOf(ana)]));
    exchange.waiting.push(await forged(dee.group, dee.group, ben.group, 'here', [deviceOf(ana), Date.now()]));
    await exchange.settle();
    expect([hears(ana), hears(ben)]).toEqual([['Ben'], ['Ana']]);
  });

  it('who begins a round again and again takes nobody’s turn away each time p70', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben, cleo);
    vi.useFakeTimers({ toFake: ['Date'] });
    inside(ana, (at) => at.round.begin('opening', 2));
    const seen = new Set<number>();
    const begins = () => {
      vi.setSystemTime(Date.now() + 500);
      inside(cleo, (at) => {
        at.round.now = { ...at.round.now!, isOver: true };
        at.round.begin('closing', 1);
      });
      inside(ben, (at) => seen.add(at.round.now!.began));
    };
    for (let times = 0; times < 20; times++) begins();
    expect(seen.size).toBeLessThanOrEqual(3);
    // It goes no further than that it counts in the end: what is said again later is taken then.
    vi.setSystemTime(Date.now() + 31_000);
    inside(cleo, (at) => at.say());
    for (const one of [ana, ben]) expect(round(one)?.byName).toBe('Cleo');
  });

  it('who is a member speaks for themselves alone, is read so far, and what nobody can read was not said p70', async () => {
    const { exchange, phones: [ana, ben, cleo] } = await house(['Ana', 'Ben', 'Cleo']);
    await comesIn(exchange, ana, ben, cleo);
    inside(ana, (at) => at.round.begin('opening', 1));
    const line = wire(cleo, ben);
    const all = [ana, ben, cleo].map(({ group }) => group.key.member);
    let began = 0;
    inside(ben, (at) => (began = at.round.now!.began));
    const says = (past: Bytes[], more: Partial<said.Said> = {}) =>
      line.say(said.writeSaid({ mic: true, open: false, hand: 0, ...more, round: [1, 1, began, ana.group.key.member, all, past, 0, false] }));
    says([all[0]!, all[1]!]);
    expect([turn(ben), turn(ana)]).toEqual(['Ana', 'Ana']);
    for (const raw of [new Uint8Array(0), random(64)]) line.say(raw);
    says([], { mic: false, open: true });
    expect([hears(ben), voice(ben, 'Cleo')?.isOpen]).toEqual([['Ana', 'Cleo'], false]);
    says([], { open: true, hand: 7 });
    expect([voice(ben, 'Cleo')?.isOpen, voice(ben, 'Cleo')?.hand, voice(ben, 'Ana')?.isOpen]).toEqual([true, 1, false]);
    for (let times = 0; times < 80; times++) says([]);
    says([], { hand: 9 });
    expect(voice(ben, 'Cleo')?.isOpen).toBe(false);
    says([all[2]!]);
    expect(round(ben)?.turns.map(({ isPast }) => isPast)).toEqual([false, false, false]);
    // What nobody says who means it ends the line.
    line.say(new Uint8Array(600));
    expect(voice(ben, 'Cleo')?.line).toBe('lost');
  });
});
