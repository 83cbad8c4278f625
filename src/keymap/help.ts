import type {State} from '../store/state.js';
import {getBaseScreen} from '../store/ui/screen.js';
import {type Command, getRunContext, type KeyContext} from './command.js';
import {getKeymap} from './commands.js';
import {formatKey} from './key-label.js';

type HelpEntry = {readonly keys: string; readonly title: string};
export type HelpSection = {readonly title: string; readonly entries: readonly HelpEntry[]};

type HelpGroup = KeyContext | 'both' | 'everywhere';

const titleByGroup: Readonly<Record<HelpGroup, string>> = {
  runs: 'Run list',
  comparing: 'Run comparison',
  list: 'Step list',
  timeline: 'Timeline',
  graph: 'Graph',
  both: 'Step list and details',
  pane: 'Details (full screen)',
  log: 'Log (full screen)',
  everywhere: 'Everywhere',
  help: 'Help and whole values',
  value: 'Whole value',
  field: 'Text input',
  menu: 'Copy or action menu',
  choosing: 'Project or server menu',
  confirming: 'Confirmation',
  answering: 'Answer to a question',
};

const getHelpGroup = ({on}: Command): HelpGroup => {
  if (on.includes('list') && on.includes('runs')) {
    return 'everywhere';
  }

  if (on.includes('list') && on.includes('pane')) {
    return 'both';
  }

  return on[0] ?? 'help';
};

const buildHelpSection = (group: HelpGroup, chosen?: State['session']['keys']): HelpSection => ({
  title: titleByGroup[group],
  entries: getKeymap(chosen)
    .commands.filter(command => getHelpGroup(command) === group)
    .map(({keys, title}) => ({keys: keys.map(formatKey).join(' '), title})),
});

/** Help groups of each context, shown before all others. */
const groupsByContext = {
  runs: ['runs', 'everywhere', 'field', 'choosing', 'comparing'],
  comparing: ['comparing', 'everywhere'],
  list: ['list', 'both', 'everywhere', 'field', 'pane', 'log', 'menu'],
  timeline: ['timeline', 'both', 'everywhere', 'list'],
  graph: ['graph', 'both', 'everywhere', 'list'],
  pane: ['pane', 'both', 'everywhere', 'field', 'menu', 'help', 'value', 'log'],
  log: ['log', 'pane', 'both', 'everywhere', 'field', 'menu'],
} as const satisfies Readonly<Record<string, readonly HelpGroup[]>>;

const allGroups: readonly HelpGroup[] = [
  'list',
  'timeline',
  'graph',
  'both',
  'pane',
  'log',
  'everywhere',
  'runs',
  'comparing',
  'field',
  'menu',
  'choosing',
  'confirming',
  'answering',
  'help',
  'value',
];

/** All commands with their default keys, grouped by context. */
export const getHelpSections = (): readonly HelpSection[] => allGroups.map(group => buildHelpSection(group));

/** What decides which keys come first. */
export type HelpState = Pick<State, 'screen' | 'session' | 'openRun'>;

/** All commands with the effective keys, those of the current screen first. */
export const selectHelpSections = ({screen, session, openRun}: HelpState): readonly HelpSection[] => {
  const base = getBaseScreen(screen).name;
  const first: readonly HelpGroup[] = groupsByContext[base === 'run' ? getRunContext(openRun) : base];
  return [...first, ...allGroups.filter(group => !first.includes(group))].map(group =>
    buildHelpSection(group, session.keys),
  );
};
