import {readdirSync, readFileSync} from 'node:fs';

/** The folder of the package that a bundled file belongs to: the innermost one, for packages within packages. */
const packageFolderOf = file => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

/**
 * The licences of all packages in a bundle, as one text. A package without a licence text is named with what its
 * package.json says; one that says nothing must not be shipped.
 * @param {{inputs: Record<string, unknown>}} metafile as esbuild writes it, its paths relative to the current folder
 */
export const licencesOf = ({inputs}) => {
  const folders = new Set(Object.keys(inputs).map(packageFolderOf));
  folders.delete(undefined);
  return [...folders]
    .sort()
    .map(folder => {
      const {name, version, license} = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      if (!license) throw new Error(`${name} says nothing about its licence`);
      const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `Licensed as ${license}.`;
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
};
