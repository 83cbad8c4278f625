import {Box} from 'ink';
import type {UtcOffset} from '../format/time.js';
import type {OpenRun} from '../store/run/open-run.js';
import {selectLayout, selectServerNow, selectTimelineColumns} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {Footer} from './footer.js';
import {getInnerWidth, getLineWidth, withMargin} from './frame.js';
import {GraphPanel} from './graph/graph-panel.js';
import {renderHeader} from './header/header-lines.js';
import {Lines} from './lines.js';
import {StepList} from './list/step-list.js';
import {DetailsPane} from './pane/pane.js';
import {layOutPane} from './pane/pane-layout.js';
import {Timeline} from './timeline/timeline.js';

/*
 * beside                            stacked                 alone                   short
 *
 * header ────────────── freshness   header ─── freshness    header     freshness    header freshness
 * state ─────────────────── time    state ───────── time    counts ──────── time    list
 * ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━   ━━━━━━━━━━━━━━━━━━━━    ━━━━━━━━━━━━━━━━━━━━    footer
 *                                   list
 * column titles  │ pane             ── name ─── tabs ──     list, or the pane
 * list           │                  pane                    over it
 * keys                              keys                    keys
 */

type Props = {
  readonly state: State;
  readonly openRun: OpenRun;
  readonly theme: Theme;
  readonly getUtcOffset: UtcOffset;
};

/** The open run: header, step list, details of the selected step, keys. */
export const RunScreen = ({state, openRun, theme, getUtcOffset}: Props) => {
  const {columns} = state.size;
  const layout = selectLayout(state);
  const width = getInnerWidth(columns);
  const pane = layOutPane(state, getUtcOffset);
  const header = renderHeader(layout.form, {state, openRun, theme, width}).map(withMargin);
  const isRow = layout.form === 'beside' && layout.isGraphPanelBelow !== true;
  return (
    <>
      <Lines lines={header} theme={theme} width={getLineWidth(columns)} height={layout.headerLines} />
      {layout.timeline === undefined ? undefined : (
        <Timeline
          openRun={openRun}
          session={state.session}
          now={selectServerNow(state)}
          theme={theme}
          getUtcOffset={getUtcOffset}
          layout={layout}
          columns={selectTimelineColumns(state)}
          width={getLineWidth(columns)}
        />
      )}
      <Box flexDirection={isRow ? 'row' : 'column'} flexShrink={0}>
        {layout.list === undefined || layout.timeline !== undefined ? undefined : (
          <StepList
            openRun={openRun}
            session={state.session}
            now={selectServerNow(state)}
            theme={theme}
            extent={layout.list}
            rowWidth={isRow ? layout.list.width : getLineWidth(columns)}
            hasTitles={layout.hasColumnTitles}
            timelineCells={layout.timelineCells}
            graphColumns={layout.graphPanel === undefined ? undefined : columns}
          />
        )}
        {layout.graphPanel === undefined ? undefined : (
          <GraphPanel
            openRun={openRun}
            now={selectServerNow(state)}
            theme={theme}
            extent={layout.graphPanel}
            isBeside={isRow}
          />
        )}
        {pane === undefined ? undefined : <DetailsPane state={state} openRun={openRun} pane={pane} theme={theme} />}
      </Box>
      {layout.hasFooter ? <Footer state={state} theme={theme} getUtcOffset={getUtcOffset} /> : undefined}
    </>
  );
};
