import type {ArtifactVersion} from '../../domain/artifact.js';
import type {Attempt} from '../../domain/attempt.js';
import type {OpenRun} from '../run/open-run.js';
import {getPaneKey, selectShownAttempt, selectShownDetail} from '../selectors.js';
import type {State} from '../state.js';

/** What a step reads or writes, as the tabs list it. */
export type ListedArtifact = {
  /** Identifies its section in the tab. */
  readonly key: string;
  readonly artifact: ArtifactVersion;
  readonly isOpen: boolean;
};

/** At most this many are open at first. */
const maxOpenArtifacts = 2;

const getArtifactKey = (kind: 'input' | 'output', index: number): string => `${kind}:${index}`;

/** Inputs or outputs of an attempt, in list order, and which of them are open. */
export const getListedArtifacts = (
  openRun: OpenRun,
  kind: 'input' | 'output',
  artifacts: readonly ArtifactVersion[],
): readonly ListedArtifact[] => {
  const isOpenAtFirst = artifacts.length <= maxOpenArtifacts;
  return artifacts.map((artifact, index) => {
    const key = getArtifactKey(kind, index);
    return {key, artifact, isOpen: isOpenAtFirst !== openRun.pane.toggledSections.has(`${getPaneKey(openRun)} ${key}`)};
  });
};

/** The inputs of an attempt, from its row or else from its details. */
export const selectInputs = (attempt: Attempt | undefined, state: State) =>
  attempt?.inputs ?? selectShownDetail(state)?.attempt.inputs;

export const selectOutputs = (attempt: Attempt | undefined, state: State) =>
  attempt?.outputs ?? selectShownDetail(state)?.attempt.outputs;

/** The artifacts that are open in the current tab, which shows more details of them. */
export const selectOpenArtifacts = (state: State, openRun: OpenRun): readonly ArtifactVersion[] => {
  const attempt = selectShownAttempt(state);
  const kind = openRun.pane.tab === 'inputs' ? 'input' : openRun.pane.tab === 'outputs' ? 'output' : undefined;
  const artifacts =
    kind === 'input' ? selectInputs(attempt, state) : kind === 'output' ? selectOutputs(attempt, state) : undefined;
  if (kind === undefined || artifacts === undefined) {
    return [];
  }

  return getListedArtifacts(
    openRun,
    kind,
    artifacts.map(({artifact}) => artifact),
  )
    .filter(({isOpen}) => isOpen)
    .map(({artifact}) => artifact);
};
