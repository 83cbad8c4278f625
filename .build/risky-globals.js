import {execFileSync} from 'node:child_process';

/** Runs in a process of its own, since nothing that is declared at the top of a script can be taken back. */
const declare = `
  const script = new (require('node:vm').Script)('throw 0;' + require('node:fs').readFileSync(0, 'latin1'));
  const names = () => Object.getOwnPropertyNames(globalThis);
  // What the option -e adds.
  const added = require('node:module').builtinModules;
  const taken = names().filter(name => name.length <= 3 && !added.includes(name));
  for (const name of taken) delete globalThis[name];
  const before = names();
  try { script.runInThisContext() } catch {}
  process.stdout.write(JSON.stringify({taken, declared: names().filter(name => !before.includes(name))}));
`;

/**
 * The program runs as a script (see start.js), so what it declares at its top is global. Answers those names that others
 * may look for: what is global anyhow, `Bun`, and whatever is too long to have been made up while minifying.
 */
export const riskyGlobals = program => {
  const {taken, declared} = JSON.parse(execFileSync(process.execPath, ['-e', declare], {input: program}));
  if (declared.length === 0) {
    throw new Error('the program declares nothing: how it is looked into does not work');
  }
  return declared.filter(name => name.length > 3 || name === 'Bun' || taken.includes(name));
};
