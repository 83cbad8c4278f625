import {findFilterCompletions} from '../domain/filter/completion.js';
import {countCells, takeEnd} from '../format/cells.js';
import {countLineCells, createSegment, joinLines, type Line, pickFittingLine, spreadLine} from '../format/line.js';
import {ellipsis} from '../format/marks.js';
import {formatCount} from '../format/number.js';
import {sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {selectKeyContext} from '../keymap/command.js';
import {selectFieldVocabulary} from '../keymap/field-commands.js';
import {buildFooterEntries, footerGap} from '../keymap/footer.js';
import type {ScreenFrame} from '../keymap/frame.js';
import type {OpenRun} from '../store/run/open-run.js';
import type {State} from '../store/state.js';
import type {Field, FieldPurpose} from '../store/ui/field.js';
import {renderArrangement, renderShownCount} from './list/arrangement.js';

/**
 * The footer: the available keys, or a notice for a while. Before the keys comes the open text field, or else how to sign in or how
 * the list is arranged.
 */
export const renderFooter = (state: State, frame: ScreenFrame, width: number): Line => {
  const {field, notice} = state;
  if (notice !== undefined) {
    const typed = field === undefined ? [] : renderTypedText(field, width - countCells(notice.text) - footerGap);
    const tone = notice.tone === 'problem' ? 'warning' : 'strong';
    return joinLines([typed, [createSegment(sanitizeToWidth(notice.text, width), tone)]], ' '.repeat(footerGap));
  }

  const start = field === undefined ? renderStart(state, width) : renderTextField(state, field, width);
  if (start.length === 0) {
    return renderKeys(state, frame, width);
  }

  const keys = renderKeys(state, frame, width - countLineCells(start) - footerGap);
  return state.field === undefined ? joinLines([start, keys], ' '.repeat(footerGap)) : spreadLine(start, keys, width);
};

const renderStart = (state: State, width: number): Line => {
  const signedOut = renderSignedOut(state, width);
  return signedOut.length === 0 ? renderListArrangement(state) : signedOut;
};

/** While signed out, how to sign in is more useful than how the list is sorted. */
const renderSignedOut = ({outage, session}: State, width: number): Line => {
  if (outage?.failure.kind !== 'not-signed-in') {
    return [];
  }

  const command = `zenml login ${sanitizeToWidth(session.serverUrl, 120)}`;
  return pickFittingLine(
    [[createSegment(`signed out: run ${command}`, 'warning')], [createSegment(command, 'warning')]],
    width,
  );
};

/** Filter and sort order are shown in the footer, which all but the smallest screens have. */
const renderListArrangement = (state: State): Line => {
  const context = selectKeyContext(state);
  const isArranged = context === 'list' || context === 'timeline' || context === 'graph';
  return state.openRun !== undefined && isArranged ? renderArrangement(state.openRun, context !== 'graph') : [];
};

const renderTextField = (state: State, field: Field, width: number): Line => {
  const typed = renderTypedText(field, width);
  const count = state.openRun === undefined ? [] : renderFieldCount(state.openRun, field);
  return joinLines([typed, count, renderCompletions(state)], '  ');
};

/** How many steps match the text typed so far, or how many there are to choose a number from. */
const renderFieldCount = (openRun: OpenRun, {purpose}: Field): Line => {
  switch (purpose) {
    case 'steps':
      return renderShownCount(openRun);

    case 'step-number':
      return [createSegment(`of ${formatCount(openRun.table.structure.length)}`, 'dim')];

    default:
      return [];
  }
};

const renderKeys = (state: State, frame: ScreenFrame, width: number): Line =>
  joinLines(
    buildFooterEntries(state, frame, width).map(({keys, word}) => [
      createSegment(keys, 'accent'),
      createSegment(` ${word}`, 'dim'),
    ]),
    ' '.repeat(footerGap),
  );

/** The most completions that are shown. */
const maxCompletions = 5;

const renderCompletions = (state: State): Line => {
  const vocabulary = selectFieldVocabulary(state);
  const text = state.field?.text ?? '';
  const isUntouched = state.field?.purpose === 'command' && text === '';
  const completions =
    vocabulary === undefined ? [] : isUntouched ? vocabulary.words : findFilterCompletions(text, vocabulary);
  const shown = completions.slice(0, maxCompletions).map(completion => sanitizeToWidth(completion, 24));
  const isOnlyItself = completions.length === 1 && text.endsWith(completions[0] ?? '');
  const words = shown.length < completions.length ? [...shown, ellipsis] : shown;
  return words.length === 0 || isOnlyItself ? [] : [createSegment(words.join(' '), 'dim')];
};

const promptByPurpose: Readonly<Partial<Record<FieldPurpose, string>>> = {
  file: 'save as ',
  'step-number': 'step ',
  command: ':',
  tags: 'tags (-old removes) ',
};

/** The prompt and the text typed so far. If it is too long, its end is shown, where the next character goes. */
const renderTypedText = ({text, purpose}: Field, width: number): Line => {
  const safe = sanitizeText(text);
  const prompt = promptByPurpose[purpose] ?? '/';
  const room = Math.max(1, width - prompt.length - 1);
  const shown = countCells(safe) <= room ? safe : ellipsis + takeEnd(safe, room - 1);
  return [createSegment(prompt, 'accent'), createSegment(shown, 'strong'), createSegment('_', 'accent')];
};
