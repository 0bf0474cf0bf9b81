/** A talk of two (SPEC.md section 16): a room like a group's, of which nothing is shown before it was held against that group's log. */
import type { GroupView, TalkState } from '../inside/model';
import { same, toBase64, type Bytes, type Id } from '../protocol';
import { talks } from '../protocol/later';
import { Group } from './group';
import { groupView } from './group-view';
import type { CircleKey } from './me';

/** What the server tells of a talk. */
export interface PairTold {
  circle: Id;
  talk: { shared: Id; over: boolean };
}

export class Pair extends Group {
  /** The server takes nothing more: one of the two has closed it, unless the group's log says why. */
  isOver = false;

  constructor(
    readonly shared: Group,
    circle: Bytes,
    keys: readonly CircleKey[],
  ) {
    const [key, ...earlier] = keys;
    super(shared.hold, shared.mine, circle, key ?? shared.key, earlier);
    this.book.keeper = shared.book.keeper;
    // Nobody stands at the door of a talk.
    this.door.sync = () => Promise.resolve();
    shared.changed.watch(() => this.touch());
  }

  /** The other one. */
  get other(): Id {
    const { members } = this.book.log;
    return [...members.keys()].find((id) => id !== this.me) ?? '';
  }

  get name(): string {
    return this.shared.names.of(this.other);
  }

  get state(): TalkState {
    const now = talks.standing(this.shared.book.log, this.book.log);
    if (now === talks.SOMEONE_LEFT) return 'left';
    if (now === talks.NEW_KEYS) return 'keys';
    if (this.book.isForked) return 'forked';
    return this.isOver || this.isEnded ? 'closed' : 'on';
  }

  /** The one before, where its end was why this one was begun. */
  get before(): Id | null {
    const before = this.book.log.pair?.[6] ?? null;
    return before === null ? null : toBase64(before);
  }

  /** Began here, or something was said: until then it is nothing to be told of. */
  get isBegun(): boolean {
    const [first] = this.book.log.moments;
    return this.feed.folded.rows.room.length > 0 || (first !== undefined && same(first.author, this.key.member));
  }

  get isNew(): boolean {
    return groupView(this).isNew.room;
  }

  /** Both are who the group's log says, under those keys; throws where they are not. */
  async held(): Promise<void> {
    await this.load();
    if (this.book.log.length === 0) await this.book.sync();
    const head = this.book.log.pair?.[1];
    if (head !== undefined && this.shared.book.log.at(head) === null) await this.shared.book.sync();
    talks.check(this.shared.book.log, this.book.log);
  }

  /** As a screen sees it: the group, but for who is in here and what one does here. */
  view(): GroupView {
    const group = groupView(this.shared);
    const members = group.members.filter(({ id }) => id === this.me || id === this.other);
    const alone = members.map((member) => ({ ...member, isHost: false, termUntil: null }));
    const window = this.book.log.windowAt(this.hold.clock.now());
    const talk = { name: this.name, other: this.other, state: this.state, before: this.before };
    return { ...group, id: this.id, members: alone, windowDays: window === 0 ? null : window, joining: [], talk };
  }
}
