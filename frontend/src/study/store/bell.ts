/** Tells screens that something they show has changed; what it is now, they look up themselves. */
export class Bell<Topic extends string> {
  private readonly listeners = new Map<Topic, Set<() => void>>();

  ring(...topics: Topic[]): void {
    for (const topic of topics) for (const listen of [...(this.listeners.get(topic) ?? [])]) listen();
  }

  /** Answers with the way to stop. */
  listen(topics: readonly Topic[], listen: () => void): () => void {
    for (const topic of topics) {
      const known = this.listeners.get(topic) ?? new Set();
      this.listeners.set(topic, known.add(listen));
    }
    return () => topics.forEach((topic) => this.listeners.get(topic)?.delete(listen));
  }
}
