/** The codebook as a tree: finds, folds, and puts a code on what is chosen. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Branch, Code } from '../core/codes';
import { studyWords as words } from '../../words/study';
import { chosenWords, codeChosen } from '../store/coding';
import { moveCode, newCode } from '../store/codebook';
import type { Desk } from '../store/desk';
import { stripe } from './look';
import { Button, Field, onEscape } from './parts';
import { focusText, useDesk, useStage } from './stage';

const text = words.codes;

/** With words chosen, a code is put on them; else what it means is shown. */
function useTake(desk: Desk) {
  const { setPart } = useStage();
  return (code: Code) => {
    if (chosenWords(desk) === null || code.kind === 'category' || desk.view.isReading) return desk.setPanel({ shows: 'code', code: code.id });
    void codeChosen(desk, code);
    setPart('text');
    focusText();
  };
}

export function Codes() {
  const desk = useDesk('codes', 'overview');
  const [typed, setTyped] = useState('');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const take = useTake(desk);
  const isFinding = typed.trim() !== '';
  const shown = isFinding ? desk.book.find(typed).map((code): Branch => ({ code, depth: 0, hasUnder: false, nth: 1, of: 1 })) : desk.book.shown(folded);
  const setFold = (id: string, fold: boolean) => {
    const next = new Set(folded);
    if (fold) next.add(id);
    else next.delete(id);
    setFolded(next);
  };
  const isEmpty = desk.book.list.length === 0;
  return (
    <>
      <div class="codes-top">
        <h2 id="codes-name">{text.name}</h2>
        <Button kind="quiet" onPress={() => desk.setPanel({ shows: 'bin' })}>{text.bin}</Button>
      </div>
      {isEmpty ? <p class="soft">{text.empty}</p> : <Filter typed={typed} setTyped={setTyped} onTake={() => shown[0] && take(shown[0].code)} />}
      {isFinding && shown.length === 0 && <p class="soft">{text.nothingFound}</p>}
      {shown.length > 0 && <Tree desk={desk} shown={shown} folded={folded} setFold={setFold} take={take} />}
      {desk.mayCode && <Add desk={desk} />}
    </>
  );
}

function Filter({ typed, setTyped, onTake }: { typed: string; setTyped: (typed: string) => void; onTake: () => void }) {
  return (
    <div
      class="filter"
      onKeyDown={(event) => {
        if (event.key === 'Enter') onTake();
        else if (event.key === 'Escape' && typed !== '') setTyped('');
        else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.codes [role="treeitem"]')?.focus();
        else return;
        event.preventDefault();
      }}
    >
      <Field label={text.filter} value={typed} onInput={setTyped} />
    </div>
  );
}

interface TreeProps {
  desk: Desk;
  shown: readonly Branch[];
  folded: ReadonlySet<string>;
  setFold: (id: string, fold: boolean) => void;
  take: (code: Code) => void;
}

function Tree({ desk, shown, folded, setFold, take }: TreeProps) {
  useDesk('chosen');
  const [here, setHere] = useState<string | null>(null);
  const tree = useRef<HTMLUListElement>(null);
  const mustFocus = useRef(false);
  const at = Math.max(0, shown.findIndex(({ code }) => code.id === here));
  useLayoutEffect(() => {
    if (mustFocus.current) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    mustFocus.current = false;
  });
  const goTo = (index: number) => {
    const branch = shown[Math.max(0, Math.min(shown.length - 1, index))];
    mustFocus.current = true;
    setHere(branch?.code.id ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const branch = shown[at];
    if (branch === undefined || event.ctrlKey || event.metaKey) return;
    mustFocus.current = true;
    if (event.altKey ? shift(desk, shown, at, event.key) : walk(event.key)) event.preventDefault();
  };
  const walk = (key: string): boolean => {
    const { code, hasUnder } = shown[at]!;
    const isFolded = folded.has(code.id);
    if (key === 'ArrowDown') goTo(at + 1);
    else if (key === 'ArrowUp') goTo(at - 1);
    else if (key === 'Home') goTo(0);
    else if (key === 'End') goTo(shown.length - 1);
    else if (key === 'ArrowRight' && hasUnder) isFolded ? setFold(code.id, false) : goTo(at + 1);
    else if (key === 'ArrowLeft') hasUnder && !isFolded ? setFold(code.id, true) : goTo(shown.findIndex((one) => one.code.id === code.parent));
    else if (key === 'Enter' || key === ' ') take(code);
    else if (key === 'F2') desk.setPanel({ shows: 'code', code: code.id });
    else if (key.length === 1) goTo(shown.findIndex((one, n) => n > at && one.code.name.toLowerCase().startsWith(key.toLowerCase())));
    else return false;
    return true;
  };
  return (
    <ul class="tree" role="tree" aria-labelledby="codes-name" ref={tree} onKeyDown={onKeyDown}>
      {shown.map((branch, n) => (
        <Leaf
          key={branch.code.id} desk={desk} branch={branch} isHere={n === at} isFolded={folded.has(branch.code.id)} take={take}
          setFold={setFold} onFocus={() => setHere(branch.code.id)}
        />
      ))}
    </ul>
  );
}

/** Alt and an arrow: among its neighbours, under the one above, or out again. */
function shift(desk: Desk, shown: readonly Branch[], at: number, key: string): boolean {
  const { code, nth } = shown[at]!;
  const siblings = desk.book.children(code.parent);
  if (!desk.mayCode) return false;
  if (key === 'ArrowUp' && nth > 1) void moveCode(desk, code, code.parent, nth - 2);
  else if (key === 'ArrowDown' && nth < siblings.length) void moveCode(desk, code, code.parent, nth);
  else if (key === 'ArrowRight' && nth > 1) {
    const above = siblings[nth - 2]!;
    void moveCode(desk, code, above.id, desk.book.children(above.id).length);
  } else if (key === 'ArrowLeft' && code.parent !== null) {
    const parent = desk.book.get(code.parent);
    const place = desk.book.children(parent?.parent ?? null).findIndex(({ id }) => id === code.parent);
    void moveCode(desk, code, parent?.parent ?? null, place + 1);
  } else return false;
  return true;
}

interface LeafProps {
  desk: Desk;
  branch: Branch;
  isHere: boolean;
  isFolded: boolean;
  take: (code: Code) => void;
  setFold: (id: string, fold: boolean) => void;
  onFocus: () => void;
}

function Leaf({ desk, branch, isHere, isFolded, take, setFold, onFocus }: LeafProps) {
  const { code, depth, hasUnder, nth, of } = branch;
  const willCode = chosenWords(desk) !== null && code.kind === 'code';
  const shows = () => desk.setPanel({ shows: 'code', code: code.id });
  return (
    <li
      role="treeitem" data-code={code.id} class={`leaf depth-${Math.min(depth, 6)}${code.kind === 'category' ? ' category' : ''}`} tabIndex={isHere ? 0 : -1}
      aria-level={depth + 1} aria-posinset={nth} aria-setsize={of} aria-expanded={hasUnder ? !isFolded : undefined}
      aria-description={willCode ? text.tap : text.tapOpen}
      onFocus={onFocus} onClick={() => take(code)}
    >
      {hasUnder && (
        <span
          class={isFolded ? 'twist folded' : 'twist'} aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            setFold(code.id, !isFolded);
          }}
        />
      )}
      <span class="swatch" style={{ background: stripe(code) }} aria-hidden="true" />
      <span class="leaf-name" title={code.name}>{code.name}</span>
      {code.kind === 'code' && <span class="soft leaf-count">{code.count}<span class="said"> {text.passages(code.count)}</span></span>}
      <span
        class="leaf-more" aria-hidden="true" title={text.details(code.name)}
        onClick={(event) => {
          event.stopPropagation();
          shows();
        }}
      >
        …
      </span>
    </li>
  );
}

function Add({ desk }: { desk: Desk }) {
  const [name, setName] = useState<string | null>(null);
  const begin = () => {
    setName('');
    queueMicrotask(() => document.querySelector<HTMLElement>('.codes .add input')?.focus());
  };
  const shut = () => {
    setName(null);
    queueMicrotask(() => document.querySelector<HTMLElement>('.codes .add button')?.focus());
  };
  if (name === null) return <p class="add"><Button kind="link" onPress={begin}>{text.add}</Button></p>;
  return (
    <form
      class="add"
      onSubmit={(event) => {
        event.preventDefault();
        newCode(desk, name, null);
        shut();
      }}
      onKeyDown={onEscape(shut)}
    >
      <Field label={text.addName} value={name} onInput={setName} />
      <Button submit kind="sea">{text.addDo}</Button>
    </form>
  );
}
