import type {Instant} from '../instant.js';
import type {Json, JsonRecord} from '../json.js';
import type {Run} from '../run.js';

/** A wait condition of a run: what it asks, who polls for the answer, and how it was answered. */
export type Question = {
  readonly id: string;
  readonly name: string;
  readonly isPending: boolean;
  readonly text: string | undefined;
  /** The JSON schema of the answer; `null` if it takes no value. */
  readonly schema: Json;
  readonly metadata: JsonRecord;
  readonly createdAt: Instant | undefined;
  readonly lastPolledAt: Instant | undefined;
  /** Until then the process of the run is expected to poll again. */
  readonly leaseExpiresAt: Instant | undefined;
  readonly resolvedAt: Instant | undefined;
  readonly resolvedById: string | undefined;
  readonly resolution: string | undefined;
  readonly result: Json;
};

/** The name of the user with this ID, if it is known: from the server, or as the user who started the run. */
export const findUserName = (
  {run, userNamesById}: {readonly run: Run | undefined; readonly userNamesById: ReadonlyMap<string, string>},
  id: string,
): string | undefined => userNamesById.get(id) ?? (run?.user?.id === id ? run.user.name : undefined);

/** Whether, at `serverNow`, the process of the run has stopped polling for the answer: its lease has expired. */
export const isAbandoned = ({isPending, leaseExpiresAt}: Question, serverNow: Instant): boolean =>
  isPending && leaseExpiresAt !== undefined && leaseExpiresAt < serverNow;

/** Allows for the time that a poll itself takes, in milliseconds. */
const graceMs = 5000;

/**
 * For how long an answer should wait, in milliseconds, because the process of the run has not polled in time: if the process has
 * died, an answer before the end of its lease leaves the run `running` with nothing to continue it. A lease lasts at least two
 * polls.
 */
export const getAnswerDelayMs = (question: Question, serverNow: Instant): number => {
  const {isPending, lastPolledAt, leaseExpiresAt} = question;
  if (!isPending || lastPolledAt === undefined || leaseExpiresAt === undefined || leaseExpiresAt <= serverNow) {
    return 0;
  }

  const isLate = serverNow - lastPolledAt > (leaseExpiresAt - lastPolledAt) / 2 + graceMs;
  return isLate ? leaseExpiresAt - serverNow : 0;
};
