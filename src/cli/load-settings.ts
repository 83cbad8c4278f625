import {pathsOf, variable, type World} from '../connection/world.js';
import type {ReadSettings} from '../settings/read-settings.js';
import {defaultSettings} from '../settings/settings.js';

/** The reader's settings, and the file they were looked for in. */
export type LoadedSettings = ReadSettings & {readonly path: string};

/** In UTF-16 units; whoever sets everything that can be set needs a tenth of it. */
const mostText = 50_000;

/** Reads the settings of the reader; none are needed. What reads YAML is only loaded where there is a file. */
export const loadSettings = async (world: World): Promise<LoadedSettings> => {
  const path = settingsPath(world);
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

  if (text.length > mostText) {
    return {...none, problems: [`${path} is longer than any settings are, so the file is passed over.`]};
  }

  const {readSettings} = await import('../settings/read-settings.js');
  const {readChosenKeys} = await import('../keymap/chosen-keys.js');
  return {...readSettings(text, path, readChosenKeys), path};
};

/** `zentop/config.yaml` below `$XDG_CONFIG_HOME` (which counts for nothing where it is relative), else where the system has settings. */
const settingsPath = (world: World): string => {
  const {isAbsolute, join} = pathsOf(world);
  const chosen = variable(world, 'XDG_CONFIG_HOME');
  return join(chosen !== undefined && isAbsolute(chosen) ? chosen : settingsFolder(world), 'zentop', 'config.yaml');
};

const settingsFolder = (world: World): string => {
  const {homeDir, platform} = world;
  switch (platform) {
    case 'darwin':
      return `${homeDir}/Library/Application Support`;

    case 'win32':
      return variable(world, 'APPDATA') ?? `${homeDir}\\AppData\\Roaming`;

    default:
      return `${homeDir}/.config`;
  }
};
