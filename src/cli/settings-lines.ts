import type {Settings} from '../settings/settings.js';
import type {LoadedSettings} from './load-settings.js';

const valueByName: Readonly<Record<string, (settings: Settings) => unknown>> = {
  theme: ({theme}) => theme,
  ascii: ({isAscii}) => isAscii,
  interval: ({intervalMs}) => intervalMs / 1000,
  notify: ({notify}) => ({end: notify.onEnd, failure: notify.onFailure}),
  'on-end': ({onEnd}) => onEnd,
};

/** Each setting as it would stand in the file, and whether it comes from there; the file's path first. */
export const settingsLines = ({settings, named, path}: LoadedSettings): readonly string[] => [
  `# ${path}`,
  ...Object.entries(valueByName).map(([name, read]) => {
    const origin = named.includes(name) ? 'from the file' : 'default';
    return `${`${name}: ${JSON.stringify(read(settings))}`.padEnd(38)}  # ${origin}`;
  }),
];
