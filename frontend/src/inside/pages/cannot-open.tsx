/** Shown before anything else can be: a browser that is too old, a private window, another app's own browser. */
import { useState } from 'preact/hooks';
import { Button } from '../../ui/parts';
import { words } from '../../words/en';
import { Trouble } from '../trouble';

const text = words.coming;

/** These pages stand alone: the store could not be opened, so there is no boat to ask. */
function Bare({ title, exit, children }: { title: string; exit: () => void; children: preact.ComponentChildren }) {
  return (
    <div class="page">
      <header class="top">
        <a class="button dusk" href="/help">{words.help}</a>
        <Button onPress={exit}>{words.exit}</Button>
      </header>
      <main id="page">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

interface Props {
  /** What opening the store threw. */
  error: unknown;
  exit: () => void;
}

/** Says what is really so: a browser is called too old only when it is. */
export function CannotOpen({ error, exit }: Props) {
  const code = error instanceof Trouble ? error.code : null;
  if (code === 'browser_too_old') return <TooOld exit={exit} />;
  if (code === 'storage_refused') return <NothingKept exit={exit} />;
  return (
    <Bare title={text.notNow} exit={exit}>
      <p>{error instanceof Trouble ? words.troubles.said(error) : words.troubles.unknown}</p>
      <p><Button kind="main" onPress={() => location.reload()}>{words.room.sendAgain}</Button></p>
    </Bare>
  );
}

function TooOld({ exit }: { exit: () => void }) {
  return (
    <Bare title={text.old.title} exit={exit}>
      <p>{text.old.lead}</p>
      <p>{text.old.newer}</p>
      <p>{text.old.other}</p>
      <p>{text.old.works}</p>
      <p><a href="/find">{text.find}</a></p>
    </Bare>
  );
}

function NothingKept({ exit }: { exit: () => void }) {
  return (
    <Bare title={text.old.private} exit={exit}>
      <p>{text.old.privateLead}</p>
      <p>{text.old.works}</p>
    </Bare>
  );
}

/** Another app's browser: says how to open the usual one, before any key is made. */
export function BuiltIn({ link, exit, onStay }: { link: string; exit: () => void; onStay: () => void }) {
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied('yes'),
      () => setCopied('no'),
    );
  return (
    <Bare title={text.builtIn.title} exit={exit}>
      <p>{text.builtIn.lead}</p>
      <p>{text.builtIn.how}</p>
      <p class="row">
        <Button kind="main" onPress={() => void copy()}>{words.copy}</Button>
        <Button onPress={onStay}>{text.builtIn.stay}</Button>
      </p>
      <p role="status">{copied === 'yes' ? words.copied : copied === 'no' ? text.builtIn.noCopy : ''}</p>
    </Bare>
  );
}

/** Whether the page was opened inside another app, by what that app's browser says of itself. */
export function isBuiltIn(userAgent: string): boolean {
  return /\bFBA[NV]\b|Instagram|\bLine\/|MicroMessenger|Snapchat|TikTok|musical_ly|Twitter|\bwv\)|GSA\//.test(userAgent);
}
