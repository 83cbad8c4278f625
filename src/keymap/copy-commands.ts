import type {State} from '../store/state.js';
import type {Command} from './command.js';
import {openCopyMenu, selectCopyTexts, selectOpenRunUrl} from './copy-texts.js';

const explainNoRunUrl = (state: State): string | undefined =>
  selectOpenRunUrl(state) === undefined ? 'the URL of this run is not known yet' : undefined;

/** Commands that open the menu of texts to copy, or the browser. */
export const copyCommands: readonly Command[] = [
  {
    id: 'text.copy',
    keys: ['y'],
    title: 'copy text, an ID or a URL',
    short: 'copy',
    on: ['pane', 'list'],
    whyNot: (state, frame) => (selectCopyTexts(state, frame).length === 0 ? 'nothing to copy yet' : undefined),
    act: openCopyMenu,
  },
  {
    id: 'run.browse',
    keys: ['o'],
    title: 'open the run in the dashboard',
    on: ['pane', 'list'],
    whyNot: explainNoRunUrl,
    act: state => ({effect: {type: 'open-url', url: selectOpenRunUrl(state) ?? ''}}),
  },
];
