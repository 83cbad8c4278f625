import type {LogEntry} from '../../domain/log/entry.js';
import {createLogPattern} from '../../domain/log/pattern.js';
import {emptyLogTail, withLogEntries} from '../../domain/log/tail.js';
import {createLogView} from '../../domain/log/view.js';
import type {OpenRun} from '../run/open-run.js';
import {type LogAction, type Logs, maxLogTails, minLogLevels} from './logs.js';
import {findShownLog, getShownTail, getSubjectKey} from './shown-log.js';

export const reduceLogs = (openRun: OpenRun, action: Exclude<LogAction, {readonly type: 'log/runToggled'}>): Logs => {
  const {logs} = openRun;
  switch (action.type) {
    case 'log/moved':
      return moveLog(openRun, action.to);

    case 'log/shifted':
      return {...logs, left: Math.max(0, logs.left + action.by)};

    case 'log/movedToMatch':
      return goToNextMatch(openRun, action.by);

    case 'log/searchCleared':
      return withSearch(openRun, '');

    case 'log/wrapToggled':
      return {...logs, isWrapped: !logs.isWrapped, left: 0};

    case 'log/timesToggled':
      return {...logs, hasTimes: !logs.hasTimes};

    case 'log/levelCycled': {
      const index = minLogLevels.indexOf(logs.minLevel);
      return {...logs, minLevel: minLogLevels[(index + 1) % minLogLevels.length]};
    }

    case 'log/sourceCycled':
      return withNextSource(openRun);
  }
};

/** The logs with the entries of the log `key`; if there are too many logs, the least recently updated one is dropped. */
export const withLog = (logs: Logs, key: string, entries: readonly LogEntry[]): Logs => {
  const knownTail = logs.tailsByKey.get(key);
  const tail = withLogEntries(knownTail ?? emptyLogTail, entries);
  if (tail === knownTail) {
    return logs;
  }

  const keptTails = [...logs.tailsByKey].filter(([other]) => other !== key).slice(1 - maxLogTails);
  const isOtherFile = knownTail !== undefined && knownTail.generation !== tail.generation;
  return {
    ...logs,
    tailsByKey: new Map([...keptTails, [key, tail]]),
    // The lines of another file have nothing to do with where the user was.
    positionByKey: isOtherFile ? removeKey(logs.positionByKey, key) : logs.positionByKey,
    matchByKey: isOtherFile ? removeKey(logs.matchByKey, key) : logs.matchByKey,
  };
};

const removeKey = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> =>
  new Map([...map].filter(([other]) => other !== key));

const moveLog = (openRun: OpenRun, to: Extract<LogAction, {readonly type: 'log/moved'}>['to']): Logs => {
  const {logs} = openRun;
  const key = findShownLog(openRun)?.key;
  if (key === undefined) {
    return logs;
  }

  const positionByKey =
    to === undefined ? removeKey(logs.positionByKey, key) : new Map(logs.positionByKey).set(key, to);
  return {...logs, positionByKey};
};

/** Rows shown above a match, so that what led to it can be seen. */
const matchLeadRows = 4;

const moveToMatch = (openRun: OpenRun, number: number): Logs => {
  const key = findShownLog(openRun)?.key ?? '';
  const logs = moveLog(openRun, {number, row: 0, lead: matchLeadRows});
  return {...logs, matchByKey: new Map(logs.matchByKey).set(key, number)};
};

const getMatches = (openRun: OpenRun, search: string) =>
  createLogView(getShownTail(openRun).lines, {minLevel: openRun.logs.minLevel, pattern: createLogPattern(search)});

/** Starts a search at the first match at or below the user's position or, if there is none, at the last match above it. */
export const withSearch = (openRun: OpenRun, search: string): Logs => {
  const {logs} = openRun;
  const key = findShownLog(openRun)?.key ?? '';
  const nextLogs = {...logs, search, matchByKey: removeKey(logs.matchByKey, key)};
  if (search === '') {
    return nextLogs;
  }

  const {lines} = getShownTail(openRun);
  const from = logs.matchByKey.get(key) ?? logs.positionByKey.get(key)?.number ?? lines.end;
  const matches = getMatches(openRun, search);
  const index = matches.getIndex(from);
  const number = matches.getNumber(index) ?? matches.getNumber(index - 1);
  return number === undefined ? nextLogs : moveToMatch({...openRun, logs: nextLogs}, number);
};

/** Number of the next matching line, or of the previous one; the search wraps around at the ends. */
export const findNextMatch = (openRun: OpenRun, by: 1 | -1): number | undefined => {
  const {logs} = openRun;
  const key = findShownLog(openRun)?.key ?? '';
  const from = logs.matchByKey.get(key) ?? logs.positionByKey.get(key)?.number ?? getShownTail(openRun).lines.end;
  const matches = getMatches(openRun, logs.search);
  const index = by === 1 ? matches.getIndex(from + 1) : matches.getIndex(from) - 1;
  return matches.getNumber(index) ?? matches.getNumber(by === 1 ? 0 : matches.count - 1);
};

const goToNextMatch = (openRun: OpenRun, by: 1 | -1): Logs => {
  const number = openRun.logs.search === '' ? undefined : findNextMatch(openRun, by);
  return number === undefined ? openRun.logs : moveToMatch(openRun, number);
};

const withNextSource = (openRun: OpenRun): Logs => {
  const {logs} = openRun;
  const log = findShownLog(openRun);
  const index = log?.sources.findIndex(({id}) => id === log.logsId) ?? -1;
  const next = log?.sources[(index + 1) % Math.max(1, log.sources.length)];
  return log === undefined || next === undefined
    ? logs
    : {...logs, sourceBySubject: new Map(logs.sourceBySubject).set(getSubjectKey(log.subject), next.id)};
};
