import {parseKeyBindings} from '../../keymap/key-bindings.js';
import {readSettings, type SettingsResult} from '../../settings/read-settings.js';

/** Parses the text of the settings file at `path`, keys included. */
export const parseSettings = (text: string, path: string): SettingsResult => readSettings(text, path, parseKeyBindings);
