import type {Change} from './change.js';
import {buildDocumentCounts} from './document.js';
import {buildDocumentWait} from './document-wait.js';
import {buildDocumentException, findFirstException} from './exceptions.js';
import {convertToSeconds, formatIsoTime, formatSafeJson} from './json-values.js';
import {getRunDurationMs} from './known-run.js';

/** A change as one line of `--output json`. Public API, described in docs/scripting.md. */
export const formatChangeJson = (change: Change): string =>
  formatSafeJson({t: formatIsoTime(change.at), type: change.type, ...buildChangeFields(change)});

const buildChangeFields = (change: Change): object => {
  switch (change.type) {
    case 'run': {
      const {run, from} = change;
      return {
        id: run.id,
        name: run.name,
        pipeline: run.pipeline?.name ?? null,
        index: run.index ?? null,
        from: from ?? null,
        to: run.statusWord,
        status_reason: run.statusReason ?? null,
      };
    }

    case 'step':
      return {
        name: change.name,
        from: change.from ?? null,
        to: change.to,
        attempt: change.attempt ?? null,
        max_attempts: change.maxAttempts ?? null,
        duration_s: convertToSeconds(change.tookMs),
        exception: buildDocumentException(change.exception),
      };

    case 'quiet':
      return {name: change.name ?? null, for_s: convertToSeconds(change.forMs)};

    case 'wait':
      return {name: change.name, ...buildDocumentWait(change.reason)};

    case 'question': {
      const {question, by} = change;
      return {
        name: question.name,
        question: question.text ?? null,
        status: question.isPending ? 'pending' : 'resolved',
        resolution: question.resolution ?? null,
        result: question.result,
        by: by ?? null,
      };
    }

    case 'problem':
      return {reason: change.reason, for_s: convertToSeconds(change.forMs)};

    case 'recovered':
      return {for_s: convertToSeconds(change.forMs)};

    case 'gone': {
      const {run} = change;
      return {id: run.id, name: run.name, status: run.statusWord};
    }

    case 'end': {
      const {known, url} = change;
      return {
        id: known.run.id,
        name: known.run.name,
        status: known.run.statusWord,
        status_reason: known.run.statusReason ?? null,
        duration_s: convertToSeconds(getRunDurationMs(known)),
        counts: buildDocumentCounts(known.table),
        exception: buildDocumentException(known.run.exception ?? findFirstException(known)),
        url: url ?? null,
      };
    }
  }
};
