import {groupBy} from '../group-by.js';
import {buildJsonReply, buildMissingEntityError, type DemoReply} from '../replies.js';
import {buildArtifactEntity} from '../wire/artifact.js';
import {buildPipelineEntity, buildStackEntity} from '../wire/project.js';
import {getRunState} from '../wire/run.js';
import {findArtifactById} from '../world/find-by-id.js';
import {buildPageReply, parsePageRequest} from './pages.js';
import {answerForProject} from './project-runs.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';

/** Most recently run first. */
const servePipelines = (request: RouteRequest): DemoReply => {
  const {world, now, query, route} = request;
  const page = parsePageRequest(query, route);
  if ('status' in page) {
    return page;
  }
  return answerForProject(request, runs => {
    const runsByPipeline = groupBy(runs, run => run.script.pipeline);
    const latestRuns = [...runsByPipeline.values()].flatMap(([newest]) => newest ?? []);
    return buildPageReply(latestRuns, page, run => {
      const latest = {id: run.id, status: getRunState(run, now).status, user: run.script.user};
      return JSON.stringify(buildPipelineEntity(world, run.script.pipeline, latest));
    });
  });
};

const serveArtifactVersion = (request: RouteRequest): DemoReply => {
  const {world, now, params} = request;
  const id = params[0] ?? '';
  const artifact = findArtifactById(world, id);
  return artifact && artifact.createdAt <= now
    ? buildJsonReply(buildArtifactEntity(artifact, isHydrated(request, true)))
    : buildMissingEntityError('artifact version', id);
};

const serveStack = ({world, params}: RouteRequest): DemoReply =>
  params[0] === world.ids.stack
    ? buildJsonReply(buildStackEntity(world))
    : buildMissingEntityError('stack', params[0] ?? '');

export const entityRoutes: readonly Route[] = [
  {method: 'GET', path: '/pipelines', handle: servePipelines},
  {method: 'GET', path: '/stacks/{stack_id}', handle: serveStack},
  {method: 'GET', path: '/artifact_versions/{artifact_version_id}', handle: serveArtifactVersion},
];
