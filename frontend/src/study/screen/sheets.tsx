/** Two pages over the page: how the text is shown, and what the keys do. */
import { studyWords as words } from '../../words/study';
import type { View } from '../store/desk';
import { MOST_ZOOM, perform } from './doing';
import { Button, Select, Sheet } from './parts';
import { useDesk, useStage } from './stage';

export function ViewSheet() {
  const stage = useStage();
  const desk = useDesk('view', 'overview');
  const { view, overview } = desk;
  const text = words.view;
  const others = (overview?.coders ?? []).filter(({ id }) => id !== desk.me);
  const whose = [{ value: '', label: text.everyone }, { value: desk.me, label: text.mine }, ...others.map(({ id, name }) => ({ value: id, label: name }))];
  const themes = (Object.keys(text.themes) as View['theme'][]).map((value) => ({ value, label: text.themes[value] }));
  return (
    <Sheet title={words.top.view} closing={words.keys.close} onClose={() => stage.setOpen(null)}>
      <div class="row-of">
        <Button onPress={() => perform(stage, { do: 'smaller' })}>{text.smaller}</Button>
        <Button onPress={() => perform(stage, { do: 'larger' })} disabled={view.zoom >= MOST_ZOOM}>{text.larger}</Button>
      </div>
      <Tick label={text.reading} on={view.isReading} onTick={(isReading) => desk.setView({ isReading })} />
      <Tick label={text.stripes} on={view.stripes} onTick={(stripes) => desk.setView({ stripes })} />
      <Select label={text.theme} value={view.theme} options={themes} onChoose={(theme) => desk.setView({ theme })} />
      {others.length > 0 && <Select label={text.whose} value={view.whose ?? ''} options={whose} onChoose={(id) => desk.setView({ whose: id || null })} />}
      <Button
        onPress={() => {
          stage.setOpen(null);
          setTimeout(() => print(), 50);
        }}
      >
        {text.print}
      </Button>
    </Sheet>
  );
}

function Tick({ label, on, onTick }: { label: string; on: boolean; onTick: (on: boolean) => void }) {
  return (
    <label class="pick">
      <input type="checkbox" checked={on} onChange={(event) => onTick(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

export function KeysSheet() {
  const { setOpen } = useStage();
  const text = words.keys;
  return (
    <Sheet title={text.title} closing={text.close} onClose={() => setOpen(null)}>
      <p class="soft">{text.intro}</p>
      <div class="key-groups">
        {text.groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, does]) => (
                <div key={keys}><dt>{keys}</dt><dd>{does}</dd></div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
