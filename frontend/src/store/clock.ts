/** The time, as the server tells it: events are refused when they are ten minutes off. */
const FAR = 600;

export class Clock {
  private offset = 0;

  /** Whole seconds since 1970, by the server's clock where it is known. */
  now(): number {
    return this.own() + this.offset;
  }

  /** By this device alone. */
  own(): number {
    return Math.floor(Date.now() / 1000);
  }

  /** Takes note of the server's time; answers whether this device's clock is far off. */
  hear(server: number): boolean {
    const offset = server - this.own();
    this.offset = Math.abs(offset) > 2 ? offset : 0;
    return Math.abs(offset) > FAR;
  }

  /** Do this device and the server agree to a day? Only then may anything be deleted for its age. */
  get agrees(): boolean {
    return Math.abs(this.offset) < 86_400;
  }
}
