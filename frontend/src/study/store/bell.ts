/** Tells screens that something they show has changed; what it is now, they look up themselves. */
export class Bell<Topic extends string> {
  private readonly listeners = new Map<Topic, Set<() => void>>();

  private readonly rung = new Map<Topic, number>();

  /** Grows with every ringing of these; so one who only now begins to listen can tell what was missed. */
  count(topics: readonly Topic[]): number {
    return topics.reduce((sum, topic) => sum + (this.rung.get(topic) ?? 0), 0);
  }

  ring(...topics: Topic[]): void {
    for (const topic of topics) this.rung.set(topic, (this.rung.get(topic) ?? 0) + 1);
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
