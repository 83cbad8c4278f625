import {stringifyJson} from '../../domain/exact-number.js';
import type {Instant} from '../../domain/instant.js';
import type {Intervention} from '../../domain/intervention/intervention.js';
import {isAbandoned} from '../../domain/intervention/question.js';
import {formatInterventionCommand} from '../../domain/intervention/zenml-command.js';
import {formatTags} from '../../format/intervention-words.js';
import {createSegment, type Line} from '../../format/line.js';
import {sanitizeText} from '../../format/safe-text.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {wrapLine, wrapText} from '../../format/wrap.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import {findPendingQuestion} from '../../store/intervention/question-needs.js';
import {findConfirmationWord} from '../../store/intervention/reduce-intervention.js';
import {formatTargetRun, selectTargetRun, type TargetRun} from '../../store/intervention/target.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {getBaseScreen} from '../../store/ui/screen.js';
import {forcedStopWithUnknownOrchestrator, listStopConsequences} from './stop-consequences.js';

const maxNameCells = 60;

/** What would be done, its consequences for this run as it is now, on which server, and the equivalent command. */
export const renderConfirming = (
  state: State,
  {intervention, typed}: {readonly intervention: Intervention; readonly typed: string},
  width: number,
): readonly Line[] => {
  const {session} = state;
  const name = formatRun(selectTargetRun(state));
  const wrap = (text: string, tone: 'plain' | 'strong' | 'dim' | 'warning'): readonly Line[] =>
    wrapText(text, width).map(line => [createSegment(line, tone)]);
  const word = findConfirmationWord(intervention);
  const project = session.project?.name;
  const confirmKey = formatCommandKey('confirming.confirm', session);
  const cancelKey = formatCommandKey('confirming.close', session);
  return [
    ...wrap(formatQuestion(intervention, name), 'strong'),
    [],
    ...listConsequences(state, intervention).flatMap(text => wrapLine([createSegment(`- ${text}`)], width, 2)),
    [],
    ...wrap(
      `${sanitizeText(session.serverUrl)}${project === undefined ? '' : `, project ${sanitizeToWidth(project, 60)}`}`,
      'dim',
    ),
    ...wrap(`Same as ${sanitizeText(formatInterventionCommand(intervention))}`, 'dim'),
    [],
    ...(word === undefined
      ? [[createSegment(confirmKey, 'accent'), createSegment(` to confirm, ${cancelKey} to cancel`, 'dim')]]
      : wrapLine(
          [
            createSegment(`Type ${word} and press enter, or ${cancelKey} to cancel: `, 'dim'),
            createSegment(sanitizeToWidth(typed, 20), 'strong'),
            createSegment('_', 'accent'),
          ],
          width,
        )),
  ];
};

/** The title of the dialog. */
export const getConfirmationTitle = ({kind}: Intervention): string => (kind === 'expire-cache' ? 'expire cache' : kind);

const formatRun = (run: TargetRun | undefined): string =>
  run === undefined ? 'the run' : sanitizeToWidth(formatTargetRun(run), maxNameCells);

const formatQuestion = (intervention: Intervention, name: string): string => {
  switch (intervention.kind) {
    case 'stop':
      return intervention.isForced ? `Stop ${name} by force?` : `Stop ${name} gracefully?`;

    case 'abort':
      return `Abort the question and stop ${name}?`;

    case 'answer':
      return intervention.value === undefined
        ? `Continue ${name}?`
        : `Answer ${sanitizeText(stringifyJson(intervention.value))} and continue ${name}?`;

    case 'refresh':
      return `Refresh ${name} from its orchestrator?`;

    case 'tag':
      return formatTagQuestion(intervention, name);

    case 'expire-cache':
      return `Expire the cache of ${sanitizeToWidth(intervention.stepName, maxNameCells)}?`;
  }
};

/** `Add the tag nightly to train #42 and remove the tag old?` */
const formatTagQuestion = ({add, remove}: Extract<Intervention, {readonly kind: 'tag'}>, name: string): string => {
  if (add.length === 0) {
    return `Remove ${formatTags(remove)} from ${name}?`;
  }

  return `Add ${formatTags(add)} to ${name}${remove.length === 0 ? '' : ` and remove ${formatTags(remove)}`}?`;
};

/** What will happen in this run, as it is now. */
const listConsequences = (state: State, intervention: Intervention): readonly string[] => {
  const actionsKey = formatCommandKey('run.actions', state.session);
  const openRun = getBaseScreen(state.screen).name === 'runs' ? undefined : state.openRun;
  switch (intervention.kind) {
    case 'stop':
      return openRun === undefined
        ? [
            ...(intervention.isForced
              ? ['no further steps start', forcedStopWithUnknownOrchestrator]
              : ['no further steps start; running steps finish first or are interrupted at their next heartbeat']),
            'the run ends as stopped, not failed',
          ]
        : listStopConsequences(state, openRun, intervention.isForced);

    case 'abort':
      return ['the run ends immediately as stopped; this cannot be undone'];

    case 'answer':
      return openRun?.run?.status === 'paused' ||
        (openRun !== undefined && hasNoProcess(openRun, selectServerNow(state)))
        ? [`no process polls for the answer: the run is paused until it is resumed (${actionsKey} has the command)`]
        : ['the run continues as soon as its process polls for the answer'];

    case 'refresh':
      return ['the server updates the run and its steps from the orchestrator; finished steps do not change'];

    case 'tag':
      return intervention.add.length === 0 ? ['the run keeps its other tags'] : ['tags that do not exist are created'];

    case 'expire-cache':
      return listExpiryConsequences(state, intervention);
  }
};

/** Whether no process polls for the answer to the pending question any more. */
const hasNoProcess = (openRun: OpenRun, now: Instant): boolean => {
  const question = findPendingQuestion(openRun);
  return question !== undefined && isAbandoned(question, now);
};

const listExpiryConsequences = (
  {openRun}: State,
  {stepId, stepName}: Extract<Intervention, {readonly kind: 'expire-cache'}>,
): readonly string[] => {
  const origin = openRun?.detailsById.get(stepId);
  const isElsewhere = origin !== undefined && origin.runId !== openRun?.runId;
  return [
    'later runs do not reuse the outputs of this step run; this cannot be undone',
    ...(origin === undefined || isElsewhere || origin.attempt.name !== stepName
      ? [`the cached result is that of step run ${stepId}, which did the work`]
      : []),
    'other completed step runs with the same cache key may still be reused',
    'steps that read its outputs stay cached if the new outputs are the same',
  ];
};
