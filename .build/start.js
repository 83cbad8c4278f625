// Unpacks the program that lies beside this file and starts it. Compressed it is a quarter of the size; unpacking takes 4 ms.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {setFlagsFromString} from 'node:v8';
import {Script} from 'node:vm';
import {brotliDecompressSync} from 'node:zlib';

// A program that lies open for days and does a little each second: the collector is not to let a heap of 15 MB grow to four
// times that, and code that runs once a second is not worth optimizing. Takes a third off the memory, and some off the
// processor time. A version of Node that does not know a flag says so on the screen, hence the list.
const flagsByMajor = {
  20: ['--semi-space-growth-factor=1', '--optimize-for-size', '--interrupt-budget=700000'],
  22: ['--semi-space-growth-factor=1', '--optimize-for-size'],
  24: ['--semi-space-growth-factor=1', '--optimize-for-size'],
};
for (const flag of flagsByMajor[process.versions.node.split('.')[0]] ?? []) {
  setFlagsFromString(flag);
}

const file = fileURLToPath(new URL('zentop.bundle.br', import.meta.url));
const wholeProgram = {chunkSize: 2_000_000};
const program = brotliDecompressSync(readFileSync(file), wholeProgram).toString('latin1');

// A script, not the function around it that CommonJS knows: V8 reads the functions of a script one by one, those within a
// function all at once, which takes 15 MB more that never come back, and twice the time. What a module is given is put where
// scripts find it and others do not.
const give = new Script(
  `let require, module, exports, __filename, __dirname;
  (...given) => [require, module, exports, __filename, __dirname] = given`,
).runInThisContext();
give(createRequire(import.meta.url), {exports: {}}, {}, file, dirname(file));
new Script(program, {filename: file}).runInThisContext();
