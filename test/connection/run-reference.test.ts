import assert from 'node:assert/strict';
import {test} from 'vitest';
import {parseRunReference} from '../../src/connection/run-reference.js';

const id = '2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e';

const words = [
  [undefined, {kind: 'none'}],
  ['  ', {kind: 'none'}],
  ['latest', {kind: 'latest'}],
  [id, {kind: 'id', id}],
  [id.toUpperCase(), {kind: 'id', id}],
  [id.replaceAll('-', ''), {kind: 'id', id}],
  ['2d3bfbe2', {kind: 'prefix', text: '2d3bfbe2', hex: '2d3bfbe2'}],
  ['2D3B', {kind: 'prefix', text: '2D3B', hex: '2d3b'}],
  ['2d3bfbe2-dca', {kind: 'prefix', text: '2d3bfbe2-dca', hex: '2d3bfbe2dca'}],
  ['2d3', {kind: 'name', text: '2d3'}],
  ['---', {kind: 'name', text: '---'}],
  ['training-2026_11_24', {kind: 'name', text: 'training-2026_11_24'}],
  ['LATEST', {kind: 'name', text: 'LATEST'}],
] as const;

for (const [text, reference] of words) {
  test(`parses ${JSON.stringify(text)} as ${reference.kind}`, () => {
    assert.deepEqual(parseRunReference(text), reference);
  });
}

const selfHostedUrl = {dashboardUrl: 'https://zenml.example.com', workspace: undefined};
const proUrl = {dashboardUrl: 'https://cloud.zenml.io', workspace: 'prod'};
const addresses = [
  [`https://zenml.example.com/projects/default/runs/${id}`, selfHostedUrl],
  [`https://zenml.example.com/projects/my%20project/runs/${id}/logs?tab=2#x`, selfHostedUrl],
  [`https://zenml.example.com/workspaces/default/runs/${id}/`, selfHostedUrl],
  [`https://zenml.example.com/workspaces/default/pipelines/abc/runs/${id}/dag`, selfHostedUrl],
  [`https://zenml.example.com/runs/${id}`, selfHostedUrl],
  [`https://zenml.example.com/api/v1/runs/${id}/steps`, selfHostedUrl],
  [
    `https://example.com/zenml/projects/default/runs/${id}`,
    {dashboardUrl: 'https://example.com/zenml', workspace: undefined},
  ],
  ...['/pipelines', '/api', '/ml/api', '/projects/x', '/runs'].map(
    prefix =>
      [
        `https://example.com${prefix}/projects/default/runs/${id}`,
        {dashboardUrl: `https://example.com${prefix}`, workspace: undefined},
      ] as const,
  ),
  [`“https://zenml.example.com/projects/default/runs/${id}”`, selfHostedUrl],
  [`https://cloud.zenml.io/workspaces/prod/projects/default/runs/${id}`, proUrl],
  [`https://cloud.zenml.io/organizations/acme/workspaces/prod/projects/p1/runs/${id}`, proUrl],
  [`https://cloud.zenml.io/organizations/acme/tenants/prod/runs/${id}`, proUrl],
] as const;

for (const [text, url] of addresses) {
  test(`parses the run URL ${text}`, () => {
    assert.deepEqual(parseRunReference(text), {kind: 'url', url: {id, ...url}});
  });
}

for (const text of [
  'https://zenml.example.com/',
  `https://zenml.example.com/steps/${id}`,
  'https://h/runs/2d3b',
  'http://',
]) {
  test(`rejects ${text}, which is not a run URL`, () => {
    assert.deepEqual(parseRunReference(text), {kind: 'not-a-run-url', text});
  });
}
