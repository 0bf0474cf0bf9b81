/** The codebook: making codes, saying what they mean, moving, merging and splitting them, and the bin. */
import type { Code } from '../core/codes';
import { freeLook } from '../core/palette';
import { studyWords as words } from '../../words/study';
import { newId } from './api';
import type { Desk } from './desk';
import { readCodes, resync } from './reading';
import { codeOf, type BinLine, type Extract } from './shapes';
import { send } from './verbs';

export type Fields = Partial<Pick<Code, 'name' | 'definition' | 'include' | 'exclude' | 'example' | 'colour' | 'pattern' | 'kind'>>;

const act = (label: string) => ({ label, back: null, on: null });

/** A code of this name: the one that is there, or a new one, shown at once. Null when nothing was typed. */
export function newCode(desk: Desk, typed: string, parent: string | null): Code | null {
  const name = typed.replace(/\s+/g, ' ').trim();
  if (name === '' || !desk.mayCode) return null;
  const known = desk.book.named(name);
  if (known !== null) return known;
  const look = freeLook(desk.book.list);
  const code = codeOf({ id: newId(), name, parent, position: desk.book.children(parent).length, ...look });
  desk.setCodes([...desk.book.list, code]);
  desk.say(words.codeMade(name));
  const body = { id: code.id, name, parent, ...look };
  void send(desk, [code.id], { asking: 'POST', path: 'codes', body }, act(words.acts.newCode(name)));
  return code;
}

/** Changes what a code is called, means or looks like. */
export async function describe(desk: Desk, code: Code, fields: Fields): Promise<void> {
  desk.setCodes(desk.book.list.map((one) => (one.id === code.id ? { ...one, ...fields } : one)));
  const slot = `code ${code.id} ${Object.keys(fields).join()}`;
  await send(desk, [code.id], { asking: 'PATCH', path: `codes/${code.id}`, body: fields, slot }, act(words.acts.describe(code.name)));
}

/** Puts a code under another one, at this place among its siblings; null is the top. */
export async function moveCode(desk: Desk, code: Code, parent: string | null, position: number): Promise<void> {
  if (parent !== null && desk.book.isUnder(parent, code.id)) return desk.say(words.notUnderItself);
  const siblings = desk.book.children(parent).filter(({ id }) => id !== code.id).map(({ id }) => id);
  siblings.splice(position, 0, code.id);
  desk.setCodes(desk.book.list.map((one) => {
    const at = siblings.indexOf(one.id);
    return at < 0 ? one : { ...one, position: at, parent: one.id === code.id ? parent : one.parent };
  }));
  desk.say(words.moved(code.name, parent === null ? null : (desk.book.get(parent)?.name ?? '')));
  await send(desk, [code.id], { asking: 'POST', path: `codes/${code.id}/move`, body: { parent, position } }, act(words.acts.move(code.name)));
}

/** All passages of `code` become passages of `into`. */
export async function mergeCode(desk: Desk, code: Code, into: Code): Promise<void> {
  if (desk.book.isUnder(into.id, code.id)) return desk.say(words.notUnderItself);
  const sending = { asking: 'POST', path: `codes/${code.id}/merge`, body: { into: into.id } } as const;
  if ((await send(desk, [], sending, act(words.acts.merge(code.name, into.name)))) === null) return;
  desk.say(words.merged(code.name, into.name));
  desk.setPanel({ shows: 'code', code: into.id });
  await resync(desk);
}

/** Some passages of a code go to a new one. */
export async function splitCode(desk: Desk, code: Code, spans: readonly string[], name: string): Promise<void> {
  const body = { spans: [...spans], name: name.trim(), ...freeLook(desk.book.list) };
  const sending = { asking: 'POST', path: `codes/${code.id}/split`, body } as const;
  if ((await send(desk, [], sending, act(words.acts.split(code.name)))) === null) return;
  desk.say(words.split(code.name, body.name));
  desk.setPanel({ shows: 'codes' });
  await resync(desk);
}

/** Into the bin, with its passages; from there it can come back. */
export async function binCode(desk: Desk, code: Code): Promise<void> {
  desk.setPanel({ shows: 'codes' });
  if ((await send(desk, [], { asking: 'DELETE', path: `codes/${code.id}`, body: {} }, act(words.acts.bin(code.name)))) === null) return;
  desk.say(words.binned(code.name));
  await resync(desk);
}

export async function readBin(desk: Desk): Promise<readonly BinLine[]> {
  return (await desk.api.get<{ bin: BinLine[] }>('bin')).bin;
}

export async function restore(desk: Desk, { kind, id, name }: BinLine): Promise<void> {
  if ((await send(desk, [], { asking: 'POST', path: `bin/${kind}/${id}/restore`, body: {} }, act(words.acts.restore(name)))) === null) return;
  desk.say(words.restored(name));
  await Promise.all([readCodes(desk), resync(desk)]);
}

/** Every passage of a code in the study; those of the open transcript when the server cannot be asked. */
export async function extractsOf(desk: Desk, code: Code): Promise<readonly Extract[]> {
  return (await desk.api.get<{ spans: Extract[] }>(`codes/${code.id}/spans`)).spans;
}
