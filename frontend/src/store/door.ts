/** Who stands at a group's door: knocks, invitations, and notes passed from one member to one other. */
import { asides, fromBase64, isFailure, joining, publicKeyOf, toBase64, type Bytes, type Id, type Invite, type Request } from '../protocol';
import type { Group } from './group';
import { inTurn } from './in-turn';

export interface KnockHere {
  invite: Id;
  since: number;
  request: Request;
  body: joining.KnockBody;
  /** As it came, for a second member to open as well. */
  sealed: Bytes;
}

export interface NoteHere {
  id: string;
  from: Id;
  at: number;
  note: asides.Aside;
}

interface ServedKnock {
  invite: string;
  sealed: string;
  since: number;
}

interface ServedAside {
  id: string;
  from: string;
  sealed: string;
  at: number;
}

/** Under this name stands, sealed, why somebody was asked to go: it came first, and stays with them. */
export const TOLD = 'told';

export interface ToldHere {
  from: Id;
  sealed: Bytes;
}

export class Door {
  knocks: readonly KnockHere[] = [];
  notes: readonly NoteHere[] = [];
  /** Invitations taken back: the server's word, as the log has none for it. */
  takenBack: ReadonlySet<Id> = new Set();
  private readonly cards = new Map<Id, joining.InviteCard>();
  /** What was put away here while the site was asked: an answer from before brings it back no more. */
  private readonly dropped = new Set<string>();
  sync = inTurn(() => this.ask());

  constructor(private readonly group: Group) {}

  private async ask(): Promise<void> {
    const { api } = this.group.hold;
    const path = `/circles/${this.group.id}`;
    await this.readCards();
    const [{ knocks }, { invitations }, { asides: notes }] = await Promise.all([
      api.get<{ knocks: ServedKnock[] }>(`${path}/knocks`),
      api.get<{ invitations: { invite: string; state: string }[] }>(`${path}/invitations`),
      api.get<{ asides: ServedAside[] }>(`${path}/asides`),
    ]);
    this.takenBack = new Set(invitations.filter(({ state }) => state === 'void').map(({ invite }) => invite));
    this.knocks = (await Promise.all(knocks.map((one) => this.openKnock(one)))).filter((one) => one !== null);
    const opened = await Promise.all(notes.map((one) => this.openNote(one)));
    this.notes = opened.filter((one): one is NoteHere => one !== null && !this.dropped.has(one.id));
    this.group.touch();
    if (this.notes.some(({ note }) => note.type === 'missed-key')) void this.answerMissed().catch(() => undefined);
  }

  /** Somebody's key did not open: whoever has it seals it for them again, and nobody has to press anything. */
  private async answerMissed(): Promise<void> {
    await (await this.group.hold.mending?.())?.answer(this.group);
  }

  /** What is known inside of an invitation: whom it is for. */
  card(invite: Id): joining.InviteCard | null {
    return this.cards.get(invite) ?? null;
  }

  private async readCards(): Promise<void> {
    for (const [id, invite] of this.group.book.log.invites) {
      if (this.cards.has(id)) continue;
      const card = await this.readCard(invite);
      if (card !== null) this.cards.set(id, card);
    }
  }

  private async readCard(invite: Invite): Promise<joining.InviteCard | null> {
    const { book, keys } = this.group;
    const epoch = book.log.moments[invite.seq]?.epoch ?? null;
    const sealed = book.attachment(invite.card);
    const key = epoch === null || sealed === null ? null : await keys.of(epoch);
    if (key === null || sealed === null) return null;
    try {
      return await joining.openInviteCard(key, book.circle, invite.prev, sealed);
    } catch (wrong) {
      if (isFailure(wrong)) return null;
      throw wrong;
    }
  }

  /** Null where it does not open, or its signatures do not hold. */
  async openKnock({ invite, sealed, since }: ServedKnock): Promise<KnockHere | null> {
    const { book } = this.group;
    const known = book.log.invites.get(invite);
    const card = this.card(invite);
    if (known === undefined || card === null) return null;
    try {
      const key = await joining.receptionKey(card, await publicKeyOf(card[0]));
      const { body, request } = await joining.openKnock(key, book.circle, known, fromBase64(sealed));
      return { invite, since, request, body, sealed: fromBase64(sealed) };
    } catch (wrong) {
      if (isFailure(wrong)) return null;
      throw wrong;
    }
  }

  private async openNote({ id, from, sealed, at }: ServedAside): Promise<NoteHere | null> {
    const { book, key } = this.group;
    const author = book.log.members.get(from);
    if (author === undefined) return null;
    const between = { circle: book.circle, from: author.id, to: key.member };
    try {
      const note = await asides.openAside(key.box, author.signPk, between, fromBase64(sealed));
      // Written by a newer page than this one.
      if (note.type === 'later') this.group.hold.notices.set('reload_needed', true);
      if (note.type === 'before-remove') await this.keepTold({ from, sealed: fromBase64(sealed) });
      return { id, from, at, note };
    } catch (wrong) {
      if (isFailure(wrong)) return null;
      throw wrong;
    }
  }

  private async keepTold(told: ToldHere): Promise<void> {
    const { drawer, notices } = this.group.hold;
    await drawer.put('facts', `${TOLD} ${this.group.id}`, told).catch(() => notices.set('storage_full', true));
  }

  async note<T extends asides.AsideType>(to: Bytes, type: T, rest: asides.AsideRest<T>): Promise<void> {
    const { book, key, hold } = this.group;
    const member = book.log.member(to);
    if (member === null) return;
    const between = { circle: book.circle, from: key.member, to };
    const sealed = await asides.sealAside(key.sign, member.boxPk, between, type, hold.clock.now(), rest);
    await hold.api.post(`/circles/${this.group.id}/asides`, { to: toBase64(to), sealed: toBase64(sealed) });
  }

  async dropNote(id: string): Promise<void> {
    await this.group.hold.api.remove(`/circles/${this.group.id}/asides/${id}`);
    this.dropped.add(id);
    this.notes = this.notes.filter((note) => note.id !== id);
    this.group.touch();
  }
}
