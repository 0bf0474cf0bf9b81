/** A knock of one's own, until the door opens and the room behind it proves to be the one that was shown. */
import { Cell } from '../inside/watched';
import type { WaitingView } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { epochs, fromBase64, joining, KIND, same, toBase64, type Id } from '../protocol';
import type { Aboard } from './aboard';
import type { Group } from './group';
import { keyOf } from './me';
import type { Knocked } from './mine-state';

const WEEK = 7 * 86_400;

type Newer = Pick<WaitingView, 'newerAgreement' | 'version'>;

interface KnockTold {
  circle: string;
  state: 'waiting' | 'admitted' | 'declined' | 'over';
}

export class Waiting {
  readonly cell = new Cell<WaitingView | null>(null);
  /** The group behind the door that has opened, verified. */
  private behind: Group | null = null;

  constructor(private readonly aboard: Aboard) {}

  private get knocked(): Knocked | null {
    return this.aboard.mine.cell.get().knocked;
  }

  get circle(): Id | null {
    return this.knocked?.circle ?? null;
  }

  async sync(circles: readonly Id[]): Promise<void> {
    const { knocked } = this;
    if (knocked === null) this.cell.set(null);
    const knocks = this.isOutside(circles) ? await this.knocks() : [];
    // Whether an open door leads where it should is seen first: `opened` shows it.
    if (knocked === null || circles.includes(knocked.circle)) return;
    const { clock } = this.aboard.hold;
    const told = knocks.find(({ circle }) => circle === knocked.circle)?.state ?? 'over';
    const isLong = told === 'over' || clock.now() - knocked.since > WEEK;
    const state = told === 'declined' ? 'not-now' : isLong ? 'nobody-answered' : 'waiting';
    await this.show(knocked, state);
  }

  /** Has this person keys for a door behind which they are not? By these it is asked, and not by what they know of a knock: else the server could see whether that opened (P33). */
  private isOutside(circles: readonly Id[]): boolean {
    return this.aboard.me.keys.some(({ circle, kind }) => kind === KIND.group && circle !== null && !circles.includes(toBase64(circle)));
  }

  private async knocks(): Promise<readonly KnockTold[]> {
    const { knocks } = await this.aboard.hold.api.get<{ knocks: KnockTold[] }>('/knocks');
    return knocks;
  }

  async show(knocked: Knocked, state: WaitingView['state'], newer: Newer | null = null): Promise<void> {
    const body = await joining.openPreview(fromBase64(knocked.secret), fromBase64(knocked.preview));
    const { since } = knocked;
    const [, , group, agreement, , welcomer, , looksIn] = body;
    const already = this.cell.get();
    const first: Newer = { newerAgreement: null, version: toBase64(epochs.commit('agreement', agreement)) };
    const { newerAgreement, version } = newer ?? (already?.state === 'opened' ? already : first);
    this.cell.set({ groupName: group[1], welcomer, looksIn, since, state, newerAgreement, version });
  }

  /** Let in: is this log, this invitation and this admission what was shown and asked for? */
  async opened(group: Group): Promise<void> {
    const { knocked } = this;
    if (knocked === null) return;
    try {
      await this.look(group, knocked);
    } catch (wrong) {
      // Whatever is behind that door, it is not where this person knocked: for them it has not opened.
      if (this.cell.get() === null) await this.show(knocked, 'waiting');
      throw wrong;
    }
  }

  private async look(group: Group, knocked: Knocked): Promise<void> {
    const key = keyOf(this.aboard.me, group.id);
    if (key === null) return;
    await group.book.sync();
    const secret = fromBase64(knocked.secret);
    const preview = fromBase64(knocked.preview);
    const asked = { secret, preview, invite: fromBase64(knocked.invite), member: key.member, signPk: key.signPk, boxPk: key.boxPk };
    const admitted = group.book.log.member(key.member)?.admitted;
    const admit = group.book.events.find(({ id }) => admitted !== undefined && same(id, admitted));
    if (admit === undefined) throw new Trouble('unverified');
    try {
      await joining.checkAdmission(group.book.log, admit, asked);
    } catch (wrong) {
      this.aboard.hold.notices.set('unverified', true);
      throw wrong;
    }
    await group.sync();
    this.behind = group;
    const [, , , seen] = await joining.openPreview(secret, preview);
    await this.show(knocked, 'opened', this.newer(group, toBase64(epochs.commit('agreement', seen))));
  }

  /** The agreement as it is now, where that is another than the version that was shown. */
  private newer(group: Group, shown: Id): Newer | null {
    const now = group.book.log.words?.[1];
    const newerAgreement = now === undefined || toBase64(now) === shown ? null : group.keys.text(now);
    return now === undefined || newerAgreement === null ? null : { newerAgreement, version: toBase64(now) };
  }

  /**
   * The group behind the door; from here on it is one of mine. `shown` is the version of the agreement that stood
   * before whoever pressed: another that came meanwhile is shown first. Throws `gone`, `someone_was_faster`.
   */
  async goThrough(shown: Id): Promise<Group> {
    if (this.behind === null) await this.aboard.catchUp();
    const { behind: group, knocked } = this;
    if (group === null) throw new Trouble('gone');
    const newer = this.newer(group, shown);
    if (newer !== null && knocked !== null) {
      await this.show(knocked, 'opened', newer);
      throw new Trouble('someone_was_faster');
    }
    this.behind = null;
    await this.aboard.mine.changeNow((mine) => ({ ...mine, knocked: null }));
    this.cell.set(null);
    this.aboard.add(group);
    this.aboard.goTo(group.id);
    return group;
  }

  async withdraw(): Promise<void> {
    const { knocked } = this;
    if (knocked === null) return;
    const lookup = toBase64(await joining.linkLookup(fromBase64(knocked.secret)));
    await this.aboard.hold.api.remove(`/knocks/${lookup}`).catch(() => undefined);
    await this.aboard.mine.changeNow((mine) => ({ ...mine, knocked: null }));
    this.cell.set(null);
  }
}
