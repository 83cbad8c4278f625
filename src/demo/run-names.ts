import {uuidFor} from './ids.js';
import type {RunTimeline} from './timeline.js';
import {wireTime} from './wire.js';

/** `{date}` and `{time}` of a run's name template, from its start: `2026_11_24` and `06_19_05_252324`. */
export const runSubstitutions = (run: RunTimeline): {readonly date: string; readonly time: string} => {
  const [date = '', time = ''] = wireTime(run.startAt).split('T');
  const [clock = '', fraction = '000000'] = time.split('.');
  return {date: date.replaceAll('-', '_'), time: `${clock.replaceAll(':', '_')}_${fraction}`};
};

export const runName = (run: RunTimeline): string => {
  const {date, time} = runSubstitutions(run);
  return `${run.script.pipeline}-${date}-${time}`;
};

/** A run's frozen pipeline: its configuration and code. */
export const snapshotIdOf = (run: RunTimeline): string => uuidFor(run.id, 'snapshot');
