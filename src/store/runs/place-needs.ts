import {isServerAway} from '../../domain/failure.js';
import type {Need} from '../query.js';
import {dueAfter, never} from '../requests.js';
import type {State} from '../state.js';
import {listedProjectId} from './runs-needs.js';

const minute = 60_000;

/** What stands around the runs: the name of the project, and which others there are while one is chosen. */
export const placeNeeds = (state: State): readonly Need[] => [...projectNeeds(state), ...projectsNeeds(state)];

const projectNeeds = (state: State): readonly Need[] => {
  const projectId = listedProjectId(state);
  if (projectId === undefined || state.session.project?.name !== undefined) {
    return [];
  }

  const failure = state.requests.get('project')?.failure;
  // Who may not see it, and an old server that has none, is not asked again and again.
  const isHopeless = failure !== undefined && !isServerAway(failure);
  const dueAt = isHopeless ? never : dueAfter(state, 'project', minute);
  return [{key: 'project', query: {kind: 'project', projectId}, dueAt}];
};

const projectsNeeds = (state: State): readonly Need[] =>
  state.screen.name === 'choosing' && state.screen.what === 'project'
    ? [{key: 'projects', query: {kind: 'projects'}, dueAt: dueAfter(state, 'projects', minute)}]
    : [];
