import type {Change} from './change.js';
import {countsPart} from './document.js';
import {exceptionPart} from './document-exception.js';
import {firstFailure} from './exceptions.js';
import {isoTime, jsonText, seconds} from './json-values.js';
import {runTookMs} from './known-run.js';

/** A change as one line of `--output json`. Public, as the document is; README.md describes it. */
export const jsonLine = (change: Change): string =>
  jsonText({t: isoTime(change.at), type: change.type, ...factsOf(change)});

const factsOf = (change: Change): object => {
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
        duration_s: seconds(change.tookMs),
        exception: exceptionPart(change.exception),
      };

    case 'problem':
      return {reason: change.reason, for_s: seconds(change.forMs)};

    case 'recovered':
      return {for_s: seconds(change.forMs)};

    case 'end': {
      const {known, url} = change;
      return {
        id: known.run.id,
        name: known.run.name,
        status: known.run.statusWord,
        status_reason: known.run.statusReason ?? null,
        duration_s: seconds(runTookMs(known)),
        counts: countsPart(known.table),
        exception: exceptionPart(known.run.exception ?? firstFailure(known)),
        url: url ?? null,
      };
    }
  }
};
