/** Tells the page when an on-screen keyboard is up, so that the doors make room for words. */
const KEYBOARD_SHARE = 0.75; // a keyboard takes at least a quarter of a phone's height

const isWriting = (element: Element | null) =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && /text|password/.test(element.type));

export function watchKeyboard(): void {
  const view = window.visualViewport;
  let tallest = window.innerHeight;
  const look = () => {
    const height = view?.height ?? window.innerHeight;
    tallest = Math.max(tallest, height);
    const up = isWriting(document.activeElement) && height < tallest * KEYBOARD_SHARE;
    document.documentElement.classList.toggle('keyboard', up);
  };
  view?.addEventListener('resize', look);
  addEventListener('resize', look);
  addEventListener('orientationchange', () => (tallest = 0));
  addEventListener('focusin', look);
  addEventListener('focusout', look);
}
