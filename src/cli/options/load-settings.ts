import {getPathModule, readVariable, type World} from '../../connection/world.js';
import type {SettingsResult} from '../../settings/read-settings.js';
import {defaultSettings} from '../../settings/settings.js';

/** The reader's settings, and the file they were looked for in. */
export type LoadedSettings = SettingsResult & {readonly path: string};

/** In UTF-16 units; whoever sets everything that can be set needs a tenth of it. */
const maxSettingsLength = 50_000;

/** Reads the settings of the reader; none are needed. What reads YAML is only loaded where there is a file. */
export const loadSettings = async (world: World): Promise<LoadedSettings> => {
  const path = getSettingsPath(world);
  const none: LoadedSettings = {settings: defaultSettings, named: [], problems: [], path};
  let text: string | undefined;
  try {
    text = await world.readText(path);
  } catch {
    return {...none, problems: [`${path} is there but cannot be read.`]};
  }

  if (text === undefined) {
    return none;
  }

  if (text.length > maxSettingsLength) {
    return {...none, problems: [`${path} is longer than any settings are, so the file is passed over.`]};
  }

  const {readSettings} = await import('../../settings/read-settings.js');
  const {parseKeyBindings: readChosenKeys} = await import('../../keymap/key-bindings.js');
  return {...readSettings(text, path, readChosenKeys), path};
};

/** `zentop/config.yaml` below `$XDG_CONFIG_HOME` (which counts for nothing where it is relative), else where the system has settings. */
const getSettingsPath = (world: World): string => {
  const {isAbsolute, join} = getPathModule(world);
  const chosen = readVariable(world, 'XDG_CONFIG_HOME');
  return join(chosen !== undefined && isAbsolute(chosen) ? chosen : getSettingsFolder(world), 'zentop', 'config.yaml');
};

const getSettingsFolder = (world: World): string => {
  const {homeDir, platform} = world;
  switch (platform) {
    case 'darwin':
      return `${homeDir}/Library/Application Support`;

    case 'win32':
      return readVariable(world, 'APPDATA') ?? `${homeDir}\\AppData\\Roaming`;

    default:
      return `${homeDir}/.config`;
  }
};
