import {release} from 'node:os';
import {checkConnection, type Finding} from '../../connection/doctor.js';
import {createOpenHttpTransport} from '../../connection/open-transport.js';
import type {World} from '../../connection/world.js';
import {sanitizeText} from '../../format/safe-text.js';
import {detectCapabilities} from '../../terminal/capabilities.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {printLines} from '../printing/print.js';
import {version} from '../version.js';
import {formatDoctorReport} from './doctor-report.js';

type DoctorRequest = {readonly connection: ConnectionOptions; readonly isReport: boolean};

/** Prints what would be used and where each value came from. Exit code 0 when all is well, 4 when something is not; a report is a report. */
export const printDoctor = async (
  world: World,
  {connection, isReport}: DoctorRequest,
  settings: LoadedSettings,
): Promise<number> => {
  const flags = {...connection, runUrl: undefined};
  const findings = [
    createFinding('zentop', version),
    createFinding('node', process.version),
    createFinding('system', `${process.platform} ${process.arch} ${release()}`),
    ...(await checkConnection(world, flags, createOpenHttpTransport(world, version), AbortSignal.timeout(60_000))),
    ...checkTerminal(world),
  ];
  if (isReport) {
    printLines(formatDoctorReport(world, findings, settings));
    return 0;
  }

  const labelWidth = Math.max(...findings.map(({label}) => label.length));
  printLines(findings.flatMap(finding => formatFinding(finding, labelWidth)));
  return findings.every(({isOk}) => isOk) ? 0 : 4;
};

const formatFinding = ({label, value, origin, isOk, hint}: Finding, labelWidth: number): readonly string[] => {
  const from = origin === undefined ? '' : `  (${sanitizeText(origin)})`;
  const line = `${isOk ? ' ' : '!'} ${label.padEnd(labelWidth)}  ${sanitizeText(value)}${from}`;
  return hint === undefined ? [line] : [line, `  ${' '.repeat(labelWidth)}  → ${sanitizeText(hint)}`];
};

const createFinding = (label: string, value: string): Finding => ({
  label,
  value,
  origin: undefined,
  isOk: true,
  hint: undefined,
});

const checkTerminal = (world: World): readonly Finding[] => {
  const {stdin, stdout} = process;
  const able = detectCapabilities({
    env: world.env,
    platform: process.platform,
    isInputTty: stdin.isTTY === true,
    isOutputTty: stdout.isTTY === true,
  });
  const size = stdout.isTTY ? `${stdout.columns}×${stdout.rows}` : 'none: output goes to a file or a pipe';
  return [
    createFinding('terminal', `${world.env['TERM'] ?? 'TERM is not set'}, ${size}`),
    createFinding('colours', ['none', '16', '256', '16 million'][able.colourLevel] ?? 'none'),
    createFinding('glyphs', able.hasUnicode ? 'Unicode' : 'ASCII'),
    createFinding('multiplexer', able.multiplexer?.kind ?? 'none'),
    createFinding('remote', able.isRemote ? 'yes, over SSH' : 'no'),
  ];
};
