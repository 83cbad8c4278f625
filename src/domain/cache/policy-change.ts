import type {StepDetail} from '../attempt.js';
import {isEqual} from '../equality.js';
import type {CachePolicy} from '../step-config.js';
import {getCachePolicy, getInputIdentity, stepSourceKey} from './identity.js';

/** A setting of the cache policy that makes another key. */
export type PolicyChange = {
  readonly [Setting in keyof CachePolicy]: {
    readonly setting: Setting;
    readonly from: CachePolicy[Setting];
    readonly to: CachePolicy[Setting];
  };
}[keyof CachePolicy];

/** The settings that are no longer what they were, as far as the key depends on them for this step. */
export const findPolicyChanges = (then: StepDetail, now: StepDetail): readonly PolicyChange[] => {
  const [from, to] = [getCachePolicy(then), getCachePolicy(now)];
  const of = <Setting extends keyof CachePolicy>(setting: Setting) =>
    isEqual(from[setting], to[setting]) ? [] : [{setting, from: from[setting], to: to[setting]}];
  const inputs = now.attempt.inputs ?? [];
  const countsOtherwise = inputs.some(input => getInputIdentity(input, from) !== getInputIdentity(input, to));
  const names = new Set(inputs.map(({name}) => name));
  const ignored = new Set([...from.ignoredInputs, ...to.ignoredInputs].filter(name => names.has(name)));
  const ignoresOthers = [...ignored].some(
    name => from.ignoredInputs.includes(name) !== to.ignoredInputs.includes(name),
  );
  return [
    ...(stepSourceKey in now.config.cachingParameters ? of('includesStepCode') : []),
    ...(Object.keys(now.config.parameters).length > 0 ? of('includesStepParameters') : []),
    ...(countsOtherwise ? [...of('includesArtifactValues'), ...of('includesArtifactIds')] : []),
    ...(ignoresOthers ? of('ignoredInputs') : []),
    ...of('fileDependencies'),
    ...of('sourceDependencies'),
    ...of('cacheFunction'),
    // How long outputs may be reused takes no part in the key.
  ];
};
