import type {StepInput} from '../artifact.js';
import type {StepDetail} from '../attempt.js';
import type {CachePolicy} from '../step-config.js';

/** What holds where a step says nothing, and for steps of clients that knew no policies: all that can counts. */
const defaultPolicy: CachePolicy = {
  includesStepCode: true,
  includesStepParameters: true,
  includesArtifactValues: true,
  includesArtifactIds: true,
  ignoredInputs: [],
  fileDependencies: [],
  sourceDependencies: [],
  cacheFunction: undefined,
  expiresAfterSeconds: undefined,
};

export const getCachePolicy = ({config}: StepDetail): CachePolicy => config.cachePolicy ?? defaultPolicy;

/** What of an input takes part in the key: the hash of its content where it has one, else which version it is. */
export const getInputIdentity = ({artifact}: StepInput, policy: CachePolicy): string | undefined => {
  if (artifact.contentHash !== undefined && policy.includesArtifactValues) {
    return artifact.contentHash;
  }

  return policy.includesArtifactIds ? artifact.id : undefined;
};

/** The parameter among `caching_parameters` that is the hash of the step's source. */
export const stepSourceKey = 'step_source';
