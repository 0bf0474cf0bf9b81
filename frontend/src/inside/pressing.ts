/** Whether a finger or a mouse button is down just now. */
export const pressing = { now: false };

if (typeof addEventListener === 'function') {
  addEventListener('pointerdown', () => (pressing.now = true), true);
  for (const over of ['pointerup', 'pointercancel']) addEventListener(over, () => (pressing.now = false), true);
}
