import type {StepDetail} from '../attempt.js';
import {isEqual} from '../equality.js';
import type {CachePolicy} from '../step-config.js';
import {getCachePolicy, getInputIdentity, stepSourceKey} from './identity.js';

/** A setting of the cache policy whose change also changes the key. */
export type PolicyChange = {
  readonly [Setting in keyof CachePolicy]: {
    readonly setting: Setting;
    readonly from: CachePolicy[Setting];
    readonly to: CachePolicy[Setting];
  };
}[keyof CachePolicy];

/** The settings that have changed, if the key of this step depends on them. */
export const findPolicyChanges = (before: StepDetail, after: StepDetail): readonly PolicyChange[] => {
  const [from, to] = [getCachePolicy(before), getCachePolicy(after)];
  const compareSetting = <Setting extends keyof CachePolicy>(setting: Setting) =>
    isEqual(from[setting], to[setting]) ? [] : [{setting, from: from[setting], to: to[setting]}];
  const inputs = after.attempt.inputs ?? [];
  const hasOtherIdentities = inputs.some(input => getInputIdentity(input, from) !== getInputIdentity(input, to));
  const names = new Set(inputs.map(({name}) => name));
  const ignored = new Set([...from.ignoredInputs, ...to.ignoredInputs].filter(name => names.has(name)));
  const hasOtherIgnoredInputs = [...ignored].some(
    name => from.ignoredInputs.includes(name) !== to.ignoredInputs.includes(name),
  );
  return [
    ...(stepSourceKey in after.config.cachingParameters ? compareSetting('includesStepCode') : []),
    ...(Object.keys(after.config.parameters).length > 0 ? compareSetting('includesStepParameters') : []),
    ...(hasOtherIdentities
      ? [...compareSetting('includesArtifactValues'), ...compareSetting('includesArtifactIds')]
      : []),
    ...(hasOtherIgnoredInputs ? compareSetting('ignoredInputs') : []),
    ...compareSetting('fileDependencies'),
    ...compareSetting('sourceDependencies'),
    ...compareSetting('cacheFunction'),
    // The expiry of outputs is not part of the key.
  ];
};
