import {Text} from 'ink';
import {memo} from 'react';
import {createSegment} from '../../format/line.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';

type Props = {readonly height: number; readonly theme: Theme};

/** The upright line between list and pane, and the cell behind it. It never changes, so one text costs least. */
export const Rule = memo(({height, theme}: Props) => {
  const line = paint([createSegment(`${theme.glyph.rule} `, 'dim')], {theme, width: 2});
  return <Text>{Array.from({length: height}, () => line).join('\n')}</Text>;
});
