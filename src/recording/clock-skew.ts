import type {Exchange, RecordedBody} from './exchange.js';

/**
 * What to add to our clock to get the server's, in milliseconds. A Date is cut to whole seconds and was written between
 * asking and answering: each answer leaves a range, together they leave little. Zero where that explains them all.
 */
export const estimateClockSkewMs = (exchanges: readonly Exchange<RecordedBody>[]): number => {
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (const {askedAt, answeredAt, outcome} of exchanges) {
    const dateAt = outcome.kind === 'answer' ? outcome.serverDateAt : undefined;
    if (dateAt === undefined) {
      continue;
    }

    const low = dateAt - answeredAt;
    const high = dateAt + 1000 - askedAt;
    // A clock that was set meanwhile contradicts itself: what it said last holds.
    const isContradiction = low > most || high < least;
    least = isContradiction ? low : Math.max(least, low);
    most = isContradiction ? high : Math.min(most, high);
  }

  return least <= 0 && most >= 0 ? 0 : (least + most) / 2;
};
