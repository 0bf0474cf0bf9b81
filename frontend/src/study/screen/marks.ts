/**
 * How quick it is, for whoever measures. `performance` holds these marks and measures:
 *
 * - `study:start`  the script begins; `study:open` a transcript is asked for; `study:data` its text and passages are here
 * - `study:drawn`  it stands on the screen, with its passages, and the keys work
 * - `study:opened` the measure from `study:open` to `study:drawn`; `study:begun` from the page's very start
 * - `study:key`    a key was pressed in the text; `study:answered` the measure from it until the screen showed what it did
 */
const afterPaint = (then: () => void): void => {
  requestAnimationFrame(() => setTimeout(then, 0));
};

export function drawn(): void {
  afterPaint(() => {
    performance.mark('study:drawn');
    performance.measure('study:opened', 'study:open', 'study:drawn');
    performance.measure('study:begun', { start: 0, end: 'study:drawn' });
  });
}

export function keyed(at: number): void {
  performance.mark('study:key', { startTime: at });
  afterPaint(() => performance.measure('study:answered', { start: at }));
}
