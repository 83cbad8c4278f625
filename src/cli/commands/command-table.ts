import {answerCommand} from './answer-command.js';
import type {CommandDefinition} from './command-definition.js';
import {completionCommand} from './completion-command.js';
import {configCommand} from './config-command.js';
import {demoCommand} from './demo-command.js';
import {doctorCommand} from './doctor-command.js';
import {graphCommand} from './graph-command.js';
import {logsCommand} from './logs-command.js';
import {replayCommand} from './replay-command.js';
import {runsCommand} from './runs-command.js';
import {stopCommand} from './stop-command.js';
import {timelineCommand} from './timeline-command.js';
import {watchCommand} from './watch-command.js';

/**
 * Every command, in the order in which help lists them. The parser, help, the manual and completion are built from this table. It
 * describes commands only: what carries them out is loaded when it is needed, because loading everything would slow down startup.
 */
export const commandTable: readonly CommandDefinition[] = [
  watchCommand,
  demoCommand,
  replayCommand,
  runsCommand,
  logsCommand,
  timelineCommand,
  graphCommand,
  stopCommand,
  answerCommand,
  doctorCommand,
  configCommand,
  completionCommand,
];
