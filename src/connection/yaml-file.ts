import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import type {World} from './world.js';

/** How often a file is read that is empty or incomplete, because another program may be writing it, and the pauses in between. */
const maxReadCount = 3;
const rereadMs = 60;

const parseYaml = async (text: string) => {
  const {LineCounter, parseDocument} = await import('yaml');
  const lines = new LineCounter();
  // ZenML's own parser accepts duplicate keys and takes the last one.
  return {document: parseDocument(text, {uniqueKeys: false, logLevel: 'silent', lineCounter: lines}), lines};
};

/** Reads a file until it is complete; `undefined` if it does not exist. Rejects if it cannot be read. */
const readCompleteYaml = async (
  world: World,
  path: string,
): Promise<Awaited<ReturnType<typeof parseYaml>> | undefined> => {
  for (let readCount = 1; ; readCount += 1) {
    const text = await world.readText(path);
    if (text === undefined) {
      return undefined;
    }

    const parsed = await parseYaml(text);
    const isComplete = text.trim() !== '' && parsed.document.errors.length === 0;
    if (isComplete || readCount === maxReadCount) {
      return parsed;
    }

    await world.wait?.(rereadMs);
  }
};

/**
 * The fields of a YAML file as plain values; `undefined` if the file does not exist or is empty. A syntax error is reported
 * with its position but never with the text there, since these files contain keys.
 */
export const readYaml = async (world: World, path: string): Promise<Outcome<object | undefined>> => {
  let parsed: Awaited<ReturnType<typeof readCompleteYaml>>;
  try {
    parsed = await readCompleteYaml(world, path);
  } catch {
    return failWithServerError(`Cannot read ${path}.`, `Make it readable: chmod u+r ${path}`);
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
