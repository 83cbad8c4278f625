import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import type {World} from './world.js';

/**
 * The fields of a YAML file as plain values; `undefined` if the file does not exist or is empty. A syntax error is reported
 * with its position but never with the text there, since these files contain keys.
 */
export const readYaml = async (world: World, path: string): Promise<Outcome<object | undefined>> => {
  let text: string | undefined;
  try {
    text = await world.readText(path);
  } catch {
    return failWithServerError(`Cannot read ${path}.`, `Make it readable: chmod u+r ${path}`);
  }

  if (text === undefined) {
    return succeedWith(undefined);
  }

  const {LineCounter, parseDocument} = await import('yaml');
  const lines = new LineCounter();
  // ZenML's own parser accepts duplicate keys and takes the last one.
  const document = parseDocument(text, {uniqueKeys: false, logLevel: 'silent', lineCounter: lines});
  const error = document.errors[0];
  if (error !== undefined) {
    const {line, col} = lines.linePos(error.pos[0]);
    return failWithServerError(
      `${path} is not valid YAML (line ${line}, column ${col}).`,
      'Fix it, or run `zenml login` to rewrite the file.',
    );
  }

  try {
    const value: unknown = document.toJS();
    if (value === null || value === undefined) {
      return succeedWith(undefined);
    }

    return typeof value === 'object' && !Array.isArray(value)
      ? succeedWith(value)
      : failWithServerError(`${path} contains no ZenML settings.`, 'Run `zenml login` to rewrite the file.');
  } catch {
    return failWithServerError(`${path} contains unresolved YAML aliases.`, 'Run `zenml login` to rewrite the file.');
  }
};
