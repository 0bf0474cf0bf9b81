/** Tells the page when there is little height, and when a keyboard took it, so that words come before everything else. */
const KEYBOARD_SHARE = 0.75; // a keyboard takes at least a quarter of a phone's height

const isWriting = (element: Element | null) =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && /text|password/.test(element.type));

export function watchKeyboard(): void {
  const view = window.visualViewport;
  const short = matchMedia('(max-height: 30rem)');
  const { classList, style } = document.documentElement;
  let tallest = window.innerHeight;
  const look = () => {
    // Fingers that zoom into the page make nothing shorter.
    const height = view ? view.height * view.scale : window.innerHeight;
    tallest = Math.max(tallest, height);
    const up = isWriting(document.activeElement) && height < tallest * KEYBOARD_SHARE;
    classList.toggle('keyboard', up);
    classList.toggle('short', up || short.matches);
    // Where a keyboard lies over the page, a room would end beneath it.
    style.setProperty('--view', up ? `${height}px` : null);
    if (up && document.querySelector('.tall')) scrollTo(0, 0);
  };
  view?.addEventListener('resize', look);
  addEventListener('resize', look);
  addEventListener('orientationchange', () => (tallest = 0));
  addEventListener('focusin', look);
  addEventListener('focusout', look);
  look();
}
