import {deriveUuid} from '../derived-ids.js';
import {formatWireTime} from '../entity.js';
import type {RunTimeline} from './timeline.js';

/** `{date}` and `{time}` of a run's name template, from its start: `2026_11_24` and `06_19_05_252324`. */
export const getRunSubstitutions = (run: RunTimeline): {readonly date: string; readonly time: string} => {
  const [date = '', time = ''] = formatWireTime(run.startAt).split('T');
  const [clock = '', fraction = '000000'] = time.split('.');
  return {date: date.replaceAll('-', '_'), time: `${clock.replaceAll(':', '_')}_${fraction}`};
};

export const buildRunName = (run: RunTimeline): string => {
  const {date, time} = getRunSubstitutions(run);
  return `${run.script.pipeline}-${date}-${time}`;
};

/** A run's frozen pipeline: its configuration and code. */
export const deriveSnapshotId = (run: RunTimeline): string => deriveUuid(run.id, 'snapshot');
