import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/**
 * Parses the process group and the terminal's foreground group from `/proc/PID/stat` (proc(5)). The name of the program, in
 * parentheses before them, may contain anything. `undefined` if the text has another format.
 */
export const parseProcessGroups = (stat: string): {readonly own: number; readonly foreground: number} | undefined => {
  const [, , , own, , , foreground] = stat.slice(stat.lastIndexOf(')') + 1).split(' ');
  return own === undefined || foreground === undefined ? undefined : {own: Number(own), foreground: Number(foreground)};
};

const readProcessGroups = (platform: NodeJS.Platform) => {
  if (platform === 'linux') {
    return parseProcessGroups(readFileSync('/proc/self/stat', 'utf8'));
  }

  const output = execFileSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], {encoding: 'utf8'});
  const [own = 0, foreground = 0] = output.trim().split(/\s+/).map(Number);
  return {own, foreground};
};

/** Whether this process may use the terminal: false for a background job. True if that cannot be determined. */
export const isInForeground = (): boolean => {
  if (process.platform === 'win32') {
    return true;
  }

  try {
    const groups = readProcessGroups(process.platform);
    return groups === undefined || groups.foreground <= 0 || groups.own === groups.foreground;
  } catch {
    return true;
  }
};
