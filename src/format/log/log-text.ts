import type {LogEntry} from '../../domain/log/entry.js';
import type {LogLine} from '../../domain/log/line.js';
import {removeColors} from '../../domain/log/pattern.js';
import {showControls} from './visible-controls.js';

/**
 * Log lines as plain text: without colors, control characters made visible, each line terminated. With `hasTimes`, lines
 * start with their time in UTC, in ISO 8601.
 */
export const formatLog = (lines: readonly LogLine[], {hasTimes}: {readonly hasTimes: boolean}): string =>
  lines.map(({text, at}) => `${hasTimes ? formatTimestamp(at) : ''}${formatLine(text)}\n`).join('');

const formatTimestamp = (at: LogEntry['at']): string => (at === undefined ? '' : `${new Date(at).toISOString()} `);

const printableAscii = /^[\x20-\x7e\t]*$/;

const formatLine = (text: string): string => (printableAscii.test(text) ? text : showControls(removeColors(text)));
