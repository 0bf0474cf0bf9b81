/** The time, as the server tells it: events are refused when they are ten minutes off. */
const FAR = 600;
const DAY = 86_400;

export class Clock {
  private offset = 0;

  /** Whole seconds since 1970, by the server's clock where that is believable: at most a day from this device's own. */
  now(): number {
    return this.own() + (this.agrees ? this.offset : 0);
  }

  /** By this device alone. */
  own(): number {
    return Math.floor(Date.now() / 1000);
  }

  /** By the server, whatever it says: for what only the server judges. */
  theirs(): number {
    return this.own() + this.offset;
  }

  /** Takes note of the server's time; answers whether the two clocks are far from each other. */
  hear(server: number): boolean {
    const offset = Number.isSafeInteger(server) ? server - this.own() : 0;
    this.offset = Math.abs(offset) > 2 ? offset : 0;
    return Math.abs(offset) > FAR;
  }

  /** Are the two clocks so far from each other that events are refused? */
  get isFar(): boolean {
    return Math.abs(this.offset) > FAR;
  }

  /** Do this device and the server agree to a day? Only then may anything be deleted for its age. */
  get agrees(): boolean {
    return Math.abs(this.offset) < DAY;
  }
}
