/**
 * Where each row of a long list stands, when only a few rows have ever been measured.
 * A Fenwick tree over row heights in pixels: both questions cost O(log n), so 10,000 rows stay quick.
 */
export class Heights {
  private tree: Float64Array;
  private rows: Float64Array;

  constructor(heights: ArrayLike<number>) {
    const n = heights.length;
    this.rows = Float64Array.from(heights);
    this.tree = new Float64Array(n + 1);
    for (let i = 1; i <= n; i++) {
      this.tree[i]! += heights[i - 1]!;
      const up = i + (i & -i);
      if (up <= n) this.tree[up]! += this.tree[i]!;
    }
  }

  get count(): number {
    return this.rows.length;
  }

  get total(): number {
    return this.offset(this.count);
  }

  of(row: number): number {
    return this.rows[row]!;
  }

  set(row: number, height: number): void {
    const change = height - this.rows[row]!;
    if (!change) return;
    this.rows[row] = height;
    for (let i = row + 1; i <= this.count; i += i & -i) this.tree[i]! += change;
  }

  /** Pixels above `row`; `offset(count)` is the whole. */
  offset(row: number): number {
    let sum = 0;
    for (let i = Math.min(row, this.count); i > 0; i -= i & -i) sum += this.tree[i]!;
    return sum;
  }

  /** The row that covers pixel `y`; the first or last one when `y` is outside. 0 when there are none. */
  rowAt(y: number): number {
    let row = 0;
    let left = y;
    for (let step = 1 << Math.floor(Math.log2(Math.max(1, this.count))); step > 0; step >>= 1) {
      const next = row + step;
      if (next <= this.count && this.tree[next]! <= left) {
        row = next;
        left -= this.tree[next]!;
      }
    }
    return Math.max(0, Math.min(row, this.count - 1));
  }

  /** Rows `[from, to)` that touch the pixels from `top` to `bottom`, with `spare` rows on either side. */
  between(top: number, bottom: number, spare: number): { from: number; to: number } {
    if (this.count === 0) return { from: 0, to: 0 };
    return {
      from: Math.max(0, this.rowAt(top) - spare),
      to: Math.min(this.count, this.rowAt(bottom) + 1 + spare),
    };
  }
}
