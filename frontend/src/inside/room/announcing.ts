/**
 * What is said to a screen reader as a talk changes: each new message by someone else, once; "Sent." for one's own.
 * What is folded or has a note is said as it is shown. Words that are no longer shown are not kept here.
 */
import { words } from '../../words/en';
import type { MessageView, TalkView } from '../model';
import { cover } from './cover';

const text = words.room;

export interface Listener {
  hides(message: MessageView): boolean;
  nameOf(author: string): string;
  /** In seconds. */
  now: number;
}

export class Announcing {
  /** What stands there to be read out. */
  said = '';
  private last: string | null = null;
  private readonly going = new Set<string>();
  /** Whose words stand there, and were they open. */
  private spoken: { id: string; isOpen: boolean } | null = null;

  take(talk: TalkView, listener: Listener): void {
    if (!talk.isReady) return;
    const id = talk.count > 0 ? talk.idAt(talk.count - 1) : '';
    const message = talk.count > 0 ? talk.at(talk.count - 1) : null;
    if (message !== null && this.isNew(id, talk) && !message.mine && mayBeSaid(message, listener)) this.announce(message, listener);
    else this.fallSilent(talk, listener);
    if (message?.mine && message.state === 'waiting') this.going.add(id);
    this.arrived(talk);
    if (message !== null || talk.count === 0) this.last = id;
  }

  /** Where the last one is gone, what is last now was there before it. */
  private isNew(id: string, talk: TalkView): boolean {
    if (this.last === null || id === this.last) return false;
    return this.last === '' || talk.indexOf(this.last) >= 0;
  }

  private announce(message: MessageView, { nameOf, now }: Listener): void {
    const covered = cover(message, now);
    const says = covered === null && message.spoken !== null ? text.announceSpoken : text.announce;
    this.said = says(nameOf(message.author), covered ?? message.text);
    this.spoken = { id: message.id, isOpen: covered === null };
  }

  /** Taken back, folded, muted, faded or under quiet since it was said. */
  private fallSilent(talk: TalkView, listener: Listener): void {
    if (this.spoken === null) return;
    const row = talk.indexOf(this.spoken.id);
    const message = row < 0 ? null : talk.at(row);
    if (row >= 0 && message === null) return;
    const isOpen = message !== null && cover(message, listener.now) === null;
    if (message !== null && mayBeSaid(message, listener) && (isOpen || !this.spoken.isOpen)) return;
    this.said = '';
    this.spoken = null;
  }

  private arrived(talk: TalkView): void {
    for (const one of this.going) {
      const row = talk.indexOf(one);
      if (row < 0 || talk.at(row)?.state !== 'sent') continue;
      this.going.delete(one);
      this.said = text.sent;
      this.spoken = null;
    }
  }
}

function mayBeSaid(message: MessageView, { hides }: Listener): boolean {
  return message.state === 'sent' && !hides(message);
}
