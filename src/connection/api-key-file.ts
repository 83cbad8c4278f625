import {failWithUsageError, type Outcome, succeedWith} from './problem.js';
import {Secret} from './secret.js';
import {createSourced, type Sourced} from './sourced.js';
import {getPathModule, type World} from './world.js';

/** The key in the file that `--api-key-file` names: one word, the space around it does not count. */
export const readApiKeyFile = async (
  world: World,
  path: string | undefined,
): Promise<Outcome<Sourced<Secret> | undefined>> => {
  if (path === undefined) {
    return succeedWith(undefined);
  }

  const whole = getPathModule(world).resolve(world.cwd, path);
  const way = 'Give --api-key-file a readable file that holds the key and nothing else.';
  let text: string | undefined;
  try {
    text = await world.readText(whole);
  } catch {
    return failWithUsageError(`The API key file ${whole} cannot be read.`, way);
  }

  if (text === undefined) {
    return failWithUsageError(`There is no API key file ${whole}.`, way);
  }

  const key = text.trim();
  if (key === '') {
    return failWithUsageError(`The API key file ${whole} is empty.`, way);
  }

  return /^[\x21-\x7e]+$/.test(key)
    ? succeedWith(createSourced(`flag --api-key-file (${whole})`, new Secret(key)))
    : failWithUsageError(`The API key file ${whole} holds more than one word.`, way);
};
