import {patternOf} from '../../domain/log/pattern.js';
import {emptyTail, withEntries} from '../../domain/log/tail.js';
import {viewOf} from '../../domain/log/view.js';
import type {LogEntry} from '../../domain/log.js';
import type {Watch} from '../watch.js';
import {type LogAction, type Logs, leastLevels, mostTails} from './logs.js';
import {shownLog, subjectKey, tailOfShown} from './shown-log.js';

export const reduceLogs = (watch: Watch, action: LogAction): Logs => {
  const {logs} = watch;
  switch (action.type) {
    case 'log/moved':
      return placed(watch, action.to);

    case 'log/shifted':
      return {...logs, left: Math.max(0, logs.left + action.by)};

    case 'log/hitStepped':
      return steppedToHit(watch, action.by);

    case 'log/searchCleared':
      return withSearch(watch, '');

    case 'log/wrapToggled':
      return {...logs, isWrapped: !logs.isWrapped, left: 0};

    case 'log/timesToggled':
      return {...logs, hasTimes: !logs.hasTimes};

    case 'log/levelStepped': {
      const at = leastLevels.indexOf(logs.leastLevel);
      return {...logs, leastLevel: leastLevels[(at + 1) % leastLevels.length]};
    }

    case 'log/sourceStepped':
      return withNextSource(watch);

    case 'log/runToggled':
      return {...logs, ofRun: logs.ofRun === undefined ? {tabBefore: watch.pane.tab} : undefined};
  }
};

/** The log that goes by this key as it is now; the least lately fetched of the others goes. */
export const withLog = (logs: Logs, key: string, entries: readonly LogEntry[]): Logs => {
  const known = logs.tailsByKey.get(key);
  const tail = withEntries(known ?? emptyTail, entries);
  if (tail === known) {
    return logs;
  }

  const others = [...logs.tailsByKey].filter(([other]) => other !== key).slice(1 - mostTails);
  const isOther = known !== undefined && known.generation !== tail.generation;
  return {
    ...logs,
    tailsByKey: new Map([...others, [key, tail]]),
    // Lines of another file have nothing to do with those that the reader was at.
    positionByKey: isOther ? without(logs.positionByKey, key) : logs.positionByKey,
    hitByKey: isOther ? without(logs.hitByKey, key) : logs.hitByKey,
  };
};

const without = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> =>
  new Map([...map].filter(([other]) => other !== key));

const placed = (watch: Watch, to: Extract<LogAction, {readonly type: 'log/moved'}>['to']): Logs => {
  const {logs} = watch;
  const key = shownLog(watch)?.key;
  if (key === undefined) {
    return logs;
  }

  const positionByKey = to === undefined ? without(logs.positionByKey, key) : new Map(logs.positionByKey).set(key, to);
  return {...logs, positionByKey};
};

/** Rows above a hit, so that it is seen what led to it. */
const leadOfHit = 4;

const atHit = (watch: Watch, number: number): Logs => {
  const key = shownLog(watch)?.key ?? '';
  const logs = placed(watch, {number, row: 0, lead: leadOfHit});
  return {...logs, hitByKey: new Map(logs.hitByKey).set(key, number)};
};

const hitsOf = (watch: Watch, search: string) =>
  viewOf(tailOfShown(watch).lines, {leastLevel: watch.logs.leastLevel, pattern: patternOf(search)});

/** What is searched for, and the line to begin at: the first from where the reader is that holds it, else the last before. */
export const withSearch = (watch: Watch, search: string): Logs => {
  const {logs} = watch;
  const key = shownLog(watch)?.key ?? '';
  const searching = {...logs, search, hitByKey: without(logs.hitByKey, key)};
  if (search === '') {
    return searching;
  }

  const {lines} = tailOfShown(watch);
  const from = logs.hitByKey.get(key) ?? logs.positionByKey.get(key)?.number ?? lines.end;
  const hits = hitsOf(watch, search);
  const place = hits.placeOf(from);
  const number = hits.numberAt(place) ?? hits.numberAt(place - 1);
  return number === undefined ? searching : atHit({...watch, logs: searching}, number);
};

/** Number of the next line that the search finds, or of the one before. */
export const nextHit = (watch: Watch, by: 1 | -1): number | undefined => {
  const {logs} = watch;
  const key = shownLog(watch)?.key ?? '';
  const from = logs.hitByKey.get(key) ?? logs.positionByKey.get(key)?.number ?? tailOfShown(watch).lines.end;
  const hits = hitsOf(watch, logs.search);
  return by === 1 ? hits.numberAt(hits.placeOf(from + 1)) : hits.numberAt(hits.placeOf(from) - 1);
};

const steppedToHit = (watch: Watch, by: 1 | -1): Logs => {
  const number = watch.logs.search === '' ? undefined : nextHit(watch, by);
  return number === undefined ? watch.logs : atHit(watch, number);
};

const withNextSource = (watch: Watch): Logs => {
  const {logs} = watch;
  const log = shownLog(watch);
  const at = log?.sources.findIndex(({id}) => id === log.logsId) ?? -1;
  const next = log?.sources[(at + 1) % Math.max(1, log.sources.length)];
  return log === undefined || next === undefined
    ? logs
    : {...logs, sourceBySubject: new Map(logs.sourceBySubject).set(subjectKey(log.subject), next.id)};
};
