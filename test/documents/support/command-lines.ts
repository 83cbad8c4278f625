import {readdirSync, readFileSync} from 'node:fs';

/** The documents whose command lines are tested. */
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...readdirSync('docs').map(name => `docs/${name}`)];

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** The code blocks of a language in a document. */
export const findBlocks = (file: string, language: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(fence)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code);

/** The lines of a document's shell blocks, without comments. */
const findBlockLines = (file: string): readonly string[] =>
  findBlocks(file, 'sh')
    .flatMap(block => block.split('\n'))
    .map(line => line.replace(/\s+# .*$/, '').trim())
    .filter(line => line !== '');

/** Inline code of more than one word, in running text and tables. */
const findInlineCode = (file: string): readonly string[] =>
  [
    ...readFileSync(file, 'utf8')
      .replace(fence, '')
      .matchAll(/`([^`\n]+ [^`\n]+)`/g),
  ].map(([, code = '']) => code);

/** Every command line of the documents, each once. */
export const findCommandLines = (): readonly string[] => [
  ...new Set(documents.flatMap(file => [...findBlockLines(file), ...findInlineCode(file)])),
];
