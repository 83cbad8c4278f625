import {findUserName} from '../domain/intervention/question.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../format/line.js';
import {formatQuestionText, formatResolution} from '../format/question-words.js';
import {formatRunWait} from '../format/run-wait.js';
import {sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {formatWait} from '../format/wait-words.js';
import type {QuestionChange, WaitChange} from './change.js';
import {formatIsoSecond} from './json-values.js';
import {getKnownWaitFacts, type KnownRun} from './known-run.js';

export const renderWaitChange = ({name, reason, at}: WaitChange): Line => [
  renderPlain('step '),
  renderStrong(sanitizeText(name)),
  renderPlain(` is waiting: ${formatWait(reason, at)}`),
];

export const renderQuestionChange = ({question, by}: QuestionChange): Line => [
  renderPlain('question '),
  renderStrong(`“${formatQuestionText(question)}”`),
  ...(question.isPending
    ? [renderPlain(' '), {text: 'is waiting for an answer', tone: 'warning' as const}]
    : [renderPlain(` ${formatResolution(question)}${formatUser(by)}`)]),
];

const formatUser = (by: string | undefined): string => (by === undefined ? '' : ` by ${sanitizeToWidth(by, 60)}`);

/** Why nothing is running in the run, and how its questions were answered. */
export const renderWaits = (known: KnownRun): readonly Line[] => {
  const wait = formatRunWait(getKnownWaitFacts(known), known.now);
  return [
    ...(wait === undefined ? [] : [[renderDim('waiting '), renderPlain(wait)]]),
    ...known.questions
      .filter(({isPending}) => !isPending)
      .map((question): Line => {
        const {resolvedAt, resolvedById} = question;
        const by = resolvedById === undefined ? undefined : (findUserName(known, resolvedById) ?? resolvedById);
        return [
          renderDim('asked '),
          renderPlain(`“${formatQuestionText(question)}”: ${formatResolution(question)}${formatUser(by)}`),
          renderDim(resolvedAt === undefined ? '' : ` at ${formatIsoSecond(resolvedAt)}`),
        ];
      }),
  ];
};
