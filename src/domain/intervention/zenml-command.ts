import type {CopyText} from '../mark.js';
import {isRunOver, type Run} from '../run.js';
import {isAtLeast, type ServerInfo} from '../server.js';
import {quoteForShell} from '../shell-word.js';
import {isFinished} from '../status.js';
import type {Intervention} from './intervention.js';

/** The ZenML command that does the same as the intervention. */
export const formatInterventionCommand = (intervention: Intervention): string => {
  const {runId} = intervention;
  switch (intervention.kind) {
    case 'stop':
      return `zenml pipeline runs stop ${runId}${intervention.isForced ? '' : ' -g'}`;

    case 'abort':
      return `zenml pipeline runs wait-conditions resolve ${intervention.questionId} --resolution abort`;

    case 'answer': {
      const {questionId, value} = intervention;
      const result = value === undefined ? '' : ` --result ${quoteForShell(JSON.stringify(value))}`;
      return `zenml pipeline runs wait-conditions resolve ${questionId} --resolution continue${result}`;
    }

    case 'refresh':
      return `zenml pipeline runs refresh ${runId}`;

    case 'tag': {
      const {add, remove} = intervention;
      const calls = [
        ...(add.length === 0 ? [] : [`add_tags(tags=${formatPythonList(add)}, run="${runId}")`]),
        ...(remove.length === 0 ? [] : [`remove_tags(tags=${formatPythonList(remove)}, run="${runId}")`]),
      ];
      return formatPythonCommand(`from zenml import add_tags, remove_tags; ${calls.join('; ')}`);
    }

    case 'expire-cache':
      return formatPythonCommand(
        [
          'from datetime import datetime, timezone',
          'from uuid import UUID',
          'from zenml.client import Client',
          `Client().update_step_run(UUID("${intervention.stepId}"), cache_expires_at=datetime.now(timezone.utc))`,
        ].join('; '),
      );
  }
};

/** JSON strings are Python strings too. */
const formatPythonList = (texts: readonly string[]): string =>
  `[${texts.map(text => JSON.stringify(text)).join(', ')}]`;

const formatPythonCommand = (code: string): string => `python -c ${quoteForShell(code)}`;

type CommandRun = Pick<Run, 'id' | 'status' | 'isInProgress'> & Partial<Pick<Run, 'isDynamic' | 'pipeline'>>;

/** Where the function of a pipeline is defined: the module, and the name of the function. */
export type PipelineSource = {readonly module: string; readonly attribute: string};

/** `about`: what the command does. */
type RunCommand = CopyText & {readonly about: string; readonly whyNot?: string};

/**
 * Commands for what zentop does not do itself, because it needs the code of the pipeline, and for a run whose process has died.
 * `unfinishedStepIds`: step runs that have not ended; `undefined` if the steps are not known. `source`: that of the pipeline,
 * without which the code that replays it has placeholders.
 */
export const listRunCommands = (
  run: CommandRun,
  unfinishedStepIds: readonly string[] | undefined,
  server: ServerInfo | undefined,
  source?: PipelineSource | 'loading',
): readonly RunCommand[] => [
  ...(run.status === 'paused'
    ? [
        buildCommand(
          {what: 'resume (with the code)', about: 'continues the run', text: `zenml pipeline runs resume ${run.id}`},
          '0.94.1',
          server,
        ),
      ]
    : []),
  ...(run.status === 'failed' && run.isDynamic === true
    ? [
        buildCommand(
          {
            what: 'retry (with the code)',
            about: 'continues the run; keeps finished steps',
            text: `zenml pipeline runs retry ${run.id}`,
          },
          '0.94.1',
          server,
        ),
      ]
    : []),
  ...(isFinished(run.status)
    ? [
        buildCommand(
          {
            what: 'replay (in a file)',
            about: 'a new run; skips successful steps',
            ...(source === 'loading' ? {text: '', whyNot: 'loading the pipeline…'} : {text: formatReplay(run, source)}),
          },
          '0.94.0',
          server,
        ),
      ]
    : [
        {
          what: 'stop (in a shell)',
          about: 'if the server cannot stop it',
          text: `zenml pipeline runs stop ${run.id} -g`,
        },
      ]),
  ...(unfinishedStepIds !== undefined && canBeEnded(run, unfinishedStepIds)
    ? [{what: 'end a dead run', about: 'if its process has died', text: formatEndingCode(run, unfinishedStepIds)}]
    : []),
];

/**
 * A dynamic run ends by its own status, which the server does not change once it has failed; a static run by those of its steps.
 */
const canBeEnded = (run: CommandRun, unfinishedStepIds: readonly string[]): boolean =>
  !isRunOver(run) && (run.isDynamic === true ? !isFinished(run.status) : unfinishedStepIds.length > 0);

const isIdentifier = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

/**
 * Python code that replays the run. Without the source, the module is a placeholder; a pipeline usually has the name of its
 * function.
 */
const formatReplay = ({id, pipeline}: CommandRun, source: PipelineSource | undefined): string => {
  const name = [source?.attribute, pipeline?.name].find(each => each !== undefined && isIdentifier(each)) ?? 'PIPELINE';
  const module = source?.module.split('.').every(isIdentifier) ? source.module : 'MODULE';
  return `from ${module} import ${name}\n${name}.replay(pipeline_run="${id}", skip_successful_steps=True)`;
};

/** A command that ZenML has had since a version. With an older server, it is listed with the reason why it does not work. */
const buildCommand = (command: RunCommand, since: string, server: ServerInfo | undefined): RunCommand =>
  isAtLeast(server, since) ? command : {...command, whyNot: `this needs ZenML ${since.replace(/\.0$/, '')}`};

/** Python code that ends a run whose process has died: it updates the steps of a static run, or a dynamic run itself. */
const formatEndingCode = (run: CommandRun, stepIds: readonly string[]): string => {
  const imports = [
    'from datetime import datetime, timezone',
    'from uuid import UUID',
    'from zenml.client import Client',
    'from zenml.enums import ExecutionStatus',
  ];
  if (run.isDynamic === true) {
    return [
      ...imports.slice(1),
      'from zenml.models import PipelineRunUpdate',
      `Client().zen_store.update_run(UUID("${run.id}"), PipelineRunUpdate(status=ExecutionStatus.STOPPED))`,
    ].join('\n');
  }

  return [
    ...imports,
    'from zenml.models import StepRunUpdate',
    `for step in ${JSON.stringify(stepIds)}:`,
    '    update = StepRunUpdate(status=ExecutionStatus.STOPPED, end_time=datetime.now(timezone.utc))',
    '    Client().zen_store.update_run_step(UUID(step), update)',
  ].join('\n');
};
