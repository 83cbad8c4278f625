import type {OpenRun} from '../run/open-run.js';
import {findShownAttempt} from '../selectors.js';
import {findShownLog} from './shown-log.js';

/** Three parts of this length, and what separates them, fit into a file name, which may have 255 bytes. */
const maxPartLength = 80;

/** A name from the server as part of a file name: it can neither lead into another folder nor look like an option. */
const formatNamePart = (text: string): string =>
  text
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '_')
    .slice(0, maxPartLength);

/** The file to save the current log to: `training-2026_11_23.trainer-2.log`. */
export const getLogFileName = (openRun: OpenRun): string => {
  const log = findShownLog(openRun);
  const attempt = log?.subject.kind === 'step' ? findShownAttempt(openRun) : undefined;
  const number = attempt === undefined || attempt.number === 1 ? '' : `-${attempt.number}`;
  const step = attempt === undefined ? [] : [`${formatNamePart(attempt.name)}${number}`];
  const isUsual = log === undefined || log.source === 'step' || log.source === 'execution';
  const source = isUsual ? [] : [formatNamePart(log.source)];
  return [formatNamePart(openRun.run?.name ?? openRun.runId), ...step, ...source, 'log'].join('.');
};
