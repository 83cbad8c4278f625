import {Text} from 'ink';
import {memo} from 'react';
import {createSegment} from '../../format/line.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';

type Props = {readonly height: number; readonly theme: Theme};

/** The vertical line between list and pane, and the cell after it. It never changes, so a single text node is cheapest. */
export const Rule = memo(({height, theme}: Props) => {
  const line = paint([createSegment(`${theme.glyph.rule} `, 'dim')], {theme, width: 2});
  return <Text>{Array.from({length: height}, () => line).join('\n')}</Text>;
});
