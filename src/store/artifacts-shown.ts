import type {ArtifactVersion} from '../domain/artifact.js';
import type {Attempt} from '../domain/attempt.js';
import {paneKey, shownAttempt, shownDetail} from './selectors.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

/** What a step reads or writes, as the tabs list it. */
export type ArtifactPlace = {
  /** Names its fold in the tab. */
  readonly key: string;
  readonly artifact: ArtifactVersion;
  readonly isOpen: boolean;
};

/** Up to so many lie open at first. */
const mostOpen = 2;

export const artifactKey = (kind: 'input' | 'output', place: number): string => `${kind}:${place}`;

/** Inputs or outputs of an attempt, in the order of the list, and which of them lie open. */
export const artifactPlaces = (
  watch: Watch,
  kind: 'input' | 'output',
  artifacts: readonly ArtifactVersion[],
): readonly ArtifactPlace[] => {
  const isOpenAtFirst = artifacts.length <= mostOpen;
  return artifacts.map((artifact, place) => {
    const key = artifactKey(kind, place);
    return {key, artifact, isOpen: isOpenAtFirst !== watch.pane.unfolded.has(`${paneKey(watch)} ${key}`)};
  });
};

/** What a row of a list says of them, or else the attempt's own page. */
export const inputsOf = (attempt: Attempt | undefined, state: State) =>
  attempt?.inputs ?? shownDetail(state)?.attempt.inputs;

export const outputsOf = (attempt: Attempt | undefined, state: State) =>
  attempt?.outputs ?? shownDetail(state)?.attempt.outputs;

/** Those of the open tab that lie open: more is to be known of them. */
export const openArtifacts = (state: State, watch: Watch): readonly ArtifactVersion[] => {
  const attempt = shownAttempt(state);
  const kind = watch.pane.tab === 'inputs' ? 'input' : watch.pane.tab === 'outputs' ? 'output' : undefined;
  const listed =
    kind === 'input' ? inputsOf(attempt, state) : kind === 'output' ? outputsOf(attempt, state) : undefined;
  if (kind === undefined || listed === undefined) {
    return [];
  }

  return artifactPlaces(
    watch,
    kind,
    listed.map(({artifact}) => artifact),
  )
    .filter(({isOpen}) => isOpen)
    .map(({artifact}) => artifact);
};
