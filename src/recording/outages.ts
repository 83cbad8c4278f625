import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody} from './exchange.js';

type RecordedOutage = {readonly from: Instant; until: Instant; readonly failure: Failure};

const outageKinds = new Set<Failure['kind']>(['unreachable', 'timed-out', 'untrusted', 'proxy-refused']);

/**
 * Returns a function that finds why the server could not be reached at an instant. Exchanges must be in the order of their
 * responses.
 */
export const createOutageFinder = (
  exchanges: readonly Exchange<RecordedBody>[],
): ((now: Instant) => Failure | undefined) => {
  const outages: RecordedOutage[] = [];
  for (const {respondedAt, outcome} of exchanges) {
    const last = outages.at(-1);
    const isOpen = last?.until === Number.POSITIVE_INFINITY;
    if (outcome.kind === 'response') {
      if (last !== undefined && isOpen) {
        last.until = respondedAt;
      }
    } else if (!isOpen && outageKinds.has(outcome.failure.kind)) {
      outages.push({from: respondedAt, until: Number.POSITIVE_INFINITY, failure: outcome.failure});
    }
  }

  return now => outages.find(({from, until}) => from <= now && now < until)?.failure;
};
