import type {UtcOffset} from '../format/time.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getInnerWidth, getLineWidth, withMargin} from './frame.js';
import {Lines} from './lines.js';

type Props = {readonly state: State; readonly theme: Theme; readonly getUtcOffset: UtcOffset};

/** The footer of a screen that needs the frame for nothing else. */
export const Footer = ({state, theme, getUtcOffset}: Props) => {
  const {columns} = state.size;
  const line = renderFooter(state, createFrame(state, getUtcOffset), getInnerWidth(columns));
  return <Lines lines={[withMargin(line)]} theme={theme} width={getLineWidth(columns)} height={1} />;
};
