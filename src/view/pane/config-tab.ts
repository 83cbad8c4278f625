import {contentOf} from '../../format/detail/content.js';
import {jsonLines} from '../../format/json-text.js';
import {plain} from '../../format/line.js';
import {shownDetail} from '../../store/selectors.js';
import type {TabContent} from './tab.js';

export const configTab: TabContent = (state, _watch, _step, {width}) =>
  contentOf(jsonLines(shownDetail(state)?.config.whole ?? {}, width).map(text => [plain(text)]));
