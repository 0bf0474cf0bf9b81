/**
 * A server for one group, in memory: it keeps what it is given and tells it again, as the real one does, and
 * remembers what it was asked. `lie` may alter any answer.
 */
import { fromBase64, readEnvelope, readEvent, same } from '../../protocol';
import { Api, type Json } from '../api';
import { Clock } from '../clock';
import { passingDrawer } from '../drawer';
import type { ServedMessage } from '../feed-entries';
import type { Hold } from '../hold';
import type { Served } from '../log-book';
import { Notices } from '../notices';
import { Refused } from '../refusals';

/** One request, as it left: what an onlooker sees of it. */
export interface Asked {
  method: string;
  path: string;
  size: number;
}

export type Lie = (path: string, answer: Json) => Json;

export class Shelf {
  readonly events: Served[] = [];
  readonly messages: ServedMessage[] = [];
  readonly knocks: { invite: string; sealed: string; since: number }[] = [];
  readonly asides: { id: string; from: string; to: string; sealed: string; at: number }[] = [];
  readonly asked: Asked[] = [];
  lie: Lie = (_, answer) => answer;
  /** Throws what the server would refuse with. */
  refuse: (method: string, path: string) => void = () => undefined;

  /** To somebody who is given nothing up to the place `since`; `who`: their member id. */
  answer(method: string, path: string, body: Json, since = 0, who = ''): Json {
    this.asked.push({ method, path, size: JSON.stringify(body).length });
    this.refuse(method, path);
    return this.lie(path, this.truth(method, new URL(path, 'http://here'), body, since, who));
  }

  private truth(method: string, { pathname, searchParams }: URL, body: Json, since: number, who: string): Json {
    if (pathname.endsWith('/asides') && method === 'POST') return this.leave(who, body);
    if (pathname.endsWith('/events')) return method === 'POST' ? this.append(body) : this.log(Number(searchParams.get('after')));
    if (pathname.endsWith('/messages')) return method === 'POST' ? this.take(body) : this.page(searchParams, since);
    if (method === 'PUT') return {};
    const asides = this.asides.filter(({ to }) => to === who);
    return { knocks: this.knocks, invitations: [], asides, partings: [], circles: [] };
  }

  private leave(from: string, { to, sealed }: Json): Json {
    const id = `note-${String(this.asides.length)}`;
    this.asides.push({ id, from, to: String(to), sealed: String(sealed), at: now() });
    return { id };
  }

  private append({ events, attachments }: Json): Json {
    for (const event of events as string[]) {
      this.events.push({ seq: this.events.length, event, attachments: attachments as Record<string, string> });
    }
    return { head: this.events.length - 1 };
  }

  private log(after: number): Json {
    return { events: this.events.filter(({ seq }) => seq > after), head: this.events.length - 1, more: false };
  }

  private take({ envelope }: Json): Json {
    const known = this.messages.find((one) => one.envelope === envelope);
    const newest = this.events.map(({ event }) => readEvent(fromBase64(event))).findLast(({ type }) => type === 'epoch');
    const { epoch } = readEnvelope(fromBase64(String(envelope)));
    if (newest === undefined || !same(newest.id, epoch)) throw refused(409, 'superseded');
    const message = known ?? { position: this.messages.length + 1, at: now(), envelope: String(envelope) };
    if (known === undefined) this.messages.push(message);
    return { position: message.position, at: message.at };
  }

  private page(query: URLSearchParams, since: number): Json {
    const limit = Number(query.get('limit') ?? 200);
    const [after, before] = [query.get('after'), query.get('before')];
    const given = this.messages.filter(({ position }) => position > since);
    const rows = given.filter(({ position }) => {
      return after !== null ? position > Number(after) : before === null || position < Number(before);
    });
    const messages = after !== null ? rows.slice(0, limit) : rows.slice(-limit);
    return { messages, more: rows.length > limit };
  }
}

/** Asks the shelf instead of the network. */
class Line extends Api {
  constructor(
    private readonly shelf: Shelf,
    private readonly since: number,
    private readonly who: string,
  ) {
    super();
  }

  private say<T>(method: string, path: string, body: Json = {}): Promise<T> {
    return Promise.resolve().then(() => structuredClone(this.shelf.answer(method, path, body, this.since, this.who)) as T);
  }

  override get<T>(path: string): Promise<T> {
    return this.say('GET', path);
  }

  override post<T = Json>(path: string, body: Json = {}): Promise<T> {
    return this.say('POST', path, body);
  }

  override put<T = Json>(path: string, body: Json): Promise<T> {
    return this.say('PUT', path, body);
  }

  override async remove(path: string): Promise<void> {
    await this.say('DELETE', path);
  }
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** A device of somebody's: it keeps what a page keeps on a shared one. */
export function holdOf(shelf: Shelf, since = 0, who = ''): Hold {
  return { drawer: passingDrawer(), api: new Line(shelf, since, who), clock: new Clock(), notices: new Notices() };
}

export function refused(status: number, code: string): Refused {
  return new Refused(status, code, {});
}

export { quiet } from './under-way';
