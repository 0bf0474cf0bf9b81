/** What one code means, how it looks, where it stands, and its passages. Everything is saved as it is written. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Code } from '../core/codes';
import { COLOURS, PATTERNS } from '../core/palette';
import { studyWords as words } from '../../words/study';
import { binCode, describe, mergeCode, moveCode, newCode, type Fields } from '../store/codebook';
import type { Desk } from '../store/desk';
import { stripe } from './look';
import { Button, Field, onEscape, Select } from './parts';
import { Passages } from './passages';
import { backToCodes, useDesk } from './stage';

const text = words.sheet;
type Written = 'name' | 'definition' | 'include' | 'exclude' | 'example';
const WRITTEN: readonly Written[] = ['name', 'definition', 'include', 'exclude', 'example'];

export function CodeSheet({ id }: { id: string }) {
  const desk = useDesk('codes');
  const code = desk.book.get(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const back = () => backToCodes(desk, id);
  useLayoutEffect(() => heading.current?.focus(), [id]);
  useEffect(() => {
    if (code === null) back();
  }, [code === null]);
  if (code === null) return null;
  return (
    <div class="code-sheet" onKeyDown={onEscape(back)}>
      <Button kind="link" onPress={back}>{text.back}</Button>
      <h2 ref={heading} tabIndex={-1}>
        <span class="swatch" style={{ background: stripe(code) }} aria-hidden="true" /> {code.name}
      </h2>
      <Writing key={id} desk={desk} code={code} />
      <fieldset disabled={!desk.mayCode}>
        <Look desk={desk} code={code} />
        <Place desk={desk} code={code} />
      </fieldset>
      <Passages desk={desk} code={code} />
    </div>
  );
}

const PAUSE_MS = 2000;

/** The words of a code, sent when typing pauses or the field is left; a name never empty. */
function Writing({ desk, code }: { desk: Desk; code: Code }) {
  const [draft, setDraft] = useState<Pick<Code, Written>>(code);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  latest.current = draft;
  const save = () => {
    clearTimeout(timer.current);
    desk.setWritten('code', false);
    const stored = desk.book.get(code.id);
    if (stored === null) return;
    const fields: Fields = {};
    for (const field of WRITTEN) {
      const value = field === 'name' ? latest.current.name.replace(/\s+/g, ' ').trim() || stored.name : latest.current[field];
      if (value !== stored[field]) fields[field] = value;
    }
    if (Object.keys(fields).length > 0) void describe(desk, stored, fields);
  };
  useEffect(() => {
    addEventListener('pagehide', save);
    return () => {
      removeEventListener('pagehide', save);
      save();
    };
  }, []);
  const write = (field: Written) => (value: string) => {
    setDraft({ ...latest.current, [field]: value });
    desk.setWritten('code', true);
    clearTimeout(timer.current);
    timer.current = setTimeout(save, PAUSE_MS);
  };
  return (
    <>
      {WRITTEN.map((field) => (
        <Field
          key={field} label={text.fields[field]} value={draft[field]} rows={field === 'name' ? undefined : 2}
          onInput={write(field)} onDone={save} disabled={!desk.mayCode}
        />
      ))}
    </>
  );
}

function Look({ desk, code }: { desk: Desk; code: Code }) {
  return (
    <div role="group" aria-label={text.look} class="looks">
      <div class="row-of">
        {COLOURS.map((colour, n) => (
          <button
            key={colour} type="button" class="look" aria-pressed={code.colour.toLowerCase() === colour} aria-label={text.colourName(text.colours[n]!)}
            onClick={() => void describe(desk, code, { colour })}
          >
            <span class="swatch" style={{ background: stripe({ ...code, colour }) }} />
          </button>
        ))}
      </div>
      <div class="row-of">
        {PATTERNS.map((pattern) => (
          <button
            key={pattern} type="button" class="look" aria-pressed={code.pattern === pattern} aria-label={text.patternName(text.patterns[pattern])}
            onClick={() => void describe(desk, code, { pattern })}
          >
            <span class="swatch" style={{ background: stripe({ ...code, pattern }) }} />
          </button>
        ))}
      </div>
    </div>
  );
}

/** Where it stands: under which code, before which neighbour; and what can be made of it. */
function Place({ desk, code }: { desk: Desk; code: Code }) {
  const siblings = desk.book.children(code.parent);
  const nth = siblings.findIndex(({ id }) => id === code.id);
  const names = (codes: readonly Code[]) => codes.map(({ id }) => ({ value: id, label: desk.book.path(id).join(' › ') }));
  const elsewhere = desk.book.branches.map((branch) => branch.code).filter(({ id }) => !desk.book.isUnder(id, code.id));
  return (
    <>
      <Select
        label={text.moveTo} value={code.parent ?? ''} options={[{ value: '', label: text.top }, ...names(elsewhere)]}
        onChoose={(parent) => void moveCode(desk, code, parent || null, desk.book.children(parent || null).length)}
      />
      <div class="row-of">
        <Button disabled={nth <= 0} onPress={() => void moveCode(desk, code, code.parent, nth - 1)}>{text.up}</Button>
        <Button disabled={nth >= siblings.length - 1} onPress={() => void moveCode(desk, code, code.parent, nth + 1)}>{text.down}</Button>
      </div>
      <label class="pick">
        <input
          type="checkbox" checked={code.kind === 'category'}
          onChange={(event) => void describe(desk, code, { kind: event.currentTarget.checked ? 'category' : 'code' })}
        />
        <span>{text.category}</span>
      </label>
      <Under desk={desk} code={code} />
      <Merge desk={desk} code={code} options={names(elsewhere)} />
      <Remove desk={desk} code={code} />
    </>
  );
}

function Under({ desk, code }: { desk: Desk; code: Code }) {
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        newCode(desk, name, code.id);
        setName('');
      }}
    >
      <Field label={text.under} value={name} onInput={setName} />
      {name.trim() !== '' && <Button submit kind="sea">{words.codes.addDo}</Button>}
    </form>
  );
}

function Merge({ desk, code, options }: { desk: Desk; code: Code; options: readonly { value: string; label: string }[] }) {
  const [into, setInto] = useState('');
  const target = desk.book.get(into);
  return (
    <>
      <Select label={text.mergeInto} value={into} options={[{ value: '', label: text.chooseCode }, ...options]} onChoose={setInto} />
      {target !== null && <Button kind="sea" onPress={() => void mergeCode(desk, code, target)}>{text.mergeDo(code.name, target.name)}</Button>}
    </>
  );
}

function Remove({ desk, code }: { desk: Desk; code: Code }) {
  return (
    <div class="remove">
      <p class="hint">{text.removeSure(code.count)}</p>
      <Button onPress={() => void binCode(desk, code)}>{text.remove}</Button>
    </div>
  );
}
