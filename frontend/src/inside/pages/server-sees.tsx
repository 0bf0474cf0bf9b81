/** What the server can see: the data inventory itself, in members' order. Nothing here is written by hand. */
import { tables } from '../../../../docs/data-inventory.md';
import { Page } from '../../ui/page';
import { Card, Fold } from '../../ui/parts';
import { words } from '../../words/en';

const text = words.checking.serverSees;
const named: Readonly<Record<string, string>> = text.tables;

/** Tables about members first, each under a heading of its own; a new one that has none yet is not left out. */
const ours = Object.keys(named).filter((table) => table in tables);
const unnamed = Object.keys(tables).filter((table) => !(table in named));
const isOurs = (table: string) => /^(?:accounts|circles|told|meetings|oversight|outside)\./.test(table);
const more = unnamed.filter(isOurs);
const rest = unnamed.filter((table) => !isOurs(table));

export function ServerSees() {
  return (
    <Page title={text.title} back="settings">
      <p>{text.lead}</p>
      <Card title={text.sealed} tone="sand">
        <p>{text.sealedMore}</p>
        <ul>{[...ours, ...more].flatMap((table) => columns(table).filter(isSealed)).map(([what], i) => <li key={i}>{what}</li>)}</ul>
      </Card>
      <h2>{text.seen}</h2>
      <p>{text.seenMore}</p>
      {ours.map((table) => <Table key={table} title={named[table] ?? ''} of={[table]} />)}
      {more.length > 0 && <Table title={text.more} of={more} />}
      <Table title={text.rest} of={rest} />
      <p>{text.live}</p>
      <p>{text.where}</p>
      <p><a href="/privacy#without-reading">{text.page}</a></p>
    </Page>
  );
}

type Column = readonly [what: string, reader: string, until: string];
const columns = (table: string): readonly Column[] => tables[table] ?? [];
const isSealed = ([, reader]: Column) => reader === 'sealed';

/** One heading to open, with its lines gathered by the day they go. */
function Table({ title, of }: { title: string; of: readonly string[] }) {
  const seen = of.flatMap(columns).filter((column) => !isSealed(column));
  const untils = [...new Set(seen.map(([, , until]) => until))];
  return (
    <Fold face={title}>
      {untils.map((until) => (
        <div key={until}>
          <ul>{seen.filter((column) => column[2] === until).map(([what], i) => <li key={i}>{what}</li>)}</ul>
          <p class="hint">{text.until(until)}</p>
        </div>
      ))}
    </Fold>
  );
}
