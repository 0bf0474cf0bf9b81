/** How the icon comes onto the home screen of an iPhone, in three drawings with their words. */
import type { ComponentChildren } from 'preact';
import { words } from '../../words/en';

const text = words.telling.iphone;

export function IphonePictures() {
  return (
    <>
      <p>{text.lead}</p>
      <ol class="plain pictures">
        <Picture said={text.share}><Share /></Picture>
        <Picture said={text.add}><Add /></Picture>
        <Picture said={text.open}><Open /></Picture>
      </ol>
    </>
  );
}

/** A telephone, and what is on it. The words beside it say it all: the drawing is for the eye alone. */
function Picture({ said, children }: { said: string; children: ComponentChildren }) {
  return (
    <li>
      <svg viewBox="0 0 90 160" width="90" height="160" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <rect x="3" y="3" width="84" height="154" rx="13" />
        <path d="M38 10h14" />
        {children}
      </svg>
      <p>{said}</p>
    </li>
  );
}

function Share() {
  return (
    <>
      <path d="M16 30h58M16 42h44M16 54h52M16 66h30" stroke-opacity=".4" />
      <path d="M3 128h84" stroke-opacity=".4" />
      <circle cx="45" cy="142" r="12" class="sea" />
      <path d="M45 146v-11M41 138l4-4 4 4M39 142v6h12v-6" class="sea" />
    </>
  );
}

function Add() {
  return (
    <>
      <rect x="10" y="46" width="70" height="104" rx="8" stroke-opacity=".4" />
      <path d="M18 64h36M18 84h30M18 130h34" stroke-opacity=".4" />
      <rect x="14" y="96" width="62" height="22" rx="6" class="sea" />
      <path d="M20 107h26" class="sea" />
      <rect x="58" y="101" width="12" height="12" rx="3" class="sea" />
      <path d="M64 104v6M61 107h6" class="sea" />
    </>
  );
}

function Open() {
  return (
    <>
      {[16, 38, 60].map((x) => <rect key={x} x={x} y="26" width="14" height="14" rx="4" stroke-opacity=".4" />)}
      {[16, 38].map((x) => <rect key={x} x={x} y="52" width="14" height="14" rx="4" stroke-opacity=".4" />)}
      <rect x="59" y="51" width="16" height="16" rx="4" class="sea" />
      <path d="M63 57h8M63 61h5" class="sea" />
      <path d="M67 72v22M60 86l7 8 7-8" class="sea" transform="rotate(180 67 83)" />
    </>
  );
}
