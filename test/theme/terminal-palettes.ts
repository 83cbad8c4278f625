/** A color scheme of a terminal: its default colors, and the sixteen that programs select by number. */
export type TerminalPalette = {
  readonly name: string;
  readonly foreground: string;
  readonly background: string;
  /** Black, red, green, yellow, blue, magenta, cyan, white, then the bright ones. */
  readonly sixteen: readonly string[];
};

const definePalette = (name: string, foreground: string, background: string, sixteen: string): TerminalPalette => ({
  name,
  foreground: `#${foreground}`,
  background: `#${background}`,
  sixteen: sixteen.split(' ').map(hex => `#${hex}`),
});

const xterm =
  '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff';
const solarized =
  '073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3';
const tango =
  '2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec';
const vga =
  '000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff';
const basic =
  '000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5';
const gnome =
  '171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff';

export const terminalPalettes: readonly TerminalPalette[] = [
  definePalette('xterm', '000000', 'ffffff', xterm),
  definePalette('xterm reversed', 'ffffff', '000000', xterm),
  definePalette('Solarized Dark', '839496', '002b36', solarized),
  definePalette('Solarized Light', '657b83', 'fdf6e3', solarized),
  definePalette(
    'Gruvbox Dark',
    'ebdbb2',
    '282828',
    '282828 cc241d 98971a d79921 458588 b16286 689d6a a89984 928374 fb4934 b8bb26 fabd2f 83a598 d3869b 8ec07c ebdbb2',
  ),
  definePalette(
    'Gruvbox Light',
    '3c3836',
    'fbf1c7',
    'fbf1c7 cc241d 98971a d79921 458588 b16286 689d6a 7c6f64 928374 9d0006 79740e b57614 076678 8f3f71 427b58 3c3836',
  ),
  definePalette('Tango Dark', 'd3d7cf', '2e3436', tango),
  definePalette('Tango Light', '2e3436', 'eeeeec', tango),
  definePalette(
    'Campbell',
    'cccccc',
    '0c0c0c',
    '0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2',
  ),
  definePalette('macOS Basic', '000000', 'ffffff', basic),
  definePalette('macOS Basic Dark', 'ffffff', '1e1e1e', basic),
  definePalette('GNOME Light', '171421', 'ffffff', gnome),
  definePalette('Linux console', 'aaaaaa', '000000', vga),
  definePalette('plain black', 'ffffff', '000000', vga),
  definePalette('plain white', '000000', 'ffffff', vga),
];

/** Parses `#rrggbb`. */
export const parseHex = (hex: string): readonly [number, number, number] => {
  const parsePart = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16);
  return [parsePart(1), parsePart(3), parsePart(5)];
};
