import type {LogSource} from '../log.js';

/** What the step's own code wrote: `step` from 0.93 on, `execution` before; an upgraded server keeps the old name. */
const stepSourceNames = ['step', 'execution'];

/** What the server wrote before the step's code began: first in the list, and hardly ever what is looked for. */
const preparationSource = 'prepare_step';

/**
 * The log of a step to show first: its own, else the newest that is neither about its preparation nor of a hook; one of
 * these only when the step has ended and there is no other. `undefined`: ask for `step` by name. The sources are the oldest first.
 */
export const pickStepLogSource = (sources: readonly LogSource[], isFinished: boolean): LogSource | undefined => {
  const own = stepSourceNames
    .map(name => sources.findLast(({source}) => source === name))
    .find(found => found !== undefined);
  const other = sources.findLast(({source}) => source !== preparationSource && !source.startsWith('hook:'));
  return own ?? other ?? (isFinished ? sources.at(-1) : undefined);
};

/** The log of a run to show first: that of the client, who sees the whole pipeline, else the newest. */
export const pickRunLogSource = (sources: readonly LogSource[]): LogSource | undefined =>
  sources.findLast(({source}) => source === 'client') ?? sources.at(-1);
