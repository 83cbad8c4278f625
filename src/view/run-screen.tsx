import {Box} from 'ink';
import type {UtcOffset} from '../format/time.js';
import {layoutOf, nowOf} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Watch} from '../store/watch.js';
import type {Theme} from '../theme/theme.js';
import {footerLine} from './footer-line.js';
import {frameOf, innerWidth, lineWidth} from './frame-of.js';
import {headerLines} from './header/header-lines.js';
import {Lines} from './lines.js';
import {StepList} from './list/step-list.js';
import {Pane} from './pane/pane.js';
import {paneOf} from './pane/pane-of.js';
import {type Pieces, piece} from './pieces.js';

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
  readonly watch: Watch;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

/** A run, live: header, list of steps, details of the selected one, keys. */
export const RunScreen = ({state, watch, theme, utcOffset}: Props) => {
  const {columns} = state.size;
  const layout = layoutOf(state);
  const width = innerWidth(columns);
  const pane = paneOf(state, utcOffset);
  const header = headerLines(layout.form, {state, watch, theme, width}).map(withMargin);
  return (
    <>
      <Lines lines={header} theme={theme} width={lineWidth(columns)} height={layout.headerLines} />
      <Box flexDirection={layout.form === 'beside' ? 'row' : 'column'} flexShrink={0}>
        {layout.list === undefined ? undefined : (
          <StepList
            watch={watch}
            now={nowOf(state)}
            theme={theme}
            extent={layout.list}
            rowWidth={layout.form === 'beside' ? layout.list.width : lineWidth(columns)}
            hasTitles={layout.hasColumnTitles}
            wanted={state.session.columns}
          />
        )}
        {pane === undefined ? undefined : <Pane state={state} watch={watch} pane={pane} theme={theme} />}
      </Box>
      {layout.hasFooter ? (
        <Lines
          lines={[withMargin(footerLine(state, frameOf(state, utcOffset), width))]}
          theme={theme}
          width={lineWidth(columns)}
          height={1}
        />
      ) : undefined}
    </>
  );
};

const withMargin = (line: Pieces): Pieces => [piece(' '), ...line];
