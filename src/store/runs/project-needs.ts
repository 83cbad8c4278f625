import {isOutage} from '../../domain/failure.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import {getRunsPageKey, selectProjectId} from './runs-needs.js';

const minute = 60_000;

/** How often the projects are fetched while the user chooses one, in milliseconds. */
const projectsGapMs = 10_000;

/** How often a project of the same name is looked for, in milliseconds. */
const newProjectGapMs = 5000;

/** The name of the project, and the other projects while the user chooses one. */
export const getProjectNeeds = (state: State): readonly Need[] => [
  ...getProjectNameNeeds(state),
  ...getNewProjectNeeds(state),
  ...getProjectListNeeds(state),
];

const getProjectNameNeeds = (state: State): readonly Need[] => {
  const projectId = selectProjectId(state);
  if (projectId === undefined || state.session.project?.name !== undefined) {
    return [];
  }

  const failure = state.requestsByKey.get('project')?.failure;
  // Fetched only once if access is denied, or if the server is too old to have projects.
  const isHopeless = failure !== undefined && !isOutage(failure);
  const dueAt = isHopeless ? never : getDueAt(state, 'project', minute);
  return [{key: 'project', query: {kind: 'project', projectId}, dueAt}];
};

/** The project of the same name, if the server no longer knows the project whose runs are listed: a new database has new IDs. */
const getNewProjectNeeds = (state: State): readonly Need[] => {
  const name = state.session.project?.name;
  const isGone =
    state.screen.name === 'runs' && state.requestsByKey.get(getRunsPageKey({}, 1))?.failure?.kind === 'not-found';
  return isGone && name !== undefined
    ? [{key: 'new-project', query: {kind: 'new-project', name}, dueAt: getDueAt(state, 'new-project', newProjectGapMs)}]
    : [];
};

const getProjectListNeeds = (state: State): readonly Need[] =>
  state.screen.name === 'choosing' && state.screen.what === 'project'
    ? [{key: 'projects', query: {kind: 'projects'}, dueAt: getDueAt(state, 'projects', projectsGapMs)}]
    : [];
