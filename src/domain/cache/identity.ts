import type {StepInput} from '../artifact.js';
import type {StepDetail} from '../attempt.js';
import type {CachePolicy} from '../step-config.js';

/** The default, which also applies to steps of clients without cache policies: everything is part of the key. */
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

/** The cache policy that applies to a step. */
export const getCachePolicy = ({config}: StepDetail): CachePolicy => config.cachePolicy ?? defaultPolicy;

/** The part of an input that goes into the key: the hash of its content if it has one, otherwise the version's ID. */
export const getInputIdentity = ({artifact}: StepInput, policy: CachePolicy): string | undefined => {
  if (artifact.contentHash !== undefined && policy.includesArtifactValues) {
    return artifact.contentHash;
  }

  return policy.includesArtifactIds ? artifact.id : undefined;
};

/** The entry of `caching_parameters` with the hash of the step's source code. */
export const stepSourceKey = 'step_source';
