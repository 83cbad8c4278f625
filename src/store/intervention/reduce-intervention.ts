import {buildAnswerForm} from '../../domain/intervention/answer-form.js';
import type {Intervention} from '../../domain/intervention/intervention.js';
import type {Question} from '../../domain/intervention/question.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';
import type {Screen} from '../ui/screen.js';

export type InterventionAction =
  | DialogAction
  /** The request has been sent. */
  | {readonly type: 'intervention/started'; readonly intervention: Intervention}
  /** The server has responded, or the request has timed out. */
  | {readonly type: 'intervention/ended'; readonly outcome: InterventionOutcome};

/** What has been done, in words for the user, or that the request failed; `isUnsupported` if trying again is pointless. */
export type InterventionOutcome =
  | {readonly kind: 'done'; readonly text: string}
  | {readonly kind: 'failed'; readonly isUnsupported: boolean};

type DialogAction =
  | {readonly type: 'confirming/opened'; readonly intervention: Intervention}
  /** The part of the confirmation word typed so far. */
  | {readonly type: 'confirming/typed'; readonly text: string}
  | {readonly type: 'answering/opened'; readonly question: Question}
  /** The whole text of the field being typed into. */
  | {readonly type: 'answering/typed'; readonly text: string}
  | {readonly type: 'answering/moved'; readonly by: number}
  | {readonly type: 'answering/rejected'; readonly field: number; readonly message: string}
  | {readonly type: 'dialog/closed'};

/** The word that must be typed before this is carried out; `undefined` if `y` is enough. */
export const findConfirmationWord = (intervention: Intervention): string | undefined =>
  intervention.kind === 'abort' ? 'abort' : intervention.kind === 'stop' && intervention.isForced ? 'force' : undefined;

/** The state after the server has responded, or the request has timed out. */
export const withInterventionEnded = (state: State, outcome: InterventionOutcome): State => {
  const {intervention, now, openRun, interventionsDone} = state;
  if (intervention === undefined) {
    return state;
  }

  if (outcome.kind === 'done') {
    const done = {at: now, intervention, text: outcome.text};
    return {
      ...state,
      intervention: undefined,
      interventionsDone: [...interventionsDone, done],
      openRun: openRun && withExpiredStep(openRun, intervention),
    };
  }

  return {
    ...state,
    intervention: undefined,
    openRun:
      openRun?.runId === intervention.runId && intervention.kind === 'refresh' && outcome.isUnsupported
        ? {...openRun, page: {...openRun.page, canRefresh: false}}
        : openRun,
  };
};

/** Records that the cache of a step has been expired. The step run may belong to another run, which is not fetched again. */
const withExpiredStep = (openRun: OpenRun, intervention: Intervention): OpenRun => {
  const detail = intervention.kind === 'expire-cache' ? openRun.detailsById.get(intervention.stepId) : undefined;
  return detail === undefined || intervention.kind !== 'expire-cache'
    ? openRun
    : {
        ...openRun,
        detailsById: new Map(openRun.detailsById).set(intervention.stepId, {
          ...detail,
          cacheExpiresAt: intervention.at,
        }),
      };
};

/** A field of the form takes no more characters than this, so that pasting a whole file into it does no harm. */
const maxTextLength = 4000;

export const reduceDialog = (screen: Screen, action: DialogAction): Screen => {
  switch (action.type) {
    case 'confirming/opened':
      return {name: 'confirming', under: screen, intervention: action.intervention, typed: ''};

    case 'confirming/typed':
      return screen.name === 'confirming' ? {...screen, typed: action.text} : screen;

    case 'answering/opened': {
      const texts = buildAnswerForm(action.question.schema).fields.map(({initialText}) => initialText);
      return {name: 'answering', under: screen, question: action.question, texts, focus: 0, problem: undefined};
    }

    case 'answering/typed':
      return screen.name === 'answering'
        ? {
            ...screen,
            texts: screen.texts.with(screen.focus, [...action.text].slice(0, maxTextLength).join('')),
            problem: undefined,
          }
        : screen;

    case 'answering/moved':
      return screen.name === 'answering'
        ? {...screen, focus: (screen.focus + action.by + screen.texts.length) % Math.max(1, screen.texts.length)}
        : screen;

    case 'answering/rejected':
      return screen.name === 'answering' ? {...screen, focus: action.field, problem: action.message} : screen;

    case 'dialog/closed':
      return screen.name === 'confirming' || screen.name === 'answering' ? screen.under : screen;
  }
};

/** The screen under the form and its confirmation. */
export const leaveDialogs = (screen: Screen): Screen =>
  screen.name === 'confirming' || screen.name === 'answering' ? leaveDialogs(screen.under) : screen;
