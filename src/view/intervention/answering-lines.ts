import {
  type AnswerField,
  buildAnswerForm,
  findChoice,
  formatAnswerValue,
} from '../../domain/intervention/answer-form.js';
import {padEnd} from '../../format/cells.js';
import {renderQuestion} from '../../format/detail/question-lines.js';
import {countLineCells, createSegment, cutLine, type Line} from '../../format/line.js';
import {sanitizeText} from '../../format/safe-text.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import type {UtcOffset} from '../../format/time.js';
import {wrapText} from '../../format/wrap.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Screen} from '../../store/ui/screen.js';

type AnsweringState = Extract<Screen, {readonly name: 'answering'}>;

const maxKeyCells = 24;
const maxHintCells = 60;

type AnsweringLines = {
  readonly lines: readonly Line[];
  /** Index of the line that must be visible: the field under the cursor, or what is wrong with the answer. */
  readonly focusLine: number;
};

/** The question, the fields of its answer, and what is wrong with the answer. */
export const renderAnswering = (
  state: State,
  screen: AnsweringState,
  width: number,
  getUtcOffset: UtcOffset,
): AnsweringLines => {
  const {question, texts, focus, problem} = screen;
  const latest = state.openRun?.questions.find(({id}) => id === question.id) ?? question;
  const {fields} = buildAnswerForm(question.schema);
  const description = fields[focus]?.description;
  const questionLines = renderQuestion(latest, {now: selectServerNow(state), getUtcOffset, width, hasForm: true});
  const lines: readonly Line[] = [
    ...questionLines,
    [],
    ...fields.flatMap((field, index) => renderAnswerField(field, texts[index] ?? '', index === focus, width)),
    [],
    ...(description === undefined ? [] : wrapText(sanitizeText(description), width).map(renderDimText)),
    ...(problem === undefined
      ? []
      : wrapText(sanitizeText(`${problem}.`), width).map((text): Line => [createSegment(text, 'warning')])),
    ...(latest.isPending
      ? []
      : [
          [
            createSegment(
              `This question has been ${latest.resolution === 'abort' ? 'aborted' : 'answered'} in the meantime.`,
              'warning',
            ),
          ],
        ]),
  ];
  // Only the field under the cursor may take several lines.
  return {lines, focusLine: problem === undefined ? questionLines.length + 1 + focus : lines.length - 1};
};

const renderDimText = (text: string): Line => [createSegment(text, 'dim')];

/** Cells before the value of a field, and minimum cells of the value, so that values and hints are aligned. */
const leadCells = 14;
const minValueCells = 8;

/** A field and a hint about what may be entered. If the hint of the focused field is too long for the line, it is put below. */
const renderAnswerField = (field: AnswerField, text: string, isFocused: boolean, width: number): readonly Line[] => {
  const {choices} = field;
  const chosen = findChoice(field, text);
  // The choices themselves show what may be entered.
  const hint = choices.length === 0 ? sanitizeText(field.hint) : field.whenEmpty === undefined ? '' : 'may be empty';
  const value: Line = [
    ...(choices.length === 0
      ? [createSegment(' ')]
      : choices.flatMap(choice => renderChoice(formatAnswerValue(choice), choice === chosen))),
    ...(chosen !== undefined ? [] : [createSegment(sanitizeText(text), 'strong')]),
    ...(isFocused ? [createSegment('_', 'accent')] : []),
  ];
  const line = [
    createSegment(isFocused ? '> ' : '  ', 'accent'),
    createSegment(padEnd(sanitizeToWidth(field.key ?? 'answer', maxKeyCells), leadCells - 2), 'label'),
    ...value,
    createSegment(' '.repeat(Math.max(0, minValueCells - countLineCells(value)))),
  ];
  const whole = [...line, createSegment(`  ${sanitizeToWidth(hint, maxHintCells)}`, 'dim')];
  return isFocused && countLineCells(whole) > width
    ? [
        cutLine(line, width),
        ...wrapText(hint, width - leadCells - 1).map(part => renderDimText(`${' '.repeat(leadCells + 1)}${part}`)),
      ]
    : [cutLine(whole, width)];
};

const renderChoice = (choice: string, isChosen: boolean): Line => {
  const name = sanitizeToWidth(choice, maxKeyCells);
  return isChosen ? [createSegment(`[${name}] `, 'strong')] : [createSegment(` ${name}  `, 'dim')];
};
