/** Where a touched note leads, by what waits inside. */
import { describe, expect, it } from 'vitest';
import { whereTo, type Waiting } from './what-waits';

const circles = [{ id: 'mine', isNew: false }, { id: 'another', isNew: false }];
const quiet: Waiting = { group: { id: 'mine', isNew: { room: false, everyday: false }, knocks: [], removals: [], returns: [], asks: [] }, talks: [], circles };
const withNew = (room: boolean, everyday = false): Waiting => ({ ...quiet, group: { ...quiet.group, isNew: { room, everyday } } });
const ask = { kind: 'answer', id: 'a' } as Waiting['group']['asks'][number];

describe('a note that is touched leads', () => {
  it('to the one place in which something is new', () => {
    expect(whereTo(withNew(true))).toEqual(['room']);
    expect(whereTo(withNew(false, true))).toEqual(['everyday']);
    expect(whereTo({ ...quiet, talks: [{ id: 'pair' }] })).toEqual(['talk', 'pair']);
  });

  it('to the door where somebody stands there, and nothing else waits', () => {
    const knock = { id: 'eve' } as Waiting['group']['knocks'][number];
    const atTheDoor = { ...quiet, group: { ...quiet.group, knocks: [knock] } };
    expect(whereTo(atTheDoor)).toEqual(['door', 'eve']);
    expect(whereTo({ ...atTheDoor, talks: [{ id: 'pair' }] })).toEqual(['today']);
  });

  it('to Today where several things wait, or something is asked', () => {
    expect(whereTo(withNew(true, true))).toEqual(['today']);
    expect(whereTo({ ...withNew(true), talks: [{ id: 'pair' }] })).toEqual(['today']);
    expect(whereTo({ ...withNew(true), group: { ...withNew(true).group, asks: [ask] } })).toEqual(['today']);
  });

  it('to Today where another group has something new, and not for what is new in this group’s own line', () => {
    expect(whereTo({ ...withNew(true), circles: [circles[0]!, { id: 'another', isNew: true }] })).toEqual(['today']);
    expect(whereTo({ ...withNew(true), circles: [{ id: 'mine', isNew: true }, circles[1]!] })).toEqual(['room']);
  });

  it('nowhere yet while nothing is known to be new', () => expect(whereTo(quiet)).toBeNull());
});
