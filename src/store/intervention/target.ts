import type {Run} from '../../domain/run.js';
import {selectSelectedRunRow} from '../runs/run-rows.js';
import type {State} from '../state.js';
import {getBaseScreen} from '../ui/screen.js';

/** The run that an intervention is about. Of a run in a list, less is known. */
export type TargetRun = Pick<
  Run,
  'id' | 'name' | 'pipeline' | 'index' | 'status' | 'isInProgress' | 'waitCondition' | 'tags'
> &
  Partial<Pick<Run, 'context' | 'isDynamic'>>;

/** `training_pipeline #42`; not sanitized. */
export const formatTargetRun = ({pipeline, index, name}: Pick<TargetRun, 'pipeline' | 'index' | 'name'>): string =>
  pipeline === undefined || index === undefined ? name : `${pipeline.name} #${index}`;

/** The open run, or the selected one in the list of runs. */
export const selectTargetRun = (state: State): TargetRun | undefined =>
  getBaseScreen(state.screen).name === 'runs' ? selectSelectedRunRow(state) : state.openRun?.run;
