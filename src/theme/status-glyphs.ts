import type {StepStatus} from '../domain/status.js';
import type {Glyph} from './glyphs.js';

/** No glyph here is of ambiguous width: one that is drawn two cells wide would push its whole row aside. */
const glyphByStatus: Readonly<Record<StepStatus, Glyph>> = {
  waiting: {text: '⋅', ascii: '.'},
  initializing: {text: '◌', ascii: ':'},
  provisioning: {text: '◌', ascii: ':'},
  queued: {text: '◔', ascii: 'q'},
  paused: {text: '◫', ascii: '='},
  running: {text: '◒', ascii: '*'},
  resuming: {text: '◒', ascii: '*'},
  retrying: {text: '↻', ascii: 'r'},
  stopping: {text: '◍', ascii: '!'},
  cancelling: {text: '◍', ascii: '!'},
  unknown: {text: '?', ascii: '?'},
  completed: {text: '✓', ascii: '+'},
  cached: {text: '↺', ascii: 'c'},
  skipped: {text: '↷', ascii: 's'},
  failed: {text: '✗', ascii: 'x'},
  cancelled: {text: '⊘', ascii: '/'},
  stopped: {text: '⊡', ascii: '#'},
  retried: {text: '↻', ascii: 'r'},
  'not run': {text: '∅', ascii: '0'},
};

export const getStatusGlyph = (status: StepStatus): Glyph => glyphByStatus[status];
