import {deriveUuid} from '../derived-ids.js';
import {formatWireTime} from '../entity.js';
import type {RunTimeline} from './model.js';

/** `{date}` and `{time}` in the name template of a run: `2026_11_24` and `06_19_05_252324`. */
export const getRunSubstitutions = (run: RunTimeline): {readonly date: string; readonly time: string} => {
  const [date = '', time = ''] = formatWireTime(run.startAt).split('T');
  const [clock = '', fraction = '000000'] = time.split('.');
  return {date: date.replaceAll('-', '_'), time: `${clock.replaceAll(':', '_')}_${fraction}`};
};

export const buildRunName = (run: RunTimeline): string => {
  const {date, time} = getRunSubstitutions(run);
  return `${run.script.pipeline}-${date}-${time}`;
};

/** The ID of the frozen configuration and code that the run uses. */
export const deriveSnapshotId = (run: RunTimeline): string => deriveUuid(run.id, 'snapshot');
