import type {ArtifactVersionDetail} from '../../domain/artifact.js';
import type {ArtifactVersionId} from '../../domain/ids.js';
import {findPreviousStep} from '../history/history.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import {findShownStep, isPaneShown} from '../selectors.js';
import type {State} from '../state.js';
import {selectOpenArtifacts} from '../ui/listed-artifacts.js';
import {getReferencedRunNeed, getStepNeed} from './detail-needs.js';
import {isInvalidated} from './is-invalidated.js';
import type {OpenRun} from './open-run.js';

/** Details of artifact versions are fetched a few at a time, and so are the steps and runs that wrote them. */
const maxNeedsAtOnce = 4;

/** If a response did not contain what is missing, it is requested again after this pause, in milliseconds. */
const pauseMs = 5000;

/** How long a step must be selected before the details of its artifacts are fetched, in milliseconds. */
const restMs = 300;

export const getArtifactVersionKey = (id: ArtifactVersionId): string => `artifact-version:${id}`;

/** Details of the artifact versions that are open in a tab, of the steps that wrote them, and of their previous versions. */
export const getArtifactNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  if (state.session.isScreenless === true || !isPaneShown(state)) {
    return [];
  }

  const openArtifacts = selectOpenArtifacts(state, openRun);
  const ids = [
    ...openArtifacts.map(({id}) => id),
    ...getPreviousArtifactIds(
      openRun,
      openArtifacts.map(({artifactName}) => artifactName),
    ),
  ];
  const details = openArtifacts.flatMap(({id}) => openRun.artifactsById.get(id) ?? []);
  const detailNeeds = ids
    .filter(id => !openRun.artifactsById.has(id) || isOutdated(state, openRun, id))
    .map(id => getArtifactVersionNeed(state, id));
  const producerNeeds = details.flatMap(detail => getProducerNeeds(state, openRun, detail));
  return [...takeFirst(detailNeeds), ...takeFirst(producerNeeds)];
};

/** The first few of these needs, without those for what the server has lost. */
const takeFirst = (needs: readonly Need[]): readonly Need[] =>
  needs.filter(({dueAt}) => dueAt < never).slice(0, maxNeedsAtOnce);

/** The tags and metadata of an artifact version can change. */
const isOutdated = ({requestsByKey}: State, openRun: OpenRun, id: ArtifactVersionId): boolean =>
  isInvalidated(openRun, requestsByKey.get(getArtifactVersionKey(id)));

const getArtifactVersionNeed = (state: State, id: ArtifactVersionId): Need => {
  const key = getArtifactVersionKey(id);
  const isGone = state.requestsByKey.get(key)?.failure?.kind === 'not-found';
  return {
    key,
    query: {kind: 'artifact-version', artifactVersionId: id},
    dueAt: isGone ? never : getDueAt(state, key, pauseMs),
    restMs,
  };
};

/** What the step wrote under the same names the last time, to compare metadata with. */
const getPreviousArtifactIds = (openRun: OpenRun, names: readonly string[]): readonly ArtifactVersionId[] => {
  const step = openRun.pane.tab === 'outputs' ? findShownStep(openRun) : undefined;
  const previous = step && findPreviousStep(openRun, step.name);
  const wantedNames = new Set(names);
  return (previous?.detail.attempt.outputs ?? [])
    .filter(({artifact}) => wantedNames.has(artifact.artifactName))
    .map(({artifact}) => artifact.id);
};

/** The step that wrote an artifact version in another run, and that run. */
const getProducerNeeds = (
  state: State,
  openRun: OpenRun,
  {producerRunId, producerStepId}: ArtifactVersionDetail,
): readonly Need[] => {
  if (producerRunId === undefined || producerRunId === openRun.runId) {
    return [];
  }

  const isStepKnown = producerStepId === undefined || openRun.detailsById.has(producerStepId);
  return [
    ...(openRun.referencedRunsById.has(producerRunId) ? [] : [getReferencedRunNeed(state, producerRunId)]),
    ...(isStepKnown ? [] : [getStepNeed(state, producerStepId, pauseMs)]),
  ];
};
