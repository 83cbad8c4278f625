import type {World} from '../connection/world.js';
import type {Invocation} from './command-line.js';
import {openRun} from './open-run.js';
import {printProblem} from './print.js';

type Watching = Pick<Extract<Invocation, {readonly command: 'watch'}>, 'run' | 'pipeline' | 'connection' | 'watch'>;

/** Opens the run and shows it as the options say: once, line by line, or on the screen. Answers the exit code. */
export const watchRun = async (
  world: World,
  asked: Watching,
  {isDemo}: {readonly isDemo: boolean},
): Promise<number> => {
  const isOnScreen = !asked.watch.isOnce && isScreenWanted(asked.watch.output);
  // Ink and React load while the server is asked.
  const screen = isOnScreen ? import('./watch-screen.js') : undefined;
  const opened = await openRun(world, asked, AbortSignal.timeout(60_000));
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  if (screen !== undefined) {
    const {watchOnScreen} = await screen;
    return watchOnScreen({opened: opened.value, watch: asked.watch, isDemo});
  }

  const {watchInLines} = await import('./watch-lines.js');
  return watchInLines({opened: opened.value, watch: asked.watch, isDemo});
};

const isScreenWanted = (output: string): boolean =>
  output === 'tui' ||
  (output === 'auto' && process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb');
