import {foldCase} from '../fold-case.js';
import type {NamedEntity} from '../ids.js';
import type {RunFilters} from '../list-filters.js';
import type {RunRow} from '../run-row.js';
import {hasInProgressFilter, type ServerInfo} from '../server.js';
import {statuses, unfinishedStatuses} from '../status.js';
import {isNameMatch} from './name-match.js';
import {mergeAlternatives, parseTerms, type Term} from './terms.js';

/** The keys of filters in the list of runs. */
export const runFilterKeys = ['status', 'pipeline', 'user', 'tag'] as const;

const keys: ReadonlySet<string> = new Set(runFilterKeys);

/** Whether a word contains a colon but has no known key, which may be a mistake. */
export const hasUnknownKey = (text: string): boolean =>
  parseRunTerms(text).some(({key, values}) => key === undefined && values.some(value => value.includes(':')));

/** Keys for which a run has at most one value. */
const singleKeys: ReadonlySet<string> = new Set(['status', 'pipeline', 'user']);

/** Parses a filter of the list of runs. */
export const parseRunTerms = (text: string): readonly Term[] => mergeAlternatives(parseTerms(text, keys), singleKeys);

const statusWords: ReadonlySet<string> = new Set(statuses);

/** Whether a word without a key means a status. It also matches names that contain it. */
const isStatusWord = (word: string): boolean => statusWords.has(word.toLowerCase());

/** The value of `user` that stands for the current user. */
export const meWord = 'me';

/** Whether the filter contains `user:me`, for which the current user must be known. */
export const hasMeTerm = (terms: readonly Term[]): boolean =>
  terms.some(({key, values}) => key === 'user' && values.includes(meWord));

/** Whether a run passes the filter. `me` is the current user; while it is unknown, `user:me` matches nothing. */
export const isRunMatch = (terms: readonly Term[], run: RunRow, me: NamedEntity | undefined): boolean =>
  terms.every(({key, values, isNegated}) => values.some(value => isTermMatch(key, value, run, me)) !== isNegated);

const isTermMatch = (key: string | undefined, value: string, run: RunRow, me: NamedEntity | undefined): boolean => {
  switch (key) {
    case 'status':
      return run.statusWord.toLowerCase().startsWith(value.toLowerCase());

    case 'pipeline':
      return run.pipeline !== undefined && hasSubstring(run.pipeline.name, value);

    case 'user':
      return value === meWord
        ? me !== undefined && run.user?.id === me.id
        : run.user !== undefined && hasSubstring(run.user.name, value);

    case 'tag':
      return run.tags.some(tag => hasSubstring(tag, value));

    default:
      return isNameOrIdMatch(value, run) || (isStatusWord(value) && run.status === value.toLowerCase());
  }
};

const hasSubstring = (text: string, part: string): boolean => foldCase(text).includes(foldCase(part));

/** Shorter words are not taken for the beginning of an ID. */
const minIdLength = 6;

const isNameOrIdMatch = (word: string, run: RunRow): boolean => {
  if (/^#\d+$/.test(word)) {
    return run.index === Number(word.slice(1));
  }

  return (
    isNameMatch(word, run.pipeline?.name ?? '') ||
    hasSubstring(run.name, word) ||
    (word.length >= minIdLength && run.id.startsWith(word.toLowerCase()))
  );
};

type ServerFilterContext = {
  readonly me: NamedEntity | undefined;
  /** Whether the server supports `noneOf`. */
  readonly canExclude: boolean;
};

/**
 * The filters that the server can apply; the runs that they find must still be filtered by the terms. There are several if no
 * single request finds everything: a word can be part of the name of the run or of its pipeline, or be a status. Each field
 * gets only its first filter, because servers treat a repeated parameter differently.
 */
export const buildServerFilters = (terms: readonly Term[], context: ServerFilterContext): readonly RunFilters[] => {
  let keyed: RunFilters = {};
  for (const term of terms) {
    keyed = {...buildServerFilter(term, context), ...keyed};
  }

  const words = terms.flatMap(({key, isNegated, values: [value = '']}) =>
    key === undefined && !isNegated && isSearchable(value) ? [value] : [],
  );
  // One word is enough, preferably one that is not a status.
  const word = words.find(each => !isStatusWord(each)) ?? words[0];
  if (word === undefined) {
    return [keyed];
  }

  const byName = {...keyed, name: {contains: word}};
  return [
    byName,
    ...('pipeline' in keyed ? [] : [{...keyed, pipeline: {contains: word}}]),
    ...(isStatusWord(word) ? [{status: word.toLowerCase(), ...keyed}] : []),
  ];
};

/** Whether the server should search names for a word: a single letter matches nearly every name, and `#12` is a number. */
const isSearchable = (word: string): boolean => word.length > 1 && !word.startsWith('#');

const buildServerFilter = (
  {key, values, isNegated}: Term,
  {me, canExclude}: ServerFilterContext,
): RunFilters | undefined => {
  if (key === 'status') {
    return buildStatusFilter(values, isNegated, canExclude);
  }

  const [value = ''] = values;
  if (isNegated || values.length > 1) {
    return undefined;
  }

  switch (key) {
    case 'user':
      return value !== meWord ? {user: {contains: value}} : me && {user: me.id};

    case 'pipeline':
      return {pipeline: {contains: value}};

    case 'tag':
      return {tag: {contains: value}};

    default:
      return undefined;
  }
};

/** A prefix stands for all statuses that begin with it. */
const buildStatusFilter = (
  values: readonly string[],
  isNegated: boolean,
  canExclude: boolean,
): RunFilters | undefined => {
  const meant = statuses.filter(status => values.some(value => status.startsWith(value.toLowerCase())));
  const [only = ''] = meant;
  if (meant.length === 1) {
    return {status: isNegated ? {not: only} : only};
  }

  if (isNegated) {
    return canExclude && meant.length > 0 ? {status: {noneOf: meant}} : undefined;
  }

  // It may be a status of a later version.
  return {status: meant.length === 0 ? {startsWith: values[0] ?? ''} : {oneOf: meant}};
};

/** Selects runs in progress in the way that the server supports. */
export const getInProgressFilters = (server: ServerInfo | undefined): RunFilters =>
  hasInProgressFilter(server) ? {isInProgress: true} : {status: {oneOf: unfinishedStatuses}};
