import type {CopyText} from '../mark.js';
import type {Run} from '../run.js';
import {isFinished} from '../status.js';
import type {Intervention} from './intervention.js';

/** The text as one word of a POSIX shell. */
const quoteForShell = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The command of ZenML that does the same. */
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
  }
};

/**
 * Commands for what zentop does not do itself, because it needs the code of the pipeline, and for a run whose process has died.
 * `unfinishedStepIds`: step runs that have not ended.
 */
export const listRunCommands = (run: Run, unfinishedStepIds: readonly string[]): readonly CopyText[] => [
  ...(run.status === 'paused' ? [{what: 'resume (with the code)', text: `zenml pipeline runs resume ${run.id}`}] : []),
  ...(run.status === 'failed' && run.isDynamic === true
    ? [{what: 'retry (with the code)', text: `zenml pipeline runs retry ${run.id}`}]
    : []),
  ...(isFinished(run.status)
    ? [
        {
          what: 'replay (in a file)',
          text: `PIPELINE.replay(pipeline_run="${run.id}", skip_successful_steps=True)`,
        },
      ]
    : [
        {what: 'stop gracefully', text: `zenml pipeline runs stop ${run.id} -g`},
        {what: 'end a dead run', text: formatEndOfDeadRun(run, unfinishedStepIds)},
      ]),
  {what: 'add a tag', text: formatPython(`add_tags(tags=["keep"], run="${run.id}")`, 'from zenml import add_tags')},
];

const formatPython = (...lines: readonly string[]): string => [...lines].reverse().join('\n');

/** Only writing its rows ends a run whose process is gone: the steps of a static run, a dynamic run itself. */
const formatEndOfDeadRun = (run: Run, stepIds: readonly string[]): string => {
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
