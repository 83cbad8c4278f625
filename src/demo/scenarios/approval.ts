import type {Scenario, StepScript} from '../script.js';
import {fraudProject} from './fraud-project.js';
import {buildFinalMetadata, buildSucceededAttempt, spreadMessages} from './script-tools.js';

const buildReleaseSteps = (): StepScript[] => [
  {
    name: 'fetch_candidate',
    module: 'fraud.release',
    code: '@step\ndef fetch_candidate() -> Annotated[str, "candidate"]:\n    return Model("fraud_scorer", "staging").uri\n',
    docstring: 'The version in staging.',
    outputs: [{name: 'candidate', kind: 'str', metadata: {value: 'fraud_scorer:32'}}],
    attempts: [buildSucceededAttempt(2, {logs: spreadMessages(2, ['fraud_scorer version 32'])})],
  },
  {
    name: 'shadow_test',
    module: 'fraud.release',
    code: '@step\ndef shadow_test(candidate: str) -> Annotated[dict, "comparison"]:\n    return compare(candidate, PRODUCTION)\n',
    docstring: 'Both versions on the traffic of the last hour.',
    inputs: [{name: 'candidate', from: 'fetch_candidate', output: 'candidate'}],
    outputs: [
      {name: 'comparison', kind: 'dict', itemCount: 2, metadata: {value: {production: 0.641, candidate: 0.688}}},
    ],
    attempts: [
      buildSucceededAttempt(8, {
        logs: spreadMessages(8, ['production  0.641', 'candidate   0.688', 'difference +0.047']),
        metadata: buildFinalMetadata(8, {difference: 0.047}),
      }),
    ],
  },
  {
    name: 'release',
    module: 'fraud.release',
    code: '@step\ndef release(candidate: str) -> Annotated[str, "alias"]:\n    return registry.promote(candidate, "production")\n',
    docstring: 'Makes the candidate the version in production.',
    inputs: [{name: 'candidate', from: 'fetch_candidate', output: 'candidate'}],
    after: ['shadow_test'],
    outputs: [{name: 'alias', kind: 'str', content: 'production', metadata: {value: 'production'}}],
    attempts: [buildSucceededAttempt(6, {logs: spreadMessages(6, ['fraud_scorer:32 is in production'])})],
    afterAnswer: true,
  },
];

export const approvalScenario: Scenario = {
  name: 'approval',
  description: 'A run that asks a question before it releases a model, and waits for the answer',
  build: () => ({
    ...fraudProject,
    runs: [
      {
        key: 'release',
        pipeline: 'release_model',
        index: 12,
        user: 'maya',
        startedAgoMs: 350,
        getSteps: buildReleaseSteps,
        dynamic: true,
        enableCache: false,
        wait: {
          name: 'approve',
          atMs: 13_000,
          question: 'Release fraud_scorer 32 to production?',
          schema: {type: 'boolean'},
          metadata: {production: 0.641, candidate: 0.688},
        },
      },
    ],
    shownRunKey: 'release',
  }),
};
