/** The sealed circle, version 1: the one way into this folder. See protocol/SPEC.md. */
export * as account from './account';
export * as asides from './asides';
export * as box from './box';
export * from './bytes';
export * from './content';
export { encode, type Value } from './encoding';
export * as epochs from './epoch';
export type { Affirmation, Card, Opening, What } from './epoch';
export * from './failures';
export * as history from './history';
export * as joining from './join';
export { freshKey, keyFromSeed, sign, verify, type FreshKey } from './keys';
export { append, appendAll, appendKnown, checkNoFork, eventId, extend, isMembership, needsEpoch, readEvent, replay, writeEvent } from './log';
export { readRequest } from './log-inside';
export type { Body, EventType, Pair, Policy, Request, Second, Words } from './log-shapes';
export {
  circleOf, DAY, KIND, Log, TERM, type Epoch, type Event, type Id, type Invite, type Member, type Members, type Moment,
} from './log-state';
export * from './message';
export { attachmentHash, h } from './primitives';
export { placesNow, roomWordPlaces, roomWords } from './room-words';
export * as seconds from './seconds';
export { closingEpoch, leavesGap, Streams } from './streams';
export { baseKey, random } from './subtle';
export { boxPublicOf as publicKeyOf } from './keys';
