import assert from 'node:assert/strict';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ArtifactVersionDetail} from '../../../src/domain/artifact.js';
import {type ArtifactVersionId, toArtifactVersionId, toRunId} from '../../../src/domain/ids.js';
import type {ArtifactEntry} from '../../../src/format/detail/artifact-entry.js';
import {type ListView, renderArtifactList} from '../../../src/format/detail/artifact-list.js';
import {countLineCells, getLineText} from '../../../src/format/line.js';
import {anArtifact, at} from '../../support/builders.js';

const view: ListView = {
  width: 80,
  noun: 'input',
  isUnfinished: false,
  filter: '',
  isToggled: () => false,
  now: at(600),
  getUtcOffset: () => 0,
};

const anEntry = (changes: Partial<ArtifactEntry> = {}): ArtifactEntry => ({
  key: `input:${changes.name ?? 'dataset'}${changes.part ?? ''}`,
  name: 'dataset',
  artifact: anArtifact({itemCount: 1200}),
  part: '',
  inputType: 'step_output',
  isOpen: false,
  origin: {kind: 'here', stepName: 'embed'},
  detail: undefined,
  detailFailure: undefined,
  previous: undefined,
  readers: undefined,
  ...changes,
});

const config = anEntry({
  name: 'config',
  inputType: 'external',
  origin: undefined,
  artifact: anArtifact({artifactName: 'train_cfg', version: '3', dataType: 'builtins.dict'}),
});

const anArtifactDetail = (changes: Partial<ArtifactVersionDetail> = {}): ArtifactVersionDetail => ({
  artifact: anArtifact(),
  producerStepId: undefined,
  producerRunId: undefined,
  metadata: {},
  visualizations: [],
  tags: [],
  user: undefined,
  ...changes,
});

const renderTexts = (entries: readonly ArtifactEntry[], changes: Partial<ListView> = {}): readonly string[] =>
  renderArtifactList(entries, {...view, ...changes}).map(({line}) => getLineText(line).trimEnd());

test('shows each input on one line with its origin', () => {
  assert.deepEqual(renderTexts([anEntry(), config]), [
    '2 inputs',
    '▸ dataset  embeddings:17  DataFrame · 1,200 items · from embed',
    '▸ config   train_cfg:3    dict · external',
  ]);
});

test('cuts the facts first, then the names and the version', () => {
  assert.deepEqual(renderTexts([anEntry(), config], {width: 30}), [
    '2 inputs',
    '▸ dataset  embeddings:17  Dat…',
    '▸ config   train_cfg:3    dic…',
  ]);
  assert.deepEqual(renderTexts([anEntry(), config], {width: 20}).slice(1), [
    '▸ datas…  emb…ngs:1…',
    '▸ config  trai…cfg:…',
  ]);
});

test('shows the known details of an open entry while the rest is loading', () => {
  const artifact = anArtifact({itemCount: 1200, contentHash: 'cb7b41'});
  assert.deepEqual(renderTexts([anEntry({isOpen: true, artifact})]), [
    '1 input',
    '▾ dataset  embeddings:17',
    '    input    step_output',
    '    from     embed in this run',
    '    type     pandas.core.frame.DataFrame · DataArtifact',
    '    items    1,200',
    '    uri      /stores/embeddings/17',
    '    saved by zenml.materializers.pandas_materializer.PandasMaterializer',
    '             step_output',
    '    hash     cb7b41',
    '    id       artifact-embeddings-17',
    '    created  21:04:11, 10m 00s ago',
    '    more     loading…',
  ]);
});

test('adds the user, tags, visualizations and metadata changes once the detail is loaded', () => {
  const detail = anArtifactDetail({
    metadata: {storage_size: 1536, length: 12},
    visualizations: [
      {type: 'html', uri: '/a'},
      {type: 'image', uri: '/b'},
    ],
    tags: ['candidate'],
    user: {id: 'user', name: 'ada'},
  });
  const previous = anArtifactDetail({metadata: {storage_size: 1024}});
  const lines = renderTexts([anEntry({isOpen: true, detail, previous})]);
  assert.deepEqual(lines.slice(lines.findIndex(line => line.includes('created '))), [
    '    created  21:04:11, 10m 00s ago · by ada',
    '    tags     candidate',
    '    pictures html · image · in the dashboard',
    '    metadata',
    '      length        12',
    '      storage_size  1536  +512 (+50%)  1.5 KB',
  ]);
});

test('shows why the detail could not be loaded', () => {
  const lines = renderTexts([anEntry({isOpen: true, detailFailure: {kind: 'forbidden', detail: ''}})]);
  assert.equal(lines.at(-1), '    more     could not load details: not allowed');
});

test('links an artifact of another run to that step and run', () => {
  const elsewhere = toRunId('99999999-9999-4999-8999-999999999999');
  const origin = {kind: 'elsewhere', runId: elsewhere, runName: 'nightly-7', stepName: 'embed'} as const;
  assert.equal(
    renderTexts([anEntry({origin})])[1],
    '▸ dataset  embeddings:17  DataFrame · 1,200 items · from embed of another run',
  );
  const lines = renderArtifactList([anEntry({origin, isOpen: true})], view);
  const from = lines.find(({line}) => getLineText(line).includes(' from '));
  assert.equal(getLineText(from!.line).trim(), 'from     embed of run nightly-7');
  assert.deepEqual(from?.mark?.target, {kind: 'run', runId: elsewhere, stepName: 'embed'});
});

test('links an output to the steps that read it, including waiting ones', () => {
  const readers = [
    {stepName: 'evaluate', status: 'completed', isCertain: true},
    {stepName: 'deploy', status: 'waiting', isCertain: false},
  ] as const;
  const closed = anEntry({readers, origin: undefined, inputType: undefined});
  assert.equal(
    renderTexts([closed], {noun: 'output'})[1],
    '▸ dataset  embeddings:17  DataFrame · 1,200 items · used by 2 steps',
  );
  const lines = renderArtifactList([{...closed, isOpen: true}], {...view, noun: 'output'});
  const marked = lines.filter(({mark}) => mark?.target?.kind === 'step');
  assert.deepEqual(
    marked.map(({line}) => getLineText(line).trim()),
    ['used by  evaluate  completed', 'deploy  waiting, waiting for this step'],
  );
  assert.deepEqual(marked[1]?.mark?.target, {kind: 'step', name: 'deploy'});
});

test('says that there are no inputs or outputs', () => {
  assert.deepEqual(renderTexts([]), ['no inputs']);
  assert.deepEqual(renderTexts([], {noun: 'output', isUnfinished: true}), ['no outputs yet']);
});

const createEntries = (count: number): readonly ArtifactEntry[] =>
  Array.from({length: count}, (_, index) =>
    anEntry({
      name: 'parts',
      part: `[${index}]`,
      artifact: anArtifact({artifactName: 'part', version: String(index)}),
    }),
  );

test('lists up to 200 inputs of one name, and groups longer lists into sections of 100', () => {
  const lines = renderTexts(createEntries(200));
  assert.equal(lines.length, 201);
  assert.equal(lines[2], '▸        part:1[1]      DataFrame · from embed');
  assert.deepEqual(renderTexts(createEntries(250)), [
    '250 inputs',
    '▸ 1–100  parts[0] – parts[99]',
    '▸ 101–200  parts[100] – parts[199]',
    '▸ 201–250  parts[200] – parts[249]',
  ]);
  assert.equal(renderTexts(createEntries(250), {isToggled: section => section === 'inputs:200'}).length, 4 + 50);
});

test('filters by name, artifact, type and origin', () => {
  assert.deepEqual(renderTexts([...createEntries(200), config], {filter: 'CFG'}), [
    '201 inputs, 1 matching CFG',
    '▸ config  train_cfg:3  dict · external',
  ]);
  assert.deepEqual(renderTexts([config], {filter: 'nowhere'}), ['1 input, none matching nowhere']);
});

test('offers Python code, IDs and the URI to copy', () => {
  const artifact = anArtifact({id: toArtifactVersionId('79e8af2f')});
  const head = renderArtifactList([anEntry({artifact})], view)[1];
  assert.deepEqual(
    head?.mark?.copyTexts?.map(({text}) => text),
    ['Client().get_artifact_version("79e8af2f").load()', '79e8af2f', 'embeddings:17', '/stores/embeddings/17'],
  );
});

const hostile = fc.oneof(
  fc.string({unit: 'binary', maxLength: 40}),
  fc.constantFrom('\x1b]0;title\x07', '漢字'.repeat(40), 'x'.repeat(300), 'a\nb\tc\u202e', '\ud83d', ''),
);

test('prints lines that fit and are safe for any data from the server', () => {
  fc.assert(
    fc.property(hostile, fc.integer({min: 16, max: 120}), fc.boolean(), (text, width, isOpen) => {
      const artifact = anArtifact({
        id: text as ArtifactVersionId,
        artifactName: text,
        version: text,
        uri: text,
        type: text,
        dataType: text,
        materializer: text,
        saveType: text,
        contentHash: text,
      });
      const detail = anArtifactDetail({
        artifact,
        metadata: {[text]: text},
        tags: [text],
        visualizations: [{type: text, uri: text}],
        user: {id: text, name: text},
      });
      const entry = anEntry({
        name: text,
        inputType: text,
        artifact,
        isOpen,
        detail,
        origin: {kind: 'elsewhere', runId: toRunId(text), runName: text, stepName: text},
      });
      const output = {...entry, readers: [{stepName: text, status: 'completed', isCertain: false}] as const};
      for (const {line} of renderArtifactList([entry, output], {...view, width})) {
        expect(countLineCells(line)).toBeLessThanOrEqual(width);
        expect(getLineText(line)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }),
    {numRuns: 150},
  );
}, 20_000);
