import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import type {World} from './world.js';

/** Another program may be writing the file, so one that is empty or incomplete is read again after a pause. */
const maxReads = 3;
const rereadMs = 60;

const parseYaml = async (text: string) => {
  const {LineCounter, parseDocument} = await import('yaml');
  const lines = new LineCounter();
  // ZenML's own parser accepts duplicate keys and takes the last one.
  return {document: parseDocument(text, {uniqueKeys: false, logLevel: 'silent', lineCounter: lines}), lines};
};

/**
 * The fields of a YAML file as plain values; `undefined` if the file does not exist or is empty. A syntax error is reported
 * with its position but never with the text there, since these files contain keys.
 */
export const readYaml = async (world: World, path: string): Promise<Outcome<object | undefined>> => {
  let text: string | undefined;
  let parsed: Awaited<ReturnType<typeof parseYaml>> | undefined;
  for (let reads = 0; reads < maxReads; reads += 1) {
    if (reads > 0) {
      await world.wait?.(rereadMs);
    }

    try {
      text = await world.readText(path);
    } catch {
      return failWithServerError(`Cannot read ${path}.`, `Make it readable: chmod u+r ${path}`);
    }

    if (text === undefined) {
      return succeedWith(undefined);
    }

    parsed = await parseYaml(text);
    if (text.trim() !== '' && parsed.document.errors.length === 0) {
      break;
    }
  }

  if (parsed === undefined) {
    return succeedWith(undefined);
  }

  const {document, lines} = parsed;
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
