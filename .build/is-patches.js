/** Got looks at its options by this library, which makes two tables of a language at once, for messages that we never see. */
export const isPatches = [
  {
    file: '@sindresorhus/is/distribution/index.js',
    // Programs that only draw have no use for it.
    onlyWith: 'node_modules/got/',
    edits: ['andFormatter', 'orFormatter'].map(name => [
      new RegExp(`const ${name} = (new Intl.ListFormat\\(.*\\));\n`),
      (_all, made) => `const ${name} = {format: words => ${made}.format(words)};\n`,
    ]),
  },
];
