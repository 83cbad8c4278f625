import assert from 'node:assert/strict';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {test} from 'vitest';
import {createLogPrinter} from '../../src/cli/logs/log-printer.js';
import {formatColoredLines, formatPlainLines} from '../../src/cli/printing/format-lines.js';
import {buildRunVariables} from '../../src/cli/watching/on-end.js';
import {explainFailure} from '../../src/connection/explain-failure.js';
import {noConnectionArguments} from '../../src/domain/zentop-command.js';
import {removeControls} from '../../src/format/clean-text.js';
import {formatFailure} from '../../src/format/failure-words.js';
import {formatLog} from '../../src/format/log/log-text.js';
import {sanitizeText} from '../../src/format/safe-text.js';
import {commands} from '../../src/keymap/commands.js';
import {selectCopyTexts, selectOpenRunUrl} from '../../src/keymap/copy-texts.js';
import {buildDocument} from '../../src/report/document.js';
import {formatChangeJson} from '../../src/report/json-line.js';
import {formatSafeJson} from '../../src/report/json-values.js';
import {selectKnownRun} from '../../src/report/known-run.js';
import {emptyNarration, updateNarration} from '../../src/report/narration.js';
import {renderPlainChange, renderRunState} from '../../src/report/render-change.js';
import {buildRunsDocument} from '../../src/report/runs-document.js';
import {renderRunsTable} from '../../src/report/runs-table.js';
import {renderSummary, selectRunUrl} from '../../src/report/summary.js';
import {formatTerminalTitle} from '../../src/report/title.js';
import {getLogFileName} from '../../src/store/logs/log-file-name.js';
import {getShownTail} from '../../src/store/logs/shown-log.js';
import {reduce} from '../../src/store/reducer.js';
import type {State} from '../../src/store/state.js';
import {tabs} from '../../src/store/ui/pane.js';
import {parseWebUrl} from '../../src/terminal/open-url.js';
import {createFrame} from '../../src/view/frame.js';
import {never} from '../api/recorded.js';
import {asciiTheme, renderRawFrame, testTheme} from '../support/frames.js';
import {countCases, seed, timeoutFactor, unprintable, withoutColors} from '../support/hostile.js';
import {
  createClientOver,
  createOpenedState,
  hostileResponses,
  hostileTexts,
  receiveResponses,
  serverUrl,
} from '../support/hostile-responses.js';
import {startJourney} from '../support/journey.js';

const assertPrintable = (text: string, subject: string): void => {
  const match = unprintable.exec(text);
  assert.equal(
    match,
    null,
    `${subject} contains ${JSON.stringify(match?.[0])}: ${JSON.stringify(text.slice(0, 2000))}`,
  );
};

/** A printed log keeps its tabs, which are harmless. */
const withoutTabs = (text: string): string => text.replaceAll('\t', '');

const assertLine = (text: string, subject: string): void => {
  assertPrintable(text, subject);
  assert.ok(!text.includes('\n'), `${subject} has several lines: ${JSON.stringify(text.slice(0, 2000))}`);
};

/** Checks all plain and JSON output, and everything else that leaves the program. */
const assertPrintedSafely = (state: State): void => {
  assertLine(formatTerminalTitle(state), 'the title');
  const {changes} = updateNarration(emptyNarration, state);
  for (const change of changes) {
    for (const line of formatPlainLines(renderPlainChange(change), false)) {
      assertLine(line, 'a plain line');
    }

    for (const line of formatColoredLines(renderPlainChange(change), testTheme)) {
      assertLine(withoutColors(line), 'a colored line');
    }

    const json = formatChangeJson(change);
    assertLine(json, 'a line of JSON');
    JSON.parse(json);
  }

  const knownRun = selectKnownRun(state);
  if (knownRun !== undefined) {
    for (const line of formatPlainLines(renderRunState(knownRun, selectRunUrl(state, knownRun)), false)) {
      assertLine(line, 'the table');
    }

    const context = {
      serverUrl,
      serverVersion: state.server?.version,
      projectName: 'default',
      url: selectRunUrl(state, knownRun),
    };
    assertPrintable(formatSafeJson(buildDocument(knownRun, context), true), 'the document');
    for (const [name, value] of Object.entries(buildRunVariables(state, knownRun))) {
      assertLine(value, name);
    }

    const list = {
      runs: [knownRun.run],
      total: 1,
      now: state.now,
      serverUrl,
      server: state.server,
      project: {id: 'p', name: 'default'},
    };
    for (const line of formatPlainLines(renderRunsTable(list), false)) {
      assertLine(line, 'the table of runs');
    }

    assertPrintable(formatSafeJson(buildRunsDocument(list), true), 'the document of runs');
  }

  for (const line of formatPlainLines(renderSummary(state, 80), true)) {
    assertLine(line, 'the summary');
  }

  const url = selectOpenRunUrl(state);
  if (url !== undefined) {
    assert.ok(parseWebUrl(url) !== undefined, `not the URL of a web page: ${url}`);
  }

  if (state.openRun !== undefined) {
    const name = getLogFileName(state.openRun);
    assert.match(name, /^[\w.-]+$/);
    assert.ok(!/^[.-]/.test(name) && name.length < 255, name);
    const {lines} = getShownTail(state.openRun);
    for (const chunk of lines.chunks) {
      assertPrintable(withoutTabs(formatLog(chunk.lines, {hasTimes: true})), 'a saved log');
    }
  }

  for (const {failure} of state.requestsByKey.values()) {
    if (failure === undefined) {
      continue;
    }

    assertLine(formatFailure(failure), 'a failure');
    const {message, hint} = explainFailure(failure, {
      serverUrl,
      serverOrigin: 'the flag',
      loginOrigin: undefined,
      loginKind: undefined,
      connectionArguments: noConnectionArguments,
    });
    assertLine(sanitizeText(message), 'what happened');
    assertLine(sanitizeText(hint), 'what to do');
  }
};

const assertDrawnSafely = (state: State, isAscii: boolean): void => {
  const {columns, rows} = state.size;
  const frame = withoutColors(renderRawFrame(state, isAscii ? asciiTheme : testTheme));
  assertPrintable(frame, 'the frame');
  const lines = frame.split('\n');
  assert.ok(lines.length <= rows, `${lines.length} lines on ${rows} rows`);
  for (const line of lines) {
    assert.ok(stringWidth(line) <= columns, `${stringWidth(line)} cells in ${columns}: ${JSON.stringify(line)}`);
  }

  const copyTexts = selectCopyTexts(
    state,
    createFrame(state, () => 0),
  );
  for (const {text} of copyTexts) {
    assertPrintableCopy(removeControls(text));
  }
};

/** Copied text may contain any character except those that a terminal interprets; line breaks are allowed. */
const assertPrintableCopy = (text: string): void => assert.doesNotMatch(text, /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/);

const size = {columns: 100, rows: 30};
const sizes = [
  size,
  {columns: 1, rows: 1},
  {columns: 9, rows: 3},
  {columns: 20, rows: 5},
  {columns: 45, rows: 20},
  {columns: 80, rows: 24},
  {columns: 300, rows: 100},
];

/** All keys with a meaning, and letters for text inputs. */
const keys = [...new Set([...commands.flatMap(command => command.keys), ...'abc$( '])];

test('throws nothing for any response, and prints only safe plain and JSON output', {
  timeout: 240_000 * timeoutFactor,
}, async () => {
  await fc.assert(
    fc.asyncProperty(hostileResponses, async hostile => {
      assertPrintedSafely(await receiveResponses(createOpenedState(hostile.openedRunId, size), hostile));
    }),
    {numRuns: countCases(1500), seed},
  );
});

test('prints only safe text for any log', {timeout: 120_000 * timeoutFactor}, async () => {
  await fc.assert(
    fc.asyncProperty(hostileResponses, async hostile => {
      const client = createClientOver(hostile);
      const response = await client.fetchStepLogs('s' as never, {source: 'step', logsId: undefined}, never);
      if (!response.ok) {
        return;
      }

      let output = '';
      const printer = createLogPrinter(text => {
        output += text;
      }, true);
      printer.print(response.value);
      printer.finish();
      assertPrintable(withoutTabs(output), 'a printed log');
    }),
    {numRuns: countCases(2000), seed},
  );
});

/** Keys that lead to each screen, from the list of runs and from a run. */
const walks: Readonly<Record<'list' | 'run', readonly (readonly string[])[]>> = {
  list: [
    [],
    ['space', 'j', 'space', 'c'],
    ['space', 'j', 'space', 'j', 'space', 'c', 'l', 'j', 'G'],
    ['y'],
    ['y', 'return'],
    ['P'],
    ['S'],
    ['o'],
    ['/', 's', ':'],
    ['/', 'u', 's', 'e', 'r', ':'],
    ['return', 'return'],
  ],
  run: [
    [],
    ['e'],
    ['space', 'j', 'j', 'space'],
    ['G', 'return'],
    ['j', 'j', 'return'],
    ['return', 'u', 'j', 'j'],
    ['y'],
    ['y', 'j', 'j', 'return'],
    ['?', 'j'],
    ['L'],
    ['/', 'a', ':'],
    ['/', 's', 't', 'a', 't', 'u', 's', ':'],
    ['return', '3', 'j', 'return', 'y', 'return'],
    ['return', '5', 'j', 'j', 'return'],
    ['return', '6', 's', 'S'],
    ['return', '7', 'd'],
  ],
};

test('draws only printable text and known colors for any response, size and keys', {
  timeout: 300_000 * timeoutFactor,
}, async () => {
  const anyResponses = fc.oneof({weight: 1, arbitrary: hostileResponses}, {weight: 2, arbitrary: hostileTexts});
  const anyWalk = fc
    .constantFrom('list' as const, 'run' as const)
    .chain(from => fc.record({from: fc.constant(from), walk: fc.constantFrom(...walks[from])}));
  await fc.assert(
    fc.asyncProperty(
      anyResponses,
      anyWalk,
      fc.oneof({weight: 2, arbitrary: fc.constant(size)}, {weight: 1, arbitrary: fc.constantFrom(...sizes)}),
      fc.constantFrom(...tabs),
      fc.array(fc.constantFrom(...keys), {maxLength: 8}),
      fc.boolean(),
      async (hostile, {from, walk}, shownSize, tab, pressed, isAscii) => {
        const openedState = createOpenedState(from === 'list' ? undefined : hostile.openedRunId, shownSize);
        const filledState = await receiveResponses(openedState, hostile);
        const user = startJourney(reduce(filledState, {type: 'tab/chosen', tab})).press(...walk);
        const laterState = await receiveResponses(user.state(), hostile);
        assertDrawnSafely(laterState, isAscii);
        const continued = startJourney(laterState).press(...pressed);
        if (pressed.length > 0) {
          assertDrawnSafely(await receiveResponses(continued.state(), hostile, 2), isAscii);
        }

        for (const effect of [...user.effects(), ...continued.effects()]) {
          if (effect.type === 'copy') {
            assertPrintableCopy(removeControls(effect.text));
          }

          if (effect.type === 'open-url') {
            assert.ok(parseWebUrl(effect.url) !== undefined, effect.url);
          }

          if (effect.type === 'save-log') {
            assert.match(effect.path, /^[\w.-]+$/);
          }
        }
      },
    ),
    {numRuns: countCases(700), seed},
  );
});
