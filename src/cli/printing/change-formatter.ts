import type {Line} from '../../format/line.js';
import type {Change} from '../../report/change.js';
import {formatChangeJson} from '../../report/json-line.js';
import {renderPlainChange} from '../../report/render-change.js';
import {guessBackground} from '../../terminal/background.js';
import {detectCapabilities} from '../../terminal/capabilities.js';
import {createTheme, type Theme} from '../../theme/theme.js';
import type {WatchOptions} from '../options/watch-options.js';
import {formatColoredLines, formatPlainLines} from './format-lines.js';

/** Formats changes and lines for the output. */
export type ChangeFormatter = {
  readonly isPlain: boolean;
  readonly formatChange: (change: Change) => string;
  readonly formatLines: (lines: readonly Line[]) => string;
};

/** Creates a formatter for plain text, JSON or no output, according to the options. */
export const createChangeFormatter = (watch: WatchOptions, isTty: boolean): ChangeFormatter => {
  const formatLines = createLineFormatter(watch, isTty);
  switch (watch.output) {
    case 'json':
      return {isPlain: false, formatChange: change => `${formatChangeJson(change)}\n`, formatLines};

    case 'quiet':
      return {isPlain: false, formatChange: () => '', formatLines: () => ''};

    case 'auto':
    case 'tui':
    case 'plain':
      return {isPlain: true, formatChange: change => formatLines(renderPlainChange(change)), formatLines};
  }
};

type LineLooks = Pick<WatchOptions, 'isAscii' | 'hasColor' | 'theme'>;

const detectOutput = ({isAscii, hasColor}: LineLooks, isTty: boolean) => {
  const {env, platform} = process;
  const capabilities = detectCapabilities({env, platform, isInputTty: false, isOutputTty: isTty});
  return {
    colorLevel: hasColor ? capabilities.colorLevel : 0,
    // A file may contain any text, and names must stay as they are for `grep`.
    isAscii: isAscii || (isTty && !capabilities.hasUnicode),
    isLinuxConsole: capabilities.isLinuxConsole,
  } as const;
};

/** Creates the theme for printed lines that the options and the terminal allow. */
export const createLineTheme = (looks: LineLooks, isTty: boolean): Theme => {
  const {colorLevel, isAscii, isLinuxConsole} = detectOutput(looks, isTty);
  return createTheme({
    colorLevel,
    isAscii,
    // A viewer of piped output in color, such as that of a build log, defines the sixteen colors to match its background.
    name: !isTty && colorLevel === 1 ? 'sixteen' : looks.theme,
    background: guessBackground(process.env),
    isLinuxConsole,
  });
};

/** Creates a function that formats lines as text with the colors, bold and dim that the options and the terminal allow. */
export const createLineFormatter = (looks: LineLooks, isTty: boolean): ChangeFormatter['formatLines'] => {
  const {colorLevel, isAscii} = detectOutput(looks, isTty);
  const theme = createLineTheme(looks, isTty);
  // Without colors a terminal still gets bold and dim; a pipe gets neither unless colors are forced.
  const isStyled = isTty ? process.env['TERM'] !== 'dumb' : colorLevel > 0;
  return lines => {
    const texts = isStyled ? formatColoredLines(lines, theme) : formatPlainLines(lines, isAscii);
    return texts.map(text => `${text}\n`).join('');
  };
};
