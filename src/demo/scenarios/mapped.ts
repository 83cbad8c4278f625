import type {AttemptScript, ExceptionScript, RunScript, Scenario, StepScript} from '../script.js';
import {fraudProject} from './fraud-project.js';
import * as code from './mapped-code.js';
import {
  buildFailedAttempt,
  buildFinalMetadata,
  buildSucceededAttempt,
  days,
  spreadMessages,
  vary,
} from './script-tools.js';

const rateLimitException: ExceptionScript = {
  source: 'embeddings.errors.RateLimitError',
  message: '429 Too Many Requests: retry after 3 s',
  userCodeLine: 4,
  traceback:
    '  File "/app/search/steps/embed.py", line 19, in embed\n' +
    '    response = client.embed(model=model, texts=passages)\n' +
    '               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n' +
    'embeddings.errors.RateLimitError: 429 Too Many Requests: retry after 3 s\n',
};

const getSearchModule = (name: string): string => `search.steps.${name}`;

const buildEmbedAttempts = (key: string, item: number): AttemptScript[] => {
  const seconds = vary(6, 0.4, key, 'embed', item);
  const passages = Math.round(vary(38, 0.5, key, 'passages', item));
  const logs = spreadMessages(seconds, [`document ${item}: fetching`, `document ${item}: ${passages} passages`]);
  const success = buildSucceededAttempt(seconds, {logs, metadata: buildFinalMetadata(seconds, {passages})});
  return item % 47 === 31 ? [buildFailedAttempt(2, rateLimitException, {isLast: false}), success] : [success];
};

const buildEmbedStep = (key: string, item: number): StepScript => ({
  name: `map:embed:${item}`,
  function: 'embed',
  module: getSearchModule('embed'),
  code: code.embed,
  docstring: 'Cut one document into passages and embed them.',
  parameters: {model: 'e5-large-v2'},
  inputs: [{name: 'document', from: 'list_documents', output: 'documents', chunkIndex: item, chunkSize: 1}],
  outputs: [{name: 'vectors', kind: 'ndarray', version: String(item + 1), metadata: {shape: [38, 1024]}}],
  attempts: buildEmbedAttempts(key, item),
  retry: {max_retries: 2, delay: 3, backoff: 2},
  group: {name: 'embed', type: 'map'},
  delayMs: 350 + item * 240,
});

/** The steps of a dynamic pipeline, which appear only when they start. */
const buildEmbeddingSteps = (key: string, documents: number): StepScript[] => {
  const items = Array.from({length: documents}, (_, item) => buildEmbedStep(key, item));
  return [
    {
      name: 'list_documents',
      module: getSearchModule('load'),
      code: code.listDocuments,
      docstring: 'Policies, manuals and case notes that changed since the last index.',
      inputs: [{name: 'limit', external: {kind: 'int', value: documents}}],
      outputs: [{name: 'documents', kind: 'list', itemCount: documents, content: `${documents} documents`}],
      attempts: [
        buildSucceededAttempt(vary(3, 0.1, key, 'list'), {logs: spreadMessages(3, [`${documents} documents changed`])}),
      ],
      delayMs: 900,
    },
    ...items,
    {
      name: 'build_index',
      module: getSearchModule('index'),
      code: code.buildIndex,
      docstring: 'One approximate index over all passages.',
      inputs: items.map(({name}) => ({name: 'vectors', from: name, output: 'vectors'})),
      outputs: [{name: 'index', kind: 'dict', itemCount: 2, metadata: {value: {passages: documents * 38}}}],
      attempts: [
        buildSucceededAttempt(vary(9, 0.1, key, 'index'), {
          logs: spreadMessages(9, ['training IVF256,PQ32', `adding ${documents * 38} passages`, 'uploading 31 MB']),
          metadata: buildFinalMetadata(9, {passages: documents * 38}),
        }),
      ],
      settings: {resources: {cpu_count: 16, gpu_count: null, memory: '64GB'}},
    },
    {
      name: 'publish_index',
      module: getSearchModule('index'),
      code: code.publishIndex,
      docstring: 'Point the search service at the new index.',
      inputs: [{name: 'index', from: 'build_index', output: 'index'}],
      outputs: [{name: 'alias', kind: 'str', content: 'casebook', metadata: {value: 'casebook'}}],
      attempts: [buildSucceededAttempt(vary(3, 0.1, key, 'publish'))],
    },
  ];
};

const buildQualitySteps = (key: string): StepScript[] => [
  {
    name: 'pick_sample',
    module: getSearchModule('quality'),
    code: code.pickSample,
    docstring: 'Questions from last week that people rated.',
    inputs: [{name: 'size', external: {kind: 'int', value: 40}}],
    outputs: [{name: 'sample', kind: 'list', itemCount: 40}],
    attempts: [buildSucceededAttempt(vary(3, 0.1, key, 'sample'))],
  },
  {
    name: 'ask_questions',
    module: getSearchModule('quality'),
    code: code.askQuestions,
    docstring: 'What the current index finds for each question.',
    inputs: [{name: 'sample', from: 'pick_sample', output: 'sample'}],
    outputs: [{name: 'answers', kind: 'dataframe', itemCount: 40}],
    attempts: [
      buildSucceededAttempt(vary(17, 0.1, key, 'ask'), {
        logs: spreadMessages(17, ['10 of 40', '20 of 40', '30 of 40', '40 of 40']),
      }),
    ],
  },
  {
    name: 'grade',
    module: getSearchModule('quality'),
    code: code.grade,
    docstring: 'Share of questions whose right passage is among the first five.',
    inputs: [{name: 'answers', from: 'ask_questions', output: 'answers'}],
    outputs: [{name: 'recall_at_5', kind: 'float', metadata: {value: 0.875}}],
    attempts: [
      buildSucceededAttempt(vary(2, 0.1, key, 'grade'), {metadata: buildFinalMetadata(2, {recall_at_5: 0.875})}),
    ],
  },
];

/** A run, and the child run that it starts after ten seconds. */
const buildEmbeddingRuns = (key: string, index: number, documents: number, agoMs: number): RunScript[] => [
  {
    key,
    pipeline: 'embed_documents',
    index,
    user: 'priya',
    startedAgoMs: agoMs,
    getSteps: () => buildEmbeddingSteps(key, documents),
    dynamic: true,
    enableCache: false,
    parameters: {limit: documents},
    tags: ['search'],
  },
  {
    key: `${key} quality`,
    pipeline: 'sample_quality',
    index,
    user: 'priya',
    startedAgoMs: agoMs - 10_000,
    getSteps: () => buildQualitySteps(key),
    dynamic: true,
    enableCache: false,
    parameters: {size: 40},
    parent: key,
  },
];

export const mappedScenario: Scenario = {
  name: 'mapped',
  description: 'A dynamic pipeline that maps one step over 200 documents, reduces them, and calls another pipeline',
  build: (size = 200) => ({
    ...fraudProject,
    runs: [
      ...buildEmbeddingRuns('week before last', 7, 40, 14 * days),
      ...buildEmbeddingRuns('last week', 8, 60, 7 * days),
      ...buildEmbeddingRuns('live', 9, size, 350),
    ],
    shownRunKey: 'live',
  }),
};
