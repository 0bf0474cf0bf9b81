/** What the page about the key of the people outside shows. Keys are base64url of 32 bytes. */

export interface OutsideKeyView {
  /** What the group has named, signed in its log; null for none. */
  named: string | null;
  /** Another key that somebody asks the group to take. */
  proposal: { by: string; proposed: string; mine: boolean; mayISecond: boolean } | null;
}

export interface NamingKey {
  outsideKey(): OutsideKeyView;
  /** The key that the site says it has; null for none. Only ever shown beside the one on paper. */
  siteKey(): Promise<string | null>;
  /** Asks a second member; alone in the group it holds at once. */
  proposeOutsideKey(key: string): Promise<void>;
  secondOutsideKey(): Promise<void>;
  /** One's own is taken back for everyone, another's is set aside here. */
  dropOutsideKey(): Promise<void>;
}
