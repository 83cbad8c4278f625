import type {StepInput} from '../../domain/artifact.js';
import type {StepSpec} from '../../domain/step-config.js';

/** The item or slice of a list that a mapped step reads, in Python syntax: `[3]`, `[4:8]`; empty for a whole input. */
export const formatInputPart = ({chunkIndex, chunkSize}: StepInput): string => {
  if (chunkIndex === undefined) {
    return '';
  }

  const start = chunkIndex * (chunkSize ?? 1);
  return chunkSize === undefined || chunkSize === 1 ? `[${start}]` : `[${start}:${start + chunkSize}]`;
};

/** The position of an input among those of the same name, from 0. */
export const getInputPosition = (inputs: readonly StepInput[], index: number): number => {
  let start = index;
  while (start > 0 && inputs[start - 1]?.name === inputs[index]?.name) {
    start -= 1;
  }

  return inputs[index]?.index ?? index - start;
};

/** The step that writes an input according to the pipeline: of the one at `position` among those of the same name, else of the first. */
export const findInputWriter = (
  {name}: StepInput,
  position: number,
  spec: StepSpec | undefined,
): string | undefined => {
  const sameNamed = spec?.inputs.filter(each => each.name === name) ?? [];
  return (sameNamed[position] ?? sameNamed[0])?.writer;
};
