import {stripVTControlCharacters} from 'node:util';

/** Prints why Rolldown could not build, with the lines of code in question; in color only on a terminal. */
export const printBuildError = ({message}) => {
  process.stderr.write(`${process.stderr.isTTY ? message : stripVTControlCharacters(message)}\n`);
};
