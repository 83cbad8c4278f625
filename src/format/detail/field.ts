import {padEnd} from '../cells.js';
import type {Line} from '../line.js';
import {flowFacts} from '../wrap.js';

/** Cells of a label, including the space after it. */
export const labelCells = 9;

/** Cells left for the value beside a label. */
export const getValueCells = (width: number): number => Math.max(8, width - labelCells);

const renderLabel = (text: string): Line => [{text: padEnd(text, labelCells), tone: 'label'}];

/** Lines of a value, with its label in front of the first; none for an empty value. */
export const renderField = (name: string, value: readonly Line[]): readonly Line[] =>
  value.map((line, index) => [...renderLabel(index === 0 ? name : ''), ...line]);

/** Short facts side by side, on as few lines as possible, with a label in front of the first line. */
export const renderFactField = (name: string, facts: readonly Line[], width: number): readonly Line[] =>
  renderField(name, flowFacts(facts, getValueCells(width)));
