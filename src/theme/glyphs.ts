import type {StepStatus} from '../domain/status.js';

/** A glyph and its ASCII equivalent, both one cell wide. */
export type Glyph = {readonly text: string; readonly ascii: string};

const createGlyph = (text: string, ascii: string): Glyph => ({text, ascii});

/**
 * All are one cell wide. `●`, `│`, `─` and `━` (also `·`, `…`, `–` and `×` in texts) have an “ambiguous” width: a terminal
 * configured for East Asian text may draw them two cells wide. `●` is in the right-aligned part of the header, which has cells to
 * spare. Glyphs before names in rows are never ambiguous.
 */
export const glyphs = {
  cursor: createGlyph('›', '>'),
  within: createGlyph('›', '>'),
  rule: createGlyph('│', '|'),
  line: createGlyph('─', '-'),
  collapsed: createGlyph('▸', '+'),
  expanded: createGlyph('▾', '-'),
  live: createGlyph('●', '*'),
  stale: createGlyph('◌', 'o'),
  paused: createGlyph('◫', '='),
  over: createGlyph('∎', '#'),
  more: createGlyph('▾', 'v'),
  falling: createGlyph('▾', 'v'),
  rising: createGlyph('▴', '^'),
  marked: createGlyph('▪', '#'),
  child: createGlyph('↳', '\\'),
} as const;

export type GlyphName = keyof typeof glyphs;

/** Segments of a progress bar from left to right; each is named after its tone. */
export const barParts = ['reused', 'good', 'bad', 'busy', 'ended', 'waiting'] as const;
export type BarPart = (typeof barParts)[number];

/**
 * The segments of a bar with colors. What has not started, or ended without success or failure, is thin, so that the difference
 * does not depend on color alone.
 */
export const coloredBar: Readonly<Record<BarPart, Glyph>> = {
  good: createGlyph('━', '='),
  reused: createGlyph('━', '='),
  bad: createGlyph('━', 'x'),
  busy: createGlyph('━', '>'),
  ended: createGlyph('─', '-'),
  waiting: createGlyph('─', '.'),
};

/** The segments of a bar without colors, which differ in shape; only `reused` looks like `good`. */
export const colorlessBar: Readonly<Record<BarPart, Glyph>> = {
  ...coloredBar,
  bad: createGlyph('✗', 'x'),
  busy: createGlyph('╍', '>'),
  ended: createGlyph('╌', '-'),
};

/** None of these has an ambiguous width, because a glyph drawn two cells wide would shift the rest of its row. */
const glyphByStatus: Readonly<Record<StepStatus, Glyph>> = {
  waiting: createGlyph('⋅', '.'),
  initializing: createGlyph('◌', ':'),
  provisioning: createGlyph('◌', ':'),
  queued: createGlyph('◔', 'q'),
  paused: createGlyph('◫', '='),
  running: createGlyph('◒', '*'),
  resuming: createGlyph('◒', '*'),
  retrying: createGlyph('↻', 'r'),
  stopping: createGlyph('◍', '!'),
  cancelling: createGlyph('◍', '!'),
  unknown: createGlyph('?', '?'),
  completed: createGlyph('✓', '+'),
  cached: createGlyph('↺', 'c'),
  skipped: createGlyph('↷', 's'),
  failed: createGlyph('✗', 'x'),
  cancelled: createGlyph('⊘', '/'),
  stopped: createGlyph('⊡', '#'),
  retried: createGlyph('↻', 'r'),
  'not run': createGlyph('∅', '0'),
};

export const getStatusGlyph = (status: StepStatus): Glyph => glyphByStatus[status];
