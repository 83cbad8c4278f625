import {Resvg} from '@resvg/resvg-js';
import type {IBufferCell, Terminal} from '@xterm/headless';
import type {TerminalPalette} from '../theme/terminal-palettes.js';

/** One cell in pixels, close to DejaVu Sans Mono at `fontSize`. */
const cellWidth = 8.43;
const cellHeight = 18;
const fontSize = 14;
const baseline = 13.5;
const padding = 12;
const fontFamilies = "'DejaVu Sans Mono', ui-monospace, 'JetBrains Mono', Menlo, Consolas, monospace";

/** The color scheme of the README's pictures. */
export const picturePalette: TerminalPalette = {
  name: 'picture',
  background: '#181a22',
  foreground: '#c9d1e0',
  sixteen: (
    '#20232d #ee6d85 #95c561 #d7a65f #7199ee #a485dd #38a89d #a0a8ba ' +
    '#616a80 #ff8ba0 #b4de7f #f0c37e #93b4ff #c3a5ff #5cd3c7 #f2f5fb'
  ).split(' '),
};

const formatHex = (value: number): string => value.toString(16).padStart(2, '0');

/** The color with this index in xterm's palette: sixteen named colors, a cube of 6×6×6, 24 grays. */
const getPaletteColor = (index: number, palette: TerminalPalette): string => {
  const named = palette.sixteen[index];
  if (named !== undefined) {
    return named;
  }

  if (index >= 232) {
    return `#${formatHex(8 + (index - 232) * 10).repeat(3)}`;
  }

  const getLevel = (unit: number) => {
    const step = Math.floor((index - 16) / unit) % 6;
    return formatHex(step === 0 ? 0 : 55 + step * 40);
  };
  return `#${getLevel(36)}${getLevel(6)}${getLevel(1)}`;
};

type Look = {
  readonly ink: string;
  readonly paper: string | undefined;
  readonly style: string;
};

const getLook = (cell: IBufferCell, palette: TerminalPalette): Look => {
  const getColor = (isDefault: boolean, isPalette: boolean, value: number): string | undefined => {
    if (isDefault) {
      return undefined;
    }

    return isPalette ? getPaletteColor(value, palette) : `#${value.toString(16).padStart(6, '0')}`;
  };
  let ink = getColor(cell.isFgDefault(), cell.isFgPalette(), cell.getFgColor());
  let paper = getColor(cell.isBgDefault(), cell.isBgPalette(), cell.getBgColor());
  if (cell.isInverse()) {
    [ink, paper] = [paper ?? palette.background, ink ?? palette.foreground];
  }

  const style = [
    cell.isBold() ? ' font-weight="700"' : '',
    cell.isItalic() ? ' font-style="italic"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
    cell.isStrikethrough() ? ' text-decoration="line-through"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
  ].join('');
  return {ink: ink ?? palette.foreground, paper, style};
};

const round = (value: number): string => String(Math.round(value * 100) / 100);
const renderRect = (x: number, y: number, width: number, height: number, fill: string, style = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${style}/>`;

/** Lines and blocks that must touch their neighbors, as parts of a cell: x, y, width, height from 0 to 1. */
const findShape = (character: string): readonly [number, number, number, number] | undefined => {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2581 && code <= 0x2588) {
    return [0, 1 - (code - 0x2580) / 8, 1, (code - 0x2580) / 8];
  }

  if (code >= 0x2589 && code <= 0x258f) {
    return [0, 0, (0x2590 - code) / 8, 1];
  }

  if (character === '▀') {
    return [0, 0, 1, 0.5];
  }

  if (character === '▐') {
    return [0.5, 0, 0.5, 1];
  }

  if (character === '─') {
    return [0, 0.47, 1, 0.06];
  }

  if (character === '━') {
    return [0, 0.43, 1, 0.14];
  }

  if (character === '│') {
    return [0.44, 0, 0.12, 1];
  }

  if (character === '┃') {
    return [0.36, 0, 0.28, 1];
  }

  return undefined;
};

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, character => escapes[character] ?? character);

type Segment = {readonly x: number; width: number; text: string; readonly look: Look};

/** Neighboring cells of one look; a character outside ASCII is drawn separately, because fonts disagree about its width. */
const splitIntoSegments = (terminal: Terminal, y: number, palette: TerminalPalette): Segment[] => {
  const buffer = terminal.buffer.active;
  const line = buffer.getLine(buffer.baseY + y);
  const segments: Segment[] = [];
  for (let x = 0; x < terminal.cols; x++) {
    const cell = line?.getCell(x);
    if (!cell || cell.getWidth() === 0) {
      continue;
    }

    const text = cell.isInvisible() ? ' ' : cell.getChars() || ' ';
    const look = getLook(cell, palette);
    const last = segments.at(-1);
    const canJoin =
      last !== undefined &&
      /^[ -~]+$/.test(last.text + text) &&
      last.look.ink === look.ink &&
      last.look.paper === look.paper &&
      last.look.style === look.style;
    if (canJoin) {
      last.text += text;
      last.width += 1;
    } else {
      segments.push({x, width: cell.getWidth(), text, look});
    }
  }

  return segments;
};

const drawSegment = (segment: Segment, y: number): string => {
  const left = segment.x * cellWidth;
  const top = y * cellHeight;
  const width = segment.width * cellWidth;
  const {ink, paper, style} = segment.look;
  const behind = paper === undefined ? '' : renderRect(left, top, width + 0.2, cellHeight, paper);
  const shape = findShape(segment.text);
  if (shape) {
    const [sx, sy, sw, sh] = shape;
    const opacity = style.includes('opacity') ? ' opacity="0.6"' : '';
    return (
      behind + renderRect(left + sx * width, top + sy * cellHeight, sw * width + 0.2, sh * cellHeight, ink, opacity)
    );
  }

  const shown = segment.text.trimEnd();
  if (shown === '') {
    return behind;
  }

  const fitted = `textLength="${round((width * shown.length) / segment.text.length)}" lengthAdjust="spacingAndGlyphs"`;
  const at = `x="${round(left)}" y="${round(top + baseline)}"`;
  return `${behind}<text ${at} ${fitted} fill="${ink}"${style}>${escapeXml(shown)}</text>`;
};

/** The visible screen of a terminal model as an SVG drawing; `title` is what a screen reader reads out. */
export const renderSvg = (terminal: Terminal, title: string, palette = picturePalette): string => {
  const width = Math.ceil(terminal.cols * cellWidth + 2 * padding);
  const height = terminal.rows * cellHeight + 2 * padding;
  const lines = Array.from({length: terminal.rows}, (_, y) =>
    splitIntoSegments(terminal, y, palette)
      .map(segment => drawSegment(segment, y))
      .join(''),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" `,
    `role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${palette.background}"/>`,
    `<g transform="translate(${padding} ${padding})" font-family="${fontFamilies}" font-size="${fontSize}" xml:space="preserve">\n`,
    lines.filter(line => line !== '').join('\n'),
    '\n</g></svg>\n',
  ].join('');
};

/** An SVG drawing as a PNG, `scale` pixels per unit; uses the fonts of this machine (DejaVu Sans Mono if it is installed). */
export const renderPng = (svg: string, scale = 1): Buffer =>
  Buffer.from(
    new Resvg(svg, {
      fitTo: {mode: 'zoom', value: scale},
      font: {loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono', monospaceFamily: 'DejaVu Sans Mono'},
    })
      .render()
      .asPng(),
  );
