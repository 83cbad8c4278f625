import type {Tab} from '../../store/pane.js';
import {cacheTab} from './cache-tab.js';
import {codeTab} from './code-tab.js';
import {configTab} from './config-tab.js';
import {inputsTab} from './inputs-tab.js';
import {logsTab} from './logs-tab.js';
import {outputsTab} from './outputs-tab.js';
import {overviewTab} from './overview-tab.js';
import type {TabContent} from './tab.js';

export const tabContents: Readonly<Record<Tab, TabContent>> = {
  overview: overviewTab,
  inputs: inputsTab,
  outputs: outputsTab,
  config: configTab,
  cache: cacheTab,
  logs: (state, watch, _, shape) => logsTab(state, watch, shape),
  code: codeTab,
};
