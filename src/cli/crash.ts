import {readFileSync, writeSync} from 'node:fs';
import {SourceMap} from 'node:module';
import {fileURLToPath} from 'node:url';
import type {Log} from '../api/log-requests.js';
import {redactText} from '../domain/redact-text.js';
import {sanitizeText} from '../format/safe-text.js';
import {version} from './printing/version.js';

/** `EX_SOFTWARE` of sysexits.h: an internal error. */
const crashExitCode = 70;

const standardError = 2;

/**
 * Exits after an internal error, with a message that asks for a bug report. It is written at exit, after the terminal has been
 * restored, so that it appears on the normal screen.
 */
export const crash = (error: unknown): never => {
  const report = restoreSourcePositions(error instanceof Error ? (error.stack ?? error.message) : String(error));
  crashLog?.('crash', {report});
  const lines = [
    'zentop crashed. This is a bug in zentop; your run is not affected. Please report it with the lines below:',
    `zentop ${version}, Node ${process.version}, ${process.platform}`,
    shortenReport(report),
  ];
  process.once('exit', () => {
    try {
      writeSync(standardError, `${lines.join('\n')}\n`);
    } catch {
      // The terminal is gone.
    }
  });
  process.exit(crashExitCode);
};

let crashLog: Log | undefined;

/** From now on, crashes are also written to this log. */
export const logCrashes = (log: Log): void => {
  crashLog = log;
};

/**
 * A stack with positions in the source files instead of the bundle, from the source maps beside it. They are read only
 * here, since loading them with each module would make every start slower.
 */
const restoreSourcePositions = (stack: string): string =>
  stack.replace(/(file:\/\/[^\s()]+):(\d+):(\d+)/g, (position, url: string, line: string, column: string) => {
    try {
      const map = new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      return 'originalSource' in entry
        ? `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
        : position;
    } catch {
      return position;
    }
  });

const maxReportLines = 12;
const maxReportColumns = 160;

/** Lines of the minified bundle are very long, and the message may contain untrusted text. */
const shortenReport = (report: string): string =>
  redactText(report)
    .split('\n')
    .slice(0, maxReportLines)
    .map(line => (line.length > maxReportColumns ? `${line.slice(0, maxReportColumns)}…` : line))
    .map(line => sanitizeText(line))
    .join('\n');
