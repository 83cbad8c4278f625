import type {Finding} from '../../connection/finding.js';
import type {World} from '../../connection/world.js';
import {sanitizeText} from '../../format/safe-text.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {formatSettings} from './config-lines.js';

/** Variables that identify the terminal; none of them contains a secret. */
const terminalVariables = [
  'TERM',
  'COLORTERM',
  'TERM_PROGRAM',
  'TERM_PROGRAM_VERSION',
  'VTE_VERSION',
  'LC_ALL',
  'LC_CTYPE',
  'LANG',
  'NO_COLOR',
  'FORCE_COLOR',
  'INK_SCREEN_READER',
] as const;

/** Variables of which only the names are reported, if they are set. */
const reportedNames =
  /^(?:ZENML_|ZENTOP_|TMUX$|STY$|SSH_CONNECTION$|CI$|https?_proxy$|all_proxy$|no_proxy$|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|SSL_CERT_|\w+_CA_BUNDLE$)/i;

/**
 * The contents of a bug report as a Markdown code block: the findings, the variables that are set, and the settings. It
 * contains no secrets: of a variable that may contain one, only the name is given, and the commands for `on-end` and `on-quiet`
 * become `…`. The home directory, which often reveals a name, becomes `~`.
 */
export const formatDoctorReport = (
  world: World,
  findings: readonly Finding[],
  loaded: LoadedSettings,
): readonly string[] => {
  const labelWidth = Math.max(...findings.map(({label}) => label.length));
  const lines = [
    ...findings.map(
      ({label, value, origin, isOk}) =>
        `${isOk ? ' ' : '!'} ${label.padEnd(labelWidth)}  ${value}${origin === undefined ? '' : `  (${origin})`}`,
    ),
    '',
    ...terminalVariables.flatMap(name => (world.env[name] === undefined ? [] : `${name}=${world.env[name]}`)),
    `other environment variables set: ${listSetVariables(world).join(' ') || 'none'}`,
    '',
    ...formatSettings({
      ...loaded,
      settings: {
        ...loaded.settings,
        onEnd: hideCommand(loaded.settings.onEnd),
        onQuiet: hideCommand(loaded.settings.onQuiet),
      },
    }),
    // A wrong value in the file may be anything, even a secret.
    ...loaded.problems.map(problem => problem.replace(/\u201c[^\u201d]*\u201d/g, '“…”')),
  ];
  return ['```', ...lines.map(line => sanitizeText(hideHome(line, world))), '```'];
};

const hideCommand = (command: readonly string[]): readonly string[] => (command.length > 0 ? ['…'] : []);

const listSetVariables = ({env}: World): readonly string[] =>
  Object.keys(env)
    .filter(name => reportedNames.test(name) && env[name] !== undefined)
    .sort();

const hideHome = (line: string, {homeFolder}: World): string =>
  homeFolder.length > 1 ? line.replaceAll(homeFolder, '~') : line;
