import type {LogLine} from '../../domain/log/line.js';
import {readText} from '../../domain/log/pattern.js';
import type {LogEntry} from '../../domain/log.js';
import {withVisibleControls} from './visible-controls.js';

/**
 * Lines as text, each with its end, colours left out and control characters visible. The time is UTC, in ISO 8601, before
 * each line that has one.
 */
export const logText = (lines: readonly LogLine[], {hasTimes}: {readonly hasTimes: boolean}): string =>
  lines.map(({text, at}) => `${hasTimes ? stamp(at) : ''}${safeLine(text)}\n`).join('');

const stamp = (at: LogEntry['at']): string => (at === undefined ? '' : `${new Date(at).toISOString()} `);

const printableAscii = /^[\x20-\x7e\t]*$/;

const safeLine = (text: string): string => (printableAscii.test(text) ? text : withVisibleControls(readText(text)));
