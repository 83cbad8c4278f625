import {readdirSync, readFileSync} from 'node:fs';

/** The folder of the package that a bundled file belongs to: the innermost one, for packages within packages. */
const findPackageFolder = file => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

const copyrightLine = /^\s*(?:the mit license(?: \(mit\))?|mit license|copyright .*|\(c\) .*)\s*$/gim;

/** Splits a license into the copyright holders and the terms, which many packages share. */
const splitLicense = text => ({
  holders: [...text.matchAll(/^\s*(copyright .*?)\s*$/gim)].map(match => match[1]),
  terms: text.replaceAll(copyrightLine, '').trim(),
});

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
