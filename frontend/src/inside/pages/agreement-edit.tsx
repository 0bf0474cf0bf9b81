/** Clauses of an agreement, each to be changed, left out or added; what the law asks for stays. */
import { useState } from 'preact/hooks';
import { Button, Card, Field, Lines } from '../../ui/parts';
import { words } from '../../words/en';
import type { Clause } from '../../words/agreement';

const text = words.starting.agreement;

interface Props {
  clauses: readonly Clause[];
  onChange: (clauses: readonly Clause[]) => void;
}

export function AgreementEdit({ clauses, onChange }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  const [dropped, setDropped] = useState<readonly { clause: Clause; at: number }[]>([]);

  const change = (n: number, part: Partial<Clause>) =>
    onChange(clauses.map((clause, i) => (i === n ? { ...clause, ...part } : clause)));
  function drop(n: number) {
    setDropped([...dropped, { clause: clauses[n]!, at: n }]);
    onChange(clauses.filter((_, i) => i !== n));
    setOpen(null);
  }
  function putBack() {
    const last = dropped[dropped.length - 1];
    if (!last) return;
    setDropped(dropped.slice(0, -1));
    onChange([...clauses.slice(0, last.at), last.clause, ...clauses.slice(last.at)]);
  }
  function add() {
    onChange([...clauses, { heading: '', text: '', fixed: false }]);
    setOpen(clauses.length);
  }
  return (
    <>
      {clauses.map((clause, n) =>
        open === n ? (
          <ClauseFields key={n} clause={clause} onChange={(part) => change(n, part)} onDone={() => setOpen(null)} onDrop={() => drop(n)} />
        ) : (
          <ClauseCard key={n} clause={clause} onEdit={() => setOpen(n)} />
        ),
      )}
      {dropped.length > 0 && (
        <p role="status">
          {text.dropped(dropped.length)} <Button kind="link" onPress={putBack}>{text.putBack}</Button>
        </p>
      )}
      <p><Button onPress={add}>{text.add}</Button></p>
    </>
  );
}

function ClauseCard({ clause, onEdit }: { clause: Clause; onEdit: () => void }) {
  return (
    <Card title={clause.heading || undefined} {...(clause.fixed && { tone: 'sand' as const })}>
      <Lines text={clause.text} />
      {clause.fixed ? (
        <p class="hint">{text.fixed}</p>
      ) : (
        <Button kind="link" name={text.editName(clause.heading)} onPress={onEdit}>{text.edit}</Button>
      )}
    </Card>
  );
}

interface FieldsProps {
  clause: Clause;
  onChange: (part: Partial<Clause>) => void;
  onDone: () => void;
  onDrop: () => void;
}

function ClauseFields({ clause, onChange, onDone, onDrop }: FieldsProps) {
  return (
    <Card>
      <Field label={text.heading} value={clause.heading} onInput={(heading) => onChange({ heading })} />
      <Field label={text.clause} rows={5} value={clause.text} onInput={(words) => onChange({ text: words })} />
      <p class="row">
        <Button kind="sea" onPress={onDone}>{text.done}</Button>
        <Button onPress={onDrop}>{text.drop}</Button>
      </p>
    </Card>
  );
}

/** An agreement to be read: clauses with their headings, and a way to print it. */
export function AgreementText({ clauses }: { clauses: readonly Clause[] }) {
  return (
    <div class="agreement">
      {clauses.map((clause, n) => (
        <section key={n}>
          {clause.heading && <h2>{clause.heading}</h2>}
          <Lines text={clause.text} />
        </section>
      ))}
    </div>
  );
}
