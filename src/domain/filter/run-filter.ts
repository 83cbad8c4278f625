import type {NamedReference} from '../ids.js';
import type {RunFilters} from '../list-filters.js';
import type {RunRow} from '../run-row.js';
import {hasInProgressFilter, type ServerInfo} from '../server.js';
import {statuses, unfinishedStatuses} from '../status.js';
import {isNameMatch} from './name-match.js';
import {mergeAlternatives, parseTerms, type Term} from './terms.js';

/** What a list of runs can be filtered by. */
export const runFilterKeys = ['status', 'pipeline', 'user', 'tag'] as const;

const keys: ReadonlySet<string> = new Set(runFilterKeys);

/** Whether a word has a colon and is no condition all the same: who typed it may have meant one. */
export const hasUnknownKey = (text: string): boolean =>
  parseRunTerms(text).some(({key, values}) => key === undefined && values.some(value => value.includes(':')));

/** Of these a run has one. */
const singleKeys: ReadonlySet<string> = new Set(['status', 'pipeline', 'user']);

export const parseRunTerms = (text: string): readonly Term[] => mergeAlternatives(parseTerms(text, keys), singleKeys);

const statusWords: ReadonlySet<string> = new Set(statuses);

/** Whether a word alone means a status; a run is also found by a name that has it. */
const isStatusWord = (word: string): boolean => statusWords.has(word.toLowerCase());

/** The word for whoever is signed in. */
export const meWord = 'me';

export const hasMeTerm = (terms: readonly Term[]): boolean =>
  terms.some(({key, values}) => key === 'user' && values.includes(meWord));

/** Whether a run is to be shown. `me` is who is signed in; while that is not known, nothing is theirs. */
export const isRunMatch = (terms: readonly Term[], run: RunRow, me: NamedReference | undefined): boolean =>
  terms.every(({key, values, isNot}) => values.some(value => isTermMatch(key, value, run, me)) !== isNot);

const isTermMatch = (key: string | undefined, value: string, run: RunRow, me: NamedReference | undefined): boolean => {
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

const hasSubstring = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** From here on a word may be the start of an id. */
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
  readonly me: NamedReference | undefined;
  /** The server knows `notoneof:[…]`. */
  readonly canExclude: boolean;
};

/**
 * The part of a filter that the server can apply, as parameters of `GET /runs`, still to be filtered by the terms. Several
 * where no single question finds all: a word may be in the run's name or in that of its pipeline, or be a status. One value for a parameter:
 * what a second one does differs by version.
 */
export const buildServerFilters = (terms: readonly Term[], abilities: ServerFilterContext): readonly RunFilters[] => {
  let keyed: RunFilters = {};
  for (const term of terms) {
    keyed = {...buildServerFilter(term, abilities), ...keyed};
  }

  const words = terms.flatMap(({key, isNot, values: [value = '']}) =>
    key === undefined && !isNot && canSearch(value) ? [value] : [],
  );
  // One word suffices: best one that can be in names only.
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

/** One letter is in every name. */
const canSearch = (word: string): boolean => word.length > 1 && !word.startsWith('#');

const buildServerFilter = (
  {key, values, isNot}: Term,
  {me, canExclude}: ServerFilterContext,
): RunFilters | undefined => {
  if (key === 'status') {
    return buildStatusFilter(values, isNot, canExclude);
  }

  const [value = ''] = values;
  if (isNot || values.length > 1) {
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

/** The start of a word stands for all statuses that begin so. */
const buildStatusFilter = (values: readonly string[], isNot: boolean, canExclude: boolean): RunFilters | undefined => {
  const meant = statuses.filter(status => values.some(value => status.startsWith(value.toLowerCase())));
  const [only = ''] = meant;
  if (meant.length === 1) {
    return {status: isNot ? {not: only} : only};
  }

  if (isNot) {
    return canExclude && meant.length > 0 ? {status: {noneOf: meant}} : undefined;
  }

  // A word of a later server goes as it is.
  return {status: meant.length === 0 ? {startsWith: values[0] ?? ''} : {oneOf: meant}};
};

/** Runs that go on, as parameters of `GET /runs`. */
export const getInProgressFilters = (server: ServerInfo | undefined): RunFilters =>
  hasInProgressFilter(server) ? {isInProgress: true} : {status: {oneOf: unfinishedStatuses}};
