/** What screens see of somebody who lost everything and comes back, and of two who appoint a host. */

/** Something that waits for this person: to check who is at the door, to open it, or to say yes to a host. */
export interface ReturnWait {
  kind: 'check' | 'ready' | 'host';
  /** The note, the knock, or the proposal. */
  id: string;
}

/** Somebody came back under a new id; who checked that it is them. */
export interface NewPhone {
  who: string;
  by: readonly string[];
}

/** Somebody asks me to check who is at the door. */
export interface ReturnAsked {
  id: string;
  by: string;
  /** Who they were. */
  old: string;
  name: string;
  hello: string;
  words: string;
}

export interface HostAsked {
  id: string;
  by: string;
  target: string;
  until: number;
}

export interface Returning {
  /** What I am asked to check; null when it no longer waits. */
  returnAsked(id: string): Promise<ReturnAsked | null>;
  /** Who has checked who is at this door, and who they say it is. */
  returnReady(knock: string): { by: string; old: string } | null;
  askToCheck(knock: string, old: string, second: string, words: string): Promise<void>;
  /** I have seen or spoken to them. */
  sayChecked(id: string): Promise<void>;
  sayNotChecked(id: string): Promise<void>;
  /** Lets them in and their old self out. Alone only in a group of two. */
  readmit(knock: string, old: string): Promise<void>;
  hostAsked(id: string): HostAsked | null;
  /** Asks for a second member's yes. */
  proposeHost(member: string): Promise<void>;
  sayYesToHost(id: string): Promise<void>;
  sayNoToHost(id: string): Promise<void>;
}
