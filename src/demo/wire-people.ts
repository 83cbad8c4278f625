import {uuidFor} from './ids.js';
import {entity, type Wire, wireTime, writtenAt} from './wire.js';
import type {World} from './world.js';

/** Users, projects, stacks, components and pipelines: what stands around the runs and does not change. */

const day = 86_400_000;

const userBody = (world: World, name: string): Wire => {
  const user = world.script.users.find(each => each.name === name);
  return {
    ...writtenAt(world.zeroAt - 120 * day),
    active: true,
    activation_token: null,
    full_name: user?.fullName ?? '',
    email_opted_in: null,
    is_service_account: user?.isServiceAccount ?? false,
    is_admin: !(user?.isServiceAccount ?? false),
    default_project_id: world.project.id,
    avatar_url: null,
  };
};

export const userReference = (world: World, name: string): Wire =>
  entity({id: world.userId(name), name, body: userBody(world, name)});

export const userEntity = (world: World, name: string): Wire =>
  entity({
    id: world.userId(name),
    name,
    body: userBody(world, name),
    metadata: {
      password_changed_at: null,
      email: null,
      external_user_id: null,
      user_metadata: {},
      oidc_claims: {},
    },
  });

export const projectEntity = (world: World, id: string, hydrate: boolean): Wire => {
  const {name} = id === world.project.id ? world.project : world.defaultProject;
  return entity({
    id,
    name,
    body: {...writtenAt(world.zeroAt - 120 * day), display_name: name},
    metadata: hydrate ? {description: '', project_metadata: {}} : null,
  });
};

export const stackReference = (world: World): Wire =>
  entity({
    id: world.ids.stack,
    name: world.script.stack.name,
    body: {...writtenAt(world.zeroAt - 119 * day), user_id: null},
  });

const logo = 'https://public-flavor-logos.s3.eu-central-1.amazonaws.com/artifact_store/gcp.png';

export const componentEntity = (world: World): Wire =>
  entity({
    id: world.ids.artifactStore,
    name: world.script.stack.artifactStore,
    body: {
      ...writtenAt(world.zeroAt - 119 * day),
      user_id: null,
      type: 'artifact_store',
      flavor_name: 'gcp',
      integration: 'gcp',
      logo_url: logo,
    },
    metadata: {
      configuration: {path: world.script.stack.path},
      environment: {},
      secrets: [],
      labels: null,
      connector_resource_id: null,
      connector: null,
    },
    resources: {
      user: null,
      flavor: entity({
        id: uuidFor(world.ids.artifactStore, 'flavor'),
        name: 'gcp',
        body: {
          ...writtenAt(world.zeroAt - 120 * day),
          user_id: null,
          type: 'artifact_store',
          display_name: 'GCP',
          integration: 'gcp',
          source: 'zenml.integrations.gcp.flavors.gcp_artifact_store_flavor.GCPArtifactStoreFlavor',
          logo_url: logo,
          is_custom: false,
        },
      }),
    },
  });

const firstRunOf = (world: World, name: string): number =>
  world.runs().findLast(run => run.script.pipeline === name)?.startAt ?? world.zeroAt;

export const pipelineReference = (world: World, name: string, user: string): Wire => {
  const created = firstRunOf(world, name) - 74;
  return entity({
    id: world.pipelineId(name),
    name,
    body: {...writtenAt(created), user_id: world.userId(user), project_id: world.project.id},
  });
};

/** An item of `GET /pipelines`, with its latest run. */
export const pipelineEntity = (
  world: World,
  name: string,
  latest: {id: string; status: string; user: string},
): Wire => ({
  ...pipelineReference(world, name, latest.user),
  resources: {
    user: userReference(world, latest.user),
    latest_run_user: userReference(world, latest.user),
    latest_run_id: latest.id,
    latest_run_status: latest.status,
    tags: [],
    visualizations: [],
  },
});

export const tagReference = (world: World, name: string): Wire =>
  entity({
    id: uuidFor(world.project.id, 'tag', name),
    name,
    body: {
      created: wireTime(world.zeroAt - 60 * day),
      updated: wireTime(world.zeroAt - 60 * day),
      user_id: world.userId('default'),
      color: 'purple',
      exclusive: false,
    },
  });
