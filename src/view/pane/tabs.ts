import type {Tab} from '../../store/ui/pane.js';
import {renderCacheTab} from './cache-tab.js';
import {renderCodeTab} from './code-tab.js';
import {renderConfigTab} from './config-tab.js';
import {renderInputsTab} from './inputs-tab.js';
import {renderLogsTab} from './logs-tab.js';
import {renderOutputsTab} from './outputs-tab.js';
import {renderOverviewTab} from './overview-tab.js';
import type {TabRenderer} from './tab.js';

export const rendererByTab: Readonly<Record<Tab, TabRenderer>> = {
  overview: renderOverviewTab,
  inputs: renderInputsTab,
  outputs: renderOutputsTab,
  config: renderConfigTab,
  cache: renderCacheTab,
  logs: (state, openRun, _, shape) => renderLogsTab(state, openRun, shape),
  code: renderCodeTab,
};
