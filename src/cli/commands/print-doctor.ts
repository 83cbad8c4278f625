import {release} from 'node:os';
import {checkConnection} from '../../connection/check-connection.js';
import {createGoodFinding, type Finding} from '../../connection/finding.js';
import {createOpenHttpTransport} from '../../connection/open-transport.js';
import type {World} from '../../connection/world.js';
import {sanitizeText} from '../../format/safe-text.js';
import {detectCapabilities} from '../../terminal/capabilities.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {printLines} from '../printing/print.js';
import {version} from '../printing/version.js';
import {formatDoctorReport} from './doctor-report.js';

type DoctorRequest = {readonly connection: ConnectionOptions; readonly isReport: boolean};

/** Prints the effective configuration with origins. Returns exit code 0, or 4 if there is a problem (but always 0 for --report). */
export const printDoctor = async (
  world: World,
  {connection, isReport}: DoctorRequest,
  settings: LoadedSettings,
): Promise<number> => {
  const flags = {...connection, runUrl: undefined};
  const findings = [
    createGoodFinding('zentop', version),
    createGoodFinding('node', process.version),
    createGoodFinding('system', `${process.platform} ${process.arch} ${release()}`),
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

const checkTerminal = (world: World): readonly Finding[] => {
  const {stdin, stdout} = process;
  const capabilities = detectCapabilities({
    env: world.env,
    platform: process.platform,
    isInputTty: stdin.isTTY === true,
    isOutputTty: stdout.isTTY === true,
  });
  const term = world.env['TERM'] ?? 'TERM is not set';
  return [
    createGoodFinding(
      'terminal',
      stdout.isTTY ? `${term}, ${stdout.columns}×${stdout.rows}` : `${term}; output is not a terminal`,
    ),
    createGoodFinding('colors', ['none', '16', '256', '16 million'][capabilities.colorLevel] ?? 'none'),
    createGoodFinding('glyphs', capabilities.hasUnicode ? 'Unicode' : 'ASCII'),
    createGoodFinding('multiplexer', capabilities.multiplexer?.kind ?? 'none'),
    createGoodFinding('remote', capabilities.isRemote ? 'yes, over SSH' : 'no'),
  ];
};
