import type {ArtifactVersionDetail} from '../domain/artifact.js';
import type {ArtifactVersionId} from '../domain/ids.js';
import {openArtifacts} from './artifacts-shown.js';
import {otherRunNeed, stepNeed} from './detail-needs.js';
import {earlierStepOf} from './earlier.js';
import type {Need} from './query.js';
import {dueAfter, never} from './requests.js';
import {isPaneShown, shownStep} from './selectors.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

/** Pages of artifact versions are asked for few at a time. */
const mostAtOnce = 4;

const pauseMs = 5000;

/** How long the cursor rests on a step before pages of its artifacts are asked for, in milliseconds. */
const restMs = 300;

export const artifactVersionKey = (id: ArtifactVersionId): string => `artifact-version:${id}`;

/** The pages of the artifact versions that lie open in a tab, where those came from, and what they were the last time. */
export const artifactNeeds = (state: State, watch: Watch): readonly Need[] => {
  if (state.session.isScreenless === true || !isPaneShown(state)) {
    return [];
  }

  const open = openArtifacts(state, watch);
  const ids = [
    ...open.map(({id}) => id),
    ...earlierIds(
      watch,
      open.map(({artifactName}) => artifactName),
    ),
  ];
  const pages = open.flatMap(({id}) => watch.artifactsById.get(id) ?? []);
  return [
    ...ids
      .filter(id => !watch.artifactsById.has(id))
      .slice(0, mostAtOnce)
      .map(id => pageNeed(state, id)),
    ...pages.slice(0, mostAtOnce).flatMap(page => producerNeeds(state, watch, page)),
  ];
};

const pageNeed = (state: State, id: ArtifactVersionId): Need => {
  const key = artifactVersionKey(id);
  const isGone = state.requests.get(key)?.failure?.kind === 'not-found';
  return {
    key,
    query: {kind: 'artifact-version', artifactVersionId: id},
    dueAt: isGone ? never : dueAfter(state, key, pauseMs),
    restMs,
  };
};

/** What the step wrote under the same names the last time: its metadata are compared with. */
const earlierIds = (watch: Watch, names: readonly string[]): readonly ArtifactVersionId[] => {
  const step = watch.pane.tab === 'outputs' ? shownStep(watch) : undefined;
  const earlier = step && earlierStepOf(watch, step.name);
  const wanted = new Set(names);
  return (earlier?.detail.attempt.outputs ?? [])
    .filter(({artifact}) => wanted.has(artifact.artifactName))
    .map(({artifact}) => artifact.id);
};

/** The step that wrote it and that one's run, where that is another run than this. */
const producerNeeds = (
  state: State,
  watch: Watch,
  {producerRunId, producerStepId}: ArtifactVersionDetail,
): readonly Need[] => {
  if (producerRunId === undefined || producerRunId === watch.runId) {
    return [];
  }

  const isStepKnown = producerStepId === undefined || watch.detailsById.has(producerStepId);
  return [
    ...(watch.otherRunsById.has(producerRunId) ? [] : [otherRunNeed(state, producerRunId)]),
    ...(isStepKnown ? [] : [stepNeed(state, producerStepId, pauseMs)]),
  ];
};
