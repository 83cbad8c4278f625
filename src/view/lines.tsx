import {Box} from 'ink';
import type {Line} from '../format/line.js';
import type {Theme} from '../theme/theme.js';
import {paint} from './paint.js';
import {ScreenLine} from './screen-line.js';

type Props = {
  readonly lines: readonly Line[];
  readonly theme: Theme;
  readonly width: number;
  /** Height of the block, regardless of its content. */
  readonly height: number;
  /** Index of the line under the cursor. */
  readonly selected?: number | undefined;
};

/** A block of lines with a fixed size. */
export const Lines = ({lines, theme, width, height, selected}: Props) => (
  <Box flexDirection="column" width={width} height={height} flexShrink={0}>
    {lines.slice(0, height).map((line, index) => (
      <ScreenLine key={index} text={paint(line, {theme, width, isSelected: index === selected})} />
    ))}
  </Box>
);
