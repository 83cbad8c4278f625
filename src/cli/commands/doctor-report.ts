import type {Finding} from '../../connection/doctor.js';
import type {World} from '../../connection/world.js';
import {sanitizeText} from '../../format/safe-text.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {formatSettings} from './config-lines.js';

/** What a terminal is told by; none of them holds a secret. */
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

/** Of these only whether they are set is anybody's business. */
const reportedNames =
  /^(?:ZENML_|ZENTOP_|TMUX$|STY$|SSH_CONNECTION$|CI$|https?_proxy$|all_proxy$|no_proxy$|NODE_OPTIONS$|SSL_CERT_)/i;

/**
 * What belongs into a report of a mistake, as a block of Markdown: what was found, which variables are set, and the settings.
 * No secrets: of variables that may hold one, and of the program that is started at the end, only that they are there. The
 * home folder, which often says who somebody is, is `~`.
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
    `also set: ${listSetVariables(world).join(' ') || 'none'}`,
    '',
    ...formatSettings({
      ...loaded,
      settings: {...loaded.settings, onEnd: loaded.settings.onEnd.length > 0 ? ['…'] : []},
    }),
    // What stands in the file by mistake may be anything.
    ...loaded.problems.map(problem => problem.replace(/\u201c[^\u201d]*\u201d/g, '“…”')),
  ];
  return ['```', ...lines.map(line => sanitizeText(hideHome(line, world))), '```'];
};

const listSetVariables = ({env}: World): readonly string[] =>
  Object.keys(env)
    .filter(name => reportedNames.test(name) && env[name] !== undefined)
    .sort();

const hideHome = (line: string, {homeDir}: World): string =>
  homeDir.length > 1 ? line.replaceAll(homeDir, '~') : line;
