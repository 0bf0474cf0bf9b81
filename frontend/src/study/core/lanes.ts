/** Stripes beside the text: each passage gets the first lane that is free where it starts, so that none cover each other. */
interface Laid {
  id: string;
  start: number;
  end: number;
}

export class Lanes {
  private readonly lane = new Map<string, number>();
  /** How many lanes there are in all. */
  readonly count: number;

  /** Takes passages in order of their start. A lane is free `gap` code points after its last passage ends. */
  constructor(passages: readonly Laid[], gap = 0) {
    const ends: number[] = [];
    for (const { id, start, end } of passages) {
      let lane = 0;
      while (lane < ends.length && ends[lane]! + gap > start) lane += 1;
      ends[lane] = end;
      this.lane.set(id, lane);
    }
    this.count = ends.length;
  }

  of(id: string): number {
    return this.lane.get(id) ?? 0;
  }
}
