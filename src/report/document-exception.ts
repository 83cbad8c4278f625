import type {Exception} from '../domain/exception.js';
import {getExceptionMessage} from './exceptions.js';

/** `line` is as on the server: from 0, the first line of the step function's source. */
export type DocumentException = {readonly message: string | null; readonly line: number | null};

export const buildDocumentException = (exception: Exception | undefined): DocumentException | null =>
  exception === undefined
    ? null
    : {
        message: getExceptionMessage(exception) ?? null,
        line: exception.line === undefined ? null : exception.line - 1,
      };
