import {findUserName, type Question} from '../domain/intervention/question.js';
import {findLatestAttempt} from '../domain/step.js';
import {findStepIndexes} from '../domain/step-indexes.js';
import {findStepAt} from '../domain/step-table.js';
import {findWaitReason, type WaitReason} from '../domain/wait-reason.js';
import type {State} from '../store/state.js';
import type {QuestionChange, WaitChange} from './change.js';
import {getKnownWaitFacts, type KnownRun} from './known-run.js';

/** A change, with a key by which it is reported only once while it lasts. */
type KeyedChange = {readonly key: string; readonly change: WaitChange | QuestionChange};

/** What the run asks or has asked, and why steps that have started are not running. */
export const listWaitChanges = (state: State, known: KnownRun): readonly KeyedChange[] => [
  ...known.questions.flatMap(question => listQuestionChanges(state, known, question)),
  ...listStepWaits(known),
];

/** An answer is reported with the name of the user who gave it, which takes one more request. */
const listQuestionChanges = ({requestsByKey}: State, known: KnownRun, question: Question): readonly KeyedChange[] => {
  const {id, isPending, resolvedById} = question;
  const by = resolvedById === undefined ? undefined : findUserName(known, resolvedById);
  const isUserAwaited =
    resolvedById !== undefined && by === undefined && requestsByKey.get(`user:${resolvedById}`)?.failure === undefined;
  return !isPending && isUserAwaited
    ? []
    : [
        {
          key: `${id} ${isPending ? 'asked' : 'answered'}`,
          change: {type: 'question', at: known.now, question, by: by ?? resolvedById},
        },
      ];
};

/** Shorter provisioning is not reported. */
const minProvisioningMs = 60_000;

const isWorthReporting = (reason: WaitReason, now: number): boolean => {
  switch (reason.kind) {
    case 'queued':
      return reason.text !== undefined;

    case 'provisioning':
      return reason.since !== undefined && now - reason.since >= minProvisioningMs;

    case 'retry':
      return reason.until !== undefined && reason.until > now;

    default:
      return false;
  }
};

const listStepWaits = (known: KnownRun): readonly KeyedChange[] => {
  const {table, now} = known;
  const facts = getKnownWaitFacts(known);
  return findStepIndexes(table, 'unfinished').flatMap(index => {
    const step = findStepAt(table, index);
    const reason = step && findWaitReason(step, facts);
    if (step === undefined || reason === undefined || !isWorthReporting(reason, now)) {
      return [];
    }

    const key = `${findLatestAttempt(step)?.id} ${reason.kind} ${'text' in reason ? reason.text : ''}`;
    return [{key, change: {type: 'wait', at: now, name: step.name, reason}}];
  });
};
