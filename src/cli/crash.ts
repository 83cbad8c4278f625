import {writeSync} from 'node:fs';
import {redactText} from '../domain/secret-words.js';
import {sanitizeText} from '../format/safe-text.js';
import {version} from './version.js';

/** `EX_SOFTWARE` of sysexits.h: the program itself is at fault. */
const crashExitCode = 70;

const standardError = 2;

/**
 * Ends the program for a fault of its own: one paragraph with what to report, on the normal screen. It is written after
 * whoever had taken the terminal gave it back, which happens on exit too.
 */
export const crash = (error: unknown): never => {
  const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const words = [
    'zentop broke. That is a defect of zentop, not of your run, which goes on untouched. Please report these lines:',
    `zentop ${version}, Node ${process.version}, ${process.platform}`,
    shortenReport(report),
  ];
  process.once('exit', () => {
    try {
      writeSync(standardError, `${words.join('\n')}\n`);
    } catch {
      // Nobody is there to read it: the terminal is gone.
    }
  });
  process.exit(crashExitCode);
};

const maxReportLines = 12;
const maxReportColumns = 160;

/** The bundle is minified: its lines are as long as a book. What broke us may be a text from outside. */
const shortenReport = (report: string): string =>
  redactText(report)
    .split('\n')
    .slice(0, maxReportLines)
    .map(line => (line.length > maxReportColumns ? `${line.slice(0, maxReportColumns)}…` : line))
    .map(line => sanitizeText(line))
    .join('\n');
