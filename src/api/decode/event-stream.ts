import {toStepId} from '../../domain/ids.js';
import type {RunEvent} from '../../domain/run-event.js';
import {parseJson} from '../parse-json.js';
import {decodeJsonRecord} from './json.js';
import {decodeRecord, decodeWord} from './wire.js';

/** What an event stream sends: an event, a note that events up to a cursor were left out, or the end of the run. */
export type StreamFrame =
  | {readonly kind: 'event'; readonly event: RunEvent}
  | {readonly kind: 'cursor'; readonly cursor: string | undefined}
  | {readonly kind: 'end'};

/** A frame longer than this is not an event of ZenML, which limits the size of events. */
const maxFrameLength = 1_000_000;

/** Returns a function that takes the text of a stream of server-sent events piece by piece and passes on each complete frame. */
export const createFrameReader = (onFrame: (frame: StreamFrame) => void): ((text: string) => void) => {
  let incompleteFrame = '';
  return text => {
    const parts = (incompleteFrame + text).split(/\r?\n\r?\n/);
    incompleteFrame = parts.pop() ?? '';
    for (const frame of parts.flatMap(part => decodeFrame(part) ?? [])) {
      onFrame(frame);
    }

    if (incompleteFrame.length > maxFrameLength) {
      incompleteFrame = '';
    }
  };
};

/** `undefined` for a comment, such as `: ping`, and for data that is not JSON. */
const decodeFrame = (text: string): StreamFrame | undefined => {
  const fieldsByName = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    fieldsByName.set(
      name,
      name === 'data' && fieldsByName.has('data') ? `${fieldsByName.get('data')}\n${value}` : value,
    );
  }

  const kind = fieldsByName.get('event');
  const cursor = decodeWord(fieldsByName.get('id'));
  if (kind === 'end') {
    return {kind: 'end'};
  }

  if (kind === 'cursor') {
    return {kind: 'cursor', cursor};
  }

  const data = decodeData(fieldsByName.get('data'));
  const stepId = decodeWord(data?.['step_run_id']);
  return (
    data && {
      kind: 'event',
      event: {
        cursor,
        stepId: stepId === undefined ? undefined : toStepId(stepId),
        payload: decodeJsonRecord(data['payload']),
      },
    }
  );
};

const decodeData = (text: string | undefined) => {
  try {
    return text === undefined ? undefined : decodeRecord(parseJson(text));
  } catch {
    return undefined;
  }
};
