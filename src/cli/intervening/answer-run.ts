import {explainFailure} from '../../connection/explain-failure.js';
import type {Connection} from '../../connection/open-connection.js';
import type {Problem} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import type {Instant} from '../../domain/instant.js';
import {buildAnswerForm, formatAnswerValue, parseAnswerText} from '../../domain/intervention/answer-form.js';
import type {Intervention} from '../../domain/intervention/intervention.js';
import {isAbandoned, type Question} from '../../domain/intervention/question.js';
import type {Json} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {sanitizeText} from '../../format/safe-text.js';
import {printNote, printProblem} from '../printing/print.js';
import {carryOut} from './carry-out.js';
import {confirm, refusedCode} from './confirm.js';
import {maxInterventionMs, type OpenRequest, openForIntervention} from './open-for-intervention.js';

type AnswerRequest = OpenRequest & {readonly value: string | undefined; readonly isConfirmed: boolean};

/**
 * Answers the pending question of a run. Returns the exit code: 0 if the server has accepted the answer, 1 if there is no question,
 * the user declined or the server refused, 2 for an invalid value or another usage error, 4 if the server could not be used.
 */
export const answerRun = async (world: World, request: AnswerRequest): Promise<number> => {
  const signal = AbortSignal.timeout(maxInterventionMs);
  const opened = await openForIntervention(world, request, signal);
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const {connection, run, runLabel} = opened.value;
  const found = await findQuestion(connection, run, signal);
  if ('message' in found) {
    printProblem(found);
    return found.exitCode;
  }

  const {question} = found;
  if (question === undefined) {
    const hint = `Run \`${formatZentopCommand([run.id], connection.settings.connectionArguments)}\` to see it.`;
    printProblem({message: `${runLabel} has no pending question.`, hint});
    return refusedCode;
  }

  const answer = parseValue(question, request.value);
  if ('message' in answer) {
    printProblem(answer);
    return answer.exitCode;
  }

  const {value} = answer;
  const words = value === undefined ? 'Continue' : `Answer ${formatAnswerValue(value)} to`;
  const intervention: Intervention = {kind: 'answer', runId: run.id, questionId: question.id, value};
  const prompt = `${words} “${sanitizeText(question.text ?? question.name)}” of ${runLabel}?`;
  if (isAbandoned(question, found.serverNow)) {
    printNote('No process has polled for this answer lately: the run may not continue until it is resumed.');
  }

  return (await confirm(prompt, intervention, request.isConfirmed)) ?? carryOut(connection, intervention, signal);
};

const findQuestion = async (
  {client, explainContext, settings}: Connection,
  run: Run,
  signal: AbortSignal,
): Promise<{readonly question: Question | undefined; readonly serverNow: Instant} | Problem> => {
  const response = await client.fetchQuestions(run.id, run.projectId, signal);
  if (response.ok) {
    const {serverDateAt, respondedAt} = response.timing;
    return {question: response.value.find(({isPending}) => isPending), serverNow: serverDateAt ?? respondedAt};
  }

  return response.failure.kind === 'no-route'
    ? {
        message: 'On this server, runs cannot ask questions: that needs ZenML 0.94.1 or later.',
        hint: `Run \`${formatZentopCommand(['doctor'], settings.connectionArguments)}\` to see its version.`,
        exitCode: 4,
        candidates: [],
      }
    : {...explainFailure(response.failure, explainContext), exitCode: 4, candidates: []};
};

const parseValue = ({schema}: Question, value: string | undefined): {readonly value: Json | undefined} | Problem => {
  const {fields} = buildAnswerForm(schema);
  const [field] = fields;
  if (field === undefined) {
    return value === undefined
      ? {value}
      : createValueProblem('This question does not take a value.', 'Omit VALUE to continue the run.');
  }

  const keys = fields.flatMap(({key}) => key ?? []);
  const hint = `Expected ${keys.length === 0 ? field.hint : `an object as JSON with ${keys.join(', ')}`}.`;
  if (value === undefined) {
    return createValueProblem('This question needs a value.', hint);
  }

  const parsed = parseAnswerText(schema, value);
  return parsed.ok ? {value: parsed.value} : createValueProblem(`${parsed.message}.`, hint);
};

const createValueProblem = (message: string, hint: string): Problem => ({message, hint, exitCode: 2, candidates: []});
