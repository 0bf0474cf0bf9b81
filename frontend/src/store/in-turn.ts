/** Asks one after another, so that no slow answer stands over a later one; whoever comes meanwhile waits for the next. */
export function inTurn(ask: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= last.catch(() => undefined).then(() => {
      next = null;
      return ask();
    });
    last = next;
    return next;
  };
}
