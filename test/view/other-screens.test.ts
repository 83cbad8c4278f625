import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Failure} from '../../src/domain/failure.js';
import {countLineCells, getLineText} from '../../src/format/line.js';
import {commands} from '../../src/keymap/commands.js';
import {reduce} from '../../src/store/reducer.js';
import {renderHelp} from '../../src/view/help-lines.js';
import {aRefusal} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {renderLines, renderText} from '../support/rendered.js';
import {aHelpState, aLiveState, anUnreachableState} from '../support/screens.js';
import {aConnectingState, createFailedRequest, reduceAll} from '../support/watching.js';

test('the connecting screen shows the server and the elapsed time', () => {
  const text = renderText(reduceAll(aConnectingState(), {type: 'clock/ticked', now: aConnectingState().now + 3000}));
  assert.match(text, /◌ connecting to https:\/\/zenml\.example\.com for run 11111111 +3s/);
  assert.match(text, /\? help {2}q quit/);
});

test('the connecting screen shows what is wrong, with advice', () => {
  for (const size of [sizes.wide, sizes.middle, sizes.narrow]) {
    const text = renderText(reduce(anUnreachableState(), {type: 'size/changed', size}));
    assert.match(text, /connection refused · retrying/);
    assert.match(text.replace(/\s+/g, ' '), /Check that the server is running and reachable from this machine\./);
  }
});

const proxy = 'proxy.example.com:3128';
const controlPlaneUrl = 'https://control.example.com';
const unreachable = {kind: 'unreachable', host: 'zenml.example.com', reason: 'connection refused'} as const;

test.each<readonly [string, Failure, string]>([
  [
    'a proxy that is not reachable',
    {...unreachable, proxy},
    `Check that the proxy ${proxy} is reachable from this machine`,
  ],
  ['a port that does not use TLS', {...unreachable, fault: 'plain-port'}, '`zentop doctor` shows what is wrong'],
  [
    'a proxy that does not use TLS',
    {...unreachable, proxy, fault: 'plain-port'},
    '`zentop doctor` shows what is wrong with the connection',
  ],
  [
    'a control plane that is not reachable',
    {...unreachable, controlPlaneUrl},
    `Check that the control plane ${controlPlaneUrl} is reachable from this machine`,
  ],
  [
    'a control plane that does not respond',
    {kind: 'timed-out', afterMs: 10_000, controlPlaneUrl},
    `Check that the control plane ${controlPlaneUrl} is reachable from this machine`,
  ],
  [
    'a control plane behind a proxy that is not reachable',
    {...unreachable, proxy, controlPlaneUrl},
    `Check that the proxy ${proxy} is reachable from this machine`,
  ],
  [
    'a proxy in front of the server that refuses the request',
    {kind: 'proxy-refused', proxy: undefined, status: 407, isLoginSent: false},
    'Use a URL or network (such as a VPN) that bypasses it',
  ],
  [
    'a URL that does not lead to a control plane',
    {kind: 'not-zenml', contentType: '', controlPlaneUrl},
    `Check the URL of the control plane (${controlPlaneUrl})`,
  ],
  [
    'a control plane that reports an error',
    aRefusal(500, {controlPlaneUrl}),
    `The control plane ${controlPlaneUrl} reported an error`,
  ],
])('the connecting screen says what helps with %s', (_, failure, advice) => {
  const state = reduceAll(
    aConnectingState(),
    createFailedRequest(`run:${aConnectingState().openRun!.runId}`, failure, aConnectingState().now),
  );
  const text = renderText(state).replace(/\s+/g, ' ');
  assert.ok(text.includes(advice), text);
  assert.doesNotMatch(text, /the server is running|server reported|server URL|_PROXY.*doctor/);
});

test('the advice repeats the connection options in the command', () => {
  const connectingState = aConnectingState();
  const connectionArguments = {
    words: ['--server', 'https://zenml.example.com', '--project', 'my models'],
    isWindows: false,
  };
  const state = reduceAll(
    {...connectingState, session: {...connectingState.session, connectionArguments}},
    {
      type: 'news/failed',
      key: `run:${aConnectingState().openRun!.runId}`,
      failure: {kind: 'untrusted', host: 'zenml.example.com', reason: 'self-signed certificate'},
      at: connectingState.now,
      jitter: 0,
    },
  );
  const text = renderLines(state).join(' ').replace(/\s+/g, ' ');
  assert.match(text, /`zentop doctor --server https:\/\/zenml\.example\.com --project 'my models'` shows/);
});

test('a signed-out user sees the command to sign in', () => {
  const key = `run:${aConnectingState().openRun!.runId}`;
  const state = reduceAll(aConnectingState(), {
    type: 'news/failed',
    key,
    failure: {kind: 'not-signed-in', detail: 'token expired'},
    at: aConnectingState().now,
    jitter: 0,
  });
  assert.match(renderLines(state).join('\n'), /Run `zenml login https:\/\/zenml\.example\.com` in another window\./);
});

test.each([
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
])('a user who is signed out while watching sees the sign-in command in the footer at %s', (_, size) => {
  const state = reduceAll(
    aLiveState(),
    {type: 'size/changed', size},
    {
      type: 'news/failed',
      key: `run:${aLiveState().openRun!.runId}`,
      failure: {kind: 'not-signed-in', detail: 'token expired'},
      at: aLiveState().now,
      jitter: 0,
    },
  );
  assert.match(renderLines(state).at(-1) ?? '', /zenml login https:\/\/zenml\.example\.com/);
});

test('help shows every command, in two columns if there is room', () => {
  const wide = renderText(reduce(aHelpState(), {type: 'size/changed', size: {columns: 200, rows: 110}}));
  for (const {title} of commands) {
    assert.ok(wide.includes(title), title);
  }

  assert.match(wide, /Step list +\S/);
});

test.each([
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
  ['20x5', sizes.tiny],
] as const)('help at %s shows the whole description of each key', (_, {columns}) => {
  const lines = renderHelp(columns - 2, aHelpState());
  assert.ok(lines.every(line => countLineCells(line) <= columns - 2));
  const words = new Set(lines.flatMap(line => getLineText(line).trim().split(/\s+/)));
  const missingWords = commands.flatMap(({title}) => title.split(' ')).filter(word => !words.has(word));
  assert.deepEqual(missingWords, []);
});

test('help leaves as much room for keys as they take on the screen', () => {
  const {session, ...state} = aHelpState();
  const lines = renderHelp(80, {
    ...state,
    session: {...session, keys: {'log.save': ['あ', 'い', 'う', 'え', 'お', 'か']}},
  });
  const findTitleStart = (title: string) =>
    lines.filter(([, second]) => second?.text === title).map(([first]) => countLineCells([first!]))[0];
  assert.ok(findTitleStart('toggle line wrap'));
  assert.equal(findTitleStart('save the log to a file'), findTitleStart('toggle line wrap'));
});

test('help longer than the screen shows which part is visible', () => {
  const lines = renderLines(reduce(aHelpState(), {type: 'size/changed', size: sizes.middle}));
  assert.match(lines[0]!, /^ zentop {2}keys +1–21 of \d+$/);
  assert.match(lines.at(-1)!, /^ j\/k scroll {2}esc back$/);
});
