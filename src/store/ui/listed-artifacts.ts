import type {ArtifactVersion} from '../../domain/artifact.js';
import type {Attempt} from '../../domain/attempt.js';
import type {OpenRun} from '../run/open-run.js';
import {getPaneKey, selectShownAttempt, selectShownDetail} from '../selectors.js';
import type {State} from '../state.js';

/** What a step reads or writes, as the tabs list it. */
export type ListedArtifact = {
  /** Names its fold in the tab. */
  readonly key: string;
  readonly artifact: ArtifactVersion;
  readonly isOpen: boolean;
};

/** Up to so many lie open at first. */
const maxOpenArtifacts = 2;

const getArtifactKey = (kind: 'input' | 'output', place: number): string => `${kind}:${place}`;

/** Inputs or outputs of an attempt, in the order of the list, and which of them lie open. */
export const getListedArtifacts = (
  openRun: OpenRun,
  kind: 'input' | 'output',
  artifacts: readonly ArtifactVersion[],
): readonly ListedArtifact[] => {
  const isOpenAtFirst = artifacts.length <= maxOpenArtifacts;
  return artifacts.map((artifact, place) => {
    const key = getArtifactKey(kind, place);
    return {key, artifact, isOpen: isOpenAtFirst !== openRun.pane.unfolded.has(`${getPaneKey(openRun)} ${key}`)};
  });
};

/** What a row of a list says of them, or else the attempt's own page. */
export const selectInputs = (attempt: Attempt | undefined, state: State) =>
  attempt?.inputs ?? selectShownDetail(state)?.attempt.inputs;

export const selectOutputs = (attempt: Attempt | undefined, state: State) =>
  attempt?.outputs ?? selectShownDetail(state)?.attempt.outputs;

/** Those of the open tab that lie open: more is to be known of them. */
export const selectOpenArtifacts = (state: State, openRun: OpenRun): readonly ArtifactVersion[] => {
  const attempt = selectShownAttempt(state);
  const kind = openRun.pane.tab === 'inputs' ? 'input' : openRun.pane.tab === 'outputs' ? 'output' : undefined;
  const listed =
    kind === 'input' ? selectInputs(attempt, state) : kind === 'output' ? selectOutputs(attempt, state) : undefined;
  if (kind === undefined || listed === undefined) {
    return [];
  }

  return getListedArtifacts(
    openRun,
    kind,
    listed.map(({artifact}) => artifact),
  )
    .filter(({isOpen}) => isOpen)
    .map(({artifact}) => artifact);
};
