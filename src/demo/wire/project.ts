import {deriveUuid} from '../derived-ids.js';
import {buildEntity, buildTimestamps, formatWireTime, type JsonObject} from '../entity.js';
import type {DemoWorld} from '../world/model.js';

/** Users, projects, stacks, pipelines and tags: everything around the runs that does not change. */

const dayMs = 86_400_000;

const buildUserBody = (world: DemoWorld, name: string): JsonObject => {
  const user = world.script.users.find(each => each.name === name);
  return {
    ...buildTimestamps(world.zeroAt - 120 * dayMs),
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

export const buildUserReference = (world: DemoWorld, name: string): JsonObject =>
  buildEntity({id: world.getUserId(name), name, body: buildUserBody(world, name)});

export const buildUserEntity = (world: DemoWorld, name: string): JsonObject =>
  buildEntity({
    id: world.getUserId(name),
    name,
    body: buildUserBody(world, name),
    metadata: {
      password_changed_at: null,
      email: null,
      external_user_id: null,
      user_metadata: {},
      oidc_claims: {},
    },
  });

export const buildProjectEntity = (world: DemoWorld, id: string, hydrate: boolean): JsonObject => {
  const {name} = id === world.project.id ? world.project : world.defaultProject;
  return buildEntity({
    id,
    name,
    body: {...buildTimestamps(world.zeroAt - 120 * dayMs), display_name: name},
    metadata: hydrate ? {description: '', project_metadata: {}} : null,
  });
};

export const buildStackReference = (world: DemoWorld): JsonObject =>
  buildEntity({
    id: world.ids.stack,
    name: world.script.stack.name,
    body: {...buildTimestamps(world.zeroAt - 119 * dayMs), user_id: null},
  });

/** A stack with its orchestrator and artifact store. */
export const buildStackEntity = (world: DemoWorld): JsonObject => {
  const buildComponent = (type: string, name: string, flavor: string): JsonObject =>
    buildEntity({
      id: deriveUuid(world.ids.stack, type),
      name,
      body: {
        ...buildTimestamps(world.zeroAt - 119 * dayMs),
        user_id: null,
        type,
        flavor_name: flavor,
        integration: 'built-in',
        logo_url: '',
      },
    });
  const {name, artifactStore} = world.script.stack;
  return {
    ...buildStackReference(world),
    metadata: {
      components: {
        artifact_store: [buildComponent('artifact_store', artifactStore, 'local')],
        orchestrator: [buildComponent('orchestrator', `${name}-kubeflow`, 'kubeflow')],
      },
      description: null,
      stack_spec_path: null,
      environment: {},
      secrets: [],
    },
  };
};

const getFirstRunAt = (world: DemoWorld, name: string): number =>
  world.getRuns().findLast(run => run.script.pipeline === name)?.startAt ?? world.zeroAt;

export const buildPipelineReference = (world: DemoWorld, name: string, user: string): JsonObject => {
  const createdAt = getFirstRunAt(world, name) - 74;
  return buildEntity({
    id: world.getPipelineId(name),
    name,
    body: {...buildTimestamps(createdAt), user_id: world.getUserId(user), project_id: world.project.id},
  });
};

export const buildTagReference = (world: DemoWorld, name: string): JsonObject =>
  buildEntity({
    id: deriveUuid(world.project.id, 'tag', name),
    name,
    body: {
      created: formatWireTime(world.zeroAt - 60 * dayMs),
      updated: formatWireTime(world.zeroAt - 60 * dayMs),
      user_id: world.getUserId('default'),
      color: 'purple',
      exclusive: false,
    },
  });
