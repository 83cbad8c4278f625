import {fstatSync} from 'node:fs';
import type {Environment} from './environment.js';

const [standardOutput, standardError] = [1, 2];

const isFile = (descriptor: number): boolean => {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
};

type Streams = {readonly isInputTty: boolean; readonly isOutputFile: boolean; readonly isErrorFile: boolean};

const readStreams = (): Streams => ({
  isInputTty: process.stdin.isTTY === true,
  isOutputFile: isFile(standardOutput),
  isErrorFile: isFile(standardError),
});

/**
 * Whether SIGHUP should be ignored, because zentop was started by `nohup`. Node resets all signals when it starts, so this can only
 * be recognized by the variable `_`, which shells set to the program that they start, or by all streams being redirected, both
 * outputs to files.
 */
export const isHangUpIgnored = (env: Environment, streams: Streams = readStreams()): boolean =>
  /(?:^|\/)nohup$/.test(env['_'] ?? '') || (!streams.isInputTty && streams.isOutputFile && streams.isErrorFile);
