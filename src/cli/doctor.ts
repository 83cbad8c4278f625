import {release} from 'node:os';
import {examine, type Finding} from '../connection/doctor.js';
import {overHttp} from '../connection/open-transport.js';
import type {World} from '../connection/world.js';
import {safeText} from '../format/safe-text.js';
import {capabilitiesOf} from '../terminal/capabilities.js';
import type {ConnectionOptions} from './connection-options.js';
import type {LoadedSettings} from './load-settings.js';
import {printLines} from './print.js';
import {reportLines} from './report-lines.js';
import {version} from './version.js';

type Asked = {readonly connection: ConnectionOptions; readonly isReport: boolean};

/** Prints what would be used and where each value came from. Exit code 0 when all is well, 4 when something is not; a report is a report. */
export const printDoctor = async (
  world: World,
  {connection, isReport}: Asked,
  settings: LoadedSettings,
): Promise<number> => {
  const flags = {...connection, runUrl: undefined};
  const findings = [
    found('zentop', version),
    found('node', process.version),
    found('system', `${process.platform} ${process.arch} ${release()}`),
    ...(await examine(world, flags, overHttp(world, version), AbortSignal.timeout(60_000))),
    ...terminalFindings(world),
  ];
  if (isReport) {
    printLines(reportLines(world, findings, settings));
    return 0;
  }

  const labelWidth = Math.max(...findings.map(({label}) => label.length));
  printLines(findings.flatMap(finding => linesOf(finding, labelWidth)));
  return findings.every(({isOk}) => isOk) ? 0 : 4;
};

const linesOf = ({label, value, origin, isOk, way}: Finding, labelWidth: number): readonly string[] => {
  const from = origin === undefined ? '' : `  (${safeText(origin)})`;
  const line = `${isOk ? ' ' : '!'} ${label.padEnd(labelWidth)}  ${safeText(value)}${from}`;
  return way === undefined ? [line] : [line, `  ${' '.repeat(labelWidth)}  → ${safeText(way)}`];
};

const found = (label: string, value: string): Finding => ({
  label,
  value,
  origin: undefined,
  isOk: true,
  way: undefined,
});

const terminalFindings = (world: World): readonly Finding[] => {
  const {stdin, stdout} = process;
  const able = capabilitiesOf({
    env: world.env,
    platform: process.platform,
    isInputTty: stdin.isTTY === true,
    isOutputTty: stdout.isTTY === true,
  });
  const size = stdout.isTTY ? `${stdout.columns}×${stdout.rows}` : 'none: output goes to a file or a pipe';
  return [
    found('terminal', `${world.env['TERM'] ?? 'TERM is not set'}, ${size}`),
    found('colours', ['none', '16', '256', '16 million'][able.colourLevel] ?? 'none'),
    found('glyphs', able.hasUnicode ? 'Unicode' : 'ASCII'),
    found('multiplexer', able.multiplexer?.kind ?? 'none'),
    found('remote', able.isRemote ? 'yes, over SSH' : 'no'),
  ];
};
