import type {Line} from '../../format/line.js';
import type {Change} from '../../report/change.js';
import {formatChangeJson} from '../../report/json-line.js';
import {renderPlainChange} from '../../report/render-change.js';
import {detectCapabilities} from '../../terminal/capabilities.js';
import {createTheme} from '../../theme/theme.js';
import type {WatchOptions} from '../options/watch-options.js';
import {choosePalette} from './choose-palette.js';
import {formatColouredLines, formatPlainLines} from './format-lines.js';

/** How what is to be told becomes text. */
export type ChangeFormatter = {
  readonly isPlain: boolean;
  readonly formatChange: (change: Change) => string;
  readonly formatLines: (lines: readonly Line[]) => string;
};

/** Plain words, JSON or nothing, as the options say; colours on a terminal alone. */
export const createChangeFormatter = (watch: WatchOptions, isTty: boolean): ChangeFormatter => {
  const linesText = createLineFormatter(watch, isTty);
  switch (watch.output) {
    case 'json':
      return {isPlain: false, formatChange: change => `${formatChangeJson(change)}\n`, formatLines: linesText};

    case 'quiet':
      return {isPlain: false, formatChange: () => '', formatLines: () => ''};

    case 'auto':
    case 'tui':
    case 'plain':
      return {isPlain: true, formatChange: change => linesText(renderPlainChange(change)), formatLines: linesText};
  }
};

/** Lines as text: with colours, or at least bold and dim, where the reader or the terminal wants them. */
export const createLineFormatter = (
  watch: Pick<WatchOptions, 'isAscii' | 'hasColor'> & Partial<Pick<WatchOptions, 'theme'>>,
  isTty: boolean,
): ChangeFormatter['formatLines'] => {
  const {env, platform} = process;
  const able = detectCapabilities({env, platform, isInputTty: false, isOutputTty: isTty});
  const colourLevel = watch.hasColor ? able.colourLevel : 0;
  // A file takes any text, and what greps it wants names as they are.
  const isAscii = watch.isAscii || (isTty && !able.hasUnicode);
  // Without colours a terminal still has bold and dim; a pipe gets either only where colours were asked for.
  const isStyled = isTty ? env['TERM'] !== 'dumb' : colourLevel > 0;
  const theme = createTheme({colourLevel, isAscii, palette: choosePalette(watch.theme)});
  return lines => {
    const texts = isStyled ? formatColouredLines(lines, theme) : formatPlainLines(lines, isAscii);
    return texts.map(text => `${text}\n`).join('');
  };
};
