import type {StepInput} from '../../domain/artifact.js';
import type {SpecInput, StepSpec} from '../../domain/step-config.js';

/** The item or slice of a list that a mapped step reads, as Python would write it. */
export const formatPart = ({chunkIndex, chunkSize}: StepInput): string => {
  if (chunkIndex === undefined) {
    return '';
  }

  const start = chunkIndex * (chunkSize ?? 1);
  return chunkSize === undefined || chunkSize === 1 ? `[${start}]` : `[${start}:${start + chunkSize}]`;
};

/** Which of the inputs with its name an input is, counted from 0. */
export const getInputPlace = (inputs: readonly StepInput[], index: number): number => {
  let place = index;
  while (place > 0 && inputs[place - 1]?.name === inputs[index]?.name) {
    place -= 1;
  }

  return inputs[index]?.index ?? index - place;
};

/** What the pipeline says of where an input comes from; `place` among the inputs of its name. */
export const findInputSource = (
  {name}: StepInput,
  place: number,
  spec: StepSpec | undefined,
): SpecInput | undefined => {
  const sources = spec?.inputs.filter(each => each.name === name) ?? [];
  return sources[place] ?? sources[0];
};
