import {getPathModule, readVariable, type World} from '../../connection/world.js';
import type {SettingsResult} from '../../settings/read-settings.js';
import {defaultSettings} from '../../settings/settings.js';

/** The user's settings, the path of their file, and whether it was read. */
export type LoadedSettings = Omit<SettingsResult, 'isIgnored'> & {
  readonly path: string;
  readonly file: 'missing' | 'empty' | 'ignored' | 'read';
};

/** In UTF-16 units: ten times the length of a file with every setting. */
const maxSettingsLength = 50_000;

/** Reads the user's settings, if there are any. The YAML parser is loaded only if the file has any content. */
export const loadSettings = async (world: World): Promise<LoadedSettings> => {
  const path = getSettingsPath(world);
  const none: LoadedSettings = {settings: defaultSettings, names: [], problems: [], path, file: 'missing'};
  let text: string | undefined;
  try {
    text = await world.readText(path);
  } catch {
    return {...none, problems: [`Cannot read ${path}.`], file: 'ignored'};
  }

  if (text === undefined) {
    return none;
  }

  if (text.length > maxSettingsLength) {
    const problem = `${path} is too large to be a settings file; ignoring it.`;
    return {...none, problems: [problem], file: 'ignored'};
  }

  if (text.trim() === '') {
    return {...none, file: 'empty'};
  }

  const {parseSettings} = await import('./parse-settings.js');
  const {isIgnored, ...parsed} = parseSettings(text, path);
  return {...parsed, path, file: isIgnored ? 'ignored' : 'read'};
};

/** `zentop/config.yaml` in `$XDG_CONFIG_HOME` (which is ignored if it is relative), else in the system's directory for settings. */
const getSettingsPath = (world: World): string => {
  const {isAbsolute, join} = getPathModule(world);
  const chosen = readVariable(world, 'XDG_CONFIG_HOME');
  return join(chosen !== undefined && isAbsolute(chosen) ? chosen : getSettingsFolder(world), 'zentop', 'config.yaml');
};

const getSettingsFolder = (world: World): string => {
  const {homeFolder, platform} = world;
  switch (platform) {
    case 'darwin':
      return `${homeFolder}/Library/Application Support`;

    case 'win32':
      return readVariable(world, 'APPDATA') ?? `${homeFolder}\\AppData\\Roaming`;

    default:
      return `${homeFolder}/.config`;
  }
};
