import {buildJsonResponse, buildMissingEntityError, type DemoResponse} from '../responses.js';
import {buildArtifactEntity} from '../wire/artifact.js';
import {buildStackEntity} from '../wire/project.js';
import {findArtifactById} from '../world/find-by-id.js';
import {deriveSnapshotId} from '../world/run-names.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';

const serveArtifactVersion = (request: RouteRequest): DemoResponse => {
  const {world, now, params} = request;
  const id = params[0] ?? '';
  const artifact = findArtifactById(world, id);
  return artifact && artifact.createdAt <= now
    ? buildJsonResponse(buildArtifactEntity(artifact, isHydrated(request, true)))
    : buildMissingEntityError('artifact version', id);
};

const serveStack = ({world, params}: RouteRequest): DemoResponse =>
  params[0] === world.ids.stack
    ? buildJsonResponse(buildStackEntity(world))
    : buildMissingEntityError('stack', params[0] ?? '');

/** Serves the one part of a snapshot that zentop reads: where its pipeline is defined. */
const serveSnapshot = ({world, params}: RouteRequest): DemoResponse => {
  const run = world.getRuns().find(each => deriveSnapshotId(each) === params[0]);
  if (run === undefined) {
    return buildMissingEntityError('pipeline snapshot', params[0] ?? '');
  }

  const {pipeline} = run.script;
  const source = {module: 'pipelines', attribute: pipeline.replaceAll(/\W/g, '_'), type: 'user'};
  return buildJsonResponse({id: deriveSnapshotId(run), metadata: {pipeline_spec: {version: '0.5', source}}});
};

export const entityRoutes: readonly Route[] = [
  {method: 'GET', path: '/stacks/{stack_id}', handle: serveStack},
  {method: 'GET', path: '/pipeline_snapshots/{snapshot_id}', handle: serveSnapshot},
  {method: 'GET', path: '/artifact_versions/{artifact_version_id}', handle: serveArtifactVersion},
];
