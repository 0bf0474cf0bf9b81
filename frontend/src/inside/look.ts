/** Puts theme, low stimulus and text size on the page, in the attributes that the tokens know. */
import type { SettingsView } from './model';

function set(name: string, value: string | null): void {
  if (value === null) document.documentElement.removeAttribute(name);
  else document.documentElement.setAttribute(name, value);
}

export function applyLook({ theme, lowStimulus, textSize }: SettingsView): void {
  set('data-theme', theme === 'system' ? null : theme);
  set('data-look', lowStimulus ? 'low' : null);
  set('data-words', textSize === 'usual' ? null : textSize);
}
