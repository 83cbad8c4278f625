/** A mouse report; cells are counted from 0, as the rows of a frame are. */
export type MouseReport = {
  readonly action: 'press' | 'release' | 'move' | 'wheelUp' | 'wheelDown';
  readonly button: 'left' | 'middle' | 'right' | 'none';
  readonly column: number;
  readonly row: number;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
};

const buttons = ['left', 'middle', 'right', 'none'] as const;

const getMouseAction = (code: number, isRelease: boolean): MouseReport['action'] => {
  if (code & 64) {
    return code & 1 ? 'wheelDown' : 'wheelUp';
  }
  if (code & 32) {
    return 'move';
  }
  return isRelease ? 'release' : 'press';
};

/**
 * Decodes an SGR report (xterm's mode 1006): the lowest two bits of `code` are the button, then shift 4, alt 8, ctrl 16,
 * movement 32, wheel 64; cells are counted from 1 in the sequence; a final `m` means release.
 */
export const decodeMouse = (code: number, x: number, y: number, isRelease: boolean): MouseReport => ({
  action: getMouseAction(code, isRelease),
  button: code & 64 ? 'none' : (buttons[code & 3] ?? 'none'),
  column: x - 1,
  row: y - 1,
  shift: (code & 4) !== 0,
  alt: (code & 8) !== 0,
  ctrl: (code & 16) !== 0,
});
