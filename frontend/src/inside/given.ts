/** What verbs of `Boat` are given, and what they answer with. */
import type { Device, InvitationView, Place, Safeguarding, Wants } from './views';

export interface NewAccount {
  signInName: string;
  passphrase: string;
  device: Exclude<Device, 'unknown'>;
  /** Version of the consent text that was ticked (words/en `consent.version`). */
  consent: string;
}

export interface NewGroup {
  /** The operator's code; empty where none is asked. */
  code: string;
  /** Null for someone who is in already. */
  account: NewAccount | null;
  groupName: string;
  myName: string;
  agreement: string;
  size: number;
  windowDays: number | null;
  anyMemberOpens: boolean;
  safeguarding: Safeguarding | null;
}

/** What a link shows before anyone joins. Opened on the device; the server cannot read it. */
export interface Preview {
  groupName: string;
  welcomer: string;
  forWhom: string;
  agreement: string;
  looksIn: string;
  until: number;
}

export interface Knock {
  /** Null for someone who is in already. */
  account: NewAccount | null;
  myName: string;
  hello: string;
}

export interface Saying {
  place: Place;
  text: string;
  note: string | null;
  wants: Wants | null;
  replyTo: string | null;
}

/** What was spoken. */
export interface Spoken {
  /** One WebM file with one track of Opus. */
  sound: Uint8Array<ArrayBuffer>;
  /** In thousandths of a second. */
  ms: number;
}

export interface MadeInvitation {
  invitation: InvitationView;
  link: string;
  /** QR modules of the link, row by row, without a quiet zone; true is dark. */
  modules: readonly (readonly boolean[])[];
}

export interface RecoveryCode {
  /** Groups of characters, as they are to be shown and printed. */
  groups: readonly string[];
}

/** A file that the person keeps: everything this account can read, as text. */
export interface Export {
  filename: string;
  text: string;
}
