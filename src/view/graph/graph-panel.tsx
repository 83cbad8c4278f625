import {Box} from 'ink';
import type {Instant} from '../../domain/instant.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {Extent} from '../../store/ui/layout.js';
import type {Theme} from '../../theme/theme.js';
import {withMargin} from '../frame.js';
import {Lines} from '../lines.js';
import {Rule} from '../pane/rule.js';
import {renderGraphPanel} from './panel-lines.js';

type Props = {
  readonly openRun: OpenRun;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
  readonly extent: Extent;
  readonly isBeside: boolean;
};

/** What the selected row of the graph follows and feeds, beside or below the graph. */
export const GraphPanel = ({openRun, now, theme, extent, isBeside}: Props) => {
  const {width, height} = extent;
  const lines = renderGraphPanel({openRun, now, theme, width: width - (isBeside ? 1 : 2), height, isBeside});
  const indented = isBeside ? lines : lines.map(withMargin);
  return (
    <Box height={height} flexShrink={0}>
      {isBeside ? <Rule height={height} theme={theme} /> : undefined}
      <Lines lines={indented} theme={theme} width={width - 1} height={height} />
    </Box>
  );
};
