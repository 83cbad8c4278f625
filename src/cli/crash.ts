import {writeSync} from 'node:fs';
import {redactText} from '../domain/secret-words.js';
import {sanitizeText} from '../format/safe-text.js';
import {version} from './printing/version.js';

/** `EX_SOFTWARE` of sysexits.h: an internal error. */
const crashExitCode = 70;

const standardError = 2;

/**
 * Exits after an internal error, with a paragraph to report. It is written at exit, after the terminal has been restored, so
 * that it appears on the normal screen.
 */
export const crash = (error: unknown): never => {
  const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const words = [
    'zentop crashed. This is a bug in zentop; your run is not affected. Please report it with the lines below:',
    `zentop ${version}, Node ${process.version}, ${process.platform}`,
    shortenReport(report),
  ];
  process.once('exit', () => {
    try {
      writeSync(standardError, `${words.join('\n')}\n`);
    } catch {
      // The terminal is gone.
    }
  });
  process.exit(crashExitCode);
};

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
