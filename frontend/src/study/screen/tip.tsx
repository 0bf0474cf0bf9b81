/** Resting the mouse on coded words, or on a stripe, names the codes there. For others the strip below the text does. */
import { useEffect, useState } from 'preact/hooks';
import type { Span } from '../core/spans';
import type { Desk } from '../store/desk';
import { stripe } from './look';
import { useStage } from './stage';

const REST_MS = 350;
const GONE_MS = 200;
const BELOW_PX = 6;
const WIDEST_PX = 320;

interface Shown {
  spans: readonly Span[];
  x: number;
  y: number;
}

/** The passages under the mouse, shown or not; null elsewhere. */
function spansUnder(desk: Desk, target: Element): readonly Span[] | null {
  const { sheet } = desk;
  const one = target.closest<HTMLElement>('.stripe')?.dataset['span'];
  if (one !== undefined) return [sheet?.spans.get(one)].filter((span) => span !== null && span !== undefined);
  const at = target.closest<HTMLElement>('.run.coded')?.dataset['at'];
  return at === undefined || sheet === null ? null : sheet.spans.at(Number(at)).filter(({ author }) => desk.view.whose === null || author === desk.view.whose);
}

export function Tip({ reader }: { reader: { current: HTMLElement | null } }) {
  const { desk } = useStage();
  const [shown, show] = useState<Shown | null>(null);
  useEffect(() => {
    const box = reader.current;
    if (box === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (ms: number, next: Shown | null) => {
      clearTimeout(timer);
      timer = setTimeout(() => show(next), ms);
    };
    const over = (event: MouseEvent) => {
      const spans = event.buttons === 0 ? spansUnder(desk, event.target as Element) : null;
      const y = (event.target as Element).getBoundingClientRect().bottom;
      soon(spans === null ? GONE_MS : REST_MS, spans && { spans, x: event.clientX, y: Math.max(event.clientY + 14, Math.min(y, event.clientY + 40)) });
    };
    const hide = () => soon(0, null);
    const stop = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    const leave = () => soon(GONE_MS, null);
    const all = [['mouseover', over], ['mouseleave', leave], ['pointerdown', hide], ['scroll', hide]] as const;
    for (const [name, listen] of all) box.addEventListener(name, listen as EventListener);
    addEventListener('keydown', stop);
    return () => {
      clearTimeout(timer);
      for (const [name, listen] of all) box.removeEventListener(name, listen as EventListener);
      removeEventListener('keydown', stop);
    };
  }, [desk]);
  if (shown === null || shown.spans.length === 0) return null;
  const style = { left: `${Math.max(8, Math.min(shown.x, innerWidth - WIDEST_PX))}px`, top: `${shown.y + BELOW_PX}px` };
  return (
    <div class="tip" aria-hidden="true" style={style} onMouseLeave={() => show(null)}>
      {shown.spans.map((span) => {
        const code = desk.book.get(span.code);
        return code && <p key={span.id}><span class="swatch" style={{ background: stripe(code) }} /> {code.name}</p>;
      })}
    </div>
  );
}
