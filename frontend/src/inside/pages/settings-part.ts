/** What each part of the settings is given. */
import type { SettingsView } from '../model';

export interface SettingsPart {
  settings: SettingsView;
  save: (change: Partial<SettingsView>) => void;
}
