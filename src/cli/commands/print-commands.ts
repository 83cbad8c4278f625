import type {World} from '../../connection/world.js';
import {answerRun} from '../intervening/answer-run.js';
import {stopRun} from '../intervening/stop-run.js';
import {printLog} from '../logs/print-log.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {printGraph} from '../pictures/print-graph.js';
import {printTimeline} from '../pictures/print-timeline.js';
import {printLines} from '../printing/print.js';
import {startRunRecording} from '../recording/record-run.js';
import {listRuns} from '../runs/list-runs.js';
import {followRun} from '../watching/follow-run.js';
import type {LineOptions} from '../watching/line-options.js';
import {printOnce} from '../watching/print-once.js';
import {formatKeys, formatSettings} from './config-lines.js';
import type {Invocation} from './invocation.js';
import {printDoctor} from './print-doctor.js';

// Everything that prints lines is loaded together, and recording, too: each further `import()` makes the bundler split shared code into
// more files.

export type PrintingCommand = Extract<
  Invocation,
  {readonly command: 'config' | 'doctor' | 'runs' | 'logs' | 'timeline' | 'graph' | 'stop' | 'answer'}
>;

/** Carries out a command that only prints. Returns the exit code. */
export const runPrintingCommand = async (
  world: World,
  invocation: PrintingCommand,
  loaded: LoadedSettings,
): Promise<number> => {
  switch (invocation.command) {
    case 'config':
      printLines(invocation.isAboutKeys ? formatKeys(loaded) : formatSettings(loaded));
      return loaded.problems.length === 0 ? 0 : 2;

    case 'doctor':
      return printDoctor(world, invocation, loaded);

    case 'runs':
      return listRuns(world, {
        ...invocation,
        looks: {isAscii: loaded.settings.isAscii, hasColor: invocation.hasColor, theme: loaded.settings.theme},
      });

    case 'logs':
      return printLog(world, invocation);

    case 'timeline':
      return printTimeline(world, invocation, loaded);

    case 'graph':
      return printGraph(world, invocation, loaded);

    case 'stop':
      return stopRun(world, invocation);

    case 'answer':
      return answerRun(world, invocation);
  }
};

/** Prints a run instead of showing it on the screen: its state, or its changes until the end. Returns the exit code. */
export const printRun = (options: LineOptions): Promise<number> =>
  options.watch.isOnce ? printOnce(options) : followRun(options);

export {listRuns, startRunRecording};
