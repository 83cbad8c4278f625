import {pathsOf, variable, type World} from '../connection/world.js';
import type {ReadSettings} from '../settings/read-settings.js';
import {defaultSettings} from '../settings/settings.js';

/** The reader's settings, and the file they were looked for in. */
export type LoadedSettings = ReadSettings & {readonly path: string};

/** Reads the settings of the reader; none are needed. What reads YAML is only loaded where there is a file. */
export const loadSettings = async (world: World): Promise<LoadedSettings> => {
  const path = settingsPath(world);
  let text: string | undefined;
  try {
    text = await world.readText(path);
  } catch {
    return {settings: defaultSettings, named: [], problems: [`${path} is there but cannot be read.`], path};
  }

  if (text === undefined) {
    return {settings: defaultSettings, named: [], problems: [], path};
  }

  const {readSettings} = await import('../settings/read-settings.js');
  const {readChosenKeys} = await import('../keymap/chosen-keys.js');
  return {...readSettings(text, path, readChosenKeys), path};
};

/** `zentop/config.yaml` below `$XDG_CONFIG_HOME`, else below the folder that the system has for settings. */
const settingsPath = (world: World): string => {
  const folder = variable(world, 'XDG_CONFIG_HOME') ?? settingsFolder(world);
  return pathsOf(world).join(folder, 'zentop', 'config.yaml');
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
