import {attemptShownIn} from '../selectors.js';
import type {Watch} from '../watch.js';
import {shownLog} from './shown-log.js';

const longestPart = 80;

/** A name from the server as a part of a file's: nothing in it leads into another folder or starts an option. */
const partOf = (text: string): string =>
  text
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '_')
    .slice(0, longestPart);

/** The file that the log which is looked at could be saved to: `training-2026_11_23.trainer-2.log`. */
export const logFileName = (watch: Watch): string => {
  const log = shownLog(watch);
  const attempt = log?.subject.kind === 'step' ? attemptShownIn(watch) : undefined;
  const number = attempt === undefined || attempt.number === 1 ? '' : `-${attempt.number}`;
  const step = attempt === undefined ? [] : [`${partOf(attempt.name)}${number}`];
  const isUsual = log === undefined || log.source === 'step' || log.source === 'execution';
  const source = isUsual ? [] : [partOf(log.source)];
  return [partOf(watch.run?.name ?? watch.runId), ...step, ...source, 'log'].join('.');
};
