/** Settings: how it looks, leaving quickly, this device, ways in, seeing less, one's own words. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Tick, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { useBoat, useWholeBoat } from '../afloat';
import type { SettingsView } from '../model';
import { pathTo } from '../route';
import { BecomeMine } from './become-mine';
import { ExportButton } from './parting';
import { SeeingLess } from './settings-mute';
import type { SettingsPart } from './settings-part';
import { Sessions, WaysIn } from './settings-ways-in';

const text = words.settings;

export function Settings() {
  const boat = useBoat();
  const settings = useWatched(boat.settings);
  const isMember = useWatched(boat.group)?.isMember ?? false;
  const doing = useDoing();
  const save = (change: Partial<SettingsView>) => void doing.run(() => boat.saveSettings(change));
  const parts = { settings, save };
  return (
    <Page title={text.title} back={isMember ? 'members' : 'today'}>
      <TroubleLine text={doing.trouble} />
      <Look {...parts} />
      <Card title={text.exit.title}>
        <Tick label={text.exit.shift} hint={text.exit.shiftHint} on={settings.exitByShift} onTick={(exitByShift) => save({ exitByShift })} />
      </Card>
      <ThisDevice {...parts} />
      <Card title={words.telling.title}>
        <p><Way to={pathTo('howTold')}>{words.telling.askLook}</Way></p>
      </Card>
      <WaysIn />
      <Sessions />
      <Card title={text.reading.title}>
        <Tick label={text.reading.place} hint={text.reading.placeHint} on={settings.readingPlace} onTick={(readingPlace) => save({ readingPlace })} />
      </Card>
      <SeeingLess {...parts} />
      <Card title={text.words.title}>
        <p>{text.words.exportHint}</p>
        <ExportButton face={text.words.export} />
      </Card>
      <Card title={text.account.title}>
        <p><Way to={pathTo('serverSees')}>{words.checking.serverSees.link}</Way></p>
        <p><Way to={pathTo('delete')}>{text.account.close}</Way></p>
      </Card>
    </Page>
  );
}

function Look({ settings, save }: SettingsPart) {
  const look = text.look;
  return (
    <Card title={look.title}>
      <Choice
        legend={look.themeName}
        options={[
          { value: 'system', label: look.system },
          { value: 'light', label: look.light },
          { value: 'dark', label: look.dark },
        ]}
        value={settings.theme}
        onChoose={(theme) => save({ theme })}
      />
      <Tick label={look.low} on={settings.lowStimulus} onTick={(lowStimulus) => save({ lowStimulus })} />
      <Choice
        legend={look.size}
        options={[
          { value: 'usual', label: look.usual },
          { value: 'large', label: look.large },
          { value: 'largest', label: look.largest },
        ]}
        value={settings.textSize}
        onChoose={(textSize) => save({ textSize })}
      />
    </Card>
  );
}

const MINUTES = [10, 60, 480] as const;

function ThisDevice({ settings, save }: SettingsPart) {
  const device = text.device;
  const isMine = useWatched(useBoat().device) === 'mine';
  const again = settings.askAgainMinutes;
  return (
    <Card title={device.title}>
      {isMine ? <p>{device.isMine}</p> : <BecomeMine />}
      {isMine && (
        <Choice
          legend={device.ask}
          options={[
            { value: '0', label: device.always },
            ...MINUTES.map((n) => ({ value: String(n), label: device.minutes(n) })),
            { value: 'never', label: device.never },
          ]}
          value={again === null ? 'never' : String(again)}
          onChoose={(value) => save({ askAgainMinutes: value === 'never' ? null : Number(value) })}
        />
      )}
      <Forget />
    </Card>
  );
}

function Forget() {
  const device = text.device;
  const boat = useWholeBoat();
  const doing = useDoing();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <p class="hint">{device.forgetHint}</p>
      <TroubleLine text={doing.trouble} />
      {asked ? (
        <p class="row">
          <Button busy={doing.busy} onPress={() => void doing.run(() => boat.forgetDevice())}>{device.forgetYes}</Button>
          <Button kind="sea" onPress={() => setAsked(false)}>{words.cancel}</Button>
        </p>
      ) : (
        <Button onPress={() => setAsked(true)}>{device.forget}</Button>
      )}
    </>
  );
}
