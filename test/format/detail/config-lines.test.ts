import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {decodeRun} from '../../../src/api/decode/run.js';
import {decodeStepDetail} from '../../../src/api/decode/step-detail.js';
import {decodeRecord} from '../../../src/api/decode/wire.js';
import type {JsonRecord} from '../../../src/domain/json.js';
import {type ConfigView, renderConfig, renderTreeTab} from '../../../src/format/detail/config-lines.js';
import {buildRunConfigRecord} from '../../../src/format/detail/config-record.js';
import {getLineText} from '../../../src/format/line.js';
import {readRecording, versions} from '../../api/recorded.js';
import {aDetail, aRun, aRunConfig, aStepConfig} from '../../support/builders.js';

const view: ConfigView = {width: 70, filter: '', isToggled: () => false};

const renderTexts = (
  detail: Parameters<typeof renderConfig>[0],
  run: Parameters<typeof renderConfig>[1] = aRun(),
  changes: Partial<ConfigView> = {},
): readonly string[] => renderConfig(detail, run, {...view, ...changes}).map(({line}) => getLineText(line).trimEnd());

const train = decodeStepDetail(decodeRecord(readRecording('0.98.0', 'step-completed-train').body))!;
const run = decodeRun(decodeRecord(readRecording('0.98.0', 'run-success').body))!;

test('lists important settings first, collapses bookkeeping, and ends with unset keys', () => {
  const lines = renderTexts(train, run);
  assert.deepEqual(lines.slice(0, 3), [
    '▾ parameters                   1 entry',
    '    lr  0.1',
    '  source                       base.train',
  ]);
  assert.ok(
    lines.some(line => /^▸ cache_policy +9 entries/.test(line)),
    lines.join('\n'),
  );
  assert.match(lines.at(-1)!, /^▸ not set +\d+ entries {2}\{/);
});

test('shows inherited configuration in its own section', () => {
  const lines = renderTexts(train, run);
  const index = lines.findIndex(line => line.startsWith('▾ pipeline '));
  assert.match(lines[index + 1]!, /^ {2}▸ parameters +1 entry {2}\{n: 5\}$/);
  assert.ok(lines.some(line => /^ {4}execution_mode +continue_on_failure$/.test(line)));
});

test('opens matching sections while a filter is set', () => {
  assert.deepEqual(renderTexts(train, run, {filter: 'step_code'}), [
    'matching step_code',
    '▾ cache_policy  1 entry',
    '    include_step_code  true',
  ]);
  assert.deepEqual(renderTexts(train, run, {filter: 'nowhere'}), ['no match for nowhere']);
});

test('shows only the names of environment variables and secrets', () => {
  const whole = {environment: {TOKEN: 'hunter2', HOME: '/root'}, secrets: ['s3-credentials']};
  const lines = renderTexts(aDetail({config: aStepConfig({whole})}));
  assert.ok(
    lines.some(line => /^ {2}environment +\["TOKEN", "HOME"\]$/.test(line)),
    lines.join('\n'),
  );
  assert.ok(lines.some(line => /^ {2}secrets +\["s3-credentials"\]$/.test(line)));
  assert.ok(!lines.join('\n').includes('hunter2'));
});

test.each<[string, JsonRecord, readonly string[]]>([
  ['docker', {environment: {TOKEN: 'hunter2'}}, ['TOKEN']],
  ['docker', {runtime_environment: {TOKEN: 'hunter2', HOME: '/root'}}, ['TOKEN', 'HOME']],
  ['orchestrator.sagemaker', {environment: {TOKEN: 'hunter2'}}, ['TOKEN']],
  ['orchestrator.databricks', {spark_env_vars: {TOKEN: 'hunter2'}}, ['TOKEN']],
  ['orchestrator.vm_gcp', {envs: {TOKEN: 'hunter2'}}, ['TOKEN']],
  ['orchestrator.kubernetes', {podTemplate: {envVars: {TOKEN: 'hunter2'}}}, ['TOKEN']],
  ['deployer.aws', {environment_variables: {TOKEN: 'hunter2'}}, ['TOKEN']],
  [
    'orchestrator.kubernetes',
    {pod_settings: {env: [{name: 'TOKEN', value: 'hunter2'}, {value: 'hunter2'}]}},
    ['TOKEN'],
  ],
  ['orchestrator.kubernetes', {additional_pod_spec_args: {containers: [{env: ['TOKEN=hunter2\nhunter2']}]}}, ['TOKEN']],
])('shows only the names of environment variables in the settings of %s: %j', (component, componentSettings, names) => {
  const settings = {[component]: componentSettings};
  const detail = aDetail({config: aStepConfig({settings, whole: {settings}})});
  const run = aRun({config: aRunConfig({whole: {settings}})});
  const stepLines = renderConfig(detail, undefined, {...view, filter: component});
  const pipelineLines = renderConfig(aDetail({config: aStepConfig({whole: {name: 'train'}})}), run, {
    ...view,
    filter: component,
  });
  const runLines = renderTreeTab(buildRunConfigRecord(run), '', {...view, filter: component});
  for (const lines of [stepLines, pipelineLines, runLines]) {
    const text = lines.flatMap(({line, mark}) => [
      getLineText(line),
      ...(mark?.copyTexts ?? []).map(copy => copy.text),
    ]);
    assert.doesNotMatch(text.join('\n'), /hunter2/);
    for (const name of names) {
      assert.ok(text.join('\n').includes(name), text.join('\n'));
    }
  }
});

test('shows parameters, outputs and single values that are called environment', () => {
  const parameters = {environment: {gravity: 9.8}};
  const settings = {'orchestrator.modal': {modal_environment: 'staging'}};
  const outputs = {environment: {materializer_source: {module: 'gym', attribute: 'Saver'}}};
  const config = aStepConfig({parameters, settings, whole: {parameters, settings, outputs}});
  const lines = renderTexts(aDetail({config}), undefined, {isToggled: section => section === 'config/outputs'});
  assert.match(lines.join('\n'), /gravity: 9\.8/);
  assert.match(lines.join('\n'), /materializer_source: "gym\.Saver"/);
  assert.match(lines.join('\n'), /modal_environment: "staging"/);
});

test('hides environment values of the pipeline too', () => {
  const config = aRunConfig({whole: {environment: {TOKEN: 'hunter2'}}});
  const lines = renderTexts(aDetail({config: aStepConfig({whole: {name: 'train'}})}), aRun({config}), {
    filter: 'TOKEN',
  });
  assert.ok(lines.join('\n').includes('TOKEN'));
  assert.ok(!lines.join('\n').includes('hunter2'));
  assert.deepEqual(
    renderTexts(aDetail({config: aStepConfig({whole: {name: 'train'}})}), aRun({config}), {filter: 'hunter'}),
    ['no match for hunter'],
  );
});

test('shows resources as a section and sources as import paths', () => {
  const settings = {resources: {cpu_count: 2}, docker: {parent_image: 'python:3.11'}};
  const hook = {module: 'fraud.hooks', attribute: 'notify_slack', type: 'user'};
  const lines = renderTexts(aDetail({config: aStepConfig({settings, whole: {settings, failure_hook_source: hook}})}));
  assert.deepEqual(lines.slice(0, 2), ['▾ resources            1 entry', '    cpu_count  2']);
  assert.ok(
    lines.some(line => /^ {2}failure_hook_source +fraud\.hooks\.notify_slack$/.test(line)),
    lines.join('\n'),
  );
});

test('says that no configuration is available', () => {
  assert.deepEqual(renderTexts(aDetail()), ['no configuration available']);
});

describe.each(versions)('the configuration of a step from server %s', version => {
  test('is shown', () => {
    const detail = decodeStepDetail(decodeRecord(readRecording(version, 'step_fail_failed').body))!;
    const lines = renderTexts(detail, undefined);
    assert.ok(
      lines.some(line => line.includes('source')),
      lines.join('\n'),
    );
    assert.match(lines.at(-1)!, /^▸ not set +\d+ entries/);
  });
});
