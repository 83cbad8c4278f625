import {buildMissingProjectError, type DemoReply} from '../replies.js';
import {isRunVisible} from '../wire/run.js';
import type {RunTimeline} from '../world/model.js';
import type {RouteRequest} from './route.js';

const getVisibleRuns = ({world, now}: RouteRequest): readonly RunTimeline[] =>
  world.getRuns().filter(run => isRunVisible(run, now));

/**
 * Responds to a list request with the runs of its project. The default project, which is also the one meant if none is named, has
 * no runs. Any project other than these two is an error.
 */
export const answerForProject = (
  request: RouteRequest,
  answer: (runs: readonly RunTimeline[]) => DemoReply,
): DemoReply => {
  const {world, query} = request;
  const nameOrId = query.get('project') ?? world.defaultProject.name;
  const project = [world.project, world.defaultProject].find(({id, name}) => nameOrId === id || nameOrId === name);
  if (!project) {
    return buildMissingProjectError(nameOrId);
  }

  return answer(project === world.project ? getVisibleRuns(request) : []);
};
