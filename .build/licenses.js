import {readdirSync, readFileSync} from 'node:fs';

/** The folder of the package that a bundled file belongs to: the innermost one, for packages within packages. */
const findPackageFolder = file => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

const titlePattern = /^\s*(?:the )?mit license(?: \(mit\))?\s*$/i;

/** Beginnings of a line that names a copyright holder. The terms, too, have lines that begin with “copyright” or “(c)”. */
const holderPatterns = [
  /^\s*copyright (?:\(c\)|©|\d{4})/i,
  /^\s*(?:\(c\)|©) ?\d{4}/i,
  /^\s*Copyright (?!Holder|License|Notice|Owner)\p{Lu}/u,
];

const isHolder = line => holderPatterns.some(pattern => pattern.test(line));

/** Splits a license into the copyright holders and the terms, which many packages share. */
const splitLicense = text => {
  const lines = text.split(/\r?\n/);
  return {
    holders: lines.filter(isHolder).map(line => line.trim()),
    terms: lines
      .filter(line => !isHolder(line) && !titlePattern.test(line))
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
  };
};

const readLicense = folder => {
  const {name, version, license, author} = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (!license) {
    throw new Error(`${name} says nothing about its license`);
  }
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
  const text = file
    ? readFileSync(`${folder}/${file}`, 'utf8')
    : `Licensed under ${license}; by ${author?.name ?? author}.`;
  const {holders, terms} = splitLicense(text);
  return {title: [`${name} ${version} (${license})`, ...holders].join('\n  '), terms};
};

/**
 * The licenses of all packages in a bundle, as one text: identical terms appear once, after the list of their packages. A
 * package whose package.json says nothing about a license must not be shipped.
 * @param {readonly string[]} paths the bundled files
 */
export const collectLicenses = paths => {
  const folders = new Set(paths.map(findPackageFolder));
  folders.delete(undefined);
  const groups = new Map();
  for (const {title, terms} of [...folders].sort().map(readLicense)) {
    const key = terms.replace(/[\s"'*]+/g, ' ').toLowerCase();
    const group = groups.get(key) ?? {titles: new Set(), terms};
    group.titles.add(title);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({titles, terms}) => `${[...titles].join('\n')}\n\n${terms}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
};
