import {stripVTControlCharacters} from 'node:util';

const framesOfRolldown = /\n +at .*node_modules[\\/]rolldown.*/g;

/** Prints why Rolldown could not build, with the lines of code in question; in color only on a terminal. */
export const printBuildError = ({message}) => {
  const text = message.replace(framesOfRolldown, '');
  process.stderr.write(`${process.stderr.isTTY ? text : stripVTControlCharacters(text)}\n`);
};
