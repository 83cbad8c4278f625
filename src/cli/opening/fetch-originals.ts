import type {Client} from '../../api/client.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import {fail, type Result, succeed} from '../../domain/result.js';
import type {Run} from '../../domain/run.js';

/** IDs per URL: servers accept URLs of 64 KB, but proxies often only 8 KB. */
const idsPerRequest = 100;

/**
 * Fetches the originals of the cached steps in `details`, except those that are in `details` too or have been deleted. An original
 * identifies the run that produced the outputs.
 */
export const fetchOriginals = async (
  client: Client,
  run: Run,
  details: readonly StepDetail[],
  signal: AbortSignal,
): Promise<Result<readonly StepDetail[]>> => {
  const knownIds = new Set(details.map(({attempt}) => attempt.id));
  const wantedIds = [...new Set(details.flatMap(({originalStepId}) => originalStepId ?? []))].filter(
    id => !knownIds.has(id),
  );
  const originals: StepDetail[] = [];
  for (let from = 0; from < wantedIds.length; from += idsPerRequest) {
    const response = await client.fetchStepDetails(
      buildOriginalsQuery(run, wantedIds.slice(from, from + idsPerRequest)),
      signal,
    );
    if (!response.ok) {
      return fail(response.failure);
    }

    originals.push(...response.value.items);
  }

  return succeed(originals);
};

const buildOriginalsQuery = ({projectId}: Run, ids: readonly StepId[]) => ({
  projectId,
  filters: {id: {oneOf: ids}},
  size: idsPerRequest,
});
