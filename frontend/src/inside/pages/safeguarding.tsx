/** The group's safeguarding page: whom to turn to, what happens then, and what to do at once. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Form, Lines, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat, useGroup } from '../afloat';
import type { Safeguarding, SiteView } from '../model';
import type { Ring } from '../ring';

const text = words.group.safeguarding;

function emergencyDraft({ country, emergency, night }: Ring): string {
  const { life, urgentInBritain, night: nightLine, then } = text.emergencyDraft;
  const lines = [life(emergency), country === 'gb' && urgentInBritain, night !== null && nightLine(night.name, night.number), then];
  return lines.filter(Boolean).join('\n');
}

/** What the page begins with: the operator's contact and our own words, all to be changed. */
export const draftPage = ({ contact, ring }: SiteView): Safeguarding => ({
  person: '',
  contact,
  whatHappens: text.happensDraft,
  emergency: emergencyDraft(ring),
  looksIn: '',
});

const NEEDED = ['person', 'contact', 'whatHappens', 'emergency'] as const;

export const emptyParts = (page: Safeguarding): Set<keyof Safeguarding> =>
  new Set(NEEDED.filter((part) => !page[part].trim()));

interface FieldsProps {
  page: Safeguarding;
  onChange: (page: Safeguarding) => void;
  empty: Set<keyof Safeguarding>;
}

export function SafeguardingFields({ page, onChange, empty }: FieldsProps) {
  const part = (name: keyof Safeguarding) => ({
    value: page[name],
    onInput: (value: string) => onChange({ ...page, [name]: value }),
    error: empty.has(name) && !page[name].trim() ? text.missing : null,
  });
  return (
    <>
      <Field label={text.person} hint={text.personHint} {...part('person')} />
      <Field label={text.contact} hint={text.contactHint} {...part('contact')} />
      <Field label={text.happens} rows={6} {...part('whatHappens')} />
      <Field label={text.emergency} rows={7} {...part('emergency')} />
      <Field label={text.looksIn} hint={text.looksInHint} {...part('looksIn')} />
    </>
  );
}

export function SafeguardingPage() {
  const group = useGroup();
  const [editing, setEditing] = useState(false);
  const page = group.safeguarding;
  return (
    <Page title={text.title} back="members">
      <p class="soft">{text.lead}</p>
      {editing || !page ? (
        <Edit page={page} onDone={() => setEditing(false)} />
      ) : (
        <>
          <Shown page={page} />
          <p><Button onPress={() => setEditing(true)}>{text.edit}</Button></p>
        </>
      )}
    </Page>
  );
}

function Shown({ page }: { page: Safeguarding }) {
  return (
    <>
      <Card title={text.emergency} tone="dusk"><Lines text={page.emergency} /></Card>
      <Card title={text.person}>
        <p>{page.person}</p>
        <Lines text={page.contact} />
      </Card>
      <Card title={text.happens}><Lines text={page.whatHappens} /></Card>
      {page.looksIn && <Card title={text.looksIn}><p>{page.looksIn}</p></Card>}
    </>
  );
}

function Edit({ page, onDone }: { page: Safeguarding | null; onDone: () => void }) {
  const boat = useWholeBoat();
  const site = useWatched(boat.site);
  const doing = useDoing();
  const [draft, setDraft] = useState(page ?? draftPage(site));
  const [empty, setEmpty] = useState<Set<keyof Safeguarding>>(new Set());

  async function save() {
    const missing = emptyParts(draft);
    setEmpty(missing);
    if (missing.size === 0 && (await doing.run(() => boat.changeSafeguarding(draft)))) onDone();
  }
  return (
    <Form onSend={() => void save()}>
      {!page && <p>{text.none}</p>}
      <SafeguardingFields page={draft} onChange={setDraft} empty={empty} />
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="main" submit busy={doing.busy}>{text.save}</Button>
        {page && <Button onPress={onDone}>{words.cancel}</Button>}
      </p>
    </Form>
  );
}
