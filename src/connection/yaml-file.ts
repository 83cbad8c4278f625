import {LineCounter, parseDocument} from 'yaml';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import type {World} from './world.js';

/**
 * The fields of a YAML file as plain values; `undefined` when there is no such file or nothing in it. Only the place of a mistake is
 * told, never the text there: these files hold keys.
 */
export const readYaml = async (world: World, path: string): Promise<Outcome<object | undefined>> => {
  let text: string | undefined;
  try {
    text = await world.readText(path);
  } catch {
    return failWithServerError(
      `${path} is there but cannot be read.`,
      'Give yourself the right to read it (`chmod u+r`).',
    );
  }

  if (text === undefined) {
    return succeedWith(undefined);
  }

  const lines = new LineCounter();
  // ZenML's own parser takes the last of two equal keys.
  const document = parseDocument(text, {uniqueKeys: false, logLevel: 'silent', lineCounter: lines});
  const mistake = document.errors[0];
  if (mistake !== undefined) {
    const {line, col} = lines.linePos(mistake.pos[0]);
    return failWithServerError(
      `${path} is not valid YAML: the mistake is at line ${line}, column ${col}.`,
      'Mend that line, or let `zenml login` write the file anew.',
    );
  }

  try {
    const value: unknown = document.toJS();
    if (value === null || value === undefined) {
      return succeedWith(undefined);
    }

    return typeof value === 'object' && !Array.isArray(value)
      ? succeedWith(value)
      : failWithServerError(
          `${path} does not hold ZenML's settings: it has no names in it.`,
          'Let `zenml login` write the file anew.',
        );
  } catch {
    return failWithServerError(
      `${path} uses YAML aliases that lead nowhere.`,
      'Let `zenml login` write the file anew.',
    );
  }
};
