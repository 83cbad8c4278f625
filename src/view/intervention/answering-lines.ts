import {
  type AnswerField,
  buildAnswerForm,
  findChoice,
  formatAnswerValue,
} from '../../domain/intervention/answer-form.js';
import {padEnd} from '../../format/cells.js';
import {renderQuestion} from '../../format/detail/question-lines.js';
import {createSegment, cutLine, type Line} from '../../format/line.js';
import {sanitizeText} from '../../format/safe-text.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import type {UtcOffset} from '../../format/time.js';
import {wrapText} from '../../format/wrap.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Screen} from '../../store/ui/screen.js';

type AnsweringState = Extract<Screen, {readonly name: 'answering'}>;

const maxKeyCells = 24;

/** The question, a line per field of the answer, and what is wrong with it. */
export const renderAnswering = (
  state: State,
  screen: AnsweringState,
  width: number,
  utcOffset: UtcOffset,
): readonly Line[] => {
  const {question, texts, focus, problem} = screen;
  const latest = state.openRun?.questions.find(({id}) => id === question.id) ?? question;
  const {fields} = buildAnswerForm(question.schema);
  const description = fields[focus]?.description;
  return [
    ...renderQuestion(latest, {now: selectServerNow(state), utcOffset, width, hasForm: true}),
    [],
    ...fields.map((field, index) => cutLine(renderAnswerField(field, texts[index] ?? '', index === focus), width)),
    [],
    ...(description === undefined ? [] : wrapText(sanitizeText(description), width).map(renderDimText)),
    ...(problem === undefined
      ? []
      : wrapText(sanitizeText(`${problem}.`), width).map((text): Line => [createSegment(text, 'warning')])),
    ...(latest.isPending ? [] : [[createSegment('This question has been answered meanwhile.', 'warning')]]),
  ];
};

const renderDimText = (text: string): Line => [createSegment(text, 'dim')];

const renderAnswerField = (field: AnswerField, text: string, isFocused: boolean): Line => {
  const {choices} = field;
  const chosen = findChoice(field, text);
  // The choices themselves show what may be entered.
  const hint = choices.length === 0 ? field.hint : field.whenEmpty === undefined ? '' : 'may be empty';
  return [
    createSegment(isFocused ? '> ' : '  ', 'accent'),
    createSegment(padEnd(sanitizeToWidth(field.key ?? 'answer', maxKeyCells), 12), 'label'),
    ...choices.flatMap(choice => renderChoice(formatAnswerValue(choice), choice === chosen)),
    ...(chosen !== undefined ? [] : [createSegment(sanitizeText(text), 'strong')]),
    ...(isFocused ? [createSegment('_', 'accent')] : []),
    createSegment(`  ${sanitizeToWidth(hint, 60)}`, 'dim'),
  ];
};

const renderChoice = (choice: string, isChosen: boolean): Line => {
  const name = sanitizeToWidth(choice, maxKeyCells);
  return isChosen ? [createSegment(`[${name}] `, 'strong')] : [createSegment(` ${name}  `, 'dim')];
};
