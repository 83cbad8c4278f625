import type {RunRow} from '../domain/run-row.js';
import {sanitizeText} from './safe-text.js';

/** No name is shown in more cells. */
const maxNameCells = 300;

/** The name of a run without that of its pipeline before it; empty where it says no more than that. */
export const formatOwnName = ({name, pipeline}: Pick<RunRow, 'name' | 'pipeline'>): string => {
  if (pipeline === undefined || name === pipeline.name) {
    return '';
  }

  const prefix = `${pipeline.name}-`;
  const own = name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
  return sanitizeText(own, {maxCells: maxNameCells});
};

/** ZenML's own `2026_11_24-09_55_27_492655`, which tells when a run was started. */
const generatedNamePattern = /^\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d/;

/** Whether its name tells a run from others: one that somebody gave, or any where runs have no numbers. */
export const hasDistinctName = (run: RunRow): boolean => {
  const name = formatOwnName(run);
  return name !== '' && (run.index === undefined || !generatedNamePattern.test(name));
};
