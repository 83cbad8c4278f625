import type {TextStyle} from './text-style.js';

/**
 * What a piece of text means to the reader; `theme` turns it into a colour. `dim` explains, `strong` answers, `label` names a
 * line; `link` can be opened with enter; the rest are the phases of a run and what must be noticed.
 */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'label'
  | 'accent'
  | 'link'
  | 'good'
  | 'reused'
  | 'bad'
  | 'busy'
  | 'ended'
  | 'waiting'
  | 'warning'
  /** What a search has found, and which of it the reader is at. */
  | 'found'
  | 'foundHere';

/** A piece of a line. The text is safe to print: no control characters, no newline. */
export type Segment = {
  readonly text: string;
  readonly tone: Tone;
  /** How its writer wanted it to look: kept where the text is plain. */
  readonly style?: TextStyle | undefined;
};

/** One line of the screen before it is cut to the width; never wraps. */
export type Line = readonly Segment[];

export const renderPlain = (text: string): Segment => ({text, tone: 'plain'});
export const renderDim = (text: string): Segment => ({text, tone: 'dim'});
export const renderStrong = (text: string): Segment => ({text, tone: 'strong'});
export const blankLine: Line = [];
