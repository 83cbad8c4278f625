import {failWithFailure} from '../../connection/explain-failure.js';
import type {World} from '../../connection/world.js';
import type {Line} from '../../format/line.js';
import {missingGraphText} from '../../report/completeness.js';
import type {KnownRun} from '../../report/known-run.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {Theme} from '../../theme/theme.js';
import {fetchKnownRun} from '../opening/fetch-known-run.js';
import {openNamedRun} from '../opening/open-named-run.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {createLineFormatter, createLineTheme} from '../printing/change-formatter.js';
import {printNote, printProblem} from '../printing/print.js';
import {openStandardOutput} from '../printing/standard-output.js';
import {createKnownOpenRun} from './known-open-run.js';
import type {PictureOptions} from './picture-options.js';

export type PictureRequest = {readonly picture: PictureOptions; readonly connection: ConnectionOptions};

/** Renders a run as the screen shows it, `width` cells wide. */
export type RenderPicture = (known: KnownRun, openRun: OpenRun, theme: Theme, width: number) => readonly Line[];

/** How long fetching the run may take, in milliseconds. */
const maxFetchMs = 600_000;

/** The width in cells if the output is not a terminal. */
const defaultWidth = 100;

/** Prints a picture of a run as text. Returns the exit code: 0, or that of the problem. */
export const printPicture = async (
  world: World,
  {picture: options, connection: flags}: PictureRequest,
  {settings}: LoadedSettings,
  render: RenderPicture,
): Promise<number> => {
  const signal = AbortSignal.timeout(maxFetchMs);
  const opened = await openNamedRun(world, options.run, flags, signal);
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const known = await fetchKnownRun(opened.value, signal);
  if (!known.ok) {
    const {problem} = failWithFailure(known.failure, opened.value.connection.explainContext);
    printProblem(problem);
    return problem.exitCode;
  }

  if (known.value.isGraphMissing) {
    printNote(missingGraphText);
  }

  const output = openStandardOutput();
  const looks = {
    isAscii: options.isAscii || settings.isAscii,
    hasColor: options.hasColor,
    theme: settings.theme,
  };
  const width = options.width ?? (output.isTty ? process.stdout.columns : defaultWidth);
  const lines = render(known.value, createKnownOpenRun(known.value), createLineTheme(looks, output.isTty), width);
  output.write(createLineFormatter(looks, output.isTty)(lines));
  return 0;
};
