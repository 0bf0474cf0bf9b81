/** The message at which a room opens next, where a page leads to one. In memory alone; the first room that has it takes it. */
export const jump: { to: string | null } = { to: null };
