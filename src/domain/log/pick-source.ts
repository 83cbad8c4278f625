import type {LogSource} from './entry.js';

/**
 * The output of the step's own code: `step`; on servers 0.84 to 0.92, `execution`. Logs written before an upgrade keep the old
 * name.
 */
const stepSourceNames = ['step', 'execution'];

/** Written before the step's code starts. It is first in the list, but rarely of interest. */
const preparationSource = 'prepare_step';

/**
 * The log of a step to show first: its own, otherwise the newest except preparation and hooks, which are shown only if the
 * step has finished without any other. `undefined` if there is none yet: request `step` by name. `sources` are oldest first.
 */
export const pickStepLogSource = (sources: readonly LogSource[], isFinished: boolean): LogSource | undefined => {
  const own = stepSourceNames
    .map(name => sources.findLast(({source}) => source === name))
    .find(found => found !== undefined);
  const other = sources.findLast(({source}) => source !== preparationSource && !source.startsWith('hook:'));
  return own ?? other ?? (isFinished ? sources.at(-1) : undefined);
};

/** The log of a run to show first: that of the client, which covers the whole pipeline, otherwise the newest. */
export const pickRunLogSource = (sources: readonly LogSource[]): LogSource | undefined =>
  sources.findLast(({source}) => source === 'client') ?? sources.at(-1);

/**
 * The ID to send with a request for the log of `chosen`: only if its source occurs twice, because servers from 0.93.0 to 0.94.2
 * ignore the ID and return the log of the source `step`.
 */
export const findLogsIdToSend = (sources: readonly LogSource[], chosen: LogSource | undefined): string | undefined =>
  chosen !== undefined && sources.filter(({source}) => source === chosen.source).length > 1 ? chosen.id : undefined;
