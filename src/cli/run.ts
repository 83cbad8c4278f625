import {readVariable} from '../connection/world.js';
import {pluralize} from '../format/plural.js';
import {parseCommandLine} from './commands/parse-command-line.js';
import {logCrashes} from './crash.js';
import {openLogFile} from './opening/log-file.js';
import {createRealWorld} from './opening/real-world.js';
import {loadSettings} from './options/load-settings.js';
import {adaptPunctuation, printLines, printNote, printProblem} from './printing/print.js';
import {version} from './printing/version.js';

/** Runs the command line; resolves to the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  let world = createRealWorld();
  if (args[0] === '__complete') {
    const {printCompletion} = await import('./rare-commands.js');
    return printCompletion(world, args.slice(1));
  }

  const loaded = await loadSettings(world);
  const invocation = await parseCommandLine(args, process.stdout.columns ?? 80, loaded.settings, loaded.problems[0]);
  const problems = invocation.command === 'config' ? loaded.problems : limitProblems(loaded.problems);
  for (const problem of problems) {
    printNote(problem);
  }

  const logPath = invocation.log ?? readVariable(world, 'ZENTOP_LOG');
  if (logPath !== undefined) {
    const log = openLogFile(logPath, world.now, printNote);
    if (!log.ok) {
      printProblem(log.problem);
      return log.problem.exitCode;
    }

    world = {...world, log: log.value};
    logCrashes(log.value);
    log.value('start', {version, node: process.version, platform: process.platform, command: invocation.command});
  }

  switch (invocation.command) {
    case 'print':
      printLines([adaptPunctuation(invocation.text)]);
      return 0;

    case 'misuse':
      printProblem({
        message: invocation.message,
        hint: invocation.hint,
      });
      return 2;

    case 'completion': {
      const {runCompletionCommand} = await import('./rare-commands.js');
      return runCompletionCommand(world, invocation.shell, invocation.action);
    }

    case 'config':
    case 'doctor':
    case 'runs':
    case 'logs':
    case 'timeline':
    case 'graph':
    case 'stop':
    case 'answer': {
      const {runPrintingCommand} = await import('./commands/print-commands.js');
      return runPrintingCommand(world, invocation, loaded);
    }

    case 'demo': {
      const {runDemo} = await import('./rare-commands.js');
      return runDemo(world, invocation.scenario, invocation.watch);
    }

    case 'replay': {
      const {replayRun} = await import('./rare-commands.js');
      return replayRun(world, invocation);
    }

    case 'watch': {
      const {watchRun} = await import('./commands/watch-run.js');
      return watchRun(world, invocation, {isDemo: false});
    }
  }
};

/** A file that is not a settings file would cause many problems. */
const maxPrintedProblems = 5;

const limitProblems = (problems: readonly string[]): readonly string[] => {
  const more = problems.length - maxPrintedProblems;
  return more > 0
    ? [
        ...problems.slice(0, maxPrintedProblems),
        `… and ${pluralize(more, 'more error')}. Run \`zentop config\` to see them all.`,
      ]
    : problems;
};
