import {buildMissingProjectError, type DemoResponse} from '../responses.js';
import {isRunVisible} from '../wire/run.js';
import type {RunTimeline} from '../world/model.js';
import type {RouteRequest} from './route.js';

const getVisibleRuns = ({world, now}: RouteRequest): readonly RunTimeline[] =>
  world.getRuns().filter(run => isRunVisible(run, now));

/**
 * Responds to a list request with what `respond` makes of the runs of the requested project. The server has two projects: that of the
 * scenario, and the default project, which has no runs and is used if the request names no project. For any other, the response is
 * an error.
 */
export const respondForProject = (
  request: RouteRequest,
  respond: (runs: readonly RunTimeline[]) => DemoResponse,
): DemoResponse => {
  const {world, query} = request;
  const nameOrId = query.get('project') ?? world.defaultProject.name;
  const project = [world.project, world.defaultProject].find(({id, name}) => nameOrId === id || nameOrId === name);
  if (!project) {
    return buildMissingProjectError(nameOrId);
  }

  return respond(project === world.project ? getVisibleRuns(request) : []);
};
