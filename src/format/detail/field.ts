import {padEnd} from '../cells.js';
import type {Line} from '../line.js';

/** Cells of a label and the space after it. */
export const labelCells = 9;

/** How many cells are left for what stands beside a label. */
export const getValueCells = (width: number): number => Math.max(8, width - labelCells);

const renderLabel = (text: string): Line => [{text: padEnd(text, labelCells), tone: 'label'}];

/** Lines beside a label, which stands in the first of them; none where there is nothing to say. */
export const renderField = (name: string, value: readonly Line[]): readonly Line[] =>
  value.map((line, index) => [...renderLabel(index === 0 ? name : ''), ...line]);
