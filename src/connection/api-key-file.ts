import {type Found, settingOf} from './origin.js';
import {found, misused, type Outcome} from './problem.js';
import {Secret} from './secret.js';
import {pathsOf, type World} from './world.js';

/** The key in the file that `--api-key-file` names: one word, the space around it does not count. */
export const readApiKeyFile = async (
  world: World,
  path: string | undefined,
): Promise<Outcome<Found<Secret> | undefined>> => {
  if (path === undefined) {
    return found(undefined);
  }

  const whole = pathsOf(world).resolve(world.cwd, path);
  const way = 'Give --api-key-file a readable file that holds the key and nothing else.';
  let text: string | undefined;
  try {
    text = await world.readText(whole);
  } catch {
    return misused(`The API key file ${whole} cannot be read.`, way);
  }

  if (text === undefined) {
    return misused(`There is no API key file ${whole}.`, way);
  }

  const key = text.trim();
  if (key === '') {
    return misused(`The API key file ${whole} is empty.`, way);
  }

  return /^[\x21-\x7e]+$/.test(key)
    ? found(settingOf(`flag --api-key-file (${whole})`, new Secret(key)))
    : misused(`The API key file ${whole} holds more than one word.`, way);
};
