import type {Line} from '../format/line.js';
import type {Change} from '../report/change.js';
import {jsonLine} from '../report/json-line.js';
import {plainLines} from '../report/plain.js';
import {capabilitiesOf} from '../terminal/capabilities.js';
import {themeFor} from '../theme/theme.js';
import {colouredLines, uncolouredLines} from './coloured-lines.js';
import {paletteOf} from './palette-of.js';
import type {WatchOptions} from './watch-options.js';

/** How what is to be told becomes text. */
export type Voice = {
  readonly isPlain: boolean;
  readonly changeText: (change: Change) => string;
  readonly linesText: (lines: readonly Line[]) => string;
};

/** Plain words, JSON or nothing, as the options say; colours on a terminal alone. */
export const voiceFor = (watch: WatchOptions, isTty: boolean): Voice => {
  const linesText = linesTextFor(watch, isTty);
  switch (watch.output) {
    case 'json':
      return {isPlain: false, changeText: change => `${jsonLine(change)}\n`, linesText};

    case 'quiet':
      return {isPlain: false, changeText: () => '', linesText: () => ''};

    case 'auto':
    case 'tui':
    case 'plain':
      return {isPlain: true, changeText: change => linesText(plainLines(change)), linesText};
  }
};

/** Lines as text: with colours, or at least bold and dim, where the reader or the terminal wants them. */
export const linesTextFor = (
  watch: Pick<WatchOptions, 'isAscii' | 'hasColor'> & Partial<Pick<WatchOptions, 'theme'>>,
  isTty: boolean,
): Voice['linesText'] => {
  const {env, platform} = process;
  const able = capabilitiesOf({env, platform, isInputTty: false, isOutputTty: isTty});
  const colourLevel = watch.hasColor ? able.colourLevel : 0;
  // A file takes any text, and what greps it wants names as they are.
  const isAscii = watch.isAscii || (isTty && !able.hasUnicode);
  // Without colours a terminal still has bold and dim; a pipe gets either only where colours were asked for.
  const isStyled = isTty ? env['TERM'] !== 'dumb' : colourLevel > 0;
  const theme = themeFor({colourLevel, isAscii, palette: paletteOf(watch.theme)});
  return lines => {
    const texts = isStyled ? colouredLines(lines, theme) : uncolouredLines(lines, isAscii);
    return texts.map(text => `${text}\n`).join('');
  };
};
