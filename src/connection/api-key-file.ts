import {failWithUsageError, type Outcome, succeedWith} from './problem.js';
import {Secret} from './secret.js';
import {removeQuotes} from './server-url.js';
import {createSourced, type Sourced} from './sourced.js';
import {getPathModule, type World} from './world.js';

/** Reads the key from the file given with `--api-key-file`: one word, possibly surrounded by spaces or quotes. */
export const readApiKeyFile = async (
  world: World,
  path: string | undefined,
): Promise<Outcome<Sourced<Secret> | undefined>> => {
  if (path === undefined) {
    return succeedWith(undefined);
  }

  const fullPath = getPathModule(world).resolve(world.cwd, path);
  const hint = '--api-key-file needs a readable file that contains the key and nothing else.';
  let text: string | undefined;
  try {
    text = await world.readText(fullPath);
  } catch (error) {
    // Only zentop's own errors, which have no code, say what is wrong: with a pipe, for example.
    const reason = error instanceof Error && !('code' in error) ? `: ${error.message}` : '';
    return failWithUsageError(`Cannot read the API key file ${fullPath}${reason}.`, hint);
  }

  if (text === undefined) {
    return failWithUsageError(`API key file not found: ${fullPath}`, hint);
  }

  const key = cleanUpKey(text);
  if (key === '') {
    return failWithUsageError(`The API key file ${fullPath} is empty.`, hint);
  }

  return /^[\x21-\x7e]+$/.test(key)
    ? succeedWith(createSourced(`--api-key-file (${fullPath})`, new Secret(key)))
    : failWithUsageError(
        `${fullPath} does not look like an API key file (it contains several words, or characters that are not ASCII).`,
        'It must contain the key and nothing else.',
      );
};

/** Editors add quotes, and PowerShell writes UTF-16, which looks like this when read as UTF-8. */
const cleanUpKey = (text: string): string => removeQuotes(text.replaceAll(/[\0\ufeff\ufffd]/g, ''));
