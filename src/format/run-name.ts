import type {RunRow} from '../domain/run-row.js';
import {sanitizeToWidth} from './sanitize-to-width.js';

const maxNameCells = 300;

/** The name of a run without the prefix of its pipeline; empty if nothing is left, or if the pipeline is unknown. */
export const formatOwnName = ({name, pipeline}: Pick<RunRow, 'name' | 'pipeline'>): string => {
  if (pipeline === undefined || name === pipeline.name) {
    return '';
  }

  const prefix = `${pipeline.name}-`;
  const own = name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
  return sanitizeToWidth(own, maxNameCells);
};

/** The time in the names that ZenML generates: `2026_11_24-09_55_27_492655`. */
const generatedNamePattern = /^\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d/;

/** Whether the name helps to identify a run: if the user chose it, or if the run has no number. */
export const hasDistinctName = (run: RunRow): boolean => {
  const name = formatOwnName(run);
  return name !== '' && (run.index === undefined || !generatedNamePattern.test(name));
};
