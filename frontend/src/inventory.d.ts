/** The data inventory, as `plugins/inventory.ts` reads it: for each table what is stored, who can read it, until when. */
declare module '*/data-inventory.md' {
  export const tables: Readonly<Record<string, readonly (readonly [what: string, reader: string, until: string])[]>>;
}
