import type {JsonObject} from '../entity.js';
import type {RunTimeline} from '../world/model.js';
import {getRunSubstitutions} from '../world/run-names.js';
import {buildFailureHookSource} from './step-config.js';

/** `metadata.config` of a run. */
export const buildRunConfig = (run: RunTimeline): JsonObject => {
  const {script} = run;
  const skippedSteps =
    script.original === undefined ? [] : script.getSteps().filter(step => step.reusedFrom?.as === 'skipped');
  return {
    enable_cache: script.enableCache ?? null,
    enable_artifact_metadata: null,
    enable_artifact_visualization: null,
    enable_step_logs: null,
    enable_heartbeat: null,
    environment: {},
    secrets: [],
    enable_pipeline_logs: null,
    execution_mode: script.dynamic ? 'stop_on_failure' : 'continue_on_failure',
    settings: script.settings ?? {},
    tags: script.tags ?? null,
    extra: script.extra ?? {},
    failure_hook_source: buildFailureHookSource(run),
    success_hook_source: null,
    start_hook_source: null,
    end_hook_source: null,
    pause_hook_source: null,
    resume_hook_source: null,
    init_hook_source: null,
    init_hook_kwargs: null,
    cleanup_hook_source: null,
    model: null,
    parameters: script.parameters ?? {},
    retry: null,
    substitutions: getRunSubstitutions(run),
    cache_policy: null,
    name: script.pipeline,
    steps_to_skip: skippedSteps.map(step => step.name),
    skip_successful_steps: false,
    step_input_overrides: {},
    step_default_input_overrides: {},
  };
};
