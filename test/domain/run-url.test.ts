import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {decodeServerInfo} from '../../src/api/decode/server.js';
import {buildRunUrl} from '../../src/domain/run-url.js';
import {readRecording} from '../api/recorded.js';
import {aRun} from '../support/builders.js';

const run = aRun();
const server = decodeServerInfo(readRecording('0.98.0', 'info').body)!;
const location = {run, server, serverUrl: 'http://127.0.0.1:8237', projectName: 'default'};

describe('the dashboard URL of a run', () => {
  test('starts with the URL of the server unless the server reports a dashboard URL', () => {
    assert.equal(buildRunUrl(location), `http://127.0.0.1:8237/projects/default/runs/${run.id}`);
  });

  test('starts with the dashboard URL that the server reports', () => {
    const url = buildRunUrl({...location, server: {...server, serverUrl: 'https://zenml.example.com/'}});
    assert.equal(url, `https://zenml.example.com/projects/default/runs/${run.id}`);
  });

  test("points to ZenML Pro's dashboard and has the project's ID, for a Pro workspace", () => {
    const dashboardUrl = 'https://cloud.zenml.io/workspaces/acme';
    const url = buildRunUrl({...location, server: {...server, deploymentType: 'cloud', dashboardUrl}});
    assert.equal(url, `${dashboardUrl}/projects/${run.projectId}/runs/${run.id}`);
  });

  test('has no project on servers whose dashboard does not have projects yet', () => {
    const old = decodeServerInfo(readRecording('0.80.2', 'info').body)!;
    assert.equal(buildRunUrl({...location, server: old}), `http://127.0.0.1:8237/runs/${run.id}`);
  });

  test("is not known without the project's name", () => {
    assert.equal(buildRunUrl({...location, projectName: undefined}), undefined);
  });

  test("contains the project's name escaped", () => {
    assert.equal(
      buildRunUrl({...location, projectName: 'a/../b c'}),
      `http://127.0.0.1:8237/projects/a%2F..%2Fb%20c/runs/${run.id}`,
    );
  });
});
