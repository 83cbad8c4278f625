import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {Status} from '../../../src/domain/status.js';
import {countRunning} from '../../../src/domain/timeline/parallelism.js';
import {createTimeScale} from '../../../src/domain/timeline/scale.js';
import type {AttemptSpan, StepSpan} from '../../../src/domain/timeline/step-span.js';
import {countCells} from '../../../src/format/cells.js';
import {getLineText} from '../../../src/format/line.js';
import {renderAxis, renderParallelism} from '../../../src/format/timeline/axis.js';
import {renderBar, renderDensity} from '../../../src/format/timeline/bar.js';
import type {ChartContext} from '../../../src/format/timeline/bar-cells.js';
import {getTimelineGlyphs} from '../../../src/format/timeline/glyphs.js';
import {getStatusGlyph} from '../../../src/theme/glyphs.js';

const second = 1000;

const aChart = (changes: Partial<ChartContext> = {}): ChartContext => ({
  scale: createTimeScale({from: 0, to: 20 * second}, 20),
  now: undefined,
  glyphs: getTimelineGlyphs(false),
  pickStatusGlyph: status => getStatusGlyph(status).text,
  ...changes,
});

const anAttemptSpan = (from: number, to: number, status: Status = 'completed'): AttemptSpan => ({
  number: 1,
  status,
  startedAt: from * second,
  endedAt: to * second,
  isLive: status === 'running',
  isEndUnknown: false,
  clockBehindMs: 0,
});

const aStepSpan = (...attempts: readonly AttemptSpan[]): StepSpan => ({
  name: 'train',
  attempts,
  startedAt: attempts[0]!.startedAt,
  endedAt: attempts.at(-1)!.endedAt,
  isLive: attempts.at(-1)!.isLive,
  isInstant: false,
  isRetryPending: false,
  kind: 'step',
  upstream: [],
});

type BarInput = {
  readonly readyAt?: number;
  readonly isCritical?: boolean;
  readonly forecast?: readonly [number, number];
};

const formatBar = (span: StepSpan | undefined, input: BarInput = {}, chart: ChartContext = aChart()): string => {
  const {readyAt, isCritical = false, forecast} = input;
  return getLineText(
    renderBar(
      {
        span,
        readyAt: readyAt === undefined ? undefined : readyAt * second,
        isCritical,
        forecast: forecast && {startAt: forecast[0] * second, endAt: forecast[1] * second},
      },
      chart,
    ),
  );
};

describe('a bar', () => {
  test('is thin, and thick on the critical path, with half cells at its ends', () => {
    assert.equal(formatBar(aStepSpan(anAttemptSpan(2, 6))), '  ────              ');
    assert.equal(formatBar(aStepSpan(anAttemptSpan(2.5, 6.5)), {isCritical: true}), '  ╺━━━╸             ');
  });

  test('shows the wait before it, failed attempts, and the pause after them', () => {
    const span = aStepSpan(anAttemptSpan(4, 8, 'retried'), anAttemptSpan(11, 15, 'running'));
    assert.equal(formatBar(span, {readyAt: 2}), '  ⋅⋅───✗⋅⋅⋅───▸     ');
  });

  test('does not show a wait shorter than a cell', () => {
    assert.equal(formatBar(aStepSpan(anAttemptSpan(4.5, 8)), {readyAt: 3.6}), '    ╶───            ');
  });

  test('shows what is expected after now', () => {
    const chart = aChart({now: 10 * second});
    const span = aStepSpan(anAttemptSpan(4, 10, 'running'));
    assert.equal(formatBar(span, {forecast: [10, 14]}, chart), '    ─────▸╌╌╌╌      ');
    assert.equal(formatBar(undefined, {forecast: [12, 14]}, chart), '          ╎ ╌╌      ');
  });

  test('marks a failure, a stop and a cached step, however short they are', () => {
    const chart = aChart({scale: createTimeScale({from: 0, to: 20_000 * second}, 20)});
    assert.match(formatBar(aStepSpan(anAttemptSpan(4, 5, 'failed')), {}, chart), /^✗ +$/);
    assert.match(formatBar(aStepSpan(anAttemptSpan(4, 5, 'stopped')), {}, chart), /^⊡ +$/);
    assert.match(formatBar(aStepSpan(anAttemptSpan(0, 0, 'cached')), {}, chart), /^↺ +$/);
  });

  test('marks a failure among many attempts that share a cell', () => {
    const attempts = Array.from({length: 13}, (_, index) => anAttemptSpan(index, index + 0.5, 'retried'));
    assert.match(
      formatBar(
        aStepSpan(...attempts, anAttemptSpan(13, 14)),
        {},
        aChart({scale: createTimeScale({from: 0, to: 20 * second}, 4)}),
      ),
      /✗/,
    );
  });

  test('uses only ASCII if requested', () => {
    const chart = aChart({glyphs: getTimelineGlyphs(true), pickStatusGlyph: status => getStatusGlyph(status).ascii});
    const span = aStepSpan(anAttemptSpan(4, 8, 'retried'), anAttemptSpan(11, 15, 'running'));
    assert.equal(formatBar(span, {readyAt: 2, isCritical: true}, chart), '  ..===x...===>     ');
  });

  test('is an arrow at the edge if it is before or after the time shown', () => {
    assert.equal(formatBar(aStepSpan(anAttemptSpan(-9, -2))), '‹                   ');
    assert.equal(formatBar(aStepSpan(anAttemptSpan(22, 30))), '                   ›');
  });

  test('breaks where a pause is folded', () => {
    const scale = createTimeScale({from: 0, to: 1017 * second}, 20, [{startedAt: 8 * second, endedAt: 1008 * second}]);
    const chart = aChart({scale});
    assert.equal(formatBar(aStepSpan(anAttemptSpan(0, 8)), {}, chart), '────────╱╱          ');
    assert.equal(formatBar(aStepSpan(anAttemptSpan(1008, 1017)), {readyAt: 8}, chart), '        ╱╱⋅─────────');
    const line = renderAxis({scale, foldGlyph: '╱', startedAt: 0, now: undefined, getUtcOffset: undefined});
    assert.equal(getLineText(line), '0s      ╱╱ 16m 40s  ');
    assert.deepEqual(
      countRunning([anAttemptSpan(6, 1010)], scale, 1017 * second).slice(5, 14),
      [0, 1, 1, 1, 1, 1, 1, 1, 0],
    );
  });

  test('never leaves the window, whatever its times are', () => {
    const times = fc.integer({min: -100, max: 200});
    const anyAttempts = fc.array(
      fc.tuple(times, fc.nat(100), fc.constantFrom<Status>('completed', 'failed', 'retried', 'running', 'cached')),
      {minLength: 1, maxLength: 4},
    );
    fc.assert(
      fc.property(anyAttempts, fc.integer({min: 1, max: 60}), times, (attempts, cells, readyAt) => {
        const span = aStepSpan(...attempts.map(([from, length, status]) => anAttemptSpan(from, from + length, status)));
        const text = formatBar(
          span,
          {readyAt, forecast: [readyAt, readyAt + 10]},
          aChart({scale: createTimeScale({from: 0, to: 20 * second}, cells), now: 5 * second}),
        );
        assert.equal(countCells(text), cells);
      }),
    );
  });
});

test('a group shows how many of its items are running, and where one failed', () => {
  const counts = [0, 1, 2, 3, 4, 4, 0, 0];
  const line = renderDensity(counts, [4.5 * second], aChart({scale: createTimeScale({from: 0, to: 8 * second}, 8)}));
  assert.equal(getLineText(line), ' ⣀⣤⣶✗⣿  ');
  assert.equal(line.find(({text}) => text.includes('⣶'))?.tone, 'busy');
  const endedLine = renderDensity(counts, [], aChart({scale: createTimeScale({from: 0, to: 8 * second}, 8)}), {
    isLive: false,
  });
  assert.equal(endedLine.find(({text}) => text.includes('⣶'))?.tone, 'good');
});

describe('the axis', () => {
  const scale = createTimeScale({from: 0, to: 60 * second}, 60);

  test('has offsets from the start, and now instead of a label that it would touch', () => {
    const line = renderAxis({scale, foldGlyph: '╱', startedAt: 0, now: 22 * second, getUtcOffset: undefined});
    assert.equal(getLineText(line), '0s        10s         now     30s       40s       50s       ');
  });

  test('has local times instead if requested', () => {
    const line = renderAxis({scale, foldGlyph: '╱', startedAt: 0, now: undefined, getUtcOffset: () => 3600 * second});
    assert.match(getLineText(line), /^01:00:00 +01:00:10 /);
  });

  test('keeps a label that does not touch now', () => {
    const line = renderAxis({scale, foldGlyph: '╱', startedAt: 0, now: 16 * second, getUtcOffset: undefined});
    assert.equal(getLineText(line), '0s        10s   now 20s       30s       40s       50s       ');
  });

  test('shows how many steps run at the same time: a digit, and a plus above nine', () => {
    assert.equal(getLineText(renderParallelism([0, 1, 9, 10])), ' 19+');
  });
});
