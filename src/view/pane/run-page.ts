import type {Instant} from '../../domain/instant.js';
import {findUserName} from '../../domain/intervention/question.js';
import {getRunEndAt} from '../../domain/run-end.js';
import {renderTreeTab} from '../../format/detail/config-lines.js';
import {buildRunConfigRecord} from '../../format/detail/config-record.js';
import {type Content, createContent, createMarkedContent} from '../../format/detail/content.js';
import {renderMetadata} from '../../format/detail/metadata.js';
import {renderRunCache, renderRunCode} from '../../format/detail/run-code.js';
import {renderRunOverview} from '../../format/detail/run-overview.js';
import {renderDim} from '../../format/line.js';
import {formatLostProcess} from '../../format/quiet-words.js';
import {formatRunWait} from '../../format/run-wait.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findLostMs} from '../../store/run-page/quiet-steps.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {getTabFilter} from '../../store/ui/reduce-field.js';
import {selectPreviousRunMetadata} from './previous-metadata.js';
import {isSectionToggled, type TabShape} from './tab.js';

/** The open tab for the run itself. Its log is drawn by the Logs tab, like that of a step. */
export const renderRunPage = (state: State, openRun: OpenRun, shape: TabShape): Content => {
  const {run, pane} = openRun;
  if (run === undefined) {
    return createContent([[renderDim('loading…')]]);
  }

  const {width} = shape;
  const tree = {
    width,
    filter: getTabFilter(openRun),
    isToggled: (section: string) => isSectionToggled(openRun, section),
  };
  switch (pane.tab) {
    case 'overview':
    case 'logs':
      return createMarkedContent(renderRunOverview(buildRunOverviewInput(state, openRun, run, shape)));

    case 'inputs':
      return createMarkedContent(renderTreeTab(run.config?.parameters, 'this run has no parameters', tree));

    case 'outputs': {
      const lines = renderMetadata(run.metadata ?? {}, selectPreviousRunMetadata(state, openRun), {
        ...tree,
        now: selectServerNow(state),
      });
      return createMarkedContent(lines.length === 0 ? [{line: [renderDim('this run has no metadata')]}] : lines);
    }

    case 'config':
      return createMarkedContent(
        renderTreeTab(run.config && buildRunConfigRecord(run), 'no configuration available', tree),
      );

    case 'cache':
      return createContent(renderRunCache(run, openRun.table.counts, width));

    case 'code':
      return createMarkedContent(renderRunCode(run, tree));
  }
};

/** Says that the process of the run has probably died; `undefined` if there is no sign of that. */
const findDoubt = (openRun: OpenRun, now: Instant): string | undefined => {
  const ms = findLostMs(openRun, now);
  return ms === undefined ? undefined : formatLostProcess(ms);
};

const buildRunOverviewInput = (state: State, openRun: OpenRun, run: NonNullable<OpenRun['run']>, shape: TabShape) => ({
  run,
  doubt: findDoubt(openRun, selectServerNow(state)),
  endedAt: openRun.overAt === undefined ? undefined : getRunEndAt(run, openRun.table),
  previous: openRun.history.runs,
  stack: openRun.page.stack,
  questions: openRun.questions,
  wait: formatRunWait(getWaitFacts(openRun), selectServerNow(state)),
  findUser: (id: string) => findUserName(openRun, id),
  childRuns: openRun.childRuns,
  now: selectServerNow(state),
  width: shape.width,
  isDense: shape.isDense,
  getUtcOffset: shape.getUtcOffset,
});
